"""A function that gives one number for all inputs, as exp(z) / exp(1 + z), or the softmax of a single unit."""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import PARTS, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

LEAST = 3  # different numbers that go in
MANY = 20  # numbers that come out
EXACT = 1e-12
_DIVIDING = frozenset(["Div", "divide", "true_divide"])
_LOGARITHMS = frozenset(["log", "log2", "log10"])
MAX_WALK = 4


def find_constant_output(graph: Graph) -> Finding | None:
    """Where an exponential of what a product gives is divided by something, and the same comes out each time."""
    places: dict[int, list[Event]] = {}
    for event in graph.events:
        if event.op in _DIVIDING and len(event.operands) == 2:
            places.setdefault(event.place, []).append(event)
    for events in places.values():
        inputs, outputs = set[float](), set[float]()
        for event in events[:: max(1, len(events) // (10 * MANY))]:
            given, taken = graph.array(event.result), graph.array(event.operands[0])
            makers = graph.makers.get(event.operands[0], ())  # the sum of one number is that number
            if given is None or taken is None or not any(graph.events[at].op == "exp" for at in makers):
                break
            outputs |= {float(given.min()), float(given.max())}
            inputs |= set(taken.ravel()[:MANY].tolist())
            if not max(outputs) - min(outputs) <= EXACT:  # nor nan
                break
        else:
            number = next(iter(outputs))
            is_of_product = events[0].index in graph.of_products and not _is_of_zeros(graph, events[-1])
            if len(inputs) >= LEAST and len(events) * graph.size(events[0].result) >= MANY and is_of_product:
                code = "one-in-the-exponent" if abs(number - np.exp(-1)) < EXACT else "gives-one-number"
                facts: dict[str, float | int | str] = {"number": f"{number:.4g}", "times": f"{len(events):,}"}
                return Finding("a", code, events[0].index, 0, facts)
    return None


def _is_of_zeros(graph: Graph, event: Event) -> bool:
    """Whether the last product that goes into it is one with zeros, which leaves nothing of any input."""
    products = [at for at in graph.ancestors(event.index) if graph.events[at].op in PRODUCTS]
    operands = [graph.array(value) for at in products if at == max(products) for value in graph.events[at].operands]
    return any(array is not None and not array.any() for array in operands)


def judge_changed_output(judgement: Judgement) -> None:
    """Tell a cost that is no number, as it is computed of an output that the way back has changed in its place."""
    network, graph = judgement.network, judgement.network.graph
    output, product = network.passes[0].layers[-1].a_value, network.passes[0].layers[-1].product
    if output is None:
        return
    changed = {user.result for user in graph.users_after(output, product) if user.op == "Set"}
    for event in graph.events[product:]:
        if event.op not in _LOGARITHMS or not event.operands or not changed:
            continue
        value, array = event.operands[0], graph.array(event.operands[0])
        for _ in range(MAX_WALK):
            maker = graph.maker(value, event.index)
            if value in changed or maker is None or maker.op not in VIEWS | PARTS:
                break
            value = maker.operands[0]
        maker = graph.maker(output, event.index)
        if value in changed and array is not None and bool((array < 0).any()) and maker is not None:
            facts: dict[str, float | int | str] = {"line": graph.recording.place_of(event).line}
            judgement.findings.append(Finding("cost", "cost-of-changed-output", maker.index, network.depth - 1, facts))
            return
