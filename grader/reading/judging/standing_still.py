"""Trainings whose steps do not depend on what the network gives: always the same, or always nothing.

All that is needed is the graph, so that they are told where no network can be read: weights that nothing follows from
are none that training changes.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.steps_of_nothing import find_steps_of_nothing, is_multiplied_with
from grader.reading.recorded.graph import ADDING, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

LEAST = 6  # steps that must be alike
FEW_UNITS = 3  # which weights drawn by chance may well leave off, all together
_SEEDED = re.compile(r"(\bseed|default_rng|RandomState)\(\s*\w")
_DRAWN = re.compile(r"\brand(om|n|int)?\b")
MANY = 40  # outputs of units that are 0, so that it is no chance
_RECTIFYING = frozenset(["maximum", "where", "Mult", "multiply", "clip"])
_TIMES = frozenset(["Mult", "multiply"])


def find_standing_still(graph: Graph) -> Finding | None:
    """Steps that are all the same, or slopes that are 0 in all of them; None if there are none."""
    return _always_the_same(graph) or _always_nothing(graph) or _never_on(graph) or find_steps_of_nothing(graph)


def is_of_chance(finding: Finding, graph: Graph, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether other weights, as another run would draw them, may leave units on that give nothing in this one."""
    if finding.code != "dead-from-the-start" or finding.event is None:
        return False
    is_few = min(graph.shape(graph.events[finding.event].result), default=1) <= FEW_UNITS
    is_drawn = any(_DRAWN.search(text) for _, text in sources)
    return is_few and is_drawn and not any(_SEEDED.search(text) for _, text in sources)


def _always_the_same(graph: Graph) -> Finding | None:
    """Weights to which the same numbers are added in each step, though these are computed anew each time."""
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op in ADDING and len(event.operands) == 2 and graph.size(event.result) > 1:
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        if len(events) < LEAST or len({event.operands[1] for event in events}) > 1:
            continue
        if any(other.operands[0] != one.result for one, other in pairwise(events)):
            continue
        change = graph.array(events[0].operands[1])
        if change is None or not change.any() or not _is_computed_anew(graph, events):
            continue
        if not any(is_multiplied_with(graph, event.operands[0]) for event in events[:2]):
            continue
        used = [event for event in events[:-1] if is_multiplied_with(graph, event.result, events[-1].index)]
        code = "output-takes-no-part" if used else "forward-outside-loop"
        facts: dict[str, float | int | str] = {"value": events[0].operands[0], "steps": f"{len(events):,}"}
        return Finding("step", code, events[0].index, 0, facts)
    return None


def _is_computed_anew(graph: Graph, events: list[Event]) -> bool:
    """Whether what is added is made of arrays between each step and the next."""
    for before, event in pairwise(events):
        source = graph.sources[event.index][1]
        if source <= before.index:
            return False
        made = [graph.events[at] for at in graph.ancestors(source, before.index)]
        if not any(one.op in PRODUCTS | _TIMES and _sizes(graph, one) for one in made):
            return False
    return True


def _sizes(graph: Graph, event: Event) -> bool:
    """Whether an array is multiplied by more than a number."""
    return event.op in PRODUCTS or sum(graph.size(operand) > 1 for operand in event.operands) > 1


def _always_nothing(graph: Graph) -> Finding | None:
    """The slope of a sigmoid, a·(1 − a), of an a that is exactly 0 or 1 in each step, beside an error that is not 0."""
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op in _TIMES and len(event.operands) == 2:
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        if (
            len(events) >= LEAST
            and all(_is_slope_of_step(graph, event) for event in events)
            and _is_felt(graph, events)
        ):
            return Finding("step", "slope-of-step", events[0].index, 0, {"steps": f"{len(events):,}"})
    return None


def _never_on(graph: Graph) -> Finding | None:
    """A layer of ReLUs that gives 0 to the next one in every step, as all that goes into it is negative."""
    places: dict[tuple[int, tuple[int, ...]], list[Event]] = {}  # a function may serve layers of several sizes
    for event in graph.events:
        if event.op in _RECTIFYING and graph.size(event.result) > 1:
            places.setdefault((event.place, graph.shape(event.result)), []).append(event)
    for events in places.values():
        if len(events) < LEAST or sum(graph.size(event.result) for event in events) < MANY:
            continue
        is_same = len({event.operands for event in events}) == 1
        if all(_is_off(graph, event, is_compared=is_same) for event in events[:-1]):  # the last may be the end
            return Finding("step", "dead-from-the-start", events[0].index, 0, {"steps": f"{len(events):,}"})
    return None


def _is_off(graph: Graph, event: Event, *, is_compared: bool) -> bool:
    """Whether a ReLU gives 0, and never had more, to a product or, if `is_compared`, to a difference that is not 0."""
    given = graph.array(event.result)
    if given is None or given.any() or given.dtype.kind != "f":
        return False
    entering = [graph.array(operand) for operand in event.operands if graph.size(operand) == given.size]
    near = [user for user in graph.users_after(event.result, event.index) if event.index in graph.sources[user.index]]
    if any(z is not None and bool((z < 0).all()) for z in entering):
        return any(user.op in PRODUCTS or user.op in VIEWS for user in near)
    if not is_compared or not any(z is not None and bool((z <= 0).all() and z.any()) for z in entering):
        return False
    errors = [graph.array(user.result) for user in near if user.op in ("Sub", "subtract")]
    return any(error is not None and bool(error.any()) for error in errors)


def _is_slope_of_step(graph: Graph, event: Event) -> bool:
    sides = [graph.array(operand) for operand in event.operands]
    if sides[0] is None or sides[1] is None or sides[0].shape != sides[1].shape:
        return False
    one, other = sides[0].astype(float), sides[1].astype(float)
    is_of_one = bool(np.array_equal(one + other, np.ones_like(one)))
    return is_of_one and bool(np.isin(one, (0.0, 1.0)).all()) and _is_taken_from_one(graph, event)


def _is_taken_from_one(graph: Graph, event: Event) -> bool:
    """Whether one side was made as 1 minus the other. A single number is known by where it stands alone."""
    for position in (0, 1):
        source = graph.sources[event.index][position]
        if graph.size(event.result) == 1:
            source = event.index - 1
        maker = graph.events[source] if source >= 0 else None
        if maker is None or maker.op not in ("Sub", "subtract") or _line(graph, maker) != _line(graph, event):
            continue
        first, taken = (graph.array(operand) for operand in maker.operands)
        other = graph.array(event.operands[1 - position])
        is_of_one = first is not None and bool((first == 1).all())
        if is_of_one and taken is not None and other is not None and np.array_equal(taken, other):
            return True
    return False


def _is_felt(graph: Graph, events: list[Event]) -> bool:
    """Whether what it is multiplied with is not 0 in some steps: a network that is right has nothing to change."""
    for event in events:
        if graph.size(event.result) == 1:
            following = graph.events[event.index + 1 : event.index + 2]
            users = [user for user in following if _line(graph, user) == _line(graph, event)]
        else:
            near = graph.users_after(event.result, event.index)
            users = [user for user in near if event.index in graph.sources[user.index]]
        for user in users:
            sides = [graph.array(operand) for operand in user.operands]
            if user.op in _TIMES and sum(side is not None and bool(side.any()) for side in sides) == 1:
                return True
    return False


def _line(graph: Graph, event: Event) -> tuple[str, int]:
    place = graph.recording.place_of(event)
    return place.filename, place.line
