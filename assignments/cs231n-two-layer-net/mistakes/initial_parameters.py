"""How such a network begins, whatever is drawn."""

from grader.assignments import probe
from operations.scaled_weights import UNITS, facts_about_the_start


@probe("TwoLayerNet", checks=["twolayernet_weights"])
def how_a_network_begins(implementation, rng):
    def params_of(scale):
        return implementation.TwoLayerNet(UNITS, UNITS, UNITS, scale).params

    return facts_about_the_start(params_of)
