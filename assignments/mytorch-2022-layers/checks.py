"""The running averages, and a loss of which the year had two definitions; the rest is verified by `composition.py`."""

import numpy as np

from grader.checks import check, expect, follows_convention
from grader.checks.compare import as_array

SHAPES = ((5, 3), (2, 4))


def trained(implementation, batches):
    layer = implementation.BatchNorm1d(4, 0.8)
    for batch in batches:
        layer.forward(batch)
    return layer


@check("BatchNorm1d.forward", points=4, title="Running mean and variance after two batches")
def forward_running(student, solution, rng):
    batches = [2 * rng.normal(size=(n, 4)) + 1 for n in (5, 7)]
    found, expected = trained(student, batches), trained(solution, batches)
    for name in ("running_M", "running_V"):
        expect(getattr(found, name), name).close_to(getattr(expected, name))


@check("BatchNorm1d.forward", points=3, title="An evaluation uses the running averages")
def forward_evaluation(student, solution, rng):
    batches = [2 * rng.normal(size=(n, 4)) + 1 for n in (5, 7)]
    Z = rng.normal(size=(6, 4))
    found, expected = (trained(each, batches).forward(Z, True) for each in (student, solution))
    expect(found, "the output").close_to(expected)


def is_close(value, other):
    array = as_array(value)
    return array is not None and array.size == np.size(other) and np.allclose(array.reshape(np.shape(other)), other)


def losses(student, rng):
    """Each with what it was given, its cost, and whether that has no ½."""
    for shape in SHAPES:
        A, Y = rng.normal(size=(2, *shape))
        loss = student.MSELoss()
        cost = loss.forward(A, Y)
        yield A, Y, loss, cost, is_close(cost, np.mean((A - Y) ** 2))


@check("MSELoss.forward", points=3, title="The cost of random outputs, with ½ or without")
def mse_cost(student, solution, rng):
    for A, Y, _, cost, is_whole in losses(student, rng):
        if is_whole:
            follows_convention("MSELoss.without-a-half")
        expect(cost, "the cost").close_to(np.mean((A - Y) ** 2) if is_whole else solution.MSELoss().forward(A, Y))


@check("MSELoss.backward", points=4, title="The gradient that belongs to the cost")
def mse_gradient(student, solution, rng):
    for A, Y, loss, _, is_whole in losses(student, rng):
        found, right = loss.backward(), solution.MSELoss()
        right.forward(A, Y)
        expected = right.backward()
        if is_whole:
            follows_convention("MSELoss.without-a-half")
            follows_convention("MSELoss.difference-alone")
            expected = 2 * expected if is_close(found, 2 * expected) else A - Y
        expect(found, "the gradient").close_to(expected)
