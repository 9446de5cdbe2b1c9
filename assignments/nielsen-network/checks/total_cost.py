"""`NN2.total_cost`."""

import numpy as np

from grader.checks import check, expect

from .networks import DEEP, L1, L2, network, parameters, samples


def expect_cost(student, solution, state, data, l1=0.0, l2=0.0, label="the cost", **options):
    found = network(student, state, **options).total_cost(data, l1, l2)
    expect(found, label).close_to(network(solution, state, **options).total_cost(data, l1, l2))


@check("NN2.total_cost", points=4, title="Mean cross-entropy, for several numbers of samples")
def nn2_total_cost_cross_entropy(student, solution, rng):
    for n in (7, 13, 1):
        expect_cost(student, solution, parameters(rng, DEEP), samples(rng, n, DEEP), label=f"the cost of {n} samples")


@check("NN2.total_cost", points=2, title="Mean quadratic cost")
def nn2_total_cost_quadratic(student, solution, rng):
    for n in (7, 1):
        state, data = parameters(rng, DEEP), samples(rng, n, DEEP)
        expect_cost(student, solution, state, data, label=f"the cost of {n} samples", cost="quadratic")


@check("NN2.total_cost", points=3, title="L1 and L2 penalties on the weights alone")
def nn2_total_cost_penalties(student, solution, rng):
    for l1, l2, label in [(0.0, L2, "L2"), (L1, 0.0, "L1"), (L1, L2, "L1 and L2")]:
        state, data = parameters(rng, DEEP), samples(rng, 7, DEEP)
        expect_cost(student, solution, state, data, l1, l2, f"the cost with {label}")


@check("NN2.total_cost", points=2, title="Finite when an output is exactly 0 or 1")
def nn2_total_cost_saturated(student):
    state = ([40.0 * np.eye(3)], [np.zeros((3, 1))])  # σ(40) is 1.0 in floating point, σ(-40) not quite 0
    x = np.array([[1.0], [-1.0], [-1.0]])
    right, wrong = (network(student, state).total_cost([(x, np.eye(3)[:, [label]])]) for label in (0, 1))
    expect(right, "the cost of outputs that are certain and right").is_at_most(1e-4)
    expect(right, "the cost of outputs that are certain and right").is_finite()
    expect(wrong, "the cost of an output that is certain and wrong").is_finite()
    expect(wrong, "the cost of an output that is certain and wrong").is_at_least(3.0, what="it is expensive")
