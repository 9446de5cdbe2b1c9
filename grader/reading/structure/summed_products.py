"""A last layer of one unit that is written out: each weight times what goes into it, added up by `sum`.

    z = sum(w · a)      w and a vectors of the same length

is the product `a @ w`, which is what stands in the recording in its place; of a mean it is another matter, as its
weights are divided by their number. Without such a layer the one below would be taken for the last.
"""

from bisect import bisect_right
from dataclasses import replace

from grader.reading.recorded.graph import ADDING, Graph
from grader.reading.recorded.recording import Event, Recording
from grader.reading.structure.network import Pass
from grader.reading.structure.parameters import Parameter, Parameters
from grader.reading.structure.passes import NoNetwork

TIMES = frozenset(["Mult", "multiply"])
REACH = 60  # events after z in which the product of a further layer would stand


class GoesOn(NoNetwork):
    """What was taken for the output is multiplied by further parameters, number by number."""


def check_end(graph: Graph, parameters: Parameters, chain: list[Parameter], one: Pass) -> None:
    """Raise GoesOn where what the last layer gives is multiplied by a vector that is learned and is of no layer."""
    layer = one.layers[-1]
    made, last = {graph.events[layer.summed].result, layer.z_value}, layer.summed
    for event in graph.events[last + 1 : last + 1 + REACH]:
        if not made & set(event.operands):
            continue
        if event.op in TIMES and _is_by_others(graph, parameters, chain, event):
            raise GoesOn("what the last product gives goes into others that are written out, number by number")
        if graph.size(event.result) == layer.z.size and len(event.operands) <= 2:
            made.add(event.result)
        elif not graph.values.is_whole(event.result):
            return  # a sum, a cost: what comes behind it may go back


def _is_by_others(graph: Graph, parameters: Parameters, chain: list[Parameter], event: Event) -> bool:
    for position, operand in enumerate(event.operands):
        owner = parameters.owner(operand, event.index)
        is_of_chain = owner is not None and any(owner[0] is one for one in chain)
        if not is_of_chain and len(graph.shape(operand)) == 1 and _is_learned(graph, event, position):
            return True
    return False


def _is_learned(graph: Graph, event: Event, position: int) -> bool:
    """Whether an operand is followed, at its place, by what adding to it or taking from it has made."""
    value = event.operands[position]
    changed = [
        (e.result, e.index)
        for e in graph.users_after(value, event.index)
        if e.op in ADDING and e.operands[0] == value and graph.shape(e.result) == graph.shape(value)
    ]
    return any(
        e.place == event.place and e.operands[position : position + 1] == (result,)
        for result, at in changed
        for e in graph.users_after(result, at)
    )


def with_products(recording: Recording) -> Recording:
    """The recording with sums of products of two vectors as products of arrays."""
    graph = Graph(recording)
    events = list(recording.events)
    for event in recording.events:
        source = graph.sources[event.index][0] if event.op == "sum" and len(event.operands) == 1 else -1
        if source < 0 or graph.size(event.result) != 1:
            continue
        times = graph.events[source]
        shapes = {graph.shape(operand) for operand in times.operands}
        is_vector = len(shapes) == 1 and len(next(iter(shapes))) == 1
        if times.op in TIMES and len(times.operands) == 2 and is_vector and _is_for(graph, times, event.index):
            events[event.index] = replace(event, op="dot", operands=times.operands)
    return replace(recording, events=tuple(events))


def _is_for(graph: Graph, made: Event, user: int) -> bool:
    """Whether what an event makes is used by one other alone before it is made again."""
    makers, users = graph.makers[made.result], graph.users.get(made.result, [])
    following = makers[bisect_right(makers, made.index) :]
    users = users[bisect_right(users, made.index) : bisect_right(users, following[0]) if following else None]
    return users == [user]
