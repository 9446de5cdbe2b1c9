"""What has a part in the output, is changed by training, and was not judged.

A kernel, the scale of a normalisation, a bias of whose update nothing could be said: as long as there is any, nobody
may be told "this is right".
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Event
from grader.reading.structure.network_read import Network
from grader.reading.structure.parameters import Parameter, Parameters

MAX_LOOKED_AT = 40
#: (place, position) -> the values that stood there -> the first event.
Uses = dict[tuple[int, int], dict[int, int]]


@dataclass(frozen=True)
class Unjudged:
    """A quantity without a verdict: `quantity` is empty for a parameter that belongs to no layer that was read."""

    quantity: str
    value: int
    event: int | None
    after: int | None = None  # what training made of it in the first step


def find_unjudged(judgement: Judgement) -> list[Unjudged]:
    """The parameters that training changes and of which nothing was said, from the input up."""
    network = judgement.network
    told = {finding.quantity for finding in judgement.findings}
    found = [] if network.is_of_units else _outside(judgement)
    for index, parameter in enumerate(network.chain):
        number = index + 1
        part = network.passes[0].layers[index]
        excused = {f"dW{number}", f"δ{number}", f"W{number}"} & told
        if f"dW{number}" not in judgement.right and not excused:
            found.append(Unjudged(f"dW{number}", parameter.first, part.product, _second(parameter)))
        elif index in judgement.directions and not {*excused, "step"} & told:
            found.append(Unjudged(f"W{number}", parameter.first, part.product, _second(parameter)))
        bias = network.biases[index]
        excused = {f"db{number}", f"b{number}", f"δ{number}"} & told
        if f"db{number}" in judgement.right or excused or network.layers[index].biases != "vector":
            continue
        if bias is not None and bias.is_updated:
            found.append(Unjudged(f"db{number}", bias.first, part.summed, _second(bias)))
        elif bias is None and part.bias is not None and (later := _later_bias(network, index)) is not None:
            found.append(Unjudged(f"db{number}", part.bias, part.summed, later))
    return found


def find_drawn_behind(judgement: Judgement) -> list[Unjudged]:
    """Drawn numbers that the output is made with by a product, and that are no weights of a layer that was read.

    As a matrix of one entry, which is taken for a factor in the function of the last layer.
    """
    network, graph = judgement.network, judgement.network.graph
    first = network.passes[0]
    value = first.layers[-1].a_value
    made = next((at for at in graph.makers.get(value, ()) if at > first.last), None) if value is not None else None
    events = [graph.events[at] for at in sorted(graph.ancestors(made, first.last))] if made is not None else []
    used = [(graph.base(operand, e.index)[0], e.index) for e in events if e.op in PRODUCTS for operand in e.operands]
    known = network.flow.parameters.of  # those of a layer, whose z may be computed once more for its slope
    return [Unjudged("", drawn, at) for drawn, at in used if drawn in graph.made_at_random and drawn not in known]


def _later_bias(network: Network, index: int) -> int | None:
    """Another value of a bias that was not followed, in a pass of other weights."""
    first = network.passes[0].layers[index]
    later = (one.layers[index] for one in network.passes if one.layers[index].weights != first.weights)
    return next((layer.bias for layer in later if layer.bias not in (None, first.bias)), None)


def _second(parameter: Parameter) -> int | None:
    return parameter.versions[1] if parameter.is_updated else None


def _outside(judgement: Judgement) -> list[Unjudged]:
    """Parameters of the forward pass that are no weights or biases of a layer that was read.

    What stands at a place in the second step was made by nothing but an update from what stood there in the first.
    """
    network, graph = judgement.network, judgement.network.graph
    known = {
        value
        for parameter in (*network.chain, *[bias for bias in network.biases if bias is not None], *network.frozen)
        for value in (*parameter.versions, *parameter.again)
    } | network.parameters.moved.keys()
    first = network.passes[0]
    uses = _uses(graph, _forward(judgement, first.last, -1), known)
    later = next((one for one in network.passes if one.first > judgement.end), None)
    found: dict[int, Unjudged] = {}
    again = {} if later is None else _uses(graph, _forward(judgement, later.last, judgement.start), known)
    changes = [e for e in graph.events[judgement.start :] if e.op in ADDING and e.operands]
    changed = {e.operands[0] for e in changes if e.operands[0] in graph.made_at_random} | _renewed(graph, changes)
    for place in uses.keys() - again.keys():  # of a loop that goes round often, later rounds are not noted
        for value, at in uses[place].items():
            if value in changed:
                found.setdefault(value, Unjudged("", value, at))
    _add_updated(network.parameters, uses, again, found)
    beside = used_beside(network, known | found.keys())
    if beside is not None:
        _add_updated(network.parameters, *beside, found)
    return sorted(found.values(), key=lambda one: one.event or 0)


def _renewed(graph: Graph, changes: Sequence[Event]) -> set[int]:
    """What is changed to something that has its name from then on."""
    names: dict[int, set[str]] = {}
    for _, _, name, value in graph.recording.named:
        names.setdefault(value, set()).add(name)
    empty: set[str] = set()
    return {e.operands[0] for e in changes if names.get(e.operands[0], empty) & names.get(e.result, empty)}


def _add_updated(parameters: Parameters, uses: Uses, again: Uses, found: dict[int, Unjudged]) -> None:
    """Add what an update made another one of at its place."""
    for place, values in again.items():
        before = uses.get(place, {})
        for value, at in values.items():
            origin = None if value in before else _updated_from(parameters, value, at, before)
            if origin is not None:
                found.setdefault(origin, Unjudged("", origin, before[origin], value))


def _updated_from(parameters: Parameters, value: int, before: int, candidates: Mapping[int, int]) -> int | None:
    """The one of some values that adding, writing and scaling by a number made this one of."""
    graph = parameters.graph
    seen, pending = {value}, [(value, before)]
    for _ in range(MAX_LOOKED_AT):
        if not pending:
            return None
        current, limit = pending.pop()
        maker = graph.maker(current, limit)
        if maker is None or parameters.is_filling(maker):
            continue
        if maker.op in ADDING:
            operands = maker.operands if maker.op in ("Add", "add") else maker.operands[:1]
        elif maker.op in VIEWS or maker.op == "Set":
            operands = maker.operands[:1]
        elif maker.op in SCALING and any(graph.size(operand) == 1 for operand in maker.operands):
            operands = maker.operands
        else:
            continue
        for operand in operands:
            if graph.size(operand) != graph.size(value) or operand in seen:
                continue
            if operand in candidates:
                return operand
            seen.add(operand)
            pending.append((operand, maker.index))
    return None


def _forward(judgement: Judgement, last: int, stop: int) -> set[int]:
    """What the output of a pass descends from, up to the updates of the parameters.

    A part or a view that is taken of a kernel, for a product with it alone, is a parameter by itself: what makes its
    next version is taking it again, and beyond that is the kernel.
    """
    network, graph = judgement.network, judgement.network.graph
    parameters = network.parameters
    read = (*network.chain, *network.biases, *network.frozen)
    barrier = {
        at
        for parameter in (*parameters.all, *parameters.others)
        for at in parameter.updates
        if not _is_of_whole(graph, at, parameter) or any(parameter is one for one in read)
    }
    found, pending = {last}, [last]
    while pending:
        for source in graph.sources[pending.pop()]:
            if source > stop and source not in found and source not in barrier:
                found.add(source)
                pending.append(source)
    return found


def _is_of_whole(graph: Graph, at: int, parameter: Parameter) -> bool:
    event = graph.events[at]
    return event.op in PARTS | VIEWS or (event.op == "Set" and graph.size(event.result) > graph.size(parameter.first))


def _uses(graph: Graph, events: set[int], known: set[int]) -> Uses:
    """(place, position) -> the values that stood there -> the first event."""
    found: Uses = {}
    for at in sorted(events):
        event = graph.events[at]
        for position, value in enumerate(event.operands):
            if event.op in PARTS and event.result in known:
                continue  # a known parameter is a part of it
            if graph.size(value) < 2 or value in known or graph.values.is_whole(value):
                continue
            if graph.base(value, at)[0] not in known:
                found.setdefault((event.place, position), {}).setdefault(value, at)
    return found


def used_beside(network: Network, known: Set[int]) -> tuple[Uses, Uses] | None:
    """What the values of the forward pass are multiplied by in the first two steps. No update made there.

    Per-weight rates have the size of what they belong to: what has the size of a weight that was read is left out.
    """
    starts = [step.start for step in network.steps[:3]]
    starts += [network.end + 1] if len(starts) < 3 else []
    if len(starts) < 3:
        return None
    graph = network.graph
    sizes = {graph.size(p.first) for p in (*network.chain, *network.biases) if p is not None}
    updates = {update for parameter in network.chain for update in parameter.updates}
    first, second = [_uses_of_step(graph, start, stop, updates, sizes, known) for start, stop in pairwise(starts)]
    return first, second


def _uses_of_step(graph: Graph, start: int, stop: int, updates: Set[int], sizes: Set[int], known: Set[int]) -> Uses:
    leading: set[int] = set()
    for update in updates:
        if start <= update < stop:
            leading |= graph.ancestors(update, start - 1)
    found: Uses = {}
    made = {start}
    for at in range(start + 1, stop):
        sources, event = graph.sources[at], graph.events[at]
        if not any(source in made for source in sources):
            continue
        made.add(at)
        if at not in leading or event.op not in SCALING | PRODUCTS or len(event.operands) != 2:
            continue
        for position, value in enumerate(event.operands):
            other = event.operands[1 - position]
            is_made = sources[1 - position] in made and sources[position] < start
            if not is_made or min(graph.size(value), graph.size(other)) < 2 or graph.size(value) in sizes:
                continue
            if value not in known and not graph.values.is_whole(value) and graph.base(value, at)[0] not in known:
                found.setdefault((event.place, position), {}).setdefault(value, at)
    return found
