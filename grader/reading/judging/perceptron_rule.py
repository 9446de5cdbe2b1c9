"""The perceptron's rule, read from how z and what is learned move: no target and no output need be seen.

    w changes by ± rate · x, its bias by ± rate, or nothing changes

The rule is right if each change leads z to its other side, if the changes of one and the same sample all have one
direction, and if a sample that was changed before is left alone only where z is on that side.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.reading.judging.perceptron_steps import UnitStep
from grader.reading.recorded.graph import ADDING, PARTS, Graph
from grader.reading.recorded.recording import Array, Event
from grader.submissions.syntax import parse

LEAST = 2  # changes
CLEAR = 3  # changes that are enough, or LEAST where z was not 0
MANY = 6  # changes, all of them the wrong way; or samples that are left alone
ALIKE = 1e-7
MAX_ROWS = 400
MAX_TERMS = 64
MAX_THRESHOLDS = 8
_PLUS, _MINUS, _TIMES = ("Add", "add"), ("Sub", "subtract"), ("Mult", "multiply")


@dataclass(frozen=True)
class Rule:
    """How what is learned was moved."""

    moves: Array  # by how much of x each sample moves the weights
    is_away: bool  # each moves z further to the side on which it is
    bias: float | None  # by how much of that the bias moves: 1 as it should, None without one, NaN if it varies
    table: Array  # inputs, and the side on which z should be (0 or 1), where that is known

    @property
    def rate(self) -> float:
        return float(f"{np.abs(self.moves[self.moves != 0]).min():.9g}")

    @property
    def is_right(self) -> bool:
        return not self.is_away and (self.bias is None or self.bias > 0)


def rule_of(graph: Graph, steps: Sequence[UnitStep]) -> Rule | None:
    """The rule of steps by single samples, each followed by the next; None if it is not the perceptron's."""
    steps = [_of_one_sample(one) for one in steps[:MAX_ROWS]]
    found = moves_of(steps)
    if found is None:
        return None
    moves, square = found
    x, side = np.array([one.x[0] for one in steps[:-1]]), np.sign([float(one.z[0]) for one in steps[:-1]])
    biases = np.array([one.b or 0.0 for one in steps])
    bias, moves = (None, moves) if steps[0].b is None else _with_bias(biases, moves, square)
    sizes, signs = np.abs(moves[moves != 0]), np.sign(moves)
    if len(sizes) < LEAST or set(np.round(sizes / sizes.min(), 6)) - {1.0, 2.0}:
        return None
    is_away = bool((signs * side >= 0).all() and (signs * side > 0).sum() >= MANY)
    size = np.abs([float(one.z[0]) for one in steps[:-1]])
    if is_away and (size[(moves == 0) & (size > 0)] < size[moves != 0].max()).sum() < LEAST:
        return None  # a margin is kept: what is too near to 0 moves away from it
    if not is_away and ((signs * side > 0).any() or (len(sizes) < CLEAR and (signs * side < 0).sum() < LEAST)):
        return None
    known: dict[bytes, float] = {}
    for inputs, sign in zip(x, signs, strict=True):
        if sign and known.setdefault(inputs.tobytes(), sign) != sign:
            return None
    meant = np.array([known.get(inputs.tobytes(), 0.0) for inputs in x])
    at_rest = (meant * side)[moves == 0]
    if not is_away and (at_rest < 0).any():
        return None
    is_running_off = bias is not None and bias < 0 and len(sizes) >= MANY
    is_of_one_direction = len(set(signs) - {0.0}) < 2 and not is_running_off  # then more must be seen
    if is_of_one_direction and (not _has_step_of_z(graph, steps[:-1]) if is_away else (at_rest > 0).sum() < MANY):
        return None
    return Rule(moves, is_away, bias, np.unique(np.column_stack([x, meant > 0])[meant != 0], axis=0))


