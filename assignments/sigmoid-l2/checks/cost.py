"""`NeuralNetwork.cost`."""

import numpy as np

from grader.checks import check, expect, one_hot

from .networks import DEEP, LAMBD, TRAINING_SIZE, batch, network, pair


@check("NeuralNetwork.cost", points=6, title="Cross-entropy, averaged over the samples")
def cost_of_data(student, solution, rng):
    found, right = pair(student, solution, rng)
    for m in (9, 13, 1):
        data = batch(rng, m, DEEP)
        expect(found.cost(*data, 0.0), f"the cost of {m} samples, λ = 0").close_to(right.cost(*data, 0.0))


@check("NeuralNetwork.cost", points=6, title="The penalty: λ/(2n)·Σw² for the whole training set's n, in a batch too")
def cost_of_weights(student, solution, rng):
    for m, n in [(9, TRAINING_SIZE), (13, TRAINING_SIZE), (9, 31)]:
        found, right = pair(student, solution, rng, training_size=n)
        data = batch(rng, m, DEEP)
        added, expected = (net.cost(*data, LAMBD) - net.cost(*data, 0.0) for net in (found, right))
        expect(added, f"what λ adds to the cost of {m} of {n} samples").close_to(expected)


@check("NeuralNetwork.cost", points=2, title="Finite when an output is exactly 0 or 1")
def cost_when_certain(student, rng):
    sizes = (3, 2)
    parameters = {"w1": np.zeros((3, 2)), "b1": np.array([[900.0, -900.0]])}
    net = network(student, parameters, sizes)
    x = rng.normal(size=(4, 3))
    right, wrong = (net.cost(x, one_hot(np.full(4, label), 2), 0.0) for label in (0, 1))
    expect(right, "the cost of certain and right outputs").is_at_most(1e-4)
    expect(wrong, "the cost of certain and wrong outputs").is_finite()
    expect(wrong, "the cost of certain and wrong outputs").is_at_least(6.0, what="certain mistakes are expensive")
