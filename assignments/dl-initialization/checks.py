"""What is verified: shapes of networks of two and four layers, and how the weights of large ones are distributed."""

import numpy as np

from grader.checks import check, expect, fail
from grader.checks.compare import as_array
from operations.network_checks import expect_normal_weights

ZEROS, RANDOM, HE = (f"initialize_parameters_{way}" for way in ("zeros", "random", "he"))
NETWORKS = [(3, 4, 1), (2, 5, 3, 6, 1)]
WIDE = (64, 256, 128)


def shapes_of(sizes):
    layers = range(1, len(sizes))
    return {f"W{i}": (sizes[i], sizes[i - 1]) for i in layers} | {f"b{i}": (sizes[i], 1) for i in layers}


def parameters_of(function, sizes):
    """What a function makes for these sizes; None, and a failure, if keys or shapes are others."""
    found = function(list(sizes))
    arrays = {key: as_array(value) for key, value in found.items()} if isinstance(found, dict) else {}
    shapes = {key: np.shape(value) for key, value in arrays.items()}
    if shapes != shapes_of(sizes):
        fail(f"for layers_dims = {list(sizes)} the shapes are {shapes or found}, expected {shapes_of(sizes)}")
        return None
    return arrays


def expect_biases_of_zero(function):
    for sizes in NETWORKS:
        parameters = parameters_of(function, sizes) or {}
        for key in (key for key in parameters if key[0] == "b"):
            expect(parameters[key], key).close_to(np.zeros_like(parameters[key]))


@check(ZEROS, points=25, title="Zeros of the right shapes, for every layer")
def initialize_parameters_zeros_values(student):
    for sizes in NETWORKS:
        for key, value in (parameters_of(student.initialize_parameters_zeros, sizes) or {}).items():
            expect(value, key).close_to(np.zeros_like(value))


@check(RANDOM, points=10, title="Every layer has weights and biases of the right shapes; biases are 0")
def initialize_parameters_random_shapes(student):
    expect_biases_of_zero(student.initialize_parameters_random)


@check(RANDOM, points=20, title="Weights are normal numbers times 10")
def initialize_parameters_random_weights(student):
    parameters = parameters_of(student.initialize_parameters_random, WIDE) or {}
    expect_normal_weights(parameters, 10)


@check(HE, points=15, title="Every layer has weights and biases of the right shapes; biases are 0")
def initialize_parameters_he_shapes(student):
    expect_biases_of_zero(student.initialize_parameters_he)


@check(HE, points=30, title="Weights are normal numbers times √(2 / n), n being the size of the layer before")
def initialize_parameters_he_weights(student):
    parameters = parameters_of(student.initialize_parameters_he, WIDE) or {}
    for layer, n_in in enumerate(WIDE[:-1], 1):
        key = f"W{layer}"
        if key in parameters:
            expect_normal_weights({key: parameters[key]}, np.sqrt(2 / n_in))
