"""`linear_backward`."""

import numpy as np

from grader.checks import check, fail
from grader.checks.compare import as_array

from .networks import LAYERS, SQUARE_LAYER, back_from, called, expect_gradients, layer


def linear_gradients(student, solution, rng, size):
    given = layer(rng, *size)
    dZ = rng.normal(size=(size[0], size[2]))
    right = solution.linear_backward(dZ, solution.linear_forward(*given)[1])
    found = back_from(
        student.linear_forward, given, given, lambda cache: called(student.linear_backward, dZ, cache), right
    )
    return found, right


@check("linear_backward", points=8, title="dA_prev, dW and db of random dZ")
def linear_backward_values(student, solution, rng):
    for size in LAYERS[:2]:
        expect_gradients(*linear_gradients(student, solution, rng, size))


@check("linear_backward", points=3, title="A single sample; as many units as inputs and samples")
def linear_backward_other_sizes(student, solution, rng):
    for size in (LAYERS[2], SQUARE_LAYER):
        expect_gradients(*linear_gradients(student, solution, rng, size))


@check("linear_backward", points=2, title="db is a column, as b is")
def linear_backward_column(student, solution, rng):
    (_, _, db), _ = linear_gradients(student, solution, rng, (7, 5, 9))
    shape = np.shape(as_array(db)) if as_array(db) is not None else None
    if shape == (7,):
        fail("db has the shape (7,): b - learning_rate * db becomes a (7, 7) matrix. `keepdims=True` is missing")
    elif shape != (7, 1):
        fail(f"db has the shape {shape}, expected (7, 1)" if shape is not None else "db is no array")
