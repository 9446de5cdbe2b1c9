"""`relu_forward` and `relu_backward`."""

import numpy as np

from grader.checks import check, expect, fail, leaves_arguments_alone
from grader.checks.compare import as_array
from operations.layer_calls import expect_gradients, output

RELU = ("relu_forward", "relu_backward")


def both_signs(rng, shape):
    """Random values, at least one of them positive and one negative: nothing but zeros counts as not written."""
    x = rng.normal(size=shape)
    x.flat[:2] = np.abs(x.flat[:2]) * (1, -1)
    return x


@check("relu_forward", points=4, title="Values of both signs, arrays of any shape")
def relu_forward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4, 2), (7,)]:
        x = both_signs(rng, shape)
        expect(output(student.relu_forward, x), f"out of shape {shape}").close_to(solution.relu_forward(x)[0])


@check("relu_forward", points=1, title="The argument is left as it was")
def relu_forward_argument(student, rng):
    x = both_signs(rng, (4, 3))
    if np.shape(as_array(output(student.relu_forward, x))) != x.shape:
        fail("out has not the shape of x, so there is nothing to judge")
    leaves_arguments_alone(student.relu_forward, x)


@check("relu_backward", points=6, title="dout where the input was positive, random upstream gradients")
def relu_backward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4, 2)]:
        expect_gradients(student, solution, rng, RELU, (both_signs(rng, shape),), names=("dx",))
