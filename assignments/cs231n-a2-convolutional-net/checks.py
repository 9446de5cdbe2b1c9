"""What is verified. Networks get their parameters from here; arguments come by position."""

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


def problem(rng, size):
    params = parameters(rng, size)

    def made(side, reg):
        net = side.ThreeLayerConvNet(*size, 1e-3, reg, "float64")
        net.params = params
        return net

    return made, params, rng.normal(size=(5, *size[0])), rng.integers(size[-1], size=5)


def problems(rng):
    return [problem(rng, size) for size in SIZES]


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
    expect_scores(student, solution, problems(rng))


@check(LOSS, points=12, title="The mean cross-entropy, without a penalty")
def threelayerconvnet_loss_data(student, solution, rng):
    expect_losses(student, solution, problems(rng))


@check(LOSS, points=16, title="Its gradient in the affine layers")
def threelayerconvnet_loss_affine_gradients(student, solution, rng):
    expect_gradients(student, solution, problems(rng), "W3", "b3", "W2", "b2")


@check(LOSS, points=16, title="Its gradient in the filters")
def threelayerconvnet_loss_filter_gradients(student, solution, rng):
    expect_gradients(student, solution, problems(rng), "W1", "b1")


@check(LOSS, points=12, title="The penalty in the loss: the weights of all layers")
def threelayerconvnet_loss_penalty(student, rng):
    expect_penalties(student, problems(rng), either=True)


@check(LOSS, points=14, title="The penalty in the gradient")
def threelayerconvnet_loss_penalty_gradient(student, rng):
    expect_penalties_in_gradients(student, problems(rng), either=True)
