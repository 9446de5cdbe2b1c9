"""Targets that are made of random numbers alone, beside inputs that are data: nothing in them tells of the inputs."""

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import DRAWING, Graph

MANY = 30  # samples, at least, that data have
MAX_WALK = 400
_DRAWN = frozenset([
    "randint", "integers", "random_integers", "choice", "rand", "randn", "random", "random_sample", "uniform", "normal",
    "standard_normal", "binomial",
])  # fmt: skip


def judge_drawn_targets(judgement: Judgement) -> None:
    """Add to the findings that the targets are drawn at random; in toy data the inputs are drawn as well."""
    network, graph = judgement.network, judgement.network.graph
    first = network.passes[0]
    part, target = first.layers[0], first.y_value
    if target is None:
        return
    keys, is_of_data = _of_inputs(graph, part.input_value, part.product)
    maker = graph.maker(target, part.product) or graph.maker(target)
    drawn = _drawn(graph, maker.index, keys) if maker is not None and is_of_data else None
    if drawn is not None and maker is not None and _is_for_targets(graph, drawn, maker.index):
        judgement.findings.append(Finding("y", "targets-drawn", drawn, 0))


def _of_inputs(graph: Graph, value: int, before: int) -> tuple[set[int], bool]:
    """By which keys the inputs are picked out, and whether they are data: arrays that no operation made."""
    maker = graph.maker(value, before)
    if maker is None:
        return set(), graph.size(value) > MANY
    events = [graph.events[at] for at in graph.ancestors(maker.index)]
    given = {
        one for event in events for one, at in zip(event.operands, graph.sources[event.index], strict=True) if at < 0
    }
    is_drawn = any(event.op in _DRAWN and graph.size(event.result) >= graph.size(value) for event in events)
    keys = {key for event in events if event.op == "Index" for key in event.operands[1:]}
    return keys, not is_drawn and any(max(graph.shape(one), default=0) >= MANY for one in given)


def _is_for_targets(graph: Graph, drawn: int, target: int) -> bool:
    """Whether nothing but targets is made of what was drawn: the inputs may be made of it as well, in a loop."""
    places = {graph.events[at].place for at in graph.ancestors(target)}
    return all(graph.events[at].place in places for at in graph.users.get(graph.events[drawn].result, ()))


def _drawn(graph: Graph, at: int, keys: set[int]) -> int | None:
    """The event that draws what another is made of, if no data have a part in it but those that keys pick out."""
    pending, seen, found = [at], {at}, None
    while pending and len(seen) < MAX_WALK:
        event = graph.events[pending.pop()]
        if event.op in _DRAWN and graph.size(event.result) > 1:
            found = event.index if found is None else min(found, event.index)
            continue
        if event.op in DRAWING:
            continue  # of a size alone
        for operand, source in zip(event.operands, graph.sources[event.index], strict=True):
            if event.op == "Index" and operand in keys:
                continue
            if source < 0 and graph.size(operand) > 1:
                return None
            if source >= 0 and source not in seen:
                seen.add(source)
                pending.append(source)
    return found if not pending else None
