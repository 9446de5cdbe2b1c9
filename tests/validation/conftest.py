"""A small assignment in a folder of its own, to be spoilt and validated."""

from pathlib import Path

import pytest

from grader.assignments import read_assignment
from grader.assignments.scaffold import write_scaffold
from grader.validation import Outcome, Validation, validate_assignment


class Author:
    """Somebody who changes the files of an assignment and has it validated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text("utf-8")
        assert old in text
        (self.folder / name).write_text(text.replace(old, new, 1), "utf-8")

    def append(self, name: str, text: str) -> int:
        """Returns the number of the first line that was added."""
        before = (self.folder / name).read_text("utf-8")
        (self.folder / name).write_text(before + text, "utf-8")
        return before.count("\n") + 1

    def validation(self, **options) -> Validation:
        return validate_assignment(read_assignment(self.folder), **options)

    def planted(self, code: str) -> Outcome:
        return next(outcome for outcome in self.validation().planted if outcome.name == code)


@pytest.fixture
def author(tmp_path) -> Author:
    write_scaffold(tmp_path / "linear-regression")
    return Author(tmp_path / "linear-regression")
