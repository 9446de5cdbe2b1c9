"""What of a function that is not written to its end is open: names set to None and to nothing else, empty branches."""

import ast
import re
from collections.abc import Iterator

from grader.diagnosis.cases.phrases import enumerated, is_or_are
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.contents import Definition, Place
from grader.diagnosis.repair.nodes import flat
from grader.diagnosis.repair.written import Written
from grader.submissions.placeholders import computes
from grader.submissions.trees import walk

MAY_BE_NONE = re.compile(r"cache|mask|scale")  # what is kept for the way back, and not needed in each case
SHOWN = 5  # names in a sentence


def left_open(function: str, source: Source, *, is_judged: bool = False) -> Described | None:
    """The names that a placeholder stands for, in their lines; None of a function in which nothing is computed.

    One that `is_judged` ran, and gave what is wrong.
    """
    found = source.definition(function) or source.definition(f"{function}.__init__")
    if found is None or not computes(found[1]):
        return None
    unit, definition = found
    places = [(name, line) for name, line in _placeholders(definition) if not (is_judged and MAY_BE_NONE.search(name))]
    if not places:
        return None
    names = [*dict.fromkeys(f"`{name}`" for name, _ in places)][:SHOWN]
    lines = [str(line) for line in dict.fromkeys(line for _, line in places)][:SHOWN]
    rest = f"The rest of `{function}` is not judged before that."
    return Described(
        code=f"{function}.left-open",
        title=f"{enumerated(names)} {is_or_are(names)} still to be computed",
        explanation=f"{'Line' if len(lines) == 1 else 'Lines'} {enumerated(lines)} "
        f"{'sets' if len(lines) == 1 else 'set'} {'it' if len(names) == 1 else 'them'} to None, a placeholder, "
        + ("and nothing is put there after that." if is_judged else f"and what follows needs a value. {rest}"),
        hints=(f"What does {names[0]} stand for in the formula?",),
        confidence="likely" if is_judged else "certain",
        evidence={"names": [name.strip("`") for name in names]},
        location=source.submission.locate(unit.filename, places[0][1]),
    )


def _placeholders(definition: Definition) -> Iterator[tuple[str, int]]:
    """Names that are set to None and nowhere to anything else, with their lines."""
    blank: dict[str, int] = {}
    written: set[str] = set()
    for node in walk(definition):
        if not isinstance(node, ast.stmt):
            continue
        match node:
            case ast.Assign(targets=[target], value=ast.Constant(value=None)) if isinstance(
                target, ast.Name | ast.Subscript | ast.Attribute
            ):
                blank.setdefault(ast.unparse(target), node.lineno)
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=ast.Tuple(elts=values)) if len(elements) == len(
                values
            ):
                for element, value in zip(elements, values, strict=True):
                    if isinstance(value, ast.Constant) and value.value is None:
                        blank.setdefault(ast.unparse(element), node.lineno)
                    else:
                        written.add(ast.unparse(element))
            case _:
                written |= {ast.unparse(one) for target in targets_of(node) for one in flat(target)}
    yield from ((name, line) for name, line in blank.items() if name not in written)


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
