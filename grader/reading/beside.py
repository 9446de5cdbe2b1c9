"""Networks beside the one that was read: classes and functions of the file that train, and that nothing has called.

A file that holds several, of which its own text or the lines that were added train one, is not right as that one is.
"""

import ast
from collections.abc import Callable, Iterator, Sequence

from grader.reading.runs.driver_functions import function_of, rank
from grader.reading.runs.driver_names import TRAINERS
from grader.reading.runs.run import Run
from grader.reading.told.explanation import Explanation, Quantity
from grader.submissions import Submission
from grader.submissions.syntax import parse

MOST = 3  # that are looked at
_NOTE = "`{}` was trained as well: nothing wrong was found in it"

Told = tuple[Run, Explanation]
#: What is told of what stands in some texts, with lines that train it; a status of "unread" if nothing is.
Train = Callable[[Sequence[str]], Told]
_Definition = ast.ClassDef | ast.FunctionDef


def with_beside(run: Run, explanation: Explanation, submission: Submission, train: Train | None) -> Told:
    """The explanation of a file in which nothing wrong was found, with what else it has that trains.

    Args:
        train: adds lines that train a class; None where the file trains by itself, so that what it leaves out is only
            named.
    """
    if explanation.status not in ("right", "partly"):
        return run, explanation
    notes, left = list(explanation.notes), list(explanation.unjudged)
    for filename, node, source in [*_not_called(run, submission)][:MOST]:
        found = train((ast.get_source_segment(source, node) or "",)) if train is not None else None
        if found is not None and found[1].status == "fault":
            before = "the network before it was read as well: nothing wrong was found in it"
            return found[0], found[1].model_copy(update={"notes": (*found[1].notes, before)})
        if found is not None and found[1].status == "right":
            notes.append(_NOTE.format(node.name[:40]))
            continue
        left.append(
            Quantity(
                name=f"`{node.name[:40]}`",
                status="unknown",
                own_name="which trains as well, and was not read" if train is not None else "which nothing calls",
                location=submission.locate(filename, node.lineno),
                text=submission.line_text(filename, node.lineno).strip()[:200],
            )
        )
    status = "partly" if len(left) > len(explanation.unjudged) else explanation.status
    return run, explanation.model_copy(update={"status": status, "notes": tuple(notes), "unjudged": tuple(left)})


def _not_called(run: Run, submission: Submission) -> Iterator[tuple[str, _Definition, str]]:
    """What trains by its name, in a loop of its own, is mentioned nowhere else, and did nothing in the run."""
    if run.recording is None:
        return
    units = [(one.filename, one.source) for one in (*submission.modules.values(), *submission.units)]
    trees = [(filename, source, parse(source) or ast.Module([], [])) for filename, source in units]
    statements = [node for _, _, tree in trees for node in tree.body]
    seen = {(place.filename, place.line) for place in map(run.recording.place_of, run.recording.events)}
    for filename, source, tree in trees:
        for node in tree.body:
            if not isinstance(node, _Definition) or not _trains(node):
                continue
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            is_mentioned = any(node.name in _names(other) for other in statements if other is not node)
            if not is_mentioned and not any((filename, line) in seen for line in lines):
                yield filename, node, source


def _trains(node: _Definition) -> bool:
    inner = node.body if isinstance(node, ast.ClassDef) else [node]
    functions = [one for one in inner if isinstance(one, ast.FunctionDef) and rank(one.name) < len(TRAINERS)]
    return any(function_of(one).repeats for one in functions)


def _names(node: ast.AST) -> set[str]:
    return {
        one.id if isinstance(one, ast.Name) else one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute)
    }
