"""The text of a submission's functions: as it is written, as it was watched in calls, and its place in the file."""

from collections.abc import Sequence

from grader.assignments import ContractFunction
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.judged import Judged
from grader.diagnosis.cases.leaves import Path
from grader.diagnosis.repair import Repair, Repairs
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.overwritten import overwrites
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.handed_on import is_of_arguments
from grader.diagnosis.written.slices import Slices
from grader.report import Location

Held = frozenset[tuple[str, str]]


class OwnText:
    """The text of one submission that is still alive, with what is kept of reading and watching it."""

    def __init__(self, judged: Judged) -> None:
        self.source, self.contract = judged.source, judged.contract
        self.repairs = Repairs(judged)
        self._benches: dict[Case, Bench] = {}
        self._slices: dict[Written, Slices] = {}

    @property
    def held(self) -> Held:
        """The functions that have other texts now than they were handed in with, and these."""
        return self.repairs.student.loaded.held

    def entry(self, name: str) -> ContractFunction | None:
        """What the task asks of a function; None where it asks for none of this name."""
        return next((one for one in self.contract if one.name == name), None)

    def all(self, function: str) -> list[Written]:
        """The function's own text, then that of the submission's other functions that are tried with it."""
        return self.repairs.written(function)

    def of(self, function: str) -> Written | None:
        """The function's own text."""
        return next(iter(self.all(function)), None)

    def place(self, written: Written, line: int) -> Location | None:
        """Where a line of a function's unit is in the submission."""
        return self.source.submission.locate(written.unit.filename, line)

    def place_of(self, repair: Repair) -> Location | None:
        """Where the first change of a repair is in the submission."""
        edit = repair.edits[0]
        return self.source.submission.locate(edit.unit.filename, edit.place)

    def bench(self, case: Case, others: Sequence[Sequence[Value]] = ()) -> Bench:
        """The case's calls, watched in the cell, where changes are tried; `others`: its values in other conventions."""
        if case not in self._benches:
            self._benches[case] = self.repairs.bench(case, others)
        return self._benches[case]

    def slices(self, written: Written) -> Slices:
        """Which statements of a function its outputs are computed by."""
        return self._slices.setdefault(written, Slices(written))

    def reached(self, function: str) -> frozenset[str]:
        """The functions that one of the submission's calls, however deep, and it itself; none if it has no text."""
        return frozenset(name for name, _, _ in self.source.reached(function))

    def hands_on_arguments(self, function: str, path: Path) -> bool:
        """Whether a part of a function's result holds nothing but what the function was given."""
        found = self.source.definition(function)
        return found is not None and is_of_arguments(found[1], path)

    def overwrites(self, function: str) -> bool:
        """Whether a function puts something into a place where another value takes its place before it is read."""
        return any(overwrites(written) for written in self.all(function))

    def is_long(self, function: str) -> bool:
        """Whether changes are tried only where something tells that the mistake is there."""
        return any(written.is_long for written in self.all(function))
