"""A form that came when its sign-in had ended: carried through the sign-in, and shown filled in, for another click."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

KEPT_FOR = timedelta(minutes=15)  # after the sign-in
MOST_CHARACTERS = 200_000
_NEVER_CARRIED = ("csrf", "token", "password")
_FRESH_BY_NATURE = ("csrf", "key")  # hidden fields that differ each time a page is made
_TICKED = ("checkbox", "radio")
_NOT_FILLED = ("hidden", "file", "password", "submit", "button", "image", "reset")


class Unsent(BaseModel):
    """What was typed, and where.

    Attributes:
        page: the path, with its query, that shows the form.
        action: where the form is sent.
        fields: names and values, in the order of the form.
        has_file: a file was chosen, which no page can choose for somebody.
    """

    page: str = Field(max_length=2000)
    action: str = Field(max_length=2000)
    fields: list[tuple[str, str]] = Field(max_length=20_000)
    has_file: bool = False

    def without_secrets(self) -> "Unsent":
        return self.model_copy(update={"fields": [pair for pair in self.fields if pair[0] not in _NEVER_CARRIED]})

    @property
    def note(self) -> str:
        """For the page that shows the form again."""
        again = " Choose the file again." if self.has_file else ""
        return f"You are signed in again, and the form is as you had filled it in; it has not been sent.{again}"


def filled(page: str, unsent: Unsent) -> str | None:
    """A page of ours with the form as it was; None where the page has no such form (any more)."""
    filler = _Filler(page, unsent)
    filler.feed(page)
    filler.close()
    if not filler.has_found:
        return None
    pieces, at = [], 0
    for edit in sorted(filler.edits):
        pieces += [page[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, page[at:]])


@dataclass(frozen=True, order=True)
class _Edit:
    start: int
    end: int
    text: str


@dataclass
class _FormRead:
    """A form with the action that is looked for, and what would change in it."""

    left: dict[str, list[str]]
    hidden: list[tuple[str, str]] = field(default_factory=list)
    edits: list[_Edit] = field(default_factory=list)
    select: str = ""

    def take(self, name: str) -> str | None:
        """The next value of a field, or none."""
        return self.left[name].pop(0) if self.left[name] else None


class _Filler(HTMLParser):
    """Notes what to replace, so that everything else stays as it is to the letter."""

    def __init__(self, page: str, unsent: Unsent) -> None:
        super().__init__()
        self._page, self._unsent = page, unsent
        self._lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self._form: _FormRead | None = None
        self.edits: list[_Edit] = []
        self.has_found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self._new_form() if urlsplit(given.get("action", "")).path == self._unsent.action else None
        elif self._form is not None:
            self._fill(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._form is not None:
            self._form.select = ""
        if tag == "form" and self._form is not None:
            if self._is_the_one(self._form):
                self.edits, self.has_found = self._form.edits, True
            self._form = None

    def _new_form(self) -> _FormRead:
        left: dict[str, list[str]] = defaultdict(list)
        for name, value in self._unsent.fields:
            left[name].append(value)
        return _FormRead(left)

    def _is_the_one(self, form: _FormRead) -> bool:
        """Of several forms with one action, hidden fields tell which."""
        sent = set(self._unsent.fields)
        return not self.has_found and all(pair in sent for pair in form.hidden if pair[0] not in _FRESH_BY_NATURE)

    def _fill(self, form: _FormRead, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and kind == "hidden":
            form.hidden.append((name, given.get("value", "")))
        elif tag == "input" and kind in _TICKED:
            self._mark(form, tag, given, "checked", (name, given.get("value", "on")) in self._unsent.fields)
        elif tag == "input" and kind not in _NOT_FILLED:
            value = form.take(name)
            if value is not None:
                self._replace_tag(form, tag, given | {"value": value})
        elif tag == "select":
            form.select = name
        elif tag == "option" and form.left[form.select]:
            self._mark(form, tag, given, "selected", given.get("value", "") in form.left[form.select])
        elif tag == "textarea":
            self._fill_text(form, form.take(name))

    def _mark(self, form: _FormRead, tag: str, given: dict[str, str], attribute: str, is_on: bool) -> None:
        kept = {name: value for name, value in given.items() if name != attribute}
        self._replace_tag(form, tag, kept | ({attribute: ""} if is_on else {}))

    def _replace_tag(self, form: _FormRead, tag: str, attributes: dict[str, str]) -> None:
        start = self._offset()
        words = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        form.edits.append(_Edit(start, start + len(self.get_starttag_text() or ""), f"<{tag}{words}>"))

    def _fill_text(self, form: _FormRead, value: str | None) -> None:
        start = self._offset() + len(self.get_starttag_text() or "")
        end = self._page.find("</textarea", start)
        if value is not None and end >= 0:
            form.edits.append(_Edit(start, end, "\n" + escape(value)))  # browsers drop the first line break

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
