"""File names of reports: safe on every system, different for different students, the same every time."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path

from grader.batch.files import write_atomically

# Such a key is its own name; every other name holds a "~", which keeps the two kinds apart.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")  # what Windows takes for a device
_SECRET_BYTES = 32

_LONGEST_NAME = 255  # bytes, as most file systems have it

ReportNames = Callable[[str, int], str]


def report_name(student: str, attempt: int = 1) -> str:
    """The name for a student's attempt: readable where the key allows it, its hash attached where it does not."""
    attempts = f"+{attempt}" if attempt > 1 else ""
    if _PLAIN.fullmatch(student) and not _DEVICES.fullmatch(student):
        return f"{student}{attempts}"
    ascii_only = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40]
    return f"{readable or 'student'}~{hashlib.sha256(student.encode()).hexdigest()[:32]}{attempts}"


def is_one_name(text: str) -> bool:
    """Whether it can be the name of a file just as it is: what platforms and rosters say may lead out of a folder."""
    return not (text.startswith(".") or set("/\\\0") & set(text)) and 0 < len(text.encode()) <= _LONGEST_NAME


def pseudonyms(folder: Path) -> ReportNames:
    """Names that tell nothing of the student to those who don't have the secret kept in `folder`."""
    return pseudonyms_by(kept_secret(folder / "pseudonyms.key").encode())


def kept_secret(path: Path) -> str:
    """The secret in a file, which is made if it is not there; nobody but the owner can read it."""
    if not path.exists():
        write_atomically(path, new_secret().encode(), mode=0o600)
    return path.read_text("utf-8")


def new_secret() -> str:
    """Something that nobody can guess."""
    return secrets.token_hex(_SECRET_BYTES)


def pseudonyms_by(secret: bytes) -> ReportNames:
    """Always the same names by the same secret, which nobody can work out from a list of students without it."""

    def pseudonym(student: str, attempt: int = 1) -> str:
        return hmac.new(secret, f"{attempt}\0{student}".encode(), "sha256").hexdigest()[:20]

    return pseudonym