def moves_of(steps: Sequence[UnitStep]) -> tuple[Array, Array] | None:
    """By how much of x each step moves the weights, and x²; None if there is a step along something else."""
    if len(steps) <= LEAST or len({(one.w.size, one.z.size, one.b is None) for one in steps}) > 1:
        return None
    x, change = np.array([one.x[0] for one in steps[:-1]]), np.array([one.after - one.w for one in steps[:-1]])
    if not np.isfinite(change).all() or not change.any():
        return None
    is_one_by_one = bool((np.count_nonzero(change, axis=1) < 2).all())  # z is computed anew for each weight
    along = np.where(change != 0, x, 0.0) if is_one_by_one else x
    square = (along * along).sum(axis=1)
    moves = (change * along).sum(axis=1) / np.where(square > 0, square, 1.0)
    moves[np.abs(moves) <= ALIKE * np.abs(moves).max()] = 0.0
    rest = np.abs(change - moves[:, None] * along).max()
    return None if rest > ALIKE * np.abs(change).max() else (moves, square)


def of_training(graph: Graph, steps: Sequence[UnitStep]) -> list[UnitStep]:
    """The steps between which there is what moves the weights, if only by 0: others only look what is given."""
    spans = [graph.events[step.summed.index : step.following.index] for step in steps]
    places = [{one.place for one in span if one.op in ADDING} for span in spans]
    moving = [place for place, one in zip(places, steps, strict=True) if not np.array_equal(one.w, one.after)]
    common = set.intersection(*moving) if moving else set()
    return [one for one, place in zip(steps, places, strict=True) if common & place]


def _has_step_of_z(graph: Graph, steps: Sequence[UnitStep]) -> bool:
    """Whether one side of a difference behind each z is its step: a rule without an output has no such one."""
    places: dict[int, list[list[bool]]] = {}
    for step in steps:
        for event in graph.events[step.summed.index + 1 : step.following.index]:
            if event.op in _MINUS and len(event.operands) == 2:
                sides = [graph.values.scalars[operand] == (step.z[0] > 0) for operand in event.operands]
                places.setdefault(event.place, []).append(sides)
    return any(len(found) == len(steps) and np.all(found, axis=0).any() for found in places.values())


def _of_one_sample(step: UnitStep) -> UnitStep:
    """A step that computes z of all samples and is moved by one of them, as one of that sample."""
    change = step.after - step.w
    if step.z.size == 1 or not change.any():
        return step
    along = np.abs(step.x @ change) / np.maximum(np.sqrt((step.x**2).sum(axis=1)), 1e-300)
    k = int(along.argmax())  # of others the share along the change is smaller
    return replace(step, x=step.x[k : k + 1], z=step.z[k : k + 1])


def _with_bias(biases: Array, moves: Array, square: Array) -> tuple[float, Array]:
    """By how much of a move of the weights a bias moves; with the moves of samples of zeros, which move it alone."""
    changes = np.diff(biases)
    shares = changes[moves != 0] / moves[moves != 0]
    share = float(shares.mean()) if len(shares) else np.nan
    if not np.isfinite(share) or np.ptp(shares) > ALIKE * max(1.0, abs(share)):
        return np.nan, moves
    return share, np.where(square > 0, moves, changes / share) if abs(share) > ALIKE else moves


def sums_of_products(graph: Graph) -> Iterator[list[UnitStep]]:
    """The sums of products of single numbers, by their place, with each of both sides taken for what is learned."""
    added: dict[int, tuple[list[int], list[float]]] = {}  # of an event: its products, and what else it adds up
    places: dict[tuple[int, int], list[int]] = {}
    inner: set[int] = set()
    for event in graph.events:
        if event.op in _TIMES and len(event.operands) == 2 and graph.shape(event.result) == ():
            added[event.index] = [event.index], []
        elif event.op in (*_PLUS, *_MINUS, "sum") and 0 < len(event.operands) <= 2 and graph.size(event.result) == 1:
            products, others = _added_up(graph, event, added, inner)
            if 0 < len(products) <= MAX_TERMS and len(others) < 2:
                added[event.index] = products, others
                places.setdefault((event.place, len(products)), []).append(event.index)
    for (_, terms), indices in places.items():
        outer = [at for at in indices if at not in inner][:MAX_ROWS]
        for own in (0, 1) if len(outer) > LEAST and terms > 1 else ():
            yield _followed([_weighed(graph, at, *added[at], own) for at in outer])


