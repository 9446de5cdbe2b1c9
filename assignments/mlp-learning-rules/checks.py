"""What is verified: one step and several of two parameters, with constants of all kinds."""

import numpy as np

from grader.checks import Tolerance, check, expect
from grader.checks.implementation import CallFailed

SHAPES = ((3, 4), (4,), (4, 2), (2,))  # of two layers: none but its own fits what a rule keeps of all of them
_WHERE_EPSILON_STANDS = Tolerance(passing=1e-4, remark=1e-4)  # inside the root or outside, before corrections or after


def drawn(rng):
    return [rng.normal(size=shape) for shape in SHAPES]


def drawn_gradients(rng):
    """One entry is 0: what it is divided by must not be. Next to 0 is none: there it shows where ε stands."""
    gradients = [g + 0.5 * np.sign(g) for g in drawn(rng)]
    gradients[1][1] = 0.0
    return gradients


def stepped(implementation, name, constants, params, gradients):
    """The parameters after a step with each of the gradients."""
    rule = getattr(implementation, name)(*constants)
    rule.initialise([w.copy() for w in params])
    for grads in gradients:
        rule.update_params(grads)
    return list(rule.params)


def verified(name, points, constants, asked):
    """Declare the three checks of a rule; `asked` are the constants of the task."""

    def judged(student, solution, rng, steps):
        for factor in (1.0, 0.6):
            given = tuple(factor * constant for constant in constants)
            params, gradients = [0.05 * w for w in drawn(rng)], [drawn_gradients(rng) for _ in range(steps)]
            found, right = (stepped(side, name, given, params, gradients) for side in (student, solution))
            expect(found, f"params after {steps} step{'s' * (steps > 1)}").close_to(right, _WHERE_EPSILON_STANDS)

    @check(f"{name}.update_params", points=points[0], title="The parameters after a step")
    def first_step(student, solution, rng):
        judged(student, solution, rng, 1)

    @check(f"{name}.update_params", points=points[1], title="The parameters after three steps")
    def three_steps(student, solution, rng):
        judged(student, solution, rng, 3)

    @check(f"{name}.update_params", points=1, title="Three steps with the constants of the task, which are left out")
    def own_constants(student, solution, rng):
        """How far the parameters move: beside what they are, a step is too short to tell two of these apart."""
        params, gradients = [0.05 * w for w in drawn(rng)], [drawn_gradients(rng) for _ in range(3)]
        try:
            found = stepped(student, name, (), params, gradients)
        except CallFailed:
            found = stepped(student, name, asked, params, gradients)  # what has none of its own has no other ones
        right = stepped(solution, name, (), params, gradients)
        moved = [[after - before for after, before in zip(one, params, strict=False)] for one in (found, right)]
        expect(moved[0], "how far the parameters have moved").close_to(moved[1], _WHERE_EPSILON_STANDS)

    return first_step, three_steps, own_constants


descent_first, descent_three, descent_own = verified("GradientDescentLearningRule", (5, 4), (0.3,), (1e-3,))
momentum_first, momentum_three, momentum_own = verified("MomentumLearningRule", (8, 9), (0.2, 0.6), (1e-3, 0.9))
adagrad_first, adagrad_three, adagrad_own = verified("AdaGradLearningRule", (9, 10), (0.3,), (1e-2, 1e-8))
rmsprop_first, rmsprop_three, rmsprop_own = verified("RMSPropLearningRule", (9, 12), (0.3, 0.7), (1e-3, 0.9, 1e-8))
adam_first, adam_three, adam_own = verified("AdamLearningRule", (12, 17), (0.3, 0.7, 0.8), (1e-3, 0.9, 0.999, 1e-8))
