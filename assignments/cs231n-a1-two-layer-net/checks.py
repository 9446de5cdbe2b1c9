"""What is verified. Networks get their parameters from here, with biases that are not 0."""

import numpy as np

from grader.checks import check, expect
from operations.network_checks import (
    STRENGTHS,
    expect_normal_weights,
    expect_parameters,
    expect_penalty,
    expect_penalty_gradients,
    loss_and_gradients,
    scores_of,
)

SIZES = [(7, 5, 6, 4), (3, 4, 9, 5), (6, 6, 5, 3)]  # N, D, H, C
INIT, LOSS = "TwoLayerNet", "TwoLayerNet.loss"


def problem(rng, n, d, hidden, classes):
    """Parameters and a batch with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params = {
            "W1": rng.normal(size=(d, hidden)) / np.sqrt(d),
            "b1": rng.normal(size=hidden),
            "W2": rng.normal(size=(hidden, classes)),
            "b2": rng.normal(size=classes),
        }
        X = rng.normal(size=(n, d))
        if np.abs(X @ params["W1"] + params["b1"]).min() > 1e-3:
            return params, X, rng.integers(classes, size=n)


def network(side, params, reg=0.0):
    net = side.TwoLayerNet(*params["W1"].shape, len(params["b2"]), 1e-2, reg)
    net.params = params
    return net


def expect_gradients(student, solution, rng, keys):
    for size in SIZES:
        params, X, y = problem(rng, *size)
        _, grads = loss_and_gradients(network(student, params), X, y)
        _, right = network(solution, params).loss(X, y)
        expect(grads, "grads").close_to({key: right[key] for key in keys})


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
    for size in [*SIZES, (1, 5, 7, 3)]:
        params, X, _ = problem(rng, *size)
        scores = scores_of(network(student, params), X)
        expect(scores, f"the scores of {size[0]} samples").close_to(network(solution, params).loss(X))


@check(LOSS, points=5, title="Samples that are images")
def twolayernet_loss_images(student, solution, rng):
    params, X, _ = problem(rng, 3, 12, 5, 4)
    images = X.reshape(3, 2, 3, 2)
    scores = scores_of(network(student, params), images)
    expect(scores, "the scores of images").close_to(network(solution, params).loss(images))


@check(LOSS, points=14, title="The mean cross-entropy, without a penalty")
def twolayernet_loss_data(student, solution, rng):
    for size in [*SIZES, (1, 5, 7, 3)]:
        params, X, y = problem(rng, *size)
        loss, _ = loss_and_gradients(network(student, params), X, y)
        expect(loss, f"the loss of {size[0]} samples").close_to(network(solution, params).loss(X, y)[0])


@check(LOSS, points=16, title="Its gradient in the output layer")
def twolayernet_loss_output_gradient(student, solution, rng):
    expect_gradients(student, solution, rng, ("W2", "b2"))


@check(LOSS, points=22, title="Its gradient in the hidden layer")
def twolayernet_loss_hidden_gradient(student, solution, rng):
    expect_gradients(student, solution, rng, ("W1", "b1"))


@check(LOSS, points=8, title="The penalty in the loss")
def twolayernet_loss_penalty(student, rng):
    for size, reg in zip(SIZES, STRENGTHS, strict=True):
        expect_penalty(student, *of_a_problem(rng, size), reg)


@check(LOSS, points=10, title="The penalty in the gradient")
def twolayernet_loss_penalty_gradient(student, rng):
    for size, reg in zip(SIZES, STRENGTHS, strict=True):
        expect_penalty_gradients(student, *of_a_problem(rng, size), reg)


def of_a_problem(rng, size):
    params, X, y = problem(rng, *size)
    return (lambda side, reg: network(side, params, reg)), params, X, y
