"""Batch normalisation of images: which numbers belong together."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect
from operations.batch_norm_layer import TEST, TRAIN, after, averages
from operations.layer_calls import expect_gradients, expect_own_derivative
from operations.normalization_layers import EPSILON
from reference import spatial_batch_norm as formula

spatial_batch_norm = Operation(formula)

LAYER = ("spatial_batchnorm_forward", "spatial_batchnorm_backward")
SHAPES = ((3, 4, 5, 2), (2, 5, 3, 4))
_RULE = "Mean and variance of a channel are those of all its pixels, in all images."
_KEYS = ("running_mean", "running_var")


def images(rng, shape):
    """Channels of different means and sizes, and neither γ = 1 nor β = 0."""
    channels = np.arange(shape[1])[:, np.newaxis, np.newaxis]
    x = rng.normal(size=shape) * (1 + channels) + channels
    return x, rng.normal(size=shape[1]) + 1.5, rng.normal(size=shape[1])


@spatial_batch_norm.check(LAYER[0], share=5, title="Output in training; images are not square")
def spatial_batchnorm_forward_training(student, solution, rng):
    for shape in SHAPES:
        arguments = (*images(rng, shape), TRAIN)
        found, _ = after(student.spatial_batchnorm_forward, arguments)
        expect(found, f"out of shape {shape}").close_to(solution.spatial_batchnorm_forward(*arguments)[0])


@spatial_batch_norm.check(LAYER[0], share=2, title="Running averages of each channel")
def spatial_batchnorm_forward_averages(student, solution, rng):
    for settings in (TRAIN, TRAIN | averages(rng, 4) | {"momentum": 0.6}):
        arguments = (*images(rng, SHAPES[0]), settings)
        found, right = (after(side.spatial_batchnorm_forward, arguments)[1] for side in (student, solution))
        for key in _KEYS:
            expect(found.get(key), f'bn_param["{key}"]').close_to(right[key])


@spatial_batch_norm.check(LAYER[0], share=3, title="Output in test mode, by running averages; another eps")
def spatial_batchnorm_forward_test_mode(student, solution, rng):
    for more in ({}, {"eps": EPSILON}):
        arguments = (*images(rng, SHAPES[0]), TEST | averages(rng, 4) | more)
        found, _ = after(student.spatial_batchnorm_forward, arguments)
        expect(found, "out in test mode").close_to(solution.spatial_batchnorm_forward(*arguments)[0])


@spatial_batch_norm.check(LAYER[1], share=5, title="The gradient in x")
def spatial_batchnorm_backward_in_x(student, solution, rng):
    for shape in SHAPES:
        expect_gradients(student, solution, rng, LAYER, (*images(rng, shape), TRAIN), only={"dx": 0})


@spatial_batch_norm.check(LAYER[1], share=4, title="The gradients in gamma and beta")
def spatial_batchnorm_backward_in_parameters(student, solution, rng):
    for shape in SHAPES:
        only = {"dgamma": 1, "dbeta": 2}
        expect_gradients(student, solution, rng, LAYER, (*images(rng, shape), TRAIN), only=only)


@spatial_batch_norm.check(LAYER[1], share=1, title="The derivative of your own output, by central differences")
def spatial_batchnorm_backward_own_derivative(student, solution, rng):
    expect_own_derivative(student, solution, rng, LAYER, (*images(rng, (2, 3, 2, 1)), TRAIN), ("x", "gamma", "beta"))


def known(what, step, title, explain, *hints):
    return spatial_batch_norm.mistake(what, step=step, title=title, explain=f"{_RULE} {explain}", hints=hints)


_PIXELS = "Which numbers of x are in the first row of what you normalise?"
_TRANSPOSE = "`reshape` changes no order: where are the channels moved to the end?"


@known(
    "spatial_batchnorm_forward.reshaped-without-transposing",
    "pixels_of",
    "The images are reshaped to (N·H·W, C) without moving the channels to the end",
    "`x.reshape(-1, C)` puts C neighbouring pixels of one channel into a row.",
    _PIXELS,
    _TRANSPOSE,
)
def reshaped_without_transposing(x):
    return x.reshape(-1, x.shape[1])


@known(
    "spatial_batchnorm_forward.not-transposed-back",
    "images_of",
    "The rows are reshaped to images without moving the channels back",
    "The rows end with the channels: they are (N, H, W, C) first, and are transposed then.",
    "What is the shape of your rows before the channels are moved?",
    _TRANSPOSE,
)
def not_transposed_back(rows, shape):
    return rows.reshape(shape)


@known(
    "spatial_batchnorm_forward.height-and-width-exchanged",
    "images_of",
    "Height and width are exchanged on the way back to images",
    "",
    "Does it work for images that are not square?",
    "In which order are H and W in your rows?",
)
def height_and_width_exchanged(rows, shape):
    n, channels, height, width = shape
    return rows.reshape(n, width, height, channels).transpose(0, 3, 2, 1)


@known(
    "spatial_batchnorm_backward.reshaped-without-transposing",
    "upstream_of_pixels",
    "dout is reshaped to (N·H·W, C) without moving the channels to the end",
    "It has to be brought into the rows that the forward pass made of x.",
    "Which numbers of dout are in the first row?",
    _TRANSPOSE,
)
def upstream_reshaped_without_transposing(dout):
    return dout.reshape(-1, dout.shape[1])


@known(
    "spatial_batchnorm_backward.not-transposed-back",
    "gradient_of_images",
    "dx is reshaped to images without moving the channels back",
    "The rows end with the channels: they are (N, H, W, C) first, and are transposed then.",
    "What is the shape of your rows before the channels are moved?",
    _TRANSPOSE,
)
def gradient_not_transposed_back(rows, shape):
    return rows.reshape(shape)


@known(
    "spatial_batchnorm_backward.height-and-width-exchanged",
    "gradient_of_images",
    "Height and width are exchanged on the way back to images",
    "",
    "Does it work for images that are not square?",
    "In which order are H and W in your rows?",
)
def gradient_height_and_width_exchanged(rows, shape):
    n, channels, height, width = shape
    return rows.reshape(n, width, height, channels).transpose(0, 3, 2, 1)


@known(
    "spatial_batchnorm_forward.each-image-for-itself",
    "spatial_batchnorm_forward",
    "Mean and variance are taken of each image, not of all",
    "Yours is instance normalisation.",
    "Does the output of an image change with the others?",
    "Look at the axes of mean and variance.",
)
def each_image_for_itself(right, x, gamma, beta, bn_param):
    if bn_param["mode"] != "train":
        return right(x, gamma, beta, bn_param)
    _, cache, bn_param = right(x, gamma, beta, bn_param)
    outs = [right(image[np.newaxis], gamma, beta, {**bn_param, "mode": "train"})[0] for image in x]
    return np.concatenate(outs), cache, bn_param
