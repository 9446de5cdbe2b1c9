"""What is verified: weights are set before a network is asked; sizes differ, the learning rate is odd."""

import numpy as np

from grader.checks import check, expect, fail, follows_convention, remark
from grader.checks.compare import as_array

WEIGHTS = ("weights_input_to_hidden", "weights_hidden_to_output")
D, H = 4, 3
RATE = 0.37


def network(side, weights):
    net = side.NeuralNetwork(weights[0].shape[0], weights[0].shape[1], weights[1].shape[1], RATE)
    for name, value in zip(WEIGHTS, weights, strict=True):
        getattr(net, name)  # which must be there: a new attribute would change nothing
        setattr(net, name, value)
    return net


def weights_of(rng, k=1):
    return rng.normal(size=(D, H)), rng.normal(size=(H, k))


def expect_weights(net, right):
    for name in WEIGHTS:
        expect(getattr(net, name), name).close_to(getattr(right, name))


def deltas(net, given, so_far):
    """What `backpropagation` makes of outputs in the form of the network's own forward pass, (H,) or (1, H)."""
    final, hidden, X, y = given
    own = [as_array(value) for value in net.forward_pass_train(X)]
    if len(own) == 2 and all(a is not None and a.size == b.size for a, b in zip(own, given, strict=False)):
        final, hidden = final.reshape(own[0].shape), hidden.reshape(own[1].shape)
    return net.backpropagation(final, hidden, X, y, *so_far)


def one_sample(rng, k=1):
    """Weights, what `backpropagation` is given, and sums of samples before; of `k` outputs."""
    hidden = rng.uniform(0.05, 0.95, size=H)
    given = rng.normal(size=k), hidden, rng.normal(size=D), rng.normal(size=k)
    return weights_of(rng, k), given, weights_of(rng, k)


def goes_downhill_by_subtracting(student, solution, rng):
    """Whether the gradient is summed where the task has its negative, and is subtracted: that is as right."""
    weights, given, _ = one_sample(rng)
    zeros = [np.zeros_like(value) for value in weights]
    found = as_array(deltas(network(student, weights), given, zeros)[1])
    right = deltas(network(solution, weights), given, zeros)[1]
    if found is None or found.size != right.size or np.vdot(found, right) >= 0:
        return False
    net = network(student, weights)
    net.update_weights(*[np.ones_like(value) for value in weights], 1)
    return all(np.all(as_array(getattr(net, name)) < w) for name, w in zip(WEIGHTS, weights, strict=True))


def sign_of(student, solution, rng):
    if not goes_downhill_by_subtracting(student, solution, rng):
        return 1
    follows_convention("NeuralNetwork.gradients-summed")
    remark("the gradient is summed, and subtracted in `update_weights`; the task has it the other way round")
    return -1


@check("NeuralNetwork", points=5, title="Shapes of the initial weights")
def neuralnetwork_shapes(student):
    net = student.NeuralNetwork(5, 3, 2, RATE)
    found = [np.shape(getattr(net, name)) for name in WEIGHTS]
    if found != [(5, 3), (3, 2)]:
        fail(f"the shapes are {found}, expected (5, 3) and (3, 2)")


@check("NeuralNetwork.forward_pass_train", points=20, title="The outputs of one sample")
def neuralnetwork_forward(student, solution, rng):
    for k in (1, 2):
        weights, X = weights_of(rng, k), rng.normal(size=D)
        found, right = (network(side, weights).forward_pass_train(X) for side in (student, solution))
        for name, one, other in zip(("final_outputs", "hidden_outputs"), found, right, strict=True):
            expect(one, name).close_to(other)


def expect_deltas(student, solution, rng, begun, k=1):
    sign = sign_of(student, solution, rng)
    weights, given, so_far = one_sample(rng, k)
    so_far = [value * begun for value in so_far]
    found = deltas(network(student, weights), given, so_far)
    right = deltas(network(solution, weights), given, [sign * value for value in so_far])
    for name, one, other in zip(("delta_weights_i_h", "delta_weights_h_o"), found, right, strict=True):
        expect(one, name).close_to(sign * other)


@check("NeuralNetwork.backpropagation", points=32, title="What one sample adds to sums of 0, and to others")
def neuralnetwork_backpropagation(student, solution, rng):
    for begun in (False, True):
        expect_deltas(student, solution, rng, begun)


@check("NeuralNetwork.backpropagation", points=3, title="The same with two outputs")
def neuralnetwork_backpropagation_of_two_outputs(student, solution, rng):
    expect_deltas(student, solution, rng, begun=True, k=2)


@check("NeuralNetwork.update_weights", points=15, title="The weights after a step")
def neuralnetwork_update(student, solution, rng):
    sign = sign_of(student, solution, rng)
    for n in (1, 7):
        weights, sums = weights_of(rng), weights_of(rng)
        nets = [network(side, weights) for side in (student, solution)]
        nets[0].update_weights(*[sign * value for value in sums], n)
        nets[1].update_weights(*sums, n)
        expect_weights(*nets)


@check("NeuralNetwork.train", points=10, title="The weights after two batches")
def neuralnetwork_train(student, solution, rng):
    weights = weights_of(rng)
    nets = [network(side, weights) for side in (student, solution)]
    for n in (5, 3):
        features, targets = rng.normal(size=(n, D)), rng.normal(size=(n, 1))
        for net in nets:
            net.train(features, targets)
    expect_weights(*nets)


@check("NeuralNetwork.run", points=15, title="The outputs of several samples")
def neuralnetwork_run(student, solution, rng):
    for n, k in ((1, 1), (5, 1), (6, 2)):
        weights, features = weights_of(rng, k), rng.normal(size=(n, D))
        found, right = (network(side, weights).run(features) for side in (student, solution))
        expect(found, f"the outputs of {n} samples").close_to(right)
