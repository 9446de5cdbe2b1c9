"""Weights that are single numbers, each for a whole batch: `w * x + b` with x of all samples, as products of arrays.

    z = w·x + b      x a vector of n samples (or a column), w and b numbers

is what `X @ W + b` is for one input and one unit: x is a column, w a matrix of one number. Each such product is put
into the recording as that, between views of the same numbers, so that names and places stay the script's.
"""

from collections.abc import Iterator
from dataclasses import replace

from grader.reading.recorded.added_values import AddedValues
from grader.reading.recorded.graph import ADDING, Graph
from grader.reading.recorded.recording import Event, Recording

TIMES = frozenset(["Mult", "multiply", "dot"])  # `np.dot` of an array and a number is their product
MAX_LINKS = 4  # operations between a number and what training makes of it
MAX_PRODUCTS = 2_000


def with_single_weights(recording: Recording) -> Recording | None:
    """The recording with a product of arrays for each product of a number that is learned; None if there is none."""
    graph = Graph(recording)
    found = list(_products(graph))[:MAX_PRODUCTS]
    if not found:
        return None
    added = AddedValues(recording.values, is_single=False)
    written: dict[int, list[Event]] = {}
    for event, position in found:
        number, vector = graph.array(event.operands[position]), graph.array(event.operands[1 - position])
        result = graph.array(event.result)
        if number is None or vector is None or result is None:
            return None
        W, u, z = (added.number(one.reshape(-1, 1)) for one in (number, vector, result))
        written[event.index] = [
            replace(event, op="reshape", operands=(event.operands[1 - position],), result=u),
            replace(event, op="reshape", operands=(event.operands[position],), result=W),
            replace(event, op="dot", operands=(u, W), result=z),
            replace(event, op="reshape", operands=(z,)),
        ]
    return _together(recording, written, added)


def _products(graph: Graph) -> Iterator[tuple[Event, int]]:
    """Products of a vector of samples with a number that training changes, and which operand that is."""
    places: dict[tuple[int, int], dict[int, int]] = {}
    for event in graph.events:
        if event.op in TIMES and len(event.operands) == 2:
            for position in (0, 1):
                if graph.shape(event.operands[position]) == () and _is_column(graph, event.operands[1 - position]):
                    places.setdefault((event.place, position), {})[event.operands[position]] = event.index
    learned = {key for key, uses in places.items() if _is_learned(graph, uses)}
    for event in graph.events:
        for position in (0, 1):
            if (event.place, position) in learned and _is_column(graph, event.operands[1 - position]):
                yield event, position


def _is_column(graph: Graph, value: int) -> bool:
    shape = graph.shape(value)
    return len(shape) in (1, 2) and graph.size(value) == max(shape) > 1 and (len(shape) == 1 or shape[1] == 1)


def _is_learned(graph: Graph, uses: dict[int, int]) -> bool:
    """Whether a number at a place is followed there by what adding to it, or taking from it, has made."""
    first = next(iter(uses))
    pending = [(first, -1)]
    for _ in range(MAX_LINKS):
        following: list[tuple[int, int]] = []
        for value, after in pending:
            for event in graph.users_after(value, after):
                if event.op not in ADDING or graph.shape(event.result) != () or event.result == value:
                    continue
                if event.result in uses and uses[event.result] > event.index:
                    return True
                following.append((event.result, event.index))
        pending = following[:MAX_LINKS]
    return False


def _together(recording: Recording, written: dict[int, list[Event]], added: AddedValues) -> Recording:
    events: list[Event] = []
    moved: list[int] = []
    for event in recording.events:
        moved.append(len(events))
        for one in written.get(event.index, [event]):
            events.append(replace(one, index=len(events)))
    moved.append(len(events))
    named = tuple((moved[min(at, len(moved) - 1)], place, name, value) for at, place, name, value in recording.named)
    return replace(recording, events=tuple(events), named=named, values=added.together())
