"""One array under several names, changed in place: `b1 = b2 = np.zeros(5)`, `velocities = [np.zeros(s)] * 3`.

The text tells where one call makes it for all of them, and that it is changed in place; the run tells that it matters:
biases of two layers that stay the same, or gradients of other layers in what a weight is changed by.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.submissions.syntax import parse

MAX_NAMED = 60  # characters of the names that are told


@dataclass(frozen=True)
class _Made:
    """Where one call makes an array for several names, or for all entries of a list."""

    filename: str
    line: int
    names: tuple[str, ...]
    how: str


def judge_one_array(judgement: Judgement) -> None:
    """Add the fault to the findings where text and run agree."""
    made = list(_made_at_once(judgement))
    if not made or len(judgement.steps) < 2:
        return
    shared = _shared_biases(judgement)
    if shared is not None:
        fitting = [one for one in made if len(one.names) == 1 or set(one.names) <= _own_names(judgement)]
        quantity, layer = f"b{shared + 1}", shared
    else:
        fitting = [one for one in made if len(one.names) == 1] if _takes_other_gradients(judgement) else []
        quantity, layer = "step", judgement.network.depth - 1
    if fitting:
        one = fitting[0]
        names = " and ".join(f"`{name}`" for name in one.names) if len(one.names) > 1 else f"all of `{one.names[0]}`"
        facts: dict[str, float | int | str] = {"names": names, "how": one.how}
        judgement.findings.append(Finding(quantity, "one-array-for-all", _event(judgement, one), layer, facts))


def _made_at_once(judgement: Judgement) -> Iterator[_Made]:
    for filename, lines in judgement.network.texts.lines.items():
        nodes = list(ast.walk(parse("\n".join(lines)) or ast.Module([], [])))
        in_place = {ast.unparse(node.target) for node in nodes if isinstance(node, ast.AugAssign)}
        entries = {
            ast.unparse(node.target.value)
            for node in nodes
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Subscript)
        }
        for node in nodes:
            if not isinstance(node, ast.Assign):
                continue
            names = tuple(ast.unparse(target) for target in node.targets)
            value = node.value
            if len(names) > 1 and isinstance(value, ast.Call) and set(names) <= in_place:
                if len(" ".join(names)) <= MAX_NAMED:
                    yield _Made(filename, node.lineno, names, "One call makes one array, and gives it all these names")
            elif _is_repeated(value) and names[0] in entries and len(names[0]) <= MAX_NAMED:
                how = "`[…] * n` holds the same array n times"
                yield _Made(filename, node.lineno, names[:1], how)


def _is_repeated(value: ast.expr) -> bool:
    """Whether an expression is a list of one call, times a number."""
    if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.Mult):
        return False
    return any(
        isinstance(side, ast.List) and len(side.elts) == 1 and isinstance(side.elts[0], ast.Call)
        for side in (value.left, value.right)
    )


def _own_names(judgement: Judgement) -> set[str]:
    return {name for _, _, name, _ in judgement.network.graph.recording.named}


def _shared_biases(judgement: Judgement) -> int | None:
    """The upper one of two layers whose biases are the same in all steps, though they are changed."""
    steps = judgement.steps
    for low, high in combinations(range(judgement.network.depth), 2):
        pairs = [(step.layers[low].b, step.layers[high].b) for step in steps]
        is_same = all(one is not None and other is not None and np.array_equal(one, other) for one, other in pairs)
        if is_same and any(not np.array_equal(one, pairs[0][0]) for one, _ in pairs[1:]):  # type: ignore[arg-type]
            return high
    return None


def _takes_other_gradients(judgement: Judgement) -> bool:
    """Whether what several weights are changed by is not understood, and has the gradients of others in it."""
    if len(judgement.directions) < 2:
        return False
    gradients = {index: judgement.right.get(f"dW{index + 1}") for index in judgement.directions}
    return any(
        gradients[other] in judgement.ancestors(index)
        for index in judgement.directions
        for other in judgement.directions
        if other != index and gradients[other] is not None
    )


def _event(judgement: Judgement, made: _Made) -> int | None:
    """The event that made the array, else the first update."""
    graph = judgement.network.graph
    for event in graph.events[: judgement.start]:
        place = graph.recording.place_of(event)
        if place.line == made.line and place.filename == made.filename and graph.size(event.result) > 1:
            return event.index
    updates = judgement.network.chain[-1].updates
    return updates[0] if updates else None
