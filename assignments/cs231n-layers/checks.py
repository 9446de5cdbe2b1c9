"""What is verified, function by function.

The courses' own cases hide most mistakes in convolutions and pooling: square windows that do not overlap, padding of 1,
three channels. Here N, C, F, H, W and both sides of the window differ, strides are 1 to 3 and padding 0 to 2, windows
overlap or leave gaps, biases are not zero and images are negative. Every case is small enough for six nested loops.
"""

import math

import numpy as np

from grader.checks import check, expect, fail, leaves_arguments_alone, remark, remark_on_extremes
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED


def demand_implemented(function, *results):
    """The None or zeros that the course's own starter returns are no answer."""
    values = [as_array(result) for result in results if result is not None]
    if len(values) < len(results) or all(value is not None and not value.any() for value in values):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")


def output(function, *arguments):
    """What a forward pass gives, without its cache."""
    out, _ = function(*arguments)
    demand_implemented(function, out)
    return out


def gradients(implementation, layer, arguments, dout):
    """What the backward pass of `layer` gives for the cache of its own forward pass, as a tuple."""
    forward, backward = layer
    _, cache = getattr(implementation, forward)(*arguments)
    function = getattr(implementation, backward)
    found = function(dout, cache)
    results = found if isinstance(found, tuple | list) else (found,)
    demand_implemented(function, *results)
    return tuple(results)


AFFINE = ("affine_forward", "affine_backward")
RELU = ("relu_forward", "relu_backward")
CONV = ("conv_forward_naive", "conv_backward_naive")
POOL = ("max_pool_forward_naive", "max_pool_backward_naive")


def expect_gradients(student, solution, rng, layer, arguments, *, names=("dx", "dw", "db"), where=""):
    dout = rng.normal(size=getattr(solution, layer[0])(*arguments)[0].shape)
    found, right = (gradients(side, layer, arguments, dout) for side in (student, solution))
    for name, value, expected in zip(names, found, right, strict=True):
        expect(value, f"{name}{where}").close_to(expected)


def expect_own_derivative(student, rng, layer, arguments, names):
    """Demand the derivative of the submission's own forward pass, by central differences."""
    out, _ = getattr(student, layer[0])(*arguments)
    dout = rng.normal(size=np.shape(out))
    found = gradients(student, layer, arguments, dout)
    at = dict(zip(names, arguments, strict=False))

    def costs(points):
        lists = [(*(point[name] for name in names), *arguments[len(names) :]) for point in points]
        return [float(np.sum(result[0] * dout)) for result in getattr(student, layer[0]).map(lists)]

    expect(dict(zip(names, found, strict=True)), "gradient").gradient_of(costs, at=at, rng=rng)


# affine

AFFINE_SHAPES = [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]


def affine_layer(rng, shape, outputs=7):
    return rng.normal(size=shape), rng.normal(size=(math.prod(shape[1:]), outputs)), rng.normal(size=outputs)


@check("affine_forward", points=6, title="Images as rows, times weights, plus biases; a single image")
def affine_forward_values(student, solution, rng):
    for shape in AFFINE_SHAPES:
        layer = affine_layer(rng, shape)
        expect(output(student.affine_forward, *layer), f"out of {shape}").close_to(solution.affine_forward(*layer)[0])


@check("affine_forward", points=1, title="As many samples as inputs and outputs")
def affine_forward_square(student, solution, rng):
    layer = affine_layer(rng, (5, 5), 5)
    expect(output(student.affine_forward, *layer), "out").close_to(solution.affine_forward(*layer)[0])


@check("affine_backward", points=9, title="Gradients in inputs, weights and biases")
def affine_backward_values(student, solution, rng):
    for shape in AFFINE_SHAPES:
        expect_gradients(student, solution, rng, AFFINE, affine_layer(rng, shape), where=f" for inputs of {shape}")


@check("affine_backward", points=2, title="As many samples as inputs and outputs")
def affine_backward_square(student, solution, rng):
    expect_gradients(student, solution, rng, AFFINE, affine_layer(rng, (5, 5), 5))


# ReLU


@check("relu_forward", points=4, title="Values of both signs, arrays of any shape")
def relu_forward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4, 2), (7,)]:
        x = rng.normal(size=shape)
        expect(output(student.relu_forward, x), f"out of shape {shape}").close_to(solution.relu_forward(x)[0])


@check("relu_forward", points=1, title="The argument is left as it was")
def relu_forward_argument(student, rng):
    x = rng.normal(size=(4, 3))
    if np.shape(as_array(output(student.relu_forward, x))) != x.shape:
        fail("out has not the shape of x, so there is nothing to judge")
    leaves_arguments_alone(student.relu_forward, x)


@check("relu_backward", points=6, title="dout where the input was positive, random upstream gradients")
def relu_backward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4, 2)]:
        expect_gradients(student, solution, rng, RELU, (rng.normal(size=shape),), names=("dx",))


