"""`initialize_parameters` and `initialize_parameters_deep`."""

import itertools

import numpy as np

from grader.checks import check, expect, fail, remark
from grader.checks.compare import as_array

SMALL = 0.01
SPREAD = 0.2  # of a standard deviation, for some hundred numbers


def begun(function, *arguments, layers):
    found = function(*arguments)
    names = [f"{kind}{layer}" for layer in range(1, layers + 1) for kind in "Wb"]
    return {name: as_array(found.get(name)) for name in names} if isinstance(found, dict) else {}


def expect_shapes(found, sizes):
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        for name, shape in ((f"W{layer}", (n_out, n_in)), (f"b{layer}", (n_out, 1))):
            if found.get(name) is None:
                fail(f"there is no array `{name}`")
            elif found[name].shape != shape:
                fail(f"{name} has the shape {found[name].shape}, expected {shape}")
            elif name[0] == "b":
                expect(found[name], name).close_to(np.zeros(shape))


def expect_spread(found, sizes, *, by_inputs=False):
    """Small normal numbers; by the number of inputs, as in the course's next notebook, where that is asked about."""
    told = False
    for layer, n_in in enumerate(sizes[:2], 1):
        weights = found.get(f"W{layer}")
        is_there = weights is not None and weights.size
        spread, mean = (float(np.std(weights)), float(np.mean(weights))) if is_there else (0.0, 0.0)
        if by_inputs and abs(spread * np.sqrt(n_in) - 1) <= SPREAD and abs(mean) <= SPREAD * spread:
            told = True
        elif not (abs(spread / SMALL - 1) <= SPREAD and abs(mean) <= SPREAD * spread):
            fail(f"W{layer} has the mean {mean:.3g} and the standard deviation {spread:.3g}, expected about 0 and 0.01")
    if told:
        remark("the weights are divided by √n_in; here they are 0.01 times normal numbers. It costs no points")


@check("initialize_parameters", points=1, title="Shapes, and biases of 0")
def initialize_parameters_shapes(student):
    for sizes in ((3, 5, 1), (4, 2, 3)):
        expect_shapes(begun(student.initialize_parameters, *sizes, layers=2), sizes)


@check("initialize_parameters", points=2, title="Small random weights of both signs, 0.01 times normal numbers")
def initialize_parameters_spread(student):
    sizes = (30, 20, 15)
    expect_spread(begun(student.initialize_parameters, *sizes, layers=2), sizes)


@check("initialize_parameters_deep", points=2, title="Shapes of every layer, and biases of 0")
def initialize_parameters_deep_shapes(student):
    for sizes in ([5, 4, 3], [3, 6, 2, 7, 1], [4, 1]):
        expect_shapes(begun(student.initialize_parameters_deep, sizes, layers=len(sizes) - 1), sizes)


@check("initialize_parameters_deep", points=1, title="Small random weights of both signs, 0.01 times normal numbers")
def initialize_parameters_deep_spread(student):
    sizes = [30, 20, 15, 4]
    expect_spread(begun(student.initialize_parameters_deep, sizes, layers=3), sizes, by_inputs=True)
