"""Writing the files of a new assignment, or of a starter."""

from collections.abc import Mapping
from pathlib import Path

from grader.assignments.errors import AssignmentError


def demand_empty(folder: Path) -> None:
    """Raises AssignmentError: there is something in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AssignmentError(f"{folder} is there already and not an empty folder; name another one")


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files into a folder, which is made if it is not there.  Raises AssignmentError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise AssignmentError(f"{folder} cannot be written: {error.strerror or error}") from error
    return [folder / name for name in texts]