def _added_up(
    graph: Graph, event: Event, added: dict[int, tuple[list[int], list[float]]], inner: set[int]
) -> tuple[list[int], list[float]]:
    """The products that an event adds up, and the numbers that it adds to them; no products if it is no such sum."""
    scalars, products, others = graph.values.scalars, list[int](), list[float]()
    if event.op == "sum":
        count, array = graph.size(event.operands[0]), graph.array(event.operands[0])
        for before in reversed(graph.events[max(0, event.index - 4 * MAX_TERMS) : event.index]):
            if len(products) == count or before.op not in PARTS | {*_TIMES}:
                break
            products += [before.index] if before.index in added else []
        products.reverse()
        found = [scalars[graph.events[at].result] for at in products]
        return (products, []) if array is not None and array.ravel().tolist() == found else ([], [])
    line = graph.recording.place_of(event).line
    for position, (operand, source) in enumerate(zip(event.operands, graph.sources[event.index], strict=True)):
        is_taken = event.op in _MINUS and position == 1
        between = graph.events[source + 1 : event.index] if source in added else ()
        is_at_once = all(one.op in PARTS | {*_TIMES} or _is_count(graph, one) for one in between)
        is_of_line = source in added and graph.recording.place_of(graph.events[source]).line == line
        # else it is a bias, and what has changed it
        is_within = source in added and is_at_once and (is_of_line or len(added[source][0]) > 1)
        if is_within and not is_taken:
            products, others = products + added[source][0], others + added[source][1]
        elif scalars[operand]:
            others = [*others, -scalars[operand] if is_taken else scalars[operand]]
    inner.update(source for source in graph.sources[event.index] if len(products) > 1 and source in added)
    return products, others


def _is_count(graph: Graph, event: Event) -> bool:
    """Whether it is the `k + 1` of an index."""
    numbers = [graph.values.scalars[value] for value in (*event.operands, event.result)]
    return event.op in _PLUS and 1 in numbers[:-1] and all(number % 1 == 0 for number in numbers)


def _weighed(graph: Graph, at: int, products: list[int], others: list[float], own: int) -> UnitStep:
    scalars, event = graph.values.scalars, graph.events[at]
    sides = np.array([[scalars[operand] for operand in graph.events[one].operands] for one in products])
    w, nothing = sides[:, own], sides[:0, 0]
    z = np.array([scalars[event.result]])
    return UnitStep(event, event, None, event, z, sides[None, :, 1 - own], (nothing, nothing), w, w, sum(others))


def _followed(steps: list[UnitStep]) -> list[UnitStep]:
    """Steps, each with what is learned in the next one behind it; without a bias if all have none."""
    is_biased = any(one.b for one in steps)
    return [
        replace(one, after=later.w, following=later.product, b=one.b if is_biased else None)
        for one, later in zip(steps, [*steps[1:], steps[-1]], strict=True)
    ]


def thresholds(graph: Graph, text: str) -> list[float]:
    """The numbers that are compared with something in the text, or have a name that is."""
    sides = [
        side
        for node in ast.walk(parse(text) or ast.Module([], []))
        if isinstance(node, ast.Compare) and not isinstance(node.ops[0], (ast.Eq, ast.NotEq))
        for side in (node.left, *node.comparators)
    ]
    names = {ast.unparse(side) for side in sides if isinstance(side, ast.Name | ast.Attribute)}
    named = [graph.values.scalar(value) for _, _, name, value in graph.recording.named if name in names]
    constants = (side.value for side in sides if isinstance(side, ast.Constant))
    written = [float(one) for one in constants if isinstance(one, int | float)]
    return sorted({*written, *[one for one in named if one is not None]} - {0.0})[:MAX_THRESHOLDS]
