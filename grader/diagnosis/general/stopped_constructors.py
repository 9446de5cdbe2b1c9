"""A constructor that ends with an error, or makes arrays with their sizes exchanged: its methods are wrong for that.

What the error is about is told of the first such method; the methods are judged with it put right, where a change of
the line that raised does that.
"""

import ast
from collections.abc import Iterator, Sequence

from grader.checks.run import CheckRun
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.misspelt import names_meant, ways_of_asking
from grader.diagnosis.repair.subscripts import other_arguments, other_orders
from grader.diagnosis.repair.whole_checks import price_of_checks
from grader.diagnosis.repair.words import title_of, why_of
from grader.diagnosis.repair.written import Edit, Written
from grader.diagnosis.written.exceptions import explained_by_text
from grader.diagnosis.written.stopped import stopped_in
from grader.sandbox import CellFailure, SubmissionRaised

CONSTRUCTOR = "__init__"
MOST = 12  # changes of the line that are tried


def stopped_constructor(text: OwnText, name: str, runs: Sequence[CheckRun]) -> tuple[Described, dict[str, str]] | None:
    """What to tell of a method whose object is never made, and the text of the constructor with which it is."""
    errors = [run.result.error for run in runs if not run.passed and run.blamed is None]
    stops = [one for one in errors if one is not None and any(frame.function == CONSTRUCTOR for frame in one.frames)]
    method = name.rpartition(".")[2]
    if not stops or any(frame.function == method for one in stops for frame in one.frames):
        return None
    for written in (*_constructors(text), *_called(text, stops[0].frames[-1].function)):
        if (failure := stopped_in(written, stops[0], text.source)) is None:
            continue
        edit = _mending(text, written, written.line(failure.statement), runs)
        if edit is not None:
            return _told(text, name, edit), {written.function: edit.text}
        explained = explained_by_text(failure, name, written, text.source, contract=text.contract)
        return (explained, {}) if explained is not None else None
    return None


def turned_constructor(text: OwnText, name: str, runs: Sequence[CheckRun]) -> tuple[Described, dict[str, str]] | None:
    """What to tell of a method in which shapes do not fit, where its class made an array with other sizes."""
    owner, _, method = name.rpartition(".")
    errors = [run.result.error for run in runs if not run.passed]
    frames = [frame.function for one in errors if one is not None for frame in one.frames]
    if method not in frames:
        return None
    for written in _constructors(text):
        if written.function != f"{owner}.{CONSTRUCTOR}":
            continue
        edits = [
            written.edit(statement, node, meant, kind)
            for statement, _, node in written.expressions
            for meant, kind in (*other_arguments(node), *other_orders(node))
            if isinstance(statement, ast.Assign)
        ]
        if any(one is not None and one.type == "ValueError" for one in errors):
            edits = [*edits[:MOST], *_of_other_sizes(written)]
        try:
            for edit in edits[: 2 * MOST]:
                text.repairs.allowance.spend(1, price_of_checks(runs))
                if text.repairs.passes({written.function: edit.text}, runs):
                    return _told(text, name, edit), {written.function: edit.text}
        except (CellFailure, Spent, SubmissionRaised):
            pass
    return None


def _of_other_sizes(written: Written) -> Iterator[Edit]:
    """`(hidden, output)` for `(input, output)`: another parameter among the sizes of what is made."""
    for statement, parent, node in written.expressions:
        if isinstance(node, ast.Name) and isinstance(parent, ast.Call | ast.Tuple) and node.id in written.parameters:
            others = [one for one in written.parameters if one not in (node.id, "self")]
            yield from (
                written.edit(statement, node, one, "name") for one in others if isinstance(statement, ast.Assign)
            )


def _told(text: OwnText, name: str, edit: Edit) -> Described:
    return Described(
        code=f"{name}.{edit.kind.partition(':')[0]}",
        title=title_of(edit),
        explanation=why_of(edit),
        hints=("What is made when an object of this class is, and with which sizes?",),
        evidence={
            "class": edit.function.rpartition(".")[0],
            "edits": [{"line": edit.place, "before": edit.before[:200], "after": edit.after[:200]}],
        },
        location=text.place(edit.written, edit.place),
    )


def _constructors(text: OwnText) -> Iterator[Written]:
    """The constructors that the submission's classes have, each under the name of the class it is written in."""
    for name, unit, definition in text.source.constructors():
        yield Written(name, unit, definition, unit.source)


def _called(text: OwnText, method: str) -> Iterator[Written]:
    """The methods of a name, which a constructor may call."""
    for owner in {name.rpartition(".")[0] for name, _, _ in text.source.constructors()}:
        found = text.source.definition(f"{owner}.{method}")
        if found is not None and method != CONSTRUCTOR:
            yield Written(f"{owner}.{method}", *found, found[0].source)


def _mending(text: OwnText, written: Written, line: int, runs: Sequence[CheckRun]) -> Edit | None:
    """Another name, or another way of asking for something, in the line that raised, with which all checks pass.

    Of a single one it is enough that an object is made with it: its methods may be wrong themselves.
    """
    failed = [run for run in runs if not run.passed]
    edits = [edit for edit in (*names_meant(written), *ways_of_asking(written)) if edit.line == line][:MOST]
    repairs = text.repairs
    try:
        for edit in edits:
            repairs.allowance.spend(1, price_of_checks(runs))
            if repairs.passes({written.function: edit.text}, runs):
                return edit
        method = written.function.rpartition(".")[2]
        if len(edits) == 1 and not repairs.are_stopped({written.function: edits[0].text}, failed, method):
            return edits[0]
    except (CellFailure, Spent, SubmissionRaised):
        pass
    return None
