"""Rows that are looked up in a table, `h = A[c]`, and tables that training changes without being judged.

Another row stands at the same place in the next step: none of them is a parameter, the table is.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import numpy as np

from grader.reading.recorded.graph import ADDING, PARTS, Graph
from grader.reading.structure.parameters import Parameter

_LEARNED = re.compile(r"(?i)(\w+\.)?(b|bias|w|theta|intercept)_?\d*")
LEAST = 3  # versions of a table, at least


def is_looked_up(graph: Graph, one: Parameter, others: Sequence[Parameter]) -> bool:
    """Whether a parameter is what is taken from a table with other indices from step to step."""
    makers = [graph.events[at] for version in one.versions for at in graph.makers.get(version, ())]
    taken = [event for event in makers if event.op in PARTS and len(event.operands) > 1]
    if not taken or graph.size(one.first) < 2:
        return False
    if len({event.operands[1:] for event in taken if event.place == taken[0].place}) > 1:
        return True
    first, last = one.updates[0], one.updates[1] if len(one.updates) > 1 else len(graph.events)
    return indices_at(graph, taken[0].place) > 1 and any(
        sum(first < at < last for at in other.updates) > 1 for other in others
    )


def indices_at(graph: Graph, place: int) -> int:
    """How many different indices are taken at a place."""
    return len({event.operands[1:] for event in graph.events if event.place == place and event.op in PARTS})


def changed_beside(graph: Graph, told: Collection[int]) -> Iterator[tuple[int, int]]:
    """(value, event that uses it first) of what is drawn and changed by training, but for names of what is told of.

    What no event makes, as `np.add.at` changes its table, is seen where it stands in the place of what was there.
    """
    names = {name for *_, name, value in graph.recording.named if value in told}
    versions: dict[tuple[str, int], list[int]] = {}
    first: dict[str, int] = {}
    for _, place, name, value in graph.recording.named:
        first.setdefault(name, value)
        versions.setdefault((name, place), []).append(value)
    for name, value in first.items():
        array = graph.array(value) if value in graph.made_at_random and name not in names else None
        if array is None or np.ptp(array) == 0 or graph.events[graph.makers[value][0]].op in PARTS:
            continue
        users = [graph.events[at] for at in graph.users.get(value, ())]
        lists = [[value, *values] for (other, _), values in versions.items() if other == name]
        is_named = any(sum(_is_step(graph, a, b) for a, b in pairwise(values)) >= LEAST for values in lists)
        if users and (is_named or len(_unmade(graph, value, users[0].place)) >= LEAST):
            yield value, users[0].index
    for _, _, name, value in sorted(graph.recording.named):
        used = _own_use(graph, value) if _LEARNED.fullmatch(name) and name not in names else None
        if used is not None:
            names.add(name)
            yield value, used


def _own_use(graph: Graph, after: int) -> int | None:
    """The sum with a number that what this number is changed by is made of."""
    for at in graph.makers.get(after, ()) if graph.size(after) == 1 else ():
        event = graph.events[at]
        if event.op in ADDING and event.operands[0] != after:
            used = graph.ancestors(at) & {use for use in graph.users.get(event.operands[0], ()) if use < at}
            return min((use for use in used if graph.events[use].op in ADDING), default=None)
    return None


def _is_step(graph: Graph, before: int, after: int) -> bool:
    """Whether a value is made of the one before, and of products."""
    makers = [graph.events[at] for at in graph.makers.get(after, ())]
    return before != after and any(one.index in graph.of_products and before in one.operands for one in makers)


def _unmade(graph: Graph, value: int, place: int) -> set[int]:
    """The values of the same form that stand at a place, and that no event has made."""
    there = {event.operands[0] for event in graph.events if event.place == place and event.operands}
    return {one for one in there if one not in graph.makers and graph.shape(one) == graph.shape(value)}
