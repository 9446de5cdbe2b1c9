"""The one way a submission is refused."""

from collections.abc import Sequence
from pathlib import PurePath


class SubmissionRejected(Exception):
    """The submission cannot be read as Python: one line saying what was expected, what was found, what to do.

    Attributes:
        reason: that line, free of control characters, safe to show to the student.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __reduce__(self) -> tuple[type["SubmissionRejected"], tuple[str]]:
        return type(self), (self.reason,)


def printable(text: str, limit: int = 80) -> str:
    """`text` on one line, without control characters and lone surrogates, shortened to `limit` characters."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in text.replace("\t", " "))


def first_of(names: Sequence[str], most: int = 3) -> str:
    """The first of the names, and how many more there are."""
    named = ", ".join(names[:most])
    return named if len(names) <= most else f"{named} and {len(names) - most} more"


def display_name(path: str | PurePath) -> str:
    """The last part of a path, as it is shown in messages and tracebacks."""
    return printable(PurePath(path).name or str(path), limit=200)
