"""What is verified: one step and several of two parameters, with constants of all kinds and with the usual ones.

All of them are given: which a constructor takes where none are is not what the task is about.
"""

import numpy as np

from grader.checks import Tolerance, check, expect, follows_convention, remark

SHAPES = {"W1": (3, 4), "b1": (4,)}
_WHERE_EPSILON_STANDS = Tolerance(passing=1e-4, remark=1e-4)  # 1e-8 or 1e-7, before or after Adam's corrections


def drawn(rng):
    return {key: rng.normal(size=shape) for key, shape in SHAPES.items()}


def drawn_gradients(rng):
    """One entry is 0: what it is divided by must not be."""
    gradients = drawn(rng)
    gradients["b1"][1] = 0.0
    return gradients


def stepped(implementation, name, constants, params, gradients):
    """The parameters after a step with each of the gradients."""
    optimizer = getattr(implementation, name)(*constants)
    for grads in gradients:
        params = optimizer.update(params, grads)
    return params


def of_an_older_printing(found, constants, params, gradients):
    """What an older printing's `Nesterov` gives, which moves w by the new velocity; None where that is not found."""
    lr, rho = constants
    w, v = dict(params), dict.fromkeys(params, 0.0)
    for grads in gradients:
        for key, g in grads.items():
            v[key] = rho * v[key] - lr * g
            w[key] = w[key] + rho * rho * v[key] - (1 + rho) * lr * g
    is_found = isinstance(found, dict) and all(
        np.shape(found.get(key)) == value.shape and np.allclose(found[key], value) for key, value in w.items()
    )
    return w if is_found else None


def verified(name, points, *settings):
    """Declare the two checks of an optimizer, each with several constants."""

    def judged(student, solution, rng, steps):
        for given in settings:
            params, gradients = drawn(rng), [drawn_gradients(rng) for _ in range(steps)]
            params = {key: 0.05 * value for key, value in params.items()}  # small enough for a wrong step to show
            found, right = (stepped(side, name, given, params, gradients) for side in (student, solution))
            if name == "Nesterov" and (older := of_an_older_printing(found, given, params, gradients)):
                follows_convention("Nesterov.older-printing")
                remark("w moves by the new velocity times the square of the momentum, as an older printing has it")
                right = older
            expect(found, f"params after {steps} step{'s' * (steps > 1)}").close_to(right, _WHERE_EPSILON_STANDS)

    @check(f"{name}.update", points=points[0], title="The parameters after a step")
    def first_step(student, solution, rng):
        judged(student, solution, rng, 1)

    @check(f"{name}.update", points=points[1], title="The parameters after three steps")
    def three_steps(student, solution, rng):
        judged(student, solution, rng, 3)

    return first_step, three_steps


sgd_first, sgd_three = verified("SGD", (5, 3), (0.3,), (0.01,))
momentum_first, momentum_three = verified("Momentum", (7, 9), (0.2, 0.6), (0.01, 0.9))
nesterov_first, nesterov_three = verified("Nesterov", (7, 9), (0.2, 0.6), (0.01, 0.9))
adagrad_first, adagrad_three = verified("AdaGrad", (7, 9), (0.3,), (0.01,))
rmsprop_first, rmsprop_three = verified("RMSprop", (8, 10), (0.3, 0.7), (0.01, 0.99))
adam_first, adam_three = verified("Adam", (11, 15), (0.3, 0.7, 0.8), (0.001, 0.9, 0.999))
