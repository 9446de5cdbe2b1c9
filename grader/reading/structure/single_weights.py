"""Products of a vector and a number that are layers of one input, as products of arrays.

    z = w·x + b      x a vector of n samples (or a column), w and b numbers: one unit
    z = w·x + b      x the one number of a sample, w and b vectors (or columns): as many units

are what `X @ W + b` is: x is a column and w a matrix of one number, or x a matrix of one number and w a row. Each such
product is put into the recording as that, between views of the same numbers: names and places stay those of the script.
"""

from collections.abc import Iterator
from dataclasses import replace

from grader.reading.recorded.added_values import AddedValues
from grader.reading.recorded.graph import ADDING, PARTS, Graph
from grader.reading.recorded.recording import Event, Recording

TIMES = frozenset(["Mult", "multiply", "dot"])  # `np.dot` of an array and a number is their product
MAX_LINKS = 4  # operations between a number and what training makes of it
MAX_PRODUCTS = 2_000


def with_scaled_vectors(recording: Recording) -> Recording:
    """The recording with a product of arrays for each product of a vector that is learned and a number of the data."""
    places: dict[int, set[tuple[int, ...]]] = {}
    for event in recording.events:
        if event.op in TIMES and len(event.operands) == 2:
            sizes = [recording.values.sizes[operand] for operand in event.operands]
            if min(sizes) == 1 < max(sizes):
                places.setdefault(event.place, set()).add(event.operands)
    if not any(min(len({one[side] for one in pairs}) for side in (0, 1)) > 1 for pairs in places.values()):
        return recording  # nothing that changes is multiplied by another number of the data
    graph = Graph(recording)
    buffer = next((int(recording.values.table[one.result, 0]) for one in recording.events if one.op in TIMES), 0)
    added = AddedValues(recording.values, is_single=buffer == 1)
    written: dict[int, list[Event]] = {}
    for event, position in _layers(graph)[: 2 * MAX_PRODUCTS]:
        w, x = event.operands[position], event.operands[1 - position]
        arrays = [graph.array(one) for one in (w, x, event.result)]
        is_column = len(graph.shape(w)) == 2 and graph.shape(w)[1] == 1
        shapes = ((-1, 1), (1, 1), (-1, 1)) if is_column else ((1, -1), (1, 1), (1, -1))
        W, u, z = (added.number(one.reshape(to)) for one, to in zip(arrays, shapes, strict=True) if one is not None)
        written[event.index] = [
            replace(event, op="reshape", operands=(w,), result=W),
            replace(event, op="dot", operands=(W, u) if is_column else (u, W), result=z),
            replace(event, op="reshape", operands=(z,)),
        ]
    return together(recording, written, added) if written else recording


def _layers(graph: Graph) -> list[tuple[Event, int]]:
    """Products of a vector that training changes with a number that is taken out of the data, which changes as well."""
    places: dict[tuple[int, int], list[Event]] = {}
    for event in graph.events:
        if event.op not in TIMES or len(event.operands) != 2:
            continue
        for position in (0, 1):
            w, x = event.operands[position], event.operands[1 - position]
            if _is_vector(graph, w) and graph.size(x) == 1 and _is_taken(graph, x, event.index):
                places.setdefault((event.place, position), []).append(event)
    learned: list[tuple[Event, int]] = []
    for (_, position), events in places.items():
        uses = {event.operands[position]: event.index for event in events}
        if len({event.operands[1 - position] for event in events}) > 1 and _is_learned(graph, uses):
            learned += [(event, position) for event in events]
    return sorted(learned, key=lambda one: one[0].index)


def _is_vector(graph: Graph, value: int) -> bool:
    shape = graph.shape(value)
    return len(shape) in (1, 2) and graph.size(value) == max(shape) > 1


def _is_taken(graph: Graph, value: int, before: int) -> bool:
    """Whether a number is one of an array, or stands in the text: rates and momenta are made of others."""
    maker = graph.maker(graph.base(value, before)[0], before)
    return maker is None or maker.op in PARTS


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
    return together(recording, written, added)


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
    return _is_vector(graph, value) and (len(graph.shape(value)) == 1 or graph.shape(value)[1] == 1)


def _is_learned(graph: Graph, uses: dict[int, int]) -> bool:
    """Whether what stands at a place is followed there by what adding to it, or taking from it, has made."""
    first = next(iter(uses))
    size = graph.size(first)
    pending = [(first, -1)]
    for _ in range(MAX_LINKS):
        following: list[tuple[int, int]] = []
        for value, after in pending:
            for event in graph.users_after(value, after):
                if event.op not in ADDING or graph.size(event.result) != size or event.result == value:
                    continue
                if event.result in uses and uses[event.result] > event.index:
                    return True
                following.append((event.result, event.index))
        pending = following[:MAX_LINKS]
    return False


def together(recording: Recording, written: dict[int, list[Event]], added: AddedValues) -> Recording:
    events: list[Event] = []
    moved: list[int] = []
    for event in recording.events:
        moved.append(len(events))
        for one in written.get(event.index, [event]):
            events.append(replace(one, index=len(events)))
    moved.append(len(events))
    named = tuple((moved[min(at, len(moved) - 1)], place, name, value) for at, place, name, value in recording.named)
    return replace(recording, events=tuple(events), named=named, values=added.together())
