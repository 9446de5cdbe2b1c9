"""What is verified. Networks get their parameters from here, with biases that are not 0."""

import numpy as np

from grader.checks import check
from operations.network_checks import (
    expect_gradients,
    expect_losses,
    expect_normal_weights,
    expect_parameters,
    expect_penalties,
    expect_penalties_in_gradients,
    expect_scores,
)

SIZES = [(7, 5, 6, 4), (3, 4, 9, 5), (6, 6, 5, 3)]  # N, D, H, C
ALONE = 1, 5, 7, 3
INIT, LOSS = "TwoLayerNet", "TwoLayerNet.loss"


def problem(rng, n, d, hidden, classes):
    """A network, and a batch with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params = {
            "W1": rng.normal(size=(d, hidden)) / np.sqrt(d),
            "b1": rng.normal(size=hidden),
            "W2": rng.normal(size=(hidden, classes)),
            "b2": rng.normal(size=classes),
        }
        X = rng.normal(size=(n, d))
        if np.abs(X @ params["W1"] + params["b1"]).min() > 1e-3:
            break

    def made(side, reg):
        net = side.TwoLayerNet(d, hidden, classes, 1e-2, reg)
        net.params = params
        return net

    return made, params, X, rng.integers(classes, size=n)


def problems(rng, *more):
    return [problem(rng, *size) for size in (*SIZES, *more)]


@check(INIT, points=5, title="Shapes of weights and biases; biases begin at 0")
def twolayernet_shapes(student):
    shapes = {"W1": (5, 7), "b1": (7,), "W2": (7, 4), "b2": (4,)}
    expect_parameters(student.TwoLayerNet(5, 7, 4), shapes, "TwoLayerNet(5, 7, 4)")


@check(INIT, points=5, title="Normally distributed weights with standard deviation weight_scale")
def twolayernet_weights(student):
    for options, std in [((), 1e-3), ((0.3,), 0.3)]:
        expect_normal_weights(student.TwoLayerNet(60, 50, 40, *options).params, std)


@check(LOSS, points=15, title="Scores, when no labels are given")
def twolayernet_loss_scores(student, solution, rng):
    expect_scores(student, solution, problems(rng, ALONE))


@check(LOSS, points=5, title="Samples that are images")
def twolayernet_loss_images(student, solution, rng):
    made, params, X, y = problem(rng, 3, 12, 5, 4)
    expect_scores(student, solution, [(made, params, X.reshape(3, 2, 3, 2), y)])


@check(LOSS, points=14, title="The mean cross-entropy, without a penalty")
def twolayernet_loss_data(student, solution, rng):
    expect_losses(student, solution, problems(rng, ALONE))


@check(LOSS, points=16, title="Its gradient in the output layer")
def twolayernet_loss_output_gradient(student, solution, rng):
    expect_gradients(student, solution, problems(rng), "W2", "b2")


@check(LOSS, points=22, title="Its gradient in the hidden layer")
def twolayernet_loss_hidden_gradient(student, solution, rng):
    expect_gradients(student, solution, problems(rng), "W1", "b1")


@check(LOSS, points=8, title="The penalty in the loss")
def twolayernet_loss_penalty(student, rng):
    expect_penalties(student, problems(rng))


@check(LOSS, points=10, title="The penalty in the gradient")
def twolayernet_loss_penalty_gradient(student, rng):
    expect_penalties_in_gradients(student, problems(rng))
