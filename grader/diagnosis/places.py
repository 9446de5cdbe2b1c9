"""The place of each diagnosis: a statement where one can be told, else where the function begins."""

from collections.abc import Collection, Iterable, Sequence

from grader.checks.implementation import Implementation
from grader.checks.student import Student
from grader.diagnosis.case import Case
from grader.diagnosis.repair import Repairs
from grader.diagnosis.verdict import Described, Named, Verdict
from grader.diagnosis.where import Source
from grader.report import Location
from grader.submissions import Submission


class Places:
    """Finds the places of the diagnoses of one submission: by what the text looks like, else by trying repairs."""

    def __init__(self, submission: Submission, student: Implementation | None, functions: Collection[str]) -> None:
        self._source = Source(submission)
        self._repairs: Repairs | None = None
        if isinstance(student, Student) and not student.loaded.stack.is_old:
            self._repairs = Repairs(student, self._source, functions)

    def of(self, function: str, verdict: Verdict, case: Case | None) -> list[Location | None]:
        """The places of what was named in a function, then of what was described."""
        entries: list[Named | Described] = [*verdict.named, *verdict.described]
        places = [self._looked_up(function, entry) for entry in entries]
        if case is not None and None in places:
            places = self._repaired(case, entries, places)
        beginning = self._source.beginning(function)
        return [place or beginning for place in places]

    def _looked_up(self, function: str, entry: Named | Described) -> Location | None:
        return self._source.statement(function, entry.mistake.place) if isinstance(entry, Named) else None

    def _repaired(
        self, case: Case, entries: Sequence[Named | Described], places: Sequence[Location | None]
    ) -> list[Location | None]:
        """The places with those that repairs show: one statement for all that have none, or one for each."""
        if self._repairs is None:
            return list(places)
        located = [entry for entry, place in zip(entries, places, strict=True) if place is not None]
        lacking = [entry for entry, place in zip(entries, places, strict=True) if place is None]
        one_for_all = self._repairs.statement(case, case.wrong & ~_cells(case, located))
        if one_for_all is not None or len(lacking) == 1:
            return [place or one_for_all for place in places]
        return [
            place or self._repairs.statement(case, _cells(case, [entry]) & ~_cells(case, _without(entries, entry)))
            for entry, place in zip(entries, places, strict=True)
        ]


def _cells(case: Case, entries: Iterable[Named | Described]) -> int:
    """The wrong cells that mistakes with a name are behind."""
    paths = {path for entry in entries if isinstance(entry, Named) for path in entry.paths}
    return sum(1 << i for i, cell in enumerate(case.cells) if case.wrong >> i & 1 and cell.path in paths)


def _without(entries: Sequence[Named | Described], one: Named | Described) -> list[Named | Described]:
    return [entry for entry in entries if entry is not one]
