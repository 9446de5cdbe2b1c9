"""Layers of a course as pairs of functions that share a cache: affine, ReLU, and softmax loss as one function."""

import math

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.knowledge import number, products
from grader.checks import expect, fail, leaves_arguments_alone, remark_on_extremes
from grader.checks.compare import as_array
from operations.layer_calls import demand_implemented, expect_gradients, output
from reference import layer_pairs as formula

layer_pairs = Operation(formula, parts={"dense": {"within": "alone", "words": {"delta": "dout"}}})

AFFINE = ("affine_forward", "affine_backward")


AFFINE_SHAPES = [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]


def affine_layer(rng, shape, outputs=7):
    return rng.normal(size=shape), rng.normal(size=(math.prod(shape[1:]), outputs)), rng.normal(size=outputs)


@layer_pairs.by_hand("affine_forward")
def affine_by_hand(arguments, path, index):
    """One output of one image: its pixels times the weights, and a bias."""
    x, w, b = arguments
    image, unit = index
    return f"{products(x[image].ravel(), w[:, unit])} + {number(b[unit])}"


@layer_pairs.by_hand("affine_backward")
def affine_gradients_by_hand(arguments, path, index):
    """A weight: its input times what comes back, of every image; a bias: what comes back; an input: through weights."""
    dout, (x, w, _) = arguments
    if path == (0,):
        pixel = int(np.ravel_multi_index(index[1:], x.shape[1:]))
        return products(dout[index[0]], w[pixel])
    if path == (1,):
        return products(formula.rows(x)[:, index[0]], dout[:, index[1]])
    return " + ".join(map(number, dout[:, index[0]]))


@layer_pairs.check("affine_forward", share=6, title="Images as rows, times weights, plus biases; a single image")
def affine_forward_values(student, solution, rng):
    for shape in AFFINE_SHAPES:
        layer = affine_layer(rng, shape)
        expect(output(student.affine_forward, *layer), f"out of {shape}").close_to(solution.affine_forward(*layer)[0])


@layer_pairs.check("affine_forward", share=1, title="As many samples as inputs and outputs")
def affine_forward_square(student, solution, rng):
    layer = affine_layer(rng, (5, 5), 5)
    expect(output(student.affine_forward, *layer), "out").close_to(solution.affine_forward(*layer)[0])


@layer_pairs.check("affine_backward", share=9, title="Gradients in inputs, weights and biases")
def affine_backward_values(student, solution, rng):
    for shape in AFFINE_SHAPES:
        expect_gradients(student, solution, rng, AFFINE, affine_layer(rng, shape), where=f" for inputs of {shape}")


@layer_pairs.check("affine_backward", share=2, title="As many samples as inputs and outputs")
def affine_backward_square(student, solution, rng):
    expect_gradients(student, solution, rng, AFFINE, affine_layer(rng, (5, 5), 5))


RELU = ("relu_forward", "relu_backward")


def both_signs(rng, shape):
    """Random values, at least one of them positive and one negative: nothing but zeros counts as not written."""
    x = rng.normal(size=shape)
    x.flat[:2] = np.abs(x.flat[:2]) * (1, -1)
    return x


@layer_pairs.check("relu_forward", share=4, title="Values of both signs, arrays of any shape")
def relu_forward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4, 2), (7,)]:
        x = both_signs(rng, shape)
        expect(output(student.relu_forward, x), f"out of shape {shape}").close_to(solution.relu_forward(x)[0])


@layer_pairs.check("relu_forward", share=1, title="The argument is left as it was")
def relu_forward_argument(student, rng):
    x = both_signs(rng, (4, 3))
    if np.shape(as_array(output(student.relu_forward, x))) != x.shape:
        fail("out is no array of the shape of x, so there is nothing to judge")
    leaves_arguments_alone(student.relu_forward, x)


@layer_pairs.check("relu_backward", share=6, title="dout where the input was positive, random upstream gradients")
def relu_backward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4, 2)]:
        expect_gradients(student, solution, rng, RELU, (both_signs(rng, shape),), names=("dx",))


