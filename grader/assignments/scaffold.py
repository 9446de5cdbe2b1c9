"""`grade new`: a small assignment that works at once, to be changed into one's own."""

import shutil
from pathlib import Path

import assignments as installed
from grader.assignments.errors import AssignmentError

TEMPLATE = Path(installed.__path__[0]) / "scaffold" / "linear-regression"


def write_scaffold(folder: Path) -> list[Path]:
    """Write the files of a new assignment (linear regression, with everything that an assignment has).

    Returns:
        the files, in the order in which to read them.

    Raises:
        AssignmentError: the folder is not empty, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise AssignmentError(f"{folder} is there already and not an empty folder; name another one")
        shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    except OSError as error:
        raise AssignmentError(f"{folder} cannot be written: {error.strerror or error}") from error
    names = ["README.md", "assignment.toml", "contract.py", "solution.py", "checks.py", "mistakes.py"]
    return [folder / name for name in names] + sorted((folder / "examples").iterdir())
