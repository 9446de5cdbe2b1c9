"""Products of an array with a minus before it, `1 / (1 + np.exp(-X @ W))`, as minus their product.

Python takes the minus first: what goes into the product is −X. The reader would find a layer whose inputs are −X, and
an activation that no network has. Both operations stay where they are; they change places, and so keep their numbers.
So it is with `-X @ W - b`, as minus the sum with the bias.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from grader.reading.recorded.added_values import AddedValues
from grader.reading.recorded.graph import PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event, Recording

MINUS = frozenset(["USub", "negative"])
_TAKING = frozenset(["Sub", "subtract"])


def without_negated(recording: Recording) -> Recording:
    """The recording with every product of a negated array as the negated product."""
    if not any(event.op in MINUS for event in recording.events):
        return recording
    return _exchanged(_exchanged(recording, PRODUCTS, "", (0, 1)), _TAKING, "Add", (0,))


def _exchanged(recording: Recording, ops: frozenset[str], becomes: str, positions: Sequence[int]) -> Recording:
    """The recording with the minus behind operations whose operand it is; these may become others by that."""
    graph = Graph(recording)
    events = list(recording.events)
    added: AddedValues | None = None
    for event in recording.events:
        if event.op not in ops or len(event.operands) != 2:
            continue
        for position in positions:
            minus = _negation(graph, event, position)
            array = graph.array(event.result) if minus is not None else None
            if minus is None or array is None or (becomes and not _is_of_product(graph, minus)):
                continue
            buffer = int(recording.values.table[event.result, 0])
            added = added or AddedValues(recording.values, is_single=buffer == 1)
            product = added.number(-array)
            operands = list(event.operands)
            operands[position] = minus.operands[0]
            multiplied = replace(event, op=becomes or event.op, operands=tuple(operands), result=product)
            between = events[minus.index + 1 : event.index]
            # of `-X @ W.T`, W is turned behind the minus: that goes before both
            is_behind = graph.sources[event.index][1 - position] >= minus.index
            moved = [*between, multiplied] if is_behind else [multiplied, *between]
            moved.append(replace(minus, operands=(product,), result=event.result))
            for at, one in enumerate(moved, minus.index):
                events[at] = one if one.index == at else replace(one, index=at)
            break
    return recording if added is None else replace(recording, events=tuple(events), values=added.together())


def _is_of_product(graph: Graph, minus: Event) -> bool:
    maker = graph.maker(minus.operands[0], minus.index)
    return maker is not None and maker.op in PRODUCTS


def _negation(graph: Graph, product: Event, position: int) -> Event | None:
    """What made an operand by a minus, for this product alone, when the other operand was there, or is turned since."""
    source, other = graph.sources[product.index][position], graph.sources[product.index][1 - position]
    if source < 0 or graph.size(product.operands[position]) < 2:
        return None
    if other >= source and any(between.op not in VIEWS for between in graph.events[source + 1 : product.index]):
        return None
    maker = graph.events[source]
    makers, users = graph.makers[maker.result], graph.users.get(maker.result, [])
    following = makers[bisect_right(makers, source) :]
    users = users[bisect_right(users, source) : bisect_right(users, following[0]) if following else None]
    return maker if maker.op in MINUS and len(maker.operands) == 1 and users == [product.index] else None
