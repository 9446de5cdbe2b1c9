"""What a student handed in, ready to run: texts of Python, with the way back to the student's own file."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from grader.report import Location
from grader.submissions.limits import MAX_REMARKS
from grader.submissions.mended import Mended
from grader.submissions.notebook import NotebookDocument
from grader.submissions.python2 import Rejected
from grader.submissions.syntax import SyntaxFault, top_level

if TYPE_CHECKING:
    from nbformat import NotebookNode

Kind = Literal["notebook", "module", "package"]

_MAX_IMPORT_CHAIN = 50


@dataclass(frozen=True)
class SourceUnit:
    """A text that is compiled as one: a notebook's code cell, or a module.

    Attributes:
        filename: what `compile` gets and tracebacks show: "homework.ipynb:cell 3", "network.py".
        source: Python with the line numbers of `original`; not necessarily right Python.
        original: the student's text, with `\\n` line ends.
        file: the file as the student knows it.
        cell: position among the notebook's code cells, from 1; None for a module.
        unconverted: `source` before Python 2 syntax in it was converted; None if none was.
        faults: what is wrong with the student's text, where `source` is only the part of it that is Python.
        rejected: what Python 3 does not accept about `unconverted`.
        mended: the whole text with its `faults` put right, if it tells what is meant.
    """

    filename: str
    source: str
    original: str
    file: str
    cell: int | None = None
    unconverted: str | None = None
    rejected: tuple[Rejected, ...] = ()
    faults: tuple[SyntaxFault, ...] = ()
    mended: Mended | None = None

    @property
    def as_written(self) -> "SourceUnit":
        """The unit without any conversion."""
        return self if self.unconverted is None else replace(self, source=self.unconverted, unconverted=None, faults=())

    @property
    def as_meant(self) -> "SourceUnit":
        """The unit with its syntax put right, where that is clear."""
        return self if self.mended is None else replace(self, source=self.mended.source, mended=None, faults=())


@dataclass(frozen=True)
class Submission:
    """A submission that was read but not run.

    Attributes:
        name: file or folder name.
        sha256: of the file's bytes; of the sorted paths and contents for a folder.
        units: run in this order in one namespace.
        modules: importable by dotted name ("cs231n.layers"), never run by themselves. Every parent package is there.
        remarks: what was done to the text that a student should know ("cell 4, line 1: `!pip install x` was not run").
        document: the notebook file that the units are the cells of.
        data: what lay beside the work, by path, if it was asked for.
    """

    name: str
    sha256: str
    kind: Kind
    units: tuple[SourceUnit, ...]
    modules: Mapping[str, SourceUnit] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    document: NotebookDocument | None = field(default=None, repr=False)
    data: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def notebook(self) -> "NotebookNode | None":
        """The student's notebook in nbformat's current version, for feedback cells; None without a notebook.

        Its n-th code cell is the one that `Location.cell == n` points to.
        """
        return None if self.document is None else self.document.upgraded()

    @property
    def is_python_2(self) -> bool:
        """Whether only Python 2 runs it: by the notebook's kernel, or by the syntax of what runs."""
        if self.document is not None and self.document.python:
            return self.document.python == "2"
        return any(unit.unconverted is not None for unit in self.units)

    @property
    def as_written(self) -> "Submission":
        """The submission without the conversion of Python 2."""
        modules = {name: unit.as_written for name, unit in self.modules.items()}
        return replace(self, units=tuple(unit.as_written for unit in self.units), modules=modules)

    @property
    def as_meant(self) -> "Submission | None":
        """The submission with its syntax put right; None if there is nothing to put right, or it is not clear how."""
        modules = {name: unit.as_meant for name, unit in self.modules.items()}
        meant = replace(self, units=tuple(unit.as_meant for unit in self.units), modules=modules)
        return meant if (meant.units, meant.modules) != (self.units, self.modules) else None

    def with_line(self, place: Location, change: Callable[[str], str]) -> "Submission | None":
        """The submission with a line of it changed; None if nothing changes."""
        made = []
        for unit in self.units:
            texts = [unit.source.split("\n"), unit.original.split("\n")]
            is_there = (unit.file, unit.cell) == (place.file, place.cell)
            number = place.line - 1 if is_there and place.line is not None else -1
            for lines in texts:
                if 0 <= number < len(lines):
                    lines[number] = change(lines[number])
            source, original = map("\n".join, texts)
            made.append(replace(unit, source=source, original=original))
        return replace(self, units=(*made,)) if (*made,) != self.units else None

    def locate(self, filename: str, line: int | None) -> Location | None:
        """The place in the student's file that a compiled `filename` and line stand for; None if it is not theirs."""
        unit = self._by_filename.get(filename)
        return None if unit is None else Location(file=unit.file, cell=unit.cell, line=line)

    def line_text(self, filename: str, line: int) -> str:
        """That line as the student wrote it, "" if there is none."""
        unit = self._by_filename.get(filename)
        lines = _lines(unit.original) if unit else []
        return lines[line - 1] if 1 <= line <= len(lines) else ""

    def line_at(self, location: Location) -> str:
        """The line at a place, as the student wrote it; "" if there is none."""
        unit = self._by_place.get((location.file, location.cell))
        return "" if unit is None or location.line is None else self.line_text(unit.filename, location.line)

    def definitions(self) -> Mapping[str, Location]:
        """Where each top-level function, class or variable of the units is defined; the last definition wins.

        What the units import from the submission's own modules is found there.
        """
        return self._definitions

    def names_data(self, name: str) -> bool:
        """Whether a name is bound last, at top level of the units, to what can be no function."""
        bound = [there for unit in self.units if name in (there := top_level(unit.source)).definitions]
        return bool(bound) and name in bound[-1].data

    @cached_property
    def _by_filename(self) -> Mapping[str, SourceUnit]:
        return {unit.filename: unit for unit in (*self.modules.values(), *self.units)}

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, int | None], SourceUnit]:
        """The first unit of a file or cell; those that are run before those that are imported."""
        return {(unit.file, unit.cell): unit for unit in reversed([*self.units, *self.modules.values()])}

    @cached_property
    def _definitions(self) -> Mapping[str, Location]:
        found: dict[str, Location] = {}
        known: dict[str, dict[str, Location]] = {}
        for unit in self.units:
            found |= self._defined_in(unit, known)
        return found

    def _defined_in(
        self, unit: SourceUnit, known: dict[str, dict[str, Location]], depth: int = 0
    ) -> dict[str, Location]:
        """The names that a unit binds; `known` holds the modules seen before, so that cycles end."""
        there = top_level(unit.source)
        found: dict[str, Location] = {}
        for imported in there.imports:
            module = self.modules.get(imported.module)
            if module is None or not imported.names or depth > _MAX_IMPORT_CHAIN:
                continue
            if imported.module not in known:
                known[imported.module] = {}
                known[imported.module] = self._defined_in(module, known, depth + 1)
            found |= imported.bound(known[imported.module])
        own = {name: Location(file=unit.file, cell=unit.cell, line=line) for name, line in there.definitions.items()}
        return found | own


@lru_cache(maxsize=2)  # the frames of a traceback are mostly in one text, which may be long
def _lines(text: str) -> list[str]:
    return text.split("\n")


def first_remarks(remarks: Iterable[str]) -> tuple[str, ...]:
    """The remarks without repetition; a hostile notebook could ask for a million, so the number is bounded."""
    distinct = tuple(dict.fromkeys(remarks))
    if len(distinct) <= MAX_REMARKS:
        return distinct
    return (*distinct[:MAX_REMARKS], f"and {len(distinct) - MAX_REMARKS:,} more remarks of this kind")


def sha256_of(data: bytes) -> str:
    """The fingerprint of a file."""
    return hashlib.sha256(data).hexdigest()
