"""The networks of scripts without matrices: units computed one by one, or weights that are single numbers."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from grader.reading.recorded.added_values import AddedValues
from grader.reading.recorded.graph import PRODUCTS, Graph
from grader.reading.recorded.numbers import TIMES
from grader.reading.recorded.recording import Event, Recording
from grader.reading.structure.layered import with_layers
from grader.reading.structure.network_read import Network
from grader.reading.structure.passes import NoNetwork
from grader.reading.structure.reader import read_network
from grader.reading.structure.single_weights import together, with_single_weights

MAX_INPUTS = 64
MAX_PRODUCTS = 2_000


def network_of_units(recording: Recording, sources: Sequence[tuple[str, str]]) -> Network | None:
    """The network of a script that goes through its units one by one."""
    best: Network | None = None
    for found, has_more in chain(with_layers(recording), with_layers(bare) if (bare := _bare(recording)) else ()):
        try:
            network = read_network(found, sources)
        except NoNetwork:
            continue
        if len(network.steps) == 1 and network.depth == 1 and network.steps[0].y.size == 1:
            continue  # of one sample with one output, any step along the inputs fits any target
        if all(np.array_equal(step.y, -step.layers[-1].a) for step in network.steps):
            continue  # a number is no target of its negative
        network.is_of_units, network.has_more_below = True, has_more
        if len(network.steps) > 1:  # what explains one step is not sure
            return network
        best = best or network
    return best


def _bare(recording: Recording) -> Recording | None:
    """The recording with a number for each array that holds one alone, as of a table of one column it is taken row by
    row; None if nothing is reckoned with such arrays.
    """
    values = recording.values
    is_lone = (np.array(values.sizes, dtype=int) == 1) & (values.table[:, 2] > 0)
    if not any(event.op in TIMES and any(is_lone[one] for one in event.operands) for event in recording.events):
        return None
    table = values.table.copy()
    dimensions = values.dimensions[np.repeat(~is_lone, table[:, 2])]
    table[is_lone, 2] = 0
    starts = np.cumsum(table[:, 2]) - table[:, 2]
    return replace(recording, values=replace(values, table=table, starts=starts, dimensions=dimensions))


def network_of_unit_products(recording: Recording, sources: Sequence[tuple[str, str]]) -> Network | None:
    """The network of a script whose units are objects, each with a vector of weights."""
    found = with_unit_products(recording)
    return None if found is None else network_of_units(found, sources)


def network_of_single_weights(recording: Recording, sources: list[tuple[str, str]]) -> Network | None:
    """The network of a script whose weights are single numbers, each for a whole batch."""
    try:
        found = with_single_weights(recording)
        return None if found is None else read_network(found, sources)
    except NoNetwork:
        return None


def with_unit_products(recording: Recording) -> Recording | None:
    """The recording with sums of products for each product of two vectors; None if there are others."""
    graph = Graph(recording)
    products = [event for event in graph.events if event.op in PRODUCTS]
    if not products or not all(_sides(graph, event) for event in products):
        return None
    added = AddedValues(recording.values, is_single=False)
    written: dict[int, list[Event]] = {}
    for event in products[:MAX_PRODUCTS]:
        sides = [_numbers_of(graph, added, side) for side in _sides(graph, event)]
        factors = [[content for _, content in side] for side in sides]
        products_of = np.array(factors[0]) * np.array(factors[1])
        terms = [added.number(one) for one in products_of]
        sums = [terms[0], *[added.number(one) for one in products_of.cumsum()[1:-1]], event.result]
        pairs = [(one, other) for (one, _), (other, _) in zip(*sides, strict=True)]
        multiplied = [
            replace(event, op="Mult", operands=pair, result=term) for pair, term in zip(pairs, terms, strict=True)
        ]
        summed = [
            replace(event, op="Add", operands=(before, term), result=total)
            for before, term, total in zip(sums[:-1], terms[1:], sums[1:], strict=True)
        ]
        written[event.index] = [*multiplied, *summed]
    return together(recording, written, added)


def _sides(graph: Graph, event: Event) -> list[tuple[int, ...]]:
    """The two vectors of a product: each a value, or the numbers of a list; empty if they are none."""
    sizes = [graph.size(operand) if len(graph.shape(operand)) == 1 else 0 for operand in event.operands]
    count, n = len(sizes), max(sizes, default=0)
    if not 1 < n <= MAX_INPUTS or graph.shape(event.result) != ():
        return []
    if sizes == [n, n]:
        return [event.operands[:1], event.operands[1:]]
    if count == n + 1 and sum(sizes) == n and any(graph.shape(one) == () for one in event.operands):
        at = sizes.index(n)
        return [event.operands[at : at + 1], (*event.operands[:at], *event.operands[at + 1 :])] if at in (0, n) else []
    return []


def _numbers_of(graph: Graph, added: AddedValues, side: tuple[int, ...]) -> list[tuple[int, float]]:
    """The numbers of a vector, each as a value and what it is worth."""
    if len(side) == 1:
        array = graph.array(side[0])
        return [] if array is None else [(added.number(one), float(one)) for one in array]
    return [(one, float(graph.values.scalar(one) or 0.0)) for one in side]
