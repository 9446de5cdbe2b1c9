"""What is verified: of every loss its value and its gradient, for random samples."""

import numpy as np

from grader.checks import check, expect


def numbers(rng, n):
    return rng.normal(size=n), rng.normal(size=n)


def probabilities(rng, n):
    return rng.uniform(0.05, 0.95, size=n), (rng.permutation(n) % 2).astype(float)


def logits(rng, n):
    return rng.normal(size=(n, 4)), rng.integers(4, size=n)


def verified(name, drawn, points):
    """Declare the checks of a loss."""

    @check(f"{name}.forward", points=points[0], title="The loss of random samples")
    def values(student, solution, rng):
        for n in (7, 2):
            given = drawn(rng, n)
            found, right = (getattr(side, name)().forward(*given) for side in (student, solution))
            expect(found, "the loss").close_to(right)

    @check(f"{name}.backward", points=points[1], title="The gradient in the outputs")
    def gradients(student, solution, rng):
        for n in (7, 2):
            given, losses = drawn(rng, n), [getattr(side, name)() for side in (student, solution)]
            for loss in losses:
                loss.forward(*given)
            found, right = (loss.backward(*given) for loss in losses)
            expect(found, "the gradient").close_to(right)

    return values, gradients


l1_values, l1_gradients = verified("L1", numbers, (8, 12))
mse_values, mse_gradients = verified("MSE", numbers, (8, 12))
bce_values, bce_gradients = verified("BCE", probabilities, (10, 16))
logit_values, logit_gradients = verified("CrossEntropyFromLogits", logits, (14, 15))


@check("CrossEntropyFromLogits.forward", points=5, title="Large logits do not overflow")
def large_logits(student, solution):
    given = np.array([[1000.0, 999.0], [-1000.0, -1001.0]]), np.array([1, 0])
    found, right = (side.CrossEntropyFromLogits().forward(*given) for side in (student, solution))
    expect(found, "the loss").close_to(right)
