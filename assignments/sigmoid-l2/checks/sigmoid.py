"""`sigmoid` and `sigmoid_derivative`."""

import numpy as np

from grader.checks import check, expect, leaves_arguments_alone


@check("sigmoid", points=3, title="Values of both signs")
def sigmoid_values(student, solution, rng):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.sigmoid(z), "sigmoid(z)").close_to(solution.sigmoid(z))


@check("sigmoid", points=2, title="Finite for ±1000")
def sigmoid_extremes(student, solution):
    z = np.array([-1000.0, -30.0, 0.0, 30.0, 1000.0])
    expect(student.sigmoid(z), "sigmoid(z)").close_to(solution.sigmoid(z))


@check("sigmoid", points=1, title="The argument is left as it was")
def sigmoid_leaves_argument(student, rng):
    leaves_arguments_alone(student.sigmoid, rng.normal(size=(4, 3)))


@check("sigmoid_derivative", points=6, title="Slope at pre-activations of both signs")
def sigmoid_derivative_values(student, solution, rng):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.sigmoid_derivative(z), "sigmoid_derivative(z)").close_to(solution.sigmoid_derivative(z))
