"""The place of each diagnosis: a statement, where one can be told beyond doubt."""

from collections.abc import Iterator

from grader.diagnosis.cases.verdict import Verdict
from grader.diagnosis.cases.where import Source
from grader.report import Location


def places_of(source: Source, function: str, verdict: Verdict) -> Iterator[Location | None]:
    """The places of what was named in a function, then of what was described.

    A named mistake is where a repair was found, or else where the text looks like it, and all of them where the
    function has one line; where it begins is no place of a mistake.
    """
    only = source.only_line(function)
    for entry in verdict.named:
        looking_so = source.statement(function, entry.mistake.place) if not entry.is_elsewhere else None
        yield entry.location or looking_so or only
    for described in verdict.described:
        yield described.location or only
