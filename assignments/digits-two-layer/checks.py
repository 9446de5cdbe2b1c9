"""What is verified: sizes are pairwise different, biases are not 0, one batch has a single sample."""

import numpy as np

from grader.checks import check, compared, expect, fail
from grader.checks.compare import as_array

SIZES = [(5, 4, 3, 9), (6, 3, 4, 7)]  # inputs, hidden units, classes, samples


def network(rng, n, h, k, m):
    """Parameters, inputs and labels; every class occurs."""
    shapes = ((h, n), (h, 1), (k, h), (k, 1))
    labels = rng.permutation(np.concatenate([np.arange(k), rng.integers(k, size=m - k)]))
    return [rng.normal(size=shape) for shape in shapes], rng.normal(size=(n, m)), labels


@check("init_params", points=6, title="Shapes, and weights that differ from unit to unit")
def init_params_shapes(student):
    found = [as_array(value) for value in student.init_params()]
    shapes = [np.shape(value) if value is not None else None for value in found]
    if shapes != [(10, 784), (10, 1), (10, 10), (10, 1)]:
        fail(f"the shapes are {shapes}, expected (10, 784), (10, 1), (10, 10) and (10, 1)")
    elif any(np.allclose(W, W[:1]) for W in (found[0], found[2])):
        fail("all units of a layer have the same weights, so that they stay the same")


@compared("forward_prop", points=20, title="Z1, A1, Z2 and A2")
def forward_prop_values(implementation, rng):
    return [implementation.forward_prop(*params, X) for params, X, _ in (network(rng, *size) for size in SIZES)]


@check("backward_prop", points=28, title="The gradients of weights and biases, from the right forward pass")
def backward_prop_values(student, solution, rng):
    for size in (*SIZES, (4, 4, 4, 4)):
        params, X, Y = network(rng, *size)
        given = *solution.forward_prop(*params, X), params[0], params[2], X, Y
        found, right = student.backward_prop(*given), solution.backward_prop(*given)
        for name, one, other in zip(("dW1", "db1", "dW2", "db2"), found, right, strict=True):
            flat = as_array(one)
            column = name[1] == "b" and flat is not None and flat.shape == other.shape[:1]
            if column:
                fail(f"{name} has the shape {flat.shape}: subtracted from a column it makes a matrix")
            expect(flat.reshape(other.shape) if column else one, name).close_to(other)


@compared("update_params", points=8, title="Parameters after a step")
def update_params_values(implementation, rng):
    params, gradients = network(rng, *SIZES[0])[0], network(rng, *SIZES[0])[0]
    return implementation.update_params(*params, *gradients, 0.37)


@check("gradient_descent", points=8, title="Twenty images, two of each digit, are learnt in forty steps")
def gradient_descent_learns(student, solution, rng):
    patterns = (rng.random((784, 10)) < 0.05) * 1.0
    Y = np.tile(np.arange(10), 2)
    X = np.clip(patterns[:, Y] + 0.05 * rng.normal(size=(784, 20)), 0, 1)
    best = 0.0
    for alpha in (0.5, 0.05):  # steps of Adam's are of the size of alpha itself: its alphas are smaller
        found = student.gradient_descent(X, Y, alpha, 40)
        try:
            right = float(np.mean(solution.forward_prop(*found, X)[3].argmax(axis=0) == Y))
        except (TypeError, ValueError):
            fail("these are no parameters of a network: (W1, b1, W2, b2)")
            return
        best = max(best, right)
        if best >= 0.6:
            break
    expect(best, "the share of training images that are told apart afterwards").is_at_least(0.6)
