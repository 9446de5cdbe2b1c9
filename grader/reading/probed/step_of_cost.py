"""The step of a training in which gradients are measured: what is learned there, and which numbers may be its cost."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded.graph import OUTER, PRODUCTS, Graph
from grader.reading.structure.parameters import Parameter

MAX_COSTS = 40
MAX_LATER = 3  # steps behind that, of which the one is taken that changes most
LATE = 2  # the step that is looked at, if there are as many
A_COST = re.compile(r"loss|cost|error|mse|nll|^[JEL]$", re.IGNORECASE)
_NEVER_COSTS = frozenset(["Index", "Item", "max", "min", "argmax", "argmin", "gt", "lt", "ge", "le", "eq", "ne"])


@dataclass(frozen=True)
class Learned:
    """A parameter in the step that is looked at: the value, what changes it, where it is used first.

    `origin` is what it was before the first step: the value that has its name; `previous` what it was a step before.
    """

    origin: int
    value: int
    update: int
    first: int
    is_shared: bool
    previous: int | None = None


def step_of(graph: Graph, parameters: Sequence[Parameter], late: int = LATE) -> tuple[list[Learned], int, int] | None:
    """The parameters of one step, the event before its forward pass, and the one before the next."""
    parameters = [p for p in parameters if len(p.updates) > 1] or parameters  # no states, one of each step
    usual = Counter(len(p.updates) for p in parameters).most_common(1)
    if not usual:
        return None
    count = usual[0][0]
    regular = [p for p in parameters if abs(len(p.updates) - count) <= 1]
    last = min(len(p.updates) for p in regular) - 1
    if late > LATE and last < late:
        return None
    steps = [_window(graph, regular, k) for k in range(min(late, last), min(late + MAX_LATER, last) + 1)]
    learned = [_learned(graph, parameters, *step) for step in steps]
    moving = [sum(_is_changed(graph, one) for one in those) for those in learned]
    best = max(range(len(steps)), key=lambda k: (moving[k], -k))  # with an input of 0, some weights stay
    return learned[best], *steps[best]


def _is_changed(graph: Graph, one: Learned) -> bool:
    before, after = graph.values.scalar(one.value), graph.values.scalar(graph.events[one.update].result)
    return before is None or before != after


def _window(graph: Graph, regular: Sequence[Parameter], k: int) -> tuple[int, int]:
    """The event before the forward pass of a step, and the one before the next."""
    start = max((p.updates[k - 1] for p in regular), default=-1) if k else -1
    end = max(p.updates[k] for p in regular)
    later = [u for p in regular for u in graph.users.get(p.versions[k + 1], ()) if u > end]
    return start, min(later, default=len(graph.events)) - 1


def _learned(graph: Graph, parameters: Sequence[Parameter], start: int, stop: int) -> list[Learned]:
    """The parameters that are used and changed in a step."""
    found = []
    for p in parameters:
        k = sum(update <= start for update in p.updates)
        if k >= len(p.updates) or p.updates[k] > stop:
            continue
        value = p.versions[k]
        array, users = graph.array(value), [u for u in graph.users.get(value, ()) if start < u < p.updates[k]]
        if array is None or not users or graph.values.is_whole(value):
            continue
        places = {graph.events[u].place for u in users if graph.events[u].op in PRODUCTS | OUTER}
        is_again = any(n > 1 for n in Counter(graph.events[u].place for u in users).values())
        previous = p.versions[k - 1] if k else None
        origin = p.first if graph.shape(p.first) != () else p.versions[1]  # 0 is many a number's first
        found.append(Learned(origin, value, p.updates[k], users[0], is_again or len(places) > 2, previous))
    return found


def costs_of(graph: Graph, learned: Sequence[Learned], start: int, stop: int) -> list[int]:
    """The single numbers of the step in which parameters have a part: the last of them."""
    values = {one.value: 1 << k for k, one in enumerate(learned)}
    parts: dict[int, int] = {}  # event -> which parameters have a part in it
    found = []
    for at in range(start + 1, min(stop, len(graph.events) - 1) + 1):
        event = graph.events[at]
        bits = 0
        for source, operand in zip(graph.sources[at], event.operands, strict=True):
            bits |= parts.get(source, 0) | values.get(operand, 0)
        if bits:
            parts[at] = bits
            number = graph.values.scalar(event.result)
            if number is not None and np.isfinite(number) and number != 0 and event.op not in _NEVER_COSTS:
                found.append(at)
    if len(found) <= MAX_COSTS or all(graph.shape(one.value) != () for one in learned):
        return found[-MAX_COSTS:]
    # where all are numbers, so is what goes back: the cost is the first in which most have a part, or is called one,
    # or nothing is made of it
    most = max(parts[at].bit_count() for at in found)
    called = {number for _, _, name, number in graph.recording.named if A_COST.search(name)}
    likely = [at for at in found if parts[at].bit_count() == most][: MAX_COSTS // 2]
    updates = {one.update for one in learned}
    ends = [at for at in found if parts[at].bit_count() == most and at not in updates and not _is_used(graph, at, stop)]
    those = [*likely, *[at for at in found if graph.events[at].result in called][-MAX_COSTS // 2 :]]
    return sorted({*those, *ends[: MAX_COSTS // 2]})


def _is_used(graph: Graph, at: int, stop: int) -> bool:
    return any(user.index <= stop for user in graph.users_after(graph.events[at].result, at))