SCORES = [(7, 4), (5, 5), (1, 6), (4, 9)]


def scores_and_labels(rng, n, classes):
    return 2 * rng.normal(size=(n, classes)), rng.integers(classes, size=n)


def loss_and_gradient(student, x, y):
    loss, dx = student.softmax_loss(x, y)
    demand_implemented(student.softmax_loss, loss, dx)
    return loss, dx


@layer_pairs.check("softmax_loss", share=6, title="The mean cross-entropy")
def softmax_loss_values(student, solution, rng):
    for n, classes in SCORES:
        x, y = scores_and_labels(rng, n, classes)
        loss, _ = loss_and_gradient(student, x, y)
        expect(loss, f"the loss of {n} samples").close_to(solution.softmax_loss(x, y)[0])


@layer_pairs.check("softmax_loss", share=6, title="Its gradient in the scores")
def softmax_loss_gradient(student, solution, rng):
    for n, classes in SCORES:
        x, y = scores_and_labels(rng, n, classes)
        _, dx = loss_and_gradient(student, x, y)
        expect(dx, f"dx of {n} samples").close_to(solution.softmax_loss(x, y)[1])


@layer_pairs.check("softmax_loss", share=2, title="The first and the last class do not occur")
def softmax_loss_absent_classes(student, solution, rng):
    x, y = 2 * rng.normal(size=(6, 7)), rng.permutation([1, 3, 4, 4, 1, 3])
    expect(loss_and_gradient(student, x, y), "loss and gradient").close_to(solution.softmax_loss(x, y))


@layer_pairs.check("softmax_loss", share=1, title="The derivative of your own loss, by central differences")
def softmax_loss_own_gradient(student, rng):
    x, y = scores_and_labels(rng, 5, 4)
    _, dx = loss_and_gradient(student, x, y)

    def losses(points):
        return student.softmax_loss.map([(point["x"], y) for point in points], item=0)

    expect({"x": dx}, "gradient").gradient_of(losses, at={"x": x}, rng=rng)


@layer_pairs.check("softmax_loss", share=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def softmax_loss_extremes(student):
    x, y = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]]), np.array([1, 2, 1])
    loss, dx = loss_and_gradient(student, x, y)
    remark_on_extremes(loss, dx)


@layer_pairs.mistake(
    "affine_forward.rows-from-the-wrong-axis",
    step="rows",
    title="The inputs are reshaped to (D, N) and transposed: the rows mix the samples",
    explain="`reshape` never changes the order of numbers in memory. `x.reshape(N, -1)` keeps each sample's numbers "
    "together; `x.reshape(-1, N).T` has the same shape and puts numbers of all samples into every row.",
    hints=("Which numbers are in your first row? Try it with `np.arange`.", "Reshape, or transpose?"),
)
def rows_from_the_wrong_axis(x):
    return x.reshape(-1, len(x)).T


@layer_pairs.mistake(
    "affine_backward.dx-left-as-rows",
    step="in_shape_of",
    title="dx is left as rows: it lacks the shape of x",
    explain="The layer before gets dx as the gradient of what it gave, so dx has the shape of x, not (N, D).",
    hints=("Which shape has `x`?", "What was done to x in the forward pass, and is it undone?"),
)
def dx_left_as_rows(dx, x):
    return dx


@layer_pairs.mistake(
    "affine_backward.results-in-another-order",
    step="affine_backward",
    title="dw is returned first and dx second",
    explain="The contract wants (dx, dw, db), in the order of the arguments x, w, b.",
    hints=("Which shapes do the three results have?", "Look at the order after `return`."),
    place=Place(looks=r"^return"),
)
def affine_results_in_another_order(right, dout, cache):
    dx, dw, db = right(dout, cache)
    return dw, dx, db


@layer_pairs.mistake(
    "relu_backward.mask-alone",
    step="relu_backward",
    title="dout is not used: the mask of positive inputs is returned",
    explain="By the chain rule the derivative, which is 0 or 1, is multiplied by dout.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
)
def mask_alone(upstream, z):
    return (z > 0).astype(float)
