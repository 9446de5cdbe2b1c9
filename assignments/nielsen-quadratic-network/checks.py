"""What is verified; η is an odd number."""

import numpy as np

from grader.checks import check, expect
from operations import listed_networks as listed


@check("Network", points=8, title="Shapes of the initial weights and biases; weights around 0")
def network_shapes(student):
    listed.expect_shapes(student)


@check("Network.feedforward", points=20, title="The outputs of networks of two and three layers")
def network_feedforward(student, solution, rng):
    listed.expect_outputs(student, solution, rng)


@check("Network.cost_derivative", points=8, title="The gradient in the outputs")
def network_cost_derivative(student, solution, rng):
    state, ((_, y),) = listed.problem(rng, (4, 3))
    a = rng.random((3, 1))
    found, right = (listed.network(side, state).cost_derivative(a, y) for side in (student, solution))
    expect(found, "the gradient").close_to(right)


@check("Network.backprop", points=30, title="The gradients of one sample's cost")
def network_backprop(student, solution, rng):
    listed.expect_sample_gradients(student, solution, rng)


@check("Network.update_mini_batch", points=18, title="Weights and biases after a step")
def network_update(student, solution, rng):
    listed.expect_steps(student, solution, rng, (2.7,), (2.7,))


@check("Network.evaluate", points=6, title="The number of right answers")
def network_evaluate(student, solution, rng):
    listed.expect_count(student, solution, rng, "evaluate")


def squared_error(net, data):
    return float(np.mean([np.sum((net.feedforward(x) - y) ** 2) for x, y in data]))


@check("Network.SGD", points=6, title="Sixty epochs bring the cost down")
def network_sgd(student, solution, rng):
    listed.expect_training(student, solution, rng, (60, 4, 1.5), squared_error, 0.5)


@check("Network.SGD", points=2, title="Every sample is in one mini-batch, the last may be smaller")
def network_sgd_batches(student, rng):
    listed.expect_every_batch(student, rng, 1.5)


@check("Network.SGD", points=2, title="The samples come in random order")
def network_sgd_order(student, solution, rng):
    listed.expect_random_order(student, rng, 1.5)
