"""Trainings behind the one that was read: what runs on behind its loop is read and judged as well.

The run ends as soon as a few steps were seen. What a file trains after that (a second network, the same functions with
other settings) would be passed over in silence, and called right with the rest.
"""

import ast
from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import pairwise

from grader.reading.probed.learned_numbers import learned_numbers
from grader.reading.recorded.graph import PRODUCTS, Graph
from grader.reading.recorded.recording import Event, Recording
from grader.reading.runs.run import Run, beyond
from grader.reading.structure.parameters import Parameters
from grader.reading.told.explanation import Explanation, Quantity
from grader.submissions import Submission
from grader.submissions.syntax import parse

MOST = 5  # trainings of a file that are looked at
LEAST_UPDATES = 3  # of a parameter: data are changed once or twice as well
MANY = 10_000  # updates of a number
_MULTIPLYING = PRODUCTS | {"outer", "multiply"}

#: Reads and judges a run; of one whose functions were all judged before, data and rate are a trial and no fault.
Explain = Callable[[Run, bool], Explanation]


def with_further(run: Run, explanation: Explanation, submission: Submission, explain: Explain) -> Explanation:
    """The explanation of a file in whose first training nothing wrong was found, with what follows that training."""
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    known: set[tuple[str, int]] = set()
    depth = 1
    for _ in range(1, MOST):
        if run.recording is None or explanation.status == "fault":
            break
        ended = len(run.recording.events)
        if run.recording.end == "finished":  # several may have been seen to their end
            ended = _end_of_first(run.recording)
        known |= {_line(run.recording, event) for event in run.recording.events[:ended]}
        if not ended or not _may_go_on(sources, known):
            break
        further = _beyond(run, ended, depth)
        if further is None and depth == 1:
            depth = 2  # no training follows the outermost loop: it may itself train one network after another
            further = _beyond(run, ended, depth, known)
        if further is None or further.recording is None:
            break
        is_seen = run.recording.end == "finished"
        explanation = _joined(explanation, further, further.recording, known, submission, explain, is_seen=is_seen)
        run = further
    else:
        left = _loop_not_reached(sources, known)
        if left is not None and explanation.status == "right":
            rest = _left_open("the loop behind the trainings that were read", left, submission)
            return explanation.model_copy(update={"status": "partly", "unjudged": (*explanation.unjudged, rest)})
    return explanation


def _end_of_first(recording: Recording) -> int:
    """The event with which the first of several trainings, one after another, ends; 0 if there is but one."""
    graph = Graph(recording)
    parameters = Parameters(graph)
    learned = (*parameters.all, *parameters.others, *learned_numbers(graph, MANY))
    spans = sorted((one.updates[0], one.updates[-1]) for one in learned if len(one.updates) >= LEAST_UPDATES)
    end = spans[0][1] if spans else 0
    for first, last in spans:
        if first > end:
            return end
        end = max(end, last)
    return 0


def _beyond(run: Run, ended: int, depth: int, known: Set[tuple[str, int]] = frozenset()) -> Run | None:
    """The run that goes on behind a loop, if it trains there, and not by known lines, which are the next epoch's."""
    further = beyond(run, ended, depth)
    if further is None or further.recording is None:
        return None
    events, is_training = _trained(further.recording)
    if depth > 1 and not is_training:  # what the rest of an epoch does with the weights, as a test does
        return None
    return further if {_line(further.recording, event) for event in events} - known else None


def _joined(
    before: Explanation,
    run: Run,
    recording: Recording,
    known: set[tuple[str, int]],
    submission: Submission,
    explain: Explain,
    *,
    is_seen: bool,
) -> Explanation:
    """What is told with what was read behind a loop.

    With `is_seen`, the run went to its end by itself: without a network, what follows the training may as well count.
    """
    events, is_training = _trained(recording)
    new = [event for event in events if _line(recording, event) not in known]
    if not events:
        return before
    found = explain(run, not new)
    if is_seen and (found.network is None or found.status not in ("right", "fault")):
        return before
    faults = tuple(fault for fault in found.faults if new or fault.code != "unexplained")
    place = recording.place_of((new or events)[0])
    if faults:
        note = "the training before this one was read as well: nothing wrong was found in it"
        return found.model_copy(update={"faults": faults, "notes": (*found.notes, note)})
    if not (new or is_training):
        return before
    if not new or (found.status == "right" and found.network is not None):
        which = "a further training" if new else "a further training, by the same lines"
        read = "was not read" if found.status == "unread" else "was read as well: nothing wrong was found in it"
        note = f"{which}, from line {place.line} on{_in_short(found)}, {read}"
        return before.model_copy(update={"notes": (*before.notes, *({note} - {*before.notes}))})
    left = _left_open("a further training", (place.filename, place.line), submission, "from here on")
    return before.model_copy(update={"status": "partly", "unjudged": (*before.unjudged, left)})


