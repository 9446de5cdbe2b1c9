"""A file that somebody uploads: who it is, and whether they may, is asked before a byte of it is read."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from grader.service import batches, courses, handing_in
from grader.service.api.deps import Caller, CallerDep
from grader.service.api.models.common import Text
from grader.service.data import User
from grader.service.errors import Invalid
from grader.service.handing_in import tidy_filename
from grader.service.whole_files import whole

_STEM_BYTES = 150
_FIELD_BYTES = 1_000_000

IdempotencyKey = Annotated[
    Text | None,
    Header(min_length=1, max_length=200, description="the same request with the same key is carried out once"),
]


@dataclass(frozen=True)
class Upload:
    """The one file of a multipart body, and the fields beside it."""

    user: User
    filename: str
    fields: dict[str, str]
    _file: UploadFile

    def content(self) -> AbstractContextManager[bytes]:
        """All of it, in a block: of large files a few are held at a time."""
        return whole(self._file.file)

    @contextmanager
    def path(self) -> Iterator[Path]:
        """The file under its own name, which tells something of what is in it, as long as the block lasts."""
        with tempfile.TemporaryDirectory() as folder:
            stem = PurePosixPath(tidy_filename(self.filename)).stem.encode()[:_STEM_BYTES].decode("utf-8", "ignore")
            path = Path(folder) / f"{stem}.zip"
            with path.open("wb") as named:
                shutil.copyfileobj(self._file.file, named, 1 << 20)
            yield path


Demand = Callable[[Caller, Session, User, Request], object]


def upload_of(demand: Demand) -> Callable[..., AsyncIterator[Upload]]:
    """A dependency: the upload of somebody signed in, of whom `demand` asks what it must before a byte is read."""

    async def upload(request: Request, caller: CallerDep) -> AsyncIterator[Upload]:
        user = await run_in_threadpool(_admitted, demand, caller, request)
        async with request.form(max_files=1, max_fields=10, max_part_size=_FIELD_BYTES) as form:
            files = [(name, value) for name, value in form.multi_items() if isinstance(value, UploadFile)]
            if len(files) != 1 or files[0][0] != "file" or not files[0][1].filename:
                raise Invalid("The upload has no file; expected multipart/form-data with one part named `file`.")
            fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
            yield Upload(user, files[0][1].filename or "", fields, files[0][1])

    return upload


def _admitted(demand: Demand, caller: Caller, request: Request) -> User:
    with caller.enter() as (session, user):
        demand(caller, session, user, request)
        return user


def _to_hand_in(caller: Caller, session: Session, user: User, request: Request) -> None:
    parts = request.path_params
    course = courses.get_course(session, user, parts["course"])
    found = courses.get_assignment(session, user, course, parts["assignment"])
    handing_in.demand_may_hand_in(caller.context, session, user, found, request.headers.get("Idempotency-Key"))


def _to_teach(caller: Caller, session: Session, user: User, request: Request) -> None:
    """The course in the address, or that of the batch in it."""
    parts = request.path_params
    if "batch" in parts:
        batches.get(session, user, parts["batch"])
    else:
        courses.demand_instructor(session, user, courses.get_course(session, user, parts["course"]))


SubmissionUpload = Annotated[Upload, Depends(upload_of(_to_hand_in))]
InstructorsUpload = Annotated[Upload, Depends(upload_of(_to_teach))]


def documented_upload(**fields: Any) -> dict[str, Any]:
    """The body of an upload for the OpenAPI document, since no handler declares it."""
    properties = {"file": {"type": "string", "format": "binary"}, **fields}
    schema = {"type": "object", "properties": properties, "required": ["file"]}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}
