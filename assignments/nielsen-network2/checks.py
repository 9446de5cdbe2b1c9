"""What is verified; λ and η are odd numbers."""

from grader.checks import check, expect
from operations import listed_networks as listed


@check("Network", points=8, title="Shapes of the initial weights and biases; weights around 0")
def network_shapes(student):
    listed.expect_shapes(student)


@check("Network.feedforward", points=18, title="The outputs of networks of two and three layers")
def network_feedforward(student, solution, rng):
    listed.expect_outputs(student, solution, rng)


@check("Network.backprop", points=28, title="The gradients of one sample's cross-entropy")
def network_backprop(student, solution, rng):
    listed.expect_sample_gradients(student, solution, rng)


@check("Network.update_mini_batch", points=20, title="Weights and biases after a step")
def network_update(student, solution, rng):
    listed.expect_steps(student, solution, rng, (0.7, 0.0, 23), (0.7, 3.7, 23))


@check("Network.total_cost", points=12, title="The mean cross-entropy and the penalty")
def network_total_cost(student, solution, rng):
    for sizes, lmbda in zip(listed.SIZES, (0.0, 3.7), strict=True):
        state, data = listed.problem(rng, sizes, 9)
        found, right = (listed.network(side, state).total_cost(data, lmbda) for side in (student, solution))
        expect(found, "the cost").close_to(right)


@check("Network.accuracy", points=6, title="The number of right answers")
def network_accuracy(student, solution, rng):
    listed.expect_count(student, solution, rng, "accuracy")


@check("Network.SGD", points=4, title="Forty epochs bring the cost down")
def network_sgd(student, solution, rng):
    listed.expect_training(student, solution, rng, (40, 4, 0.5, 0.0), lambda net, data: net.total_cost(data, 0.0), 0.3)


@check("Network.SGD", points=2, title="Every sample is in one mini-batch, the last may be smaller")
def network_sgd_batches(student, rng):
    listed.expect_every_batch(student, rng, 0.5, 0.1)


@check("Network.SGD", points=2, title="The samples come in random order")
def network_sgd_order(student, solution, rng):
    listed.expect_random_order(student, rng, 0.5, 0.1)
