"""One helper for all three; keys come layer by layer."""

import numpy


def _parameters(sizes, weights):
    made = {}
    for number, (before, units) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        made.update({f"W{number}": weights(units, before), f"b{number}": numpy.zeros([units, 1])})
    return made


def initialize_parameters_zeros(layers_dims):
    return _parameters(layers_dims, lambda units, before: numpy.zeros([units, before]))


def initialize_parameters_random(layers_dims):
    rng = numpy.random.default_rng(3)
    return _parameters(layers_dims, lambda units, before: rng.normal(0.0, 10.0, size=[units, before]))


def initialize_parameters_he(layers_dims):
    rng = numpy.random.default_rng(3)
    return _parameters(layers_dims, lambda units, before: rng.normal(0.0, (2 / before) ** 0.5, size=[units, before]))
