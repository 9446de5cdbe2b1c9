"""What a browser sends: fields and files, read only as far as they may be."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from grader.service import handing_in
from grader.service.errors import Conflict, Invalid, ServiceError, TooLarge, TooMany
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.security import CSRF_FIELD, demand_same_origin
from grader.service.pages.unsent import MOST_CHARACTERS, Unsent
from grader.service.people import CSRF_HEADER, demand_csrf_token
from grader.service.settings import Settings
from grader.submissions.limits import megabytes

_FIELDS_BYTES = 1_000_000
_HEARD_OUT_BYTES = 100_000_000
_HEARD_OUT_OF_ANYBODY = 20_000_000  # of somebody who is not signed in
_KEY_CHARACTERS = 60
_MOST_FIELDS = 20_000  # a checkbox for every submission of a large class


class Typed(dict[str, str]):
    """Fields as they were typed, to be shown again; empty where there is none."""

    def __missing__(self, name: str) -> str:
        return ""


class Form:
    """The fields of a form that is ours; what is not there is empty."""

    def __init__(self, data: FormData, refusal: ServiceError | None = None) -> None:
        """With a refusal nothing was read: the page that had the form tells why."""
        self._data, self._refusal = data, refusal

    def text(self, name: str) -> str:
        value = self._data.get(name)
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        return [value for value in self._data.getlist(name) if isinstance(value, str)]

    def checked(self, name: str) -> bool:
        return bool(self.text(name))

    def file(self, name: str) -> UploadFile:
        """Raises Invalid: nothing was chosen; or why the file is not taken."""
        if self._refusal is not None:
            raise self._refusal
        value = self._data.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            raise Invalid("No file was chosen.")
        return value

    def number(self, name: str, label: str) -> float | None:
        """None for an empty field.  Raises Invalid."""
        text = self.text(name).replace(",", ".")
        try:
            return float(text) if text else None
        except ValueError:
            raise Invalid(f"{label}: expected a number, not {text[:40]!r}.") from None

    def whole_number(self, name: str, label: str) -> int | None:
        """None for an empty field.  Raises Invalid."""
        text = self.text(name)
        try:
            return int(text) if text else None
        except ValueError:
            raise Invalid(f"{label}: expected a whole number, not {text[:40]!r}.") from None

    def time(self, name: str, label: str) -> datetime | None:
        """A point in time in UTC; None for an empty field.  Raises Invalid."""
        text = self.text(name)
        try:
            return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
        except ValueError:
            raise Invalid(f"{label}: expected a date and a time such as 2026-03-01T23:59, not {text[:40]!r}.") from None

    def typed(self) -> Typed:
        return Typed((n, value) for n, value in self._data.items() if isinstance(value, str) and n != CSRF_FIELD)


async def read_form(request: Request, limit: int, heard_out: int = _HEARD_OUT_BYTES) -> FormData:
    """Fields and files of at most `limit` bytes; a browser that sends more is heard out, so that it hears us.

    Raises TooLarge or Invalid.
    """
    kind = request.headers.get("content-type", "")
    stream = _bounded(request, limit + _FIELDS_BYTES, heard_out)
    try:
        if kind.startswith("multipart/form-data"):
            parser = MultiPartParser(request.headers, stream, max_files=1, max_fields=_MOST_FIELDS)
            return await parser.parse()
        if kind.startswith("application/x-www-form-urlencoded"):
            return await FormParser(request.headers, stream).parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise Invalid(f"The form could not be read: {error}.") from error
    raise Invalid("Expected a form.")


async def _bounded(request: Request, limit: int, heard_out: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            yield chunk
        elif size > limit + heard_out:
            break
    if size > limit:
        raise TooLarge(f"That is larger than {megabytes(limit - _FIELDS_BYTES)}, the most that is accepted here.")


async def unsent_form(request: Request) -> Unsent | None:
    """What somebody who is not signed in any more has sent from a page of ours; None where nothing was typed.

    Anybody can send this much, so a file is not kept until somebody signs in: its form comes back empty.

    Raises Forbidden or Invalid.
    """
    demand_same_origin(request)
    try:
        data = await read_form(request, 0, _HEARD_OUT_OF_ANYBODY)
    except TooLarge:
        typed, has_file = [], request.headers.get("content-type", "").startswith("multipart/form-data")
    else:
        typed = [(name, value) for name, value in data.multi_items() if isinstance(value, str)]
        has_file = any(isinstance(value, UploadFile) and value.filename for value in data.values())
        await data.close()
    came_from = urlsplit(request.headers.get("referer", ""))
    page = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path or request.url.path
    try:
        unsent = Unsent(page=links.own_path(page), action=request.url.path, fields=typed, has_file=has_file)
    except ValidationError:
        return None
    unsent = unsent.without_secrets()
    has_typed = any(value for _, value in unsent.fields) or unsent.has_file
    return unsent if has_typed and len(unsent.model_dump_json()) <= MOST_CHARACTERS else None


def form_of(
    limit_of: Callable[[Settings], int], demand: Callable[[Visitor], object] = lambda desk: None
) -> Callable[..., AsyncIterator[Form]]:
    """A dependency: the form of somebody signed in, from one of our own pages; `demand` is made before it is read.

    What it finds against the person and the page is a page of its own, what it finds against the file is told where
    the form is (`Form.file`).
    """

    async def read(request: Request, desk: Desk) -> AsyncIterator[Form]:
        demand_same_origin(request)
        try:
            await run_in_threadpool(_ask, demand, desk)
        except (Conflict, TooMany) as refusal:
            yield Form(FormData(), refusal)
            return
        token = request.headers.get(CSRF_HEADER)
        if token is not None:
            demand_csrf_token(desk.visit, token)
        data = await read_form(request, limit_of(desk.settings))
        try:
            if token is None:
                demand_csrf_token(desk.visit, str(data.get(CSRF_FIELD, "")))
            yield Form(data)
        finally:
            await data.close()

    return read


def _demand_instructor(desk: Visitor) -> None:
    """Raises NotFound or Forbidden."""
    desk.taught_course(desk.request.path_params["course"])


def _demand_may_teach(desk: Visitor) -> None:
    """Raises NotFound, Forbidden or AssignmentAway."""
    parts = desk.request.path_params
    desk.context.shelf.set_in(desk.taught_assignment(parts["course"], parts["assignment"]))


def _demand_may_hand_in(desk: Visitor) -> None:
    """Raises NotFound, Forbidden, Conflict or TooMany."""
    parts = desk.request.path_params
    found = desk.assignment(parts["course"], parts["assignment"])
    handing_in.demand_may_hand_in(desk.context, desk.session, desk.user, found, page_key(desk.request), begins=True)


def page_key(request: Request) -> str | None:
    """What the page that has the form gave it, in its address: a second click on it is no second upload."""
    return request.query_params.get("key", "")[:_KEY_CHARACTERS] or None


def _ask(demand: Callable[[Visitor], object], desk: Visitor) -> None:
    """Ask what is to be asked, and give the connection back: a body comes in as slowly as it likes."""
    try:
        demand(desk)
    finally:
        desk.session.commit()


Fields = Annotated[Form, Depends(form_of(lambda settings: _FIELDS_BYTES))]
Upload = Annotated[Form, Depends(form_of(lambda settings: settings.max_upload_bytes, _demand_may_hand_in))]
BatchUpload = Annotated[Form, Depends(form_of(lambda settings: settings.max_batch_bytes, _demand_may_teach))]
Roster = Annotated[Form, Depends(form_of(lambda settings: 5_000_000, _demand_instructor))]
