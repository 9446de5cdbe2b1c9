"""`elu_forward` and `elu_backward`."""

import numpy as np

from grader.checks import check, expect, leaves_arguments_alone


@check("elu_forward", points=3, title="Values of both signs, alpha = 1")
def elu_forward_values(student, solution, rng):
    for shape in [(3, 2, 5, 4), (7,)]:
        x = 2 * rng.normal(size=shape)
        expect(student.elu_forward(x)[0], f"out of shape {shape}").close_to(solution.elu_forward(x)[0])


@check("elu_forward", points=2, title="Other values of alpha, and x = 0")
def elu_forward_alpha(student, solution, rng):
    x = np.append(2 * rng.normal(size=23), 0.0)
    for alpha in (0.7, 2.3):
        expect(student.elu_forward(x, alpha)[0], f"out with alpha = {alpha}").close_to(
            solution.elu_forward(x, alpha)[0]
        )


@check("elu_forward", points=1, title="Finite for ±1000, and the argument is left as it was")
def elu_forward_extremes(student, solution, rng):
    x = np.array([1000.0, -1000.0, 800.0, -3.0, 0.5])
    expect(student.elu_forward(x)[0], "out").close_to(solution.elu_forward(x)[0])
    leaves_arguments_alone(student.elu_forward, rng.normal(size=(3, 4)))


def expect_elu_gradient(student, solution, x, dout, *alpha):
    found, right = (
        implementation.elu_backward(dout, implementation.elu_forward(x, *alpha)[1])
        for implementation in (student, solution)
    )
    expect(found, "dx").close_to(right)


@check("elu_backward", points=3, title="alpha = 1, random upstream gradients")
def elu_backward_values(student, solution, rng):
    shape = (3, 2, 5, 4)
    expect_elu_gradient(student, solution, 2 * rng.normal(size=shape), rng.normal(size=shape))


@check("elu_backward", points=2, title="Other values of alpha")
def elu_backward_alpha(student, solution, rng):
    for alpha in (0.7, 2.3):
        expect_elu_gradient(student, solution, 2 * rng.normal(size=23), rng.normal(size=23), alpha)


@check("elu_backward", points=1, title="Finite for ±1000")
def elu_backward_extremes(student, solution):
    x, dout = np.array([1000.0, -1000.0, 800.0, -3.0]), np.array([0.5, -2.0, 1.5, 3.0])
    expect_elu_gradient(student, solution, x, dout)