# softmax_loss

SCORES = [(7, 4), (5, 5), (1, 6), (4, 9)]


def scores_and_labels(rng, n, classes):
    return 2 * rng.normal(size=(n, classes)), rng.integers(classes, size=n)


def loss_and_gradient(student, x, y):
    loss, dx = student.softmax_loss(x, y)
    demand_implemented(student.softmax_loss, loss, dx)
    return loss, dx


@check("softmax_loss", points=6, title="The mean cross-entropy")
def softmax_loss_values(student, solution, rng):
    for n, classes in SCORES:
        x, y = scores_and_labels(rng, n, classes)
        loss, _ = loss_and_gradient(student, x, y)
        expect(loss, f"the loss of {n} samples").close_to(solution.softmax_loss(x, y)[0])


@check("softmax_loss", points=6, title="Its gradient in the scores")
def softmax_loss_gradient(student, solution, rng):
    for n, classes in SCORES:
        x, y = scores_and_labels(rng, n, classes)
        _, dx = loss_and_gradient(student, x, y)
        expect(dx, f"dx of {n} samples").close_to(solution.softmax_loss(x, y)[1])


@check("softmax_loss", points=2, title="The first and the last class do not occur")
def softmax_loss_absent_classes(student, solution, rng):
    x, y = 2 * rng.normal(size=(6, 7)), rng.permutation([1, 3, 4, 4, 1, 3])
    expect(loss_and_gradient(student, x, y), "loss and gradient").close_to(solution.softmax_loss(x, y))


@check("softmax_loss", points=1, title="The derivative of your own loss, by central differences")
def softmax_loss_own_gradient(student, rng):
    x, y = scores_and_labels(rng, 5, 4)
    _, dx = loss_and_gradient(student, x, y)

    def losses(points):
        return [outputs[0] for outputs in student.softmax_loss.map([(point["x"], y) for point in points])]

    expect({"x": dx}, "gradient").gradient_of(losses, at={"x": x}, rng=rng)


@check("softmax_loss", points=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def softmax_loss_extremes(student, solution):
    x, y = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]]), np.array([1, 2, 1])
    loss, dx = loss_and_gradient(student, x, y)
    remark_on_extremes(loss, dx, solution.softmax_loss(x, y)[0])


# Convolution

# Shapes of images and filters, stride, padding.
PLAIN = [((3, 2, 6, 8), (4, 2, 3, 2), 1, 0), ((1, 7, 5, 4), (2, 7, 2, 3), 1, 0)]
PADDED = [((2, 4, 5, 7), (3, 4, 3, 4), 1, 1), ((3, 1, 4, 5), (2, 1, 3, 1), 1, 2)]
STRIDED = [((2, 2, 7, 8), (3, 2, 3, 2), 2, 0), ((2, 2, 7, 9), (4, 2, 3, 2), 3, 1), ((2, 2, 5, 8), (3, 2, 1, 2), 2, 2)]
SQUARE = [((3, 3, 5, 5), (3, 3, 3, 3), 1, 1), ((4, 4, 6, 6), (4, 4, 2, 2), 2, 0)]


def convolution(rng, case):
    images, filters, stride, pad = case
    x, w, b = rng.normal(size=images), rng.normal(size=filters), rng.normal(size=filters[0])
    return x, w, b, {"stride": stride, "pad": pad}


def expect_maps(student, solution, rng, cases):
    for case in cases:
        arguments = convolution(rng, case)
        expect(output(student.conv_forward_naive, *arguments), f"out with {words(arguments[-1])}").close_to(
            solution.conv_forward_naive(*arguments)[0]
        )


def expect_conv_gradients(student, solution, rng, cases):
    for case in cases:
        arguments = convolution(rng, case)
        expect_gradients(student, solution, rng, CONV, arguments, where=f" with {words(arguments[-1])}")


def words(options):
    return ", ".join(f"{name} {value}" for name, value in options.items())


@check("conv_forward_naive", points=6, title="Stride 1, no padding: images and windows that are not square")
def conv_forward_naive_plain(student, solution, rng):
    expect_maps(student, solution, rng, PLAIN)


@check("conv_forward_naive", points=4, title="Padding of 1 and 2")
def conv_forward_naive_padding(student, solution, rng):
    expect_maps(student, solution, rng, PADDED)


@check("conv_forward_naive", points=4, title="Strides of 2 and 3, with padding and without")
def conv_forward_naive_stride(student, solution, rng):
    expect_maps(student, solution, rng, STRIDED)


@check("conv_forward_naive", points=1, title="Everything square")
def conv_forward_naive_square(student, solution, rng):
    expect_maps(student, solution, rng, SQUARE)


@check("conv_backward_naive", points=6, title="dx, dw and db for stride 1 without padding")
def conv_backward_naive_plain(student, solution, rng):
    expect_conv_gradients(student, solution, rng, PLAIN)


