"""`compute_cost`."""

import numpy as np

from grader.checks import check, expect, remark
from grader.checks.compare import as_array

from .networks import called, labels


def cost_problem(rng, m):
    return rng.uniform(0.03, 0.97, size=(1, m)), labels(rng, m)


@check("compute_cost", points=7, title="The mean cross-entropy of several samples")
def compute_cost_values(student, solution, rng):
    for m in (9, 4, 13):
        given = cost_problem(rng, m)
        expect(called(student.compute_cost, *given), "the cost").close_to(solution.compute_cost(*given))


@check("compute_cost", points=3, title="A single sample, with either label; all labels the same")
def compute_cost_same_labels(student, solution, rng):
    for m, label in [(1, 0), (1, 1), (5, 0), (5, 1)]:
        given = cost_problem(rng, m)[0], np.full((1, m), label)
        expect(called(student.compute_cost, *given), "the cost").close_to(solution.compute_cost(*given))


@check(
    "compute_cost", points=0, title="Outputs of exactly 0 and 1: a cost that is not finite is told, and costs nothing"
)
def compute_cost_extremes(student):
    cost, other = (
        as_array(called(student.compute_cost, outputs, np.array([[1, 0, 1]])))
        for outputs in (np.array([[1.0, 0.0, 0.3]]), np.array([[0.9, 0.1, 0.3]]))
    )
    is_finite = other is not None and np.isfinite(other).all()
    if cost is not None and is_finite and not np.isfinite(cost).all():
        remark(
            "where an output is exactly 0 or 1 the cost is not a number (0·log 0), although the output is right; "
            "a bound inside the logarithm avoids it"
        )
