"""A perceptron whose weights are single numbers, in a list or by themselves: whether these move as they should.

Nothing leads from z to the output but an `if`. That one side of a difference is the step of the number that was made
before it, in all rounds, tells which side is the output.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.learned_numbers import learned_numbers
from grader.reading.recorded.graph import PARTS, PRODUCTS, Graph
from grader.reading.recorded.recording import Event, Place
from grader.submissions.syntax import parse

LEAST = 6  # changes of weights, all of them the wrong way
FEWEST = 3  # changes of weights by one and the same rate
ALIKE = 1e-7
MANY = 80  # versions of a weight: most samples leave it as it is
MAX_THRESHOLDS = 8
_COMPARING = frozenset(["gt", "ge", "lt", "le"])
_TIMES = PRODUCTS | {"Mult", "multiply"}  # of arrays of one number as well
_STEPS: tuple[Callable[[float], bool], ...] = (lambda z: z >= 0, lambda z: z > 0)


@dataclass(frozen=True)
class _Moves:
    """How numbers were changed where t − o was not 0: by how much of (t − o) · x, x being 1 for a bias."""

    parts: list[float]
    of_biases: list[float]
    errors: set[int]
    first: int  # update
    error: int  # event
    units: int  # numbers that are multiplied by inputs


def find_perceptron_away(graph: Graph, sources: Sequence[tuple[str, str]]) -> Finding | None:
    """The difference by which numbers are changed so that z moves away from the target; None if there is none."""
    for moves in _moves(graph, sources):
        if len(moves.parts) >= LEAST and all(one < 0 for one in moves.parts):
            return Finding("t − o", "perceptron-away", moves.first, 0)
    return None


def find_perceptron_of_numbers(graph: Graph, sources: Sequence[tuple[str, str]]) -> tuple[float, int, int, bool] | None:
    """The rate of a perceptron whose numbers are all changed by rate · (t − o) · x, the event of its difference, the
    number of its inputs, and whether it has a bias; None if there is none."""
    for moves in _moves(graph, sources):
        all_parts = [*moves.parts, *moves.of_biases]
        rate = float(np.mean(all_parts)) if all_parts else 0.0
        if len(moves.parts) >= FEWEST and rate > 0 and len(moves.errors) > 1 and np.ptp(all_parts) <= ALIKE * rate:
            return rate, moves.error, moves.units, bool(moves.of_biases)
    return None


def _moves(graph: Graph, sources: Sequence[tuple[str, str]]) -> Iterator[_Moves]:
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op in ("Sub", "subtract") and graph.size(event.result) == 1 and event.index:
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        place = graph.recording.place_of(events[0])
        text = next((text for name, text in sources if name == place.filename), "")
        errors = _missing(graph, events, text) if len(events) >= LEAST else {}
        if not any(sign for sign, _, _ in errors.values()) or not _is_of_values(place, text):
            continue
        moves = _Moves([], [], set(), -1, events[0].index, 0)
        units: dict[int, set[int]] = {}
        for parameter in learned_numbers(graph, MANY):
            for value, update in zip(parameter.versions, parameter.updates, strict=False):
                before = [at for at in errors if at < update]
                after, own = graph.values.scalar(graph.events[update].result), graph.values.scalar(value)
                if not before or not own or after is None:
                    continue
                sign, start, z = errors[before[-1]]
                x = _multiplied(graph, value, start, z)
                units.setdefault(start, set()).update([] if x is None else [update])
                if x == 0 or after == own or not sign:
                    continue
                part = (after - own) / (sign * (x or 1.0))
                (moves.of_biases if x is None else moves.parts).append(part)
                moves.errors.add(sign)
                moves = replace(moves, first=update if moves.first < 0 else moves.first)
        yield replace(moves, units=max(map(len, units.values()), default=0))


def _multiplied(graph: Graph, value: int, start: int, z: int) -> float | None:
    """The input that a weight is multiplied by on the way to the event of z; None if it is multiplied by nothing."""
    uses = [at for at in graph.users.get(value, ()) if start < at <= z and graph.events[at].op in _TIMES]
    others = [graph.values.scalar(o) for at in uses for o in graph.events[at].operands if o != value]
    return others[-1] if others else None


def _is_of_values(place: Place, text: str) -> bool:
    """Whether neither side of a difference is a number that is written, as in 1 − a."""
    return any(
        (node.lineno, node.col_offset) == (place.line, place.column)
        and not isinstance(node.left, ast.Constant)
        and not isinstance(node.right, ast.Constant)
        for node in ast.walk(parse(text) or ast.Module([], []))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
    )


def _missing(graph: Graph, events: list[Event], text: str) -> dict[int, tuple[int, int, int]]:
    """The sign of t − o at each difference of a place, if one side is the step of z; nothing if both may be.

    With each, the difference before its z was made, or −1, and the event of z: what was made last before the first of
    them, but for what only takes the target out of a list, and what is made there again before the others. A sample may
    bring a difference for each weight.
    """
    made = events[0].index - 1
    while made > 0 and (graph.events[made].op in _COMPARING | PARTS or graph.events[made].result in events[0].operands):
        made -= 1
    if made < 0:
        return {}
    place = graph.events[made].place
    numbers: list[tuple[tuple[int, int, int], float, float, float]] = []
    for event in events:
        at = next(at for at in range(event.index - 1, -1, -1) if graph.events[at].place == place)
        start = max((other.index for other in events if other.index < at), default=-1)
        z = graph.values.scalar(graph.events[at].result)
        sides = [graph.values.scalar(operand) for operand in event.operands]
        if z is None or len(sides) < 2 or sides[0] is None or sides[1] is None or not set(sides) <= {0.0, 1.0}:
            return {}
        numbers.append(((event.index, start, at), z, sides[0], sides[1]))
    for threshold in (0.0, *thresholds(graph, text)):
        found = [
            own
            for own in (1, 2)
            for step in _STEPS
            if all(float(step(one[1] - threshold)) == one[1 + own] for one in numbers)
        ]
        if len(set(found)) > 1:
            return {}
        for own in found[:1]:
            return {at: (int(sides[2 - own] - sides[own - 1]), start, z) for (at, start, z), _, *sides in numbers}
    return {}


def thresholds(graph: Graph, text: str) -> list[float]:
    """The numbers that are compared with something in the text, or have a name that is."""
    sides = [
        side
        for node in ast.walk(parse(text) or ast.Module([], []))
        if isinstance(node, ast.Compare) and not isinstance(node.ops[0], (ast.Eq, ast.NotEq))
        for side in (node.left, *node.comparators)
    ]
    names = {side.id for side in sides if isinstance(side, ast.Name)}
    named = [graph.values.scalar(value) for _, _, name, value in graph.recording.named if name in names]
    constants = [side.value for side in sides if isinstance(side, ast.Constant)]
    written = [float(one) for one in constants if isinstance(one, (int, float))]
    return sorted({*written, *[one for one in named if one is not None]} - {0.0})[:MAX_THRESHOLDS]
