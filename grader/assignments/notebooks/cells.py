"""A source notebook as a course keeps it: cells, each with what it is for and what students see of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from grader.assignments.errors import AssignmentError

Kind = Literal["text", "given", "answer", "test", "written", "left-out"]
Format = Literal["nbgrader", "otter", "plain"]
MAX_BYTES = 20 << 20


@dataclass(frozen=True)
class RawCell:
    """A cell of the file: `number` counts those of its type from 1, as the grader's reports do."""

    cell_type: str
    number: int
    source: str
    metadata: Mapping[str, Any]
    outputs: Sequence[Mapping[str, Any]]

    @property
    def place(self) -> str:
        return f"{'cell' if self.cell_type == 'code' else f'{self.cell_type} cell'} {self.number}"


@dataclass(frozen=True)
class Cell:
    """A cell with its purpose.

    Attributes:
        kind: `given` code comes with the assignment, `answer` is the students', `written` is for a person to read;
            `left-out` cells are the author's own.
        source: as the author has it, the answer in it.
        student: what students get in its place; None when they get no such cell.
        name: of the question or the test.
        secret: numbers of the lines of `source` that students do not see.
        expected: what a test's last expression must show; None where the test speaks by raising.
        on_failure: what a test's author has for whoever fails it.
        rubric: of a written answer, for the person who reads it: what the author noted.
        prompt: what a written answer is asked by.
    """

    raw: RawCell
    kind: Kind
    source: str
    student: str | None
    name: str = ""
    points: float = 0.0
    secret: frozenset[int] = frozenset()
    expected: str | None = None
    on_failure: str = ""
    rubric: str = ""
    prompt: str = ""

    @property
    def place(self) -> str:
        return self.raw.place

    @property
    def is_hidden(self) -> bool:
        """Whether students see nothing of it, and are not to."""
        return not (self.student or "").strip() and bool(self.secret)


@dataclass(frozen=True)
class SourceNotebook:
    """What was read of a notebook; `remarks` tell the author what could not be taken over, and where."""

    path: Path
    format: Format
    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The first heading, or the file's name."""
        for cell in self.cells:
            for line in cell.source.splitlines() if cell.raw.cell_type == "markdown" and cell.student else ():
                if line.startswith("#"):
                    return line.strip("# \t")
        return self.path.stem.replace("_", " ").replace("-", " ")

    @property
    def summary(self) -> str:
        """The first sentence below the title, or nothing."""
        for cell in self.cells:
            if cell.raw.cell_type == "markdown" and cell.student:
                lines = [line.strip() for line in cell.student.splitlines()]
                prose = [line for line in lines if line and not line.startswith(("#", "!", "<", "|", "-", "*", "$"))]
                if prose:
                    return prose[0]
        return ""


def read_cells(path: Path) -> tuple[list[RawCell], Mapping[str, Any]]:
    """The cells of a notebook file, and its metadata.

    Raises:
        AssignmentError: it is no notebook of nbformat 4.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AssignmentError(f"{path} has more than {MAX_BYTES >> 20} MB; clear its outputs and save it")
        document = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise AssignmentError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise AssignmentError(f"{path} is not a notebook: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
        raise AssignmentError(
            f"{path} is not a notebook of nbformat 4: it has no cells; open it in Jupyter and save it"
        )
    metadata = document.get("metadata")
    return list(_numbered(document["cells"])), metadata if isinstance(metadata, dict) else {}


def _numbered(cells: Sequence[Any]) -> Iterator[RawCell]:
    counts: dict[str, int] = {}
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        kind = str(cell.get("cell_type", "raw"))
        counts[kind] = counts.get(kind, 0) + 1
        metadata, outputs = cell.get("metadata"), cell.get("outputs")
        yield RawCell(
            kind,
            counts[kind],
            joined(cell.get("source", "")),
            metadata if isinstance(metadata, dict) else {},
            [output for output in outputs if isinstance(output, dict)] if isinstance(outputs, list) else [],
        )


def joined(text: Any) -> str:
    """A text of a notebook file, which may be a list of its lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)
