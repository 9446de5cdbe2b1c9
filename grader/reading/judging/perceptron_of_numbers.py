"""A perceptron whose weights are single numbers, in a list or by themselves, and are moved the wrong way.

Nothing leads from z to the output but an `if`. That one side of a difference is the step of the number that was made
before it, in all rounds, tells which side is the output.
"""

import ast
from collections.abc import Callable, Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.probed.learned_numbers import learned_numbers
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Event, Place
from grader.submissions.syntax import parse

LEAST = 6  # changes of weights, all of them the wrong way
_COMPARING = frozenset(["gt", "ge", "lt", "le"])
_STEPS: tuple[Callable[[float], bool], ...] = (lambda z: z >= 0, lambda z: z > 0)


def find_perceptron_away(graph: Graph, sources: Sequence[tuple[str, str]]) -> Finding | None:
    """The difference by which numbers are changed so that z moves away from the target; None if there is none."""
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op in ("Sub", "subtract") and graph.size(event.result) == 1 and event.index:
            places.setdefault(event.place, []).append(event)
    learned = None
    for events in places.values():
        signs = _missing(graph, events) if len(events) >= LEAST else {}
        if not any(signs.values()) or not _is_of_values(graph.recording.place_of(events[0]), sources):
            continue
        learned = learned_numbers(graph) if learned is None else learned
        seen: list[float] = []
        for parameter in learned:
            for value, update in zip(parameter.versions, parameter.updates, strict=False):
                uses = [at for at in graph.users.get(value, ()) if at < update and graph.events[at].op == "Mult"]
                before = [at for at in signs if at < update]
                if not uses or not before:
                    continue
                x = next((graph.values.scalar(o) for o in graph.events[uses[-1]].operands if o != value), None)
                after, own = graph.values.scalar(graph.events[update].result), graph.values.scalar(value)
                if x and after is not None and own is not None and after != own:
                    seen.append(float(np.sign((after - own) * x)) * signs[before[-1]])
        if len(seen) >= LEAST and all(one < 0 for one in seen):
            return Finding("t − o", "perceptron-away", learned[0].updates[0], 0)
    return None


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
        at = event.index - 1
        while at > 0 and graph.events[at].op in _COMPARING:
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
