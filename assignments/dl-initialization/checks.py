"""What is verified: shapes of networks of two and four layers, and how the weights of large ones are distributed."""

import numpy as np

from grader.checks import check, expect, fail
from grader.checks.compare import as_array
from operations.network_checks import expect_normal_weights

ZEROS, RANDOM, HE = (f"initialize_parameters_{way}" for way in ("zeros", "random", "he"))
WIDE = (64, 256, 128)


def parameters_of(function, sizes):
    """What a function makes for these sizes; nothing, and a failure, if keys or shapes are others."""
    found = function(list(sizes))
    arrays = {key: as_array(value) for key, value in found.items()} if isinstance(found, dict) else {}
    shapes = {key: np.shape(value) for key, value in arrays.items()}
    layers = range(1, len(sizes))
    expected = {f"W{i}": (sizes[i], sizes[i - 1]) for i in layers} | {f"b{i}": (sizes[i], 1) for i in layers}
    if shapes != expected:
        fail(f"for layers_dims = {list(sizes)} the shapes are {shapes or found}, expected {expected}")
        return {}
    return arrays


def expect_zeros(function, kinds="b"):
    for sizes in ((3, 4, 1), (2, 5, 3, 6, 1)):
        for key, value in parameters_of(function, sizes).items():
            if key[0] in kinds:
                expect(value, key).close_to(np.zeros_like(value))


@check(ZEROS, points=25, title="Zeros of the right shapes, for every layer")
def initialize_parameters_zeros_values(student):
    expect_zeros(student.initialize_parameters_zeros, "Wb")


@check(RANDOM, points=10, title="Every layer has weights and biases of the right shapes; biases are 0")
def initialize_parameters_random_shapes(student):
    expect_zeros(student.initialize_parameters_random)


@check(RANDOM, points=20, title="Weights are normal numbers times 10")
def initialize_parameters_random_weights(student):
    expect_normal_weights(parameters_of(student.initialize_parameters_random, WIDE), 10)


@check(HE, points=15, title="Every layer has weights and biases of the right shapes; biases are 0")
def initialize_parameters_he_shapes(student):
    expect_zeros(student.initialize_parameters_he)


@check(HE, points=30, title="Weights are normal numbers times √(2 / n), n being the size of the layer before")
def initialize_parameters_he_weights(student):
    parameters = parameters_of(student.initialize_parameters_he, WIDE)
    for key, n_in in zip(("W1", "W2"), WIDE[:-1], strict=True):
        expect_normal_weights({key: parameters[key]} if parameters else {}, np.sqrt(2 / n_in))
