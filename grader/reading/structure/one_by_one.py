"""The networks of scripts without matrices: units computed one by one, or weights that are single numbers."""

from collections.abc import Sequence

import numpy as np

from grader.reading.recorded.recording import Recording
from grader.reading.structure.layered import with_layers
from grader.reading.structure.network_read import Network
from grader.reading.structure.passes import NoNetwork
from grader.reading.structure.reader import read_network
from grader.reading.structure.single_weights import with_single_weights
from grader.reading.structure.unit_products import with_unit_products


def network_of_units(recording: Recording, sources: Sequence[tuple[str, str]]) -> Network | None:
    """The network of a script that goes through its units one by one."""
    best: Network | None = None
    for found, has_more in with_layers(recording):
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
