"""Which forward passes belong to a step of training: those whose weights are the same, and from which it is made."""

from itertools import pairwise

import numpy as np

from grader.reading.recorded.graph import OUTER, PRODUCTS, Graph
from grader.reading.recorded.recording import Event
from grader.reading.structure.network import Pass, finite
from grader.reading.structure.outputs import descendants
from grader.reading.structure.parameters import Parameter, Parameters
from grader.reading.structure.passes import Flow

MAX_STEPS = 5
TURNS = 2  # of each
_WAYS_BACK = PRODUCTS | OUTER | {"Mult", "multiply"}  # δ[None, :] * x[:, None]
FOLLOWED = 300  # times as large as at first, weights are still followed


def find_steps(
    graph: Graph, flow: Flow, parameters: Parameters, chain: list[Parameter], passes: list[Pass]
) -> list[list[Pass]]:
    """The passes of each step: those with the same versions of all weights that the next versions descend from.

    What goes back before a parameter is moved, by which a gradient is checked, need be no part of the step.
    """
    moves = sorted(parameters.moved.values())
    groups: dict[tuple[int, ...], list[Pass]] = {}
    for one in passes:
        versions = tuple(flow.uses[layer.product].version for layer in one.layers)
        groups.setdefault(versions, []).append(one)
    found: list[list[Pass]] = []
    for versions, group in groups.items():
        if len(found) >= MAX_STEPS:
            break
        updates = [p.updates[v] for p, v in zip(chain, versions, strict=True) if v < len(p.updates)]
        moving = [p for p in chain if p.is_updated]
        size = graph.size(chain[-1].first)
        if len(updates) < len(moving) or not updates:
            continue
        after = [p.versions[v + 1] for p, v in zip(chain, versions, strict=True) if v < len(p.updates)]
        if found and any(graph.array(value) is None for value in after):
            break  # there was no room for it any more
        group = _since_rest(graph, group, versions, chain, max(updates))
        start = min(one.first for one in group)
        ancestors: set[int] = set()
        biases = [next((at for at in p.updates if at > start), None) for p in parameters.all if p.is_bias]
        for update in [*updates, *[at for at in biases if at is not None]]:  # dW may be of the last sample alone
            ancestors |= graph.ancestors(update, start - 1)
        last = max(updates)
        moved = max([move for move in moves if move < last], default=-1)
        taken = [
            one
            for one in group
            if _has_part(one, ancestors) or (one.first > moved and _goes_back(graph, one, last, size))
        ]
        twice = _gone_back_by_themselves(graph, taken, last, size)
        distinct: dict[tuple[int | bytes, ...], list[Pass]] = {}
        for one in taken:  # of the same values, the last from which it goes back: others only show how it does
            u = () if len(taken) == 1 else (one.layers[0].u.tobytes(),)  # of weights of 0, all samples have one z
            key = (*u, *(layer.z_value if len(taken) == 1 else layer.z.tobytes() for layer in one.layers))
            same = distinct.setdefault(key, [one])
            if one.first in twice:
                same[:] = [*(other for other in same if other.first in twice and other is not one), one]
            elif same[-1].first not in twice and _goes_back(graph, one, last, size):
                same[:] = [one]
        if distinct:
            found.append(sorted((one for same in distinct.values() for one in same), key=lambda one: one.first))
    return found


def are_in_turns(graph: Graph, flow: Flow, chain: list[Parameter], passes: list[Pass]) -> bool:
    """Whether one step changes some of the layers, and the next one, of a pass of its own, the others.

    So do two networks that learn against one another, each by a cost of its own.
    """
    seen: dict[tuple[int, ...], list[Pass]] = {}
    for one in sorted(passes, key=lambda one: one.first):
        seen.setdefault(tuple([flow.uses[layer.product].version for layer in one.layers]), []).append(one)
    turns: list[set[int]] = []
    for before, after in pairwise(list(seen)[: MAX_STEPS * 2]):
        changed = {k for k in range(len(chain)) if after[k] == before[k] + 1}
        made = [graph.ancestors(chain[k].updates[before[k]], seen[before][0].first - 1) for k in changed]
        is_of_it = all(any(_has_part(one, ancestors) for one in seen[before]) for ancestors in made)
        turns.append(changed if is_of_it and sum(after) == sum(before) + len(changed) else set())
    return any(
        all(now) and now[0].isdisjoint(now[1]) and now[2:] == now[:2]
        for now in (turns[at : at + 2 * TURNS] for at in range(len(turns) - 2 * TURNS + 1))
    )


def _since_rest(
    graph: Graph, group: list[Pass], versions: tuple[int, ...], chain: list[Parameter], last: int
) -> list[Pass]:
    """The passes after the last step that left all weights what they were: what is before that is a step of its own."""
    first, latest = min(one.first for one in group), max(one.first for one in group)  # numbers may rest one by one
    rests = []
    for index, (parameter, version) in enumerate(zip(chain, versions, strict=True)):
        values = {parameter.versions[version], *[one.layers[index].weights for one in group]}
        places = {graph.events[at].place for at in parameter.updates}
        made = (at for value in values for at in graph.makers.get(value, ()) if first < at < min(last, latest))
        rests.append(max([at for at in made if graph.events[at].place in places], default=-1))
    later = [one for one in group if one.first > max(rests)]
    return later if rests and min(rests) > 0 and later else group


def _has_part(one: Pass, ancestors: set[int]) -> bool:
    return one.layers[-1].summed in ancestors or one.layers[-1].product in ancestors


def _goes_back(graph: Graph, one: Pass, end: int, size: int) -> bool:
    """Whether a gradient of the last weights is made from a pass, even if nothing comes of it.

    What comes out of the pass times a number is none: in σ(β·z), of as many samples as weights.
    """
    made = {graph.events[one.last].result}
    for event in descendants(graph, one.last, min(end, one.last + 400)):
        is_product = event.op in PRODUCTS | OUTER or all(graph.size(o) > 1 or o in made for o in event.operands)
        if event.op in _WAYS_BACK and graph.size(event.result) == size > 1 and is_product:
            return True
        made.add(event.result)
    return False


def _gone_back_by_themselves(graph: Graph, taken: list[Pass], last: int, size: int) -> set[int]:
    """The first events of passes of one sample each that are followed by a way back before the next one begins.

    A batch that is drawn with repetition has a sample twice, and both count.
    """
    if len(taken) < 3 or any(one.n > 1 for one in taken):
        return set()
    ends = [one.first for one in taken[1:]] + [last]

    def is_outer(event: Event) -> bool:
        return event.op in _WAYS_BACK and graph.size(event.result) == size > max(map(graph.size, event.operands))

    return {
        one.first
        for one, end in zip(taken, ends, strict=True)
        if _goes_back(graph, one, end, size) or any(map(is_outer, graph.events[one.last : end + 1]))
    }


def before_astray(graph: Graph, groups: list[list[Pass]], targets: float) -> list[list[Pass]]:
    """The steps until the numbers have become so large that what follows says nothing.

    The weights of a line grow as large as its `targets` are, as prices.
    """
    first = groups[0][0]
    sizes = [largest(graph, layer.weights) for layer in first.layers]
    for k, group in enumerate(groups[1:], 1):
        for layer, size in zip(group[0].layers, sizes, strict=True):
            if not finite(layer.z) or not largest(graph, layer.weights) <= FOLLOWED * targets * max(1.0, size):
                return groups[:k]
    return groups


def largest(graph: Graph, value: int) -> float:
    array = graph.array(value)
    return float("nan") if array is None else float(np.abs(array).max())
