"""What is verified. Networks get their parameters from here; arguments come by position."""

import numpy as np

from grader.checks import check, expect
from operations.network_checks import (
    expect_normal_weights,
    expect_parameters,
    expect_penalty,
    expect_penalty_gradients,
    loss_and_gradients,
    scores_of,
)

INIT, LOSS = "ThreeLayerConvNet", "ThreeLayerConvNet.loss"
SIZES = ((2, 6, 4), 3, 3, 7, 5), ((1, 4, 8), 4, 5, 6, 3)  # image, filters, their size, hidden units, classes


def parameters(rng, size):
    """Weights and biases that are not 0, of a scale at which no unit dies."""
    (channels, height, width), filters, side, hidden, classes = size
    shapes = (filters, channels, side, side), (filters * height * width // 4, hidden), (hidden, classes)
    params = {}
    for layer, (shape, units) in enumerate(zip(shapes, (filters, hidden, classes), strict=True), 1):
        fan_in = np.prod(shape[1:]) if layer == 1 else shape[0]
        params |= {f"W{layer}": rng.normal(size=shape) / np.sqrt(fan_in), f"b{layer}": rng.normal(size=units)}
    return params


def network(side, params, size, reg=0.0):
    net = side.ThreeLayerConvNet(*size, 1e-3, reg, "float64")
    net.params = params
    return net


def batch(rng, size):
    return rng.normal(size=(5, *size[0])), rng.integers(size[-1], size=5)


def both(student, solution, rng):
    """The same networks of both, each with a batch."""
    for size in SIZES:
        params = parameters(rng, size)
        yield network(student, params, size), network(solution, params, size), *batch(rng, size)


@check(INIT, points=6, title="Shapes of all parameters; biases begin at 0")
def threelayerconvnet_shapes(student):
    shapes = {"W1": (4, 3, 5, 5), "b1": (4,), "W2": (96, 7), "b2": (7,), "W3": (7, 2), "b3": (2,)}
    net = student.ThreeLayerConvNet((3, 8, 12), 4, 5, 7, 2)
    expect_parameters(net, shapes, "ThreeLayerConvNet((3, 8, 12), 4, 5, 7, 2)")


@check(INIT, points=4, title="Normally distributed weights with standard deviation weight_scale")
def threelayerconvnet_weights(student):
    for scale in (1e-3, 0.2):
        expect_normal_weights(student.ThreeLayerConvNet((3, 8, 8), 30, 5, 40, 50, scale).params, scale)


@check(LOSS, points=20, title="Scores of a batch of images")
def threelayerconvnet_loss_scores(student, solution, rng):
    for mine, right, X, _ in both(student, solution, rng):
        expect(scores_of(mine, X), "the scores").close_to(right.loss(X))


@check(LOSS, points=12, title="The mean cross-entropy, without a penalty")
def threelayerconvnet_loss_data(student, solution, rng):
    for mine, right, X, y in both(student, solution, rng):
        expect(loss_and_gradients(mine, X, y)[0], "the loss").close_to(right.loss(X, y)[0])


def expect_gradients(student, solution, rng, keys):
    for mine, right, X, y in both(student, solution, rng):
        found, expected = loss_and_gradients(mine, X, y)[1], right.loss(X, y)[1]
        has = found if isinstance(found, dict) else {}
        expect({key: has.get(key) for key in keys}, "grads").close_to({key: expected[key] for key in keys})


@check(LOSS, points=16, title="Its gradient in the affine layers")
def threelayerconvnet_loss_affine_gradients(student, solution, rng):
    expect_gradients(student, solution, rng, ("W3", "b3", "W2", "b2"))


@check(LOSS, points=16, title="Its gradient in the filters")
def threelayerconvnet_loss_filter_gradients(student, solution, rng):
    expect_gradients(student, solution, rng, ("W1", "b1"))


@check(LOSS, points=12, title="The penalty in the loss: the weights of all layers")
def threelayerconvnet_loss_penalty(student, rng):
    for size, reg in zip(SIZES, (0.37, 5.3), strict=True):
        expect_penalty(student, *problem(rng, size), reg)


@check(LOSS, points=14, title="The penalty in the gradient")
def threelayerconvnet_loss_penalty_gradient(student, rng):
    for size, reg in zip(SIZES, (0.37, 5.3), strict=True):
        expect_penalty_gradients(student, *problem(rng, size), reg)


def problem(rng, size):
    params = parameters(rng, size)
    return (lambda side, reg: network(side, params, size, reg)), params, *batch(rng, size)
