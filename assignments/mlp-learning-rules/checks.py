"""What is verified: one step and several of two parameters, with constants of all kinds."""

from grader.checks import Tolerance, check, expect

SHAPES = ((3, 4), (4,))
_WHERE_EPSILON_STANDS = Tolerance(passing=1e-4, remark=1e-4)  # inside the root or outside, before corrections or after


def drawn(rng):
    return [rng.normal(size=shape) for shape in SHAPES]


def drawn_gradients(rng):
    """One entry is 0: what it is divided by must not be."""
    gradients = drawn(rng)
    gradients[1][1] = 0.0
    return gradients


def stepped(implementation, name, constants, params, gradients):
    """The parameters after a step with each of the gradients."""
    rule = getattr(implementation, name)(*constants)
    rule.initialise([w.copy() for w in params])
    for grads in gradients:
        rule.update_params(grads)
    return list(rule.params)


def verified(name, points, constants):
    """Declare the two checks of a rule."""

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

    return first_step, three_steps


descent_first, descent_three = verified("GradientDescentLearningRule", (6, 4), (0.3,))
momentum_first, momentum_three = verified("MomentumLearningRule", (8, 10), (0.2, 0.6))
adagrad_first, adagrad_three = verified("AdaGradLearningRule", (9, 11), (0.3,))
rmsprop_first, rmsprop_three = verified("RMSPropLearningRule", (9, 13), (0.3, 0.7))
adam_first, adam_three = verified("AdamLearningRule", (12, 18), (0.3, 0.7, 0.8))
