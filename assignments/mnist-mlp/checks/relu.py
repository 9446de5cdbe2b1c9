"""`relu`."""

import numpy as np

from grader.checks import check, expect, leaves_arguments_alone


@check("relu", points=2, title="Values of both signs")
def relu_values(student, solution, rng):
    z = np.concatenate([rng.normal(size=(5, 3)), np.zeros((1, 3))])
    expect(student.relu(z), "relu(z)").close_to(solution.relu(z))


@check("relu", points=1, title="Arrays of one and of three dimensions")
def relu_any_shape(student, solution, rng):
    for shape in [(6,), (2, 3, 4)]:
        z = rng.normal(size=shape)
        expect(student.relu(z), f"relu of shape {shape}").close_to(solution.relu(z))


@check("relu", points=1, title="The argument is left as it was")
def relu_leaves_argument(student, rng):
    leaves_arguments_alone(student.relu, rng.normal(size=(4, 3)))