@check("conv_backward_naive", points=5, title="Padding of 1 and 2")
def conv_backward_naive_padding(student, solution, rng):
    expect_conv_gradients(student, solution, rng, PADDED)


@check("conv_backward_naive", points=5, title="Strides of 2 and 3, with padding and without")
def conv_backward_naive_stride(student, solution, rng):
    expect_conv_gradients(student, solution, rng, STRIDED)


@check("conv_backward_naive", points=1, title="Everything square")
def conv_backward_naive_square(student, solution, rng):
    expect_conv_gradients(student, solution, rng, SQUARE)


@check("conv_backward_naive", points=2, title="The derivative of your own convolution, by central differences")
def conv_backward_naive_own_derivative(student, rng):
    arguments = convolution(rng, ((2, 2, 3, 4), (3, 2, 3, 2), 2, 1))
    expect_own_derivative(student, rng, CONV, arguments, ("x", "w", "b"))


# Max-pooling

# Shape of the images, height and width of the window, stride.
APART = [((3, 2, 4, 6), 2, 2, 2), ((1, 5, 6, 9), 3, 3, 3)]
OBLONG = [((2, 4, 6, 5), 2, 1, 2), ((2, 3, 5, 7), 2, 1, 3)]
OVERLAPPING = [((2, 3, 5, 6), 3, 2, 1), ((3, 2, 7, 5), 3, 3, 2), ((2, 2, 4, 7), 2, 3, 1)]


def pooling(rng, case, offset=0.0):
    images, height, width, stride = case
    x = rng.permutation(np.arange(math.prod(images)) / 7 - 8).reshape(images) + offset  # no two pixels are equal
    return x, {"pool_height": height, "pool_width": width, "stride": stride}


def expect_pooled(student, solution, rng, cases, offset=0.0):
    for case in cases:
        arguments = pooling(rng, case, offset)
        expect(output(student.max_pool_forward_naive, *arguments), f"out with {words(arguments[-1])}").close_to(
            solution.max_pool_forward_naive(*arguments)[0]
        )


def expect_pool_gradients(student, solution, rng, cases, offset=0.0):
    for case in cases:
        arguments = pooling(rng, case, offset)
        where = f" with {words(arguments[-1])}"
        expect_gradients(student, solution, rng, POOL, arguments, names=("dx",), where=where)


@check("max_pool_forward_naive", points=3, title="Square windows that do not overlap")
def max_pool_forward_naive_apart(student, solution, rng):
    expect_pooled(student, solution, rng, APART)


@check("max_pool_forward_naive", points=2, title="Windows that are not square, with gaps between them")
def max_pool_forward_naive_oblong(student, solution, rng):
    expect_pooled(student, solution, rng, OBLONG)


@check("max_pool_forward_naive", points=2, title="Windows that overlap")
def max_pool_forward_naive_overlap(student, solution, rng):
    expect_pooled(student, solution, rng, OVERLAPPING)


@check("max_pool_forward_naive", points=2, title="Images in which every pixel is negative")
def max_pool_forward_naive_negative(student, solution, rng):
    expect_pooled(student, solution, rng, APART[:1] + OVERLAPPING[:1], offset=-50.0)


@check("max_pool_backward_naive", points=4, title="Square windows that do not overlap: to the largest pixel alone")
def max_pool_backward_naive_apart(student, solution, rng):
    expect_pool_gradients(student, solution, rng, APART)


@check("max_pool_backward_naive", points=3, title="Windows that are not square, with gaps; negative images")
def max_pool_backward_naive_oblong(student, solution, rng):
    expect_pool_gradients(student, solution, rng, OBLONG)
    expect_pool_gradients(student, solution, rng, OBLONG[:1], offset=-50.0)


@check("max_pool_backward_naive", points=6, title="Windows that overlap: the gradients of a pixel add up")
def max_pool_backward_naive_overlap(student, solution, rng):
    expect_pool_gradients(student, solution, rng, OVERLAPPING)


@check("max_pool_backward_naive", points=0, title="Equal pixels: what counts twice is told, and costs nothing")
def max_pool_backward_naive_ties(student, rng):
    dout = rng.normal(size=(2, 3, 2, 3))
    arguments = np.ones((2, 3, 4, 6)), {"pool_height": 2, "pool_width": 2, "stride": 2}
    dx = as_array(gradients(student, POOL, arguments, dout)[0])
    if dx is None or dx.shape != (2, 3, 4, 6):
        return  # told by the other checks
    arrived = dx.reshape(2, 3, 2, 2, 3, 2).sum(axis=(3, 5))
    if not np.allclose(arrived, dout):
        remark(
            "when pixels of a window are equal, each of them gets the whole gradient, so that it counts several times; "
            "np.argmax picks one of them"
        )
