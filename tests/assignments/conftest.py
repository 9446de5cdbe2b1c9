"""A small assignment in a folder of its own, to be spoilt."""

from pathlib import Path

import pytest

from grader.assignments import AssignmentError, read_assignment
from grader.assignments.scaffold import write_scaffold


class Folder:
    """An assignment folder whose files a test changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text("utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new, 1), "utf-8")

    def append(self, name: str, text: str) -> None:
        with (self.path / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def move(self, old: str, new: str) -> None:
        (self.path / new).parent.mkdir(parents=True, exist_ok=True)
        (self.path / old).rename(self.path / new)

    def fault(self) -> str:
        """What the author is told."""
        with pytest.raises(AssignmentError) as caught:
            read_assignment(self.path)
        return str(caught.value)


@pytest.fixture
def folder(tmp_path) -> Folder:
    write_scaffold(tmp_path / "linear-regression")
    return Folder(tmp_path / "linear-regression")
