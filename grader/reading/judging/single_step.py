"""A training that ends with its first step, as seen in the run and in the text: a `return` that stands in the loop."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph
from grader.reading.recorded.recording import Event
from grader.submissions.syntax import parse


@dataclass(frozen=True)
class SingleStep:
    """The only update that was seen: where it stands, and the line that ends its loop in the first round, if any.

    `places` are those of the first product with the weights and of their updates.
    """

    event: int
    filename: str
    line: int
    ending: int | None
    places: tuple[tuple[str, int], ...] = ()


def find_single_step(graph: Graph, sources: Sequence[tuple[str, str]]) -> SingleStep | None:
    """The update of weights that are multiplied before it and changed once; None if there is none, or more."""
    multiplied = {
        graph.base(operand, event.index)[0]
        for event in graph.events
        if event.op in PRODUCTS
        for operand in event.operands
    }
    added: dict[int, list[Event]] = {}  # a step of nothing is one as well
    for event in graph.events:
        if event.op in ADDING:
            added.setdefault(event.place, []).append(event)
    apart = {place: _are_apart(events) for place, events in added.items()}
    updates = [
        event
        for event in graph.events
        if event.op in ADDING
        and len(event.operands) == 2
        and event.operands[0] in multiplied
        and event.result not in event.operands
        and graph.size(event.operands[0]) == graph.size(event.result) > 1
        and (event.operands[0] in graph.made_at_random or (apart[event.place] and _is_by_gradient(graph, event)))
    ]
    if not updates or not all(apart[event.place] for event in updates):
        return None
    place = graph.recording.place_of(updates[0])
    text = next((text for filename, text in sources if filename == place.filename), "")
    changed = {event.operands[0] for event in updates}
    product = next(
        event
        for event in graph.events
        if event.op in PRODUCTS and any(graph.base(operand, event.index)[0] in changed for operand in event.operands)
    )
    between = [(added[event.place][0].index, added[event.place][-1].index) for event in updates]
    again = (event.index for event in graph.events if event.place == product.place)
    if any(first < at < last for at in again for first, last in between):
        return None  # rounds that begin with other weights each, which are drawn anew
    places = [graph.recording.place_of(event) for event in (product, *updates)]
    lines = tuple(dict.fromkeys((one.filename, one.line) for one in places))
    is_whole = product.index < updates[0].index and len(lines) > 1
    ending = _ending(text, place.line)
    return SingleStep(updates[0].index, place.filename, place.line, ending, lines if is_whole else ())


def _are_apart(added: Sequence[Event]) -> bool:
    """Whether sums at one place are of different arrays, one after another: of each layer, or entry of a dict."""
    given = {event.result for event in added}
    changed = [event.operands[0] for event in added]
    return len({*changed}) == len(changed) and given.isdisjoint(changed)


def _is_by_gradient(graph: Graph, update: Event) -> bool:
    """Whether what is added to an array was made of a product with it."""
    source = graph.sources[update.index][1]
    before = graph.ancestors(source, -1) if source >= 0 else set()
    products = [graph.events[at] for at in before if graph.events[at].op in PRODUCTS]
    return any(graph.base(one, event.index)[0] == update.operands[0] for event in products for one in event.operands)


def _ending(text: str, line: int) -> int | None:
    """The line of a `return` or `break` that the innermost loop around a line comes to in every round."""
    loops = [
        node
        for node in ast.walk(parse(text) or ast.Module([], []))
        if isinstance(node, ast.For | ast.While) and node.lineno < line <= (node.end_lineno or 0)
    ]
    for loop in sorted(loops, key=lambda node: -node.lineno):
        for statement in loop.body:
            if isinstance(statement, ast.Return | ast.Break) and statement.lineno > line:
                return statement.lineno
    return None
