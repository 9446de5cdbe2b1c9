"""Branches that are taken and do nothing: they hold only `pass`."""

import ast
from collections.abc import Iterator

from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.written import Written


def empty_branch(function: str, written: Written, bench: Bench) -> tuple[Described, ast.stmt] | None:
    """What is told of the one such branch that every watched call which fails comes to, and its `pass`."""
    found = [*_empty(written)]
    if not found or not bench.runs:
        return None
    executed = [run.executed(written.function) for run in bench.runs]
    taken = [(place, heading) for place, heading in found if all(place.statement.lineno in one for one in executed)]
    if len(taken) != 1:
        return None
    (place, heading) = taken[0]
    told = Described(
        code=f"{function}.branch-not-written",
        title=f"What is to be done below `{heading}` is not written yet",
        explanation="There is only `pass`, which does nothing, and every call that fails comes there.",
        hints=("Which lines does a call run that fails? Let them print something.", "What is to be done in this case?"),
        confidence="certain",
        evidence={"line": written.line(place.statement)},
    )
    return told, place.statement


def _empty(written: Written) -> Iterator[tuple[Place, str]]:
    """The `pass` of each branch or loop that holds nothing else, with the first line of that."""
    headings: dict[int, str] = {}
    for place in written.places:
        match place.statement:
            case ast.If(test=test, body=body, orelse=orelse):
                headings[id(body[0])] = f"if {written.source(test)}:"
                if len(orelse) == 1 and isinstance(orelse[0], ast.Pass):
                    headings[id(orelse[0])] = "else:"
            case ast.For(target=target, iter=iterated, body=[ast.Pass() as only]):
                headings[id(only)] = f"for {written.source(target)} in {written.source(iterated)}:"
        if isinstance(place.statement, ast.Pass) and len(place.body) == 1 and id(place.statement) in headings:
            yield place, headings[id(place.statement)]