def _left_open(name: str, where: tuple[str, int], submission: Submission, own_name: str = "") -> Quantity:
    text = submission.line_text(*where).strip()[:200]
    return Quantity(name=name, status="unknown", own_name=own_name, location=submission.locate(*where), text=text)


def _in_short(found: Explanation) -> str:
    """The layers of a network in brackets: `(2-4-1, tanh, sigmoid)`."""
    if found.network is None:
        return ""
    layers = found.network.layers
    sizes = "-".join(str(size) for size in (layers[0].inputs, *[layer.units for layer in layers]))
    return f" ({sizes}, {', '.join(layer.activation for layer in layers)})"


def _trained(recording: Recording) -> tuple[list[Event], bool]:
    """What is made of parameters that are changed from step to step behind the loop that was passed, up to the update.

    And whether there are any: else the products there, if the run has ended for the steps that were seen.
    """
    graph = Graph(recording)
    parameters = Parameters(graph)
    learned = [one for one in (*parameters.all, *parameters.others, *learned_numbers(graph)) if one.is_updated]
    updates: set[int] = set()
    made: set[int] = set()  # events that parameters have a part in
    for one in learned:
        behind = [at for at in one.updates if at >= recording.behind]
        changes = sum(old != new for old, new in pairwise(one.versions))  # a 0 may be added to what is no parameter
        if min(len(behind), changes) >= LEAST_UPDATES:
            updates |= set(behind)
            made |= {at for version in one.versions for at in graph.users.get(version, ()) if at >= recording.behind}
    for event in graph.events[recording.behind :]:
        if any(source in made for source in graph.sources[event.index]):
            made.add(event.index)
    before = set().union(*[graph.ancestors(at, recording.behind - 1) for at in updates])
    found = [graph.events[at] for at in sorted(made & before)]
    if found or recording.end != "steps":
        return found, bool(found)
    products = [event for event in graph.events[recording.behind :] if event.op in PRODUCTS]
    if _are_tried(graph, products):
        return [], False
    return products, False


def _are_tried(graph: Graph, products: Sequence[Event]) -> bool:
    """Whether weights that stay what they are meet one sample after another: each product has one side that does.

    Of a training that goes on with the same samples this holds as well, but it is one side for all its products.
    """
    sides: dict[int, list[set[int]]] = {}
    for event in products:
        bases = [graph.base(value, event.index)[0] for value in event.operands]
        of_place = sides.setdefault(event.place, [set() for _ in bases])
        for side, base in zip(of_place, bases, strict=False):
            side.add(base)
    kept = [{base for side in of_place if len(side) == 1 for base in side} for of_place in sides.values()]
    return all(kept) and len(set().union(*kept)) > 1


def _line(recording: Recording, event: Event) -> tuple[str, int]:
    place = recording.place_of(event)
    return place.filename, place.line


def _may_go_on(sources: list[tuple[str, str]], known: set[tuple[str, int]]) -> bool:
    """Whether the text has products or trainings that were not reached, or calls functions with loops again."""
    calls: Counter[str] = Counter()
    looping: set[str] = set()
    for filename, source in sources:
        tree = parse(source)
        if tree is None:
            return True
        for node in ast.walk(tree):
            if isinstance(node, (ast.For, ast.While)) and _trains(node, filename, known):
                return True
            if _is_product(node) and (filename, getattr(node, "lineno", 0)) not in known:
                return True
            if isinstance(node, ast.Call):
                calls[_called(node)] += 1
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, (ast.For, ast.While)) for one in ast.walk(node)
            ):
                looping.add(node.name)
    return any(calls[name] > 1 for name in looping)


def _loop_not_reached(sources: list[tuple[str, str]], known: set[tuple[str, int]]) -> tuple[str, int] | None:
    """The first loop that was not reached and has a product, or adds to something: it may train as well."""
    for filename, source in sources:
        for node in ast.walk(parse(source) or ast.Module([], [])):
            if not isinstance(node, (ast.For, ast.While)):
                continue
            inner = list(ast.walk(node))
            is_known = any((filename, getattr(one, "lineno", 0)) in known for one in inner)
            if not is_known and (_trains(node, filename, known) or any(_is_product(one) for one in inner)):
                return filename, node.lineno
    return None


def _trains(loop: ast.For | ast.While, filename: str, known: set[tuple[str, int]]) -> bool:
    """Whether a loop that was not reached adds to something what is no plain number."""
    inner = list(ast.walk(loop))
    if any((filename, getattr(node, "lineno", 0)) in known for node in inner):
        return False
    steps = [node for node in inner if isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Add, ast.Sub))]
    return any(not isinstance(step.value, ast.Constant) for step in steps)


def _is_product(node: ast.AST) -> bool:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        return isinstance(node.op, ast.MatMult)
    return isinstance(node, ast.Call) and _called(node) in _MULTIPLYING


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
