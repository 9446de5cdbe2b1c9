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
from grader.reading.recorded.graph import PARTS, Graph
from grader.reading.recorded.recording import Event, Place
from grader.submissions.syntax import parse

LEAST = 6  # changes of weights, all of them the wrong way
FEWEST = 3  # changes of weights by one and the same rate
ALIKE = 1e-7
MANY = 80  # versions of a weight: most samples leave it as it is
_COMPARING = frozenset(["gt", "ge", "lt", "le"])
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
        errors = _missing(graph, events) if len(events) >= LEAST else {}
        if not any(errors.values()) or not _is_of_values(graph.recording.place_of(events[0]), sources):
            continue
        moves = _Moves([], [], set(), -1, events[0].index, 0)
        units: dict[int, set[int]] = {}
        for parameter in learned_numbers(graph, MANY):
            for value, update in zip(parameter.versions, parameter.updates, strict=False):
                before = [at for at in errors if at < update]
                after, own = graph.values.scalar(graph.events[update].result), graph.values.scalar(value)
                if not before or not own or after is None or after == own or not errors[before[-1]]:
                    continue
                start = before[-2] if len(before) > 1 else 0
                x = _multiplied(graph, value, start, update)
                if x == 0:
                    continue
                part = (after - own) / (errors[before[-1]] * (x or 1.0))
                (moves.of_biases if x is None else moves.parts).append(part)
                moves.errors.add(errors[before[-1]])
                units.setdefault(before[-1], set()).update([] if x is None else [update])
                moves = replace(moves, first=update if moves.first < 0 else moves.first)
        yield replace(moves, units=max(map(len, units.values()), default=0))


def _multiplied(graph: Graph, value: int, start: int, update: int) -> float | None:
    """The input that a weight is multiplied by in the step before its update; None if it is multiplied by nothing."""
    uses = [at for at in graph.users.get(value, ()) if start < at < update and graph.events[at].op == "Mult"]
    others = [graph.values.scalar(o) for at in uses for o in graph.events[at].operands if o != value]
    return others[-1] if others else None


def _is_of_values(place: Place, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether neither side of a difference is a number that is written, as in 1 − a."""
    source = next((text for name, text in sources if name == place.filename), "")
    return any(
        (node.lineno, node.col_offset) == (place.line, place.column)
        and not isinstance(node.left, ast.Constant)
        and not isinstance(node.right, ast.Constant)
        for node in ast.walk(parse(source) or ast.Module([], []))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
    )


def _missing(graph: Graph, events: list[Event]) -> dict[int, int]:
    """The sign of t − o at each difference of a place, if one side is the step of what was made before it."""
    numbers = []
    for event in events:
        at = event.index - 1  # what was made last, but for what only takes the target out of a list
        while at > 0 and (graph.events[at].op in _COMPARING | PARTS or graph.events[at].result in event.operands):
            at -= 1
        z, sides = graph.values.scalar(graph.events[at].result), [graph.values.scalar(o) for o in event.operands]
        if z is None or sides[0] is None or sides[1] is None or not set(sides) <= {0.0, 1.0}:
            return {}
        numbers.append((event.index, z, sides[0], sides[1]))
    for step in _STEPS:
        for own in (2, 3):
            if all(float(step(one[1])) == one[own] for one in numbers):
                return {one[0]: int(one[5 - own] - one[own]) for one in numbers}
    return {}
