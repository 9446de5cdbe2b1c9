"""Trainings behind the one that was read: what runs on behind its loop is read and judged as well.

The run ends as soon as a few steps were seen. What a file trains after that (a second network, the same functions with
other settings) would be passed over in silence, and called right with the rest.
"""

import ast
from collections import Counter
from collections.abc import Callable

from grader.reading.recorded.graph import PRODUCTS, Graph
from grader.reading.recorded.recording import Event, Recording
from grader.reading.runs.run import Run, beyond
from grader.reading.structure.parameters import Parameters
from grader.reading.told.explanation import Explanation, Quantity
from grader.submissions import Submission

MOST = 3  # trainings of a file that are looked at
LEAST_UPDATES = 3  # of a parameter: data are changed once or twice as well
_MULTIPLYING = PRODUCTS | {"outer", "multiply"}

#: Reads and judges a run; of one whose functions were all judged before, data and rate are a trial and no fault.
Explain = Callable[[Run, bool], Explanation]


def with_further(run: Run, explanation: Explanation, submission: Submission, explain: Explain) -> Explanation:
    """The explanation of a file in whose first training nothing wrong was found, with what follows that training."""
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    known: set[tuple[str, int]] = set()
    for _ in range(1, MOST):
        if run.recording is None or run.recording.end == "finished" or explanation.status == "fault":
            break
        known |= {_line(run.recording, event) for event in run.recording.events}
        if not _may_go_on(sources, known):
            break
        further = beyond(run)
        if further is None or further.recording is None:
            break
        explanation, run = _joined(explanation, further, further.recording, known, submission, explain), further
    return explanation


def _joined(
    before: Explanation,
    run: Run,
    recording: Recording,
    known: set[tuple[str, int]],
    submission: Submission,
    explain: Explain,
) -> Explanation:
    products = _trained(recording)
    new = [event for event in products if _line(recording, event) not in known]
    if not products:
        return before
    found = explain(run, not new)
    faults = tuple(fault for fault in found.faults if new or fault.code != "unexplained")
    place = recording.place_of((new or products)[0])
    location = submission.locate(place.filename, place.line)
    if faults:
        note = "the training before this one was read as well: nothing wrong was found in it"
        return found.model_copy(update={"faults": faults, "notes": (*found.notes, note)})
    if not new:
        return before
    if found.status == "right":
        note = f"a further training, from line {place.line} on, was read as well: nothing wrong was found in it"
        return before.model_copy(update={"notes": (*before.notes, note)})
    left = Quantity(
        name="a further training",
        status="unknown",
        own_name="from here on",
        location=location,
        text=submission.line_text(place.filename, place.line).strip()[:200],
    )
    return before.model_copy(update={"status": "partly", "unjudged": (*before.unjudged, left)})


def _trained(recording: Recording) -> list[Event]:
    """The products behind the loop that was passed, with parameters that are changed from step to step there."""
    graph = Graph(recording)
    parameters = Parameters(graph)
    trained = {
        id(parameter)
        for parameter in parameters.all
        if sum(update >= recording.behind for update in parameter.updates) >= LEAST_UPDATES
    }
    found = []
    for event in graph.events[recording.behind :]:
        owners = [parameters.owner(operand, event.index) for operand in event.operands if event.op in PRODUCTS]
        if any(owner is not None and id(owner[0]) in trained for owner in owners):
            found.append(event)
    if not found and recording.end == "steps":
        return [event for event in graph.events[recording.behind :] if event.op in PRODUCTS]
    return found


def _line(recording: Recording, event: Event) -> tuple[str, int]:
    place = recording.place_of(event)
    return place.filename, place.line


def _may_go_on(sources: list[tuple[str, str]], known: set[tuple[str, int]]) -> bool:
    """Whether the text has products that were not reached, or calls functions with loops more than once."""
    calls: Counter[str] = Counter()
    looping: set[str] = set()
    for filename, source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            return True
        for node in ast.walk(tree):
            if _is_product(node) and (filename, getattr(node, "lineno", 0)) not in known:
                return True
            if isinstance(node, ast.Call):
                calls[_called(node)] += 1
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, (ast.For, ast.While)) for one in ast.walk(node)
            ):
                looping.add(node.name)
    return any(calls[name] > 1 for name in looping)


def _is_product(node: ast.AST) -> bool:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        return isinstance(node.op, ast.MatMult)
    return isinstance(node, ast.Call) and _called(node) in _MULTIPLYING


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
