"""The bias, or threshold, of a unit that decides: how t − o moves it, and where."""

from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.perceptron_steps import UnitStep
from grader.reading.recorded.graph import ADDING, PARTS, Graph
from grader.reading.recorded.recording import Array, Event

LEAST = 2  # steps that change the weights
ALIKE = 1e-9


def wrong_bias(graph: Graph, steps: list[UnitStep], errors: list[Array], rate: float) -> list[Finding]:
    """What is wrong with a bias that moves against t − o, or, as one of the numbers of the weights' own, not at all."""
    if not fits_bias(steps, errors, -rate):
        moved = [one for one, error in zip(steps, errors, strict=True) if error.any()]
        rests = len(moved) > LEAST and {one.b for one in steps} == {0.0}
        parts = {one.operands[0] for one in graph.events if one.op in PARTS and one.result in steps[0].product.operands}
        added = [graph.events[at] for at in graph.sources[steps[0].summed.index] if at >= 0]
        is_own = rests and any(one.op in PARTS and one.operands[0] in parts for one in added)
        facts: dict[str, float | int | str] = {"what": "b₁", "kept": ""}
        return [Finding("b₁", "never-updated", steps[0].summed.index, 0, facts)] if is_own else []
    pairs = [pair for pair, error in zip(pairwise(steps), errors, strict=False) if error.sum()]
    at = (moving_bias(graph, *pairs[0]) or pairs[0][0].summed).index if len(pairs) >= LEAST else None
    return [] if at is None else [Finding("b₁", "perceptron-bias-away", at)]


def fits_bias(steps: list[UnitStep], errors: list[Array], rate: float) -> bool:
    moves = [
        (later.b - one.b, rate * float(error.sum()))
        for one, later, error in zip(steps, steps[1:], errors, strict=False)
        if one.b is not None and later.b is not None
    ]
    return bool(moves) and all(abs(found - due) <= ALIKE * max(1.0, abs(due)) for found, due in moves)


def moving_bias(graph: Graph, one: UnitStep, following: UnitStep) -> Event | None:
    """The event that moves a bias, or a threshold, from one step to the next."""
    between = [e for e in graph.events[one.summed.index + 1 : following.summed.index] if e.op in ADDING]
    now, then = np.array([one.b]), np.array([following.b])
    return moving(graph, between, now, then, 0) or moving(graph, between, -now, -then, 0)


def moving(graph: Graph, events: list[Event], before: Array, after: Array, k: int) -> Event | None:
    """The event that changes a vector to another one, or the number `k` of it."""
    for event in events:
        found = [graph.array(value) for value in (event.operands[0], event.result)]
        for pair in ((before, after), (before[k : k + 1], after[k : k + 1])):
            if all(one is not None and np.array_equal(one.ravel(), w) for one, w in zip(found, pair, strict=True)):
                return event
    return None
