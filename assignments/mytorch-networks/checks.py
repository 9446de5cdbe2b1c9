"""What is verified: networks whose parameters are set, and steps of models whose layers are all `Linear`."""

import numpy as np

from grader.checks import check, expect
from operations.layered_models import gradients, outputs, stepped

SIZES = {"MLP0": (2, 3), "MLP1": (2, 3, 2), "MLP4": (2, 4, 8, 8, 4, 2)}


def expect_alike(student, solution, rng, what, ask):
    """Demand the same answer of both, to the same random numbers."""
    for _ in range(2):
        seed = int(rng.integers(2**31))
        found, right = (ask(side, np.random.default_rng(seed)) for side in (student, solution))
        if found is not None:
            expect(found, what).close_to(right)


def verified(name, points):
    """Declare the checks of a network."""

    @check(f"{name}.forward", points=points[0], title="The outputs for random batches")
    def outputs_alike(student, solution, rng):
        expect_alike(student, solution, rng, "the outputs", lambda side, draw: outputs(side, name, SIZES[name], draw))

    @check(f"{name}.backward", points=points[1], title="The gradient in the inputs, and the layers' gradients")
    def gradients_alike(student, solution, rng):
        expect_alike(student, solution, rng, "gradients", lambda side, draw: gradients(side, name, SIZES[name], draw))

    return outputs_alike, gradients_alike


mlp0_forward, mlp0_backward = verified("MLP0", (8, 12))
mlp1_forward, mlp1_backward = verified("MLP1", (8, 12))
mlp4_forward, mlp4_backward = verified("MLP4", (8, 12))


def after_steps(student, solution, rng, momentum, steps):
    what = f"the parameters after {steps} step{'s' * (steps > 1)}"
    expect_alike(
        student, solution, rng, what, lambda side, draw: stepped(side, "MLP1", SIZES["MLP1"], draw, momentum, steps)
    )


@check("SGD.step", points=16, title="The parameters after steps without momentum")
def sgd_step_plain(student, solution, rng):
    after_steps(student, solution, rng, 0, 2)


@check("SGD.step", points=24, title="The parameters after steps with momentum")
def sgd_step_momentum(student, solution, rng):
    after_steps(student, solution, rng, 0.7, 1)
    after_steps(student, solution, rng, 0.7, 3)
