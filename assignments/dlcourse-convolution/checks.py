"""What is verified: oblong images, windows that overlap and others that leave pixels out, padding and none."""

import numpy as np

from grader.checks import check, expect, leaves_arguments_alone

# images, filters' side, filters, padding
CONVOLUTIONS = (((2, 5, 7, 3), 3, 4, 1), ((3, 6, 4, 2), 2, 3, 0), ((1, 4, 5, 1), 3, 2, 2))
POOLINGS = (((2, 7, 5, 3), 3, 2), ((3, 4, 6, 2), 2, 2), ((2, 5, 4, 1), 2, 1))  # images, window, stride


def filters(implementation, rng, case):
    """A layer with filters and biases that are drawn, and images for it."""
    shape, side, out, padding = case
    layer = implementation.ConvolutionalLayer(shape[3], out, side, padding)
    layer.W.value, layer.B.value = rng.normal(size=(side, side, shape[3], out)), rng.normal(size=out)
    return layer, rng.normal(size=shape)


def after_the_way_back(implementation, rng, case):
    """What `backward` returns, and what it leaves in the parameters; of gradients that are drawn."""
    layer, X = filters(implementation, rng, case)
    _, side, out, padding = case
    layer.forward(X)
    rows, columns = (size + 2 * padding - side + 1 for size in X.shape[1:3])
    dX = layer.backward(rng.normal(size=(len(X), rows, columns, out)))
    return dX, layer.W.grad, layer.B.grad


def alike(student, solution, rng, cases, ask, name):
    """Whether both answer a question alike, case by case, with the same numbers."""
    for case in cases:
        seed = int(rng.integers(2**31))
        found, right = (ask(side, np.random.default_rng(seed), case) for side in (student, solution))
        expect(found, name).close_to(right)


@check("ConvolutionalLayer.forward", points=20, title="The maps, with padding and without")
def maps(student, solution, rng):
    def forward(implementation, rng, case):
        layer, X = filters(implementation, rng, case)
        return layer.forward(X)

    alike(student, solution, rng, CONVOLUTIONS, forward, "the maps")


@check("ConvolutionalLayer.forward", points=2, title="The images are left as they were")
def images_left_alone(student, rng):
    layer, X = filters(student, rng, CONVOLUTIONS[0])
    leaves_arguments_alone(layer.forward, X)


def part(position):
    return lambda *given: after_the_way_back(*given)[position]


@check("ConvolutionalLayer.backward", points=15, title="The gradient in the images")
def image_gradient(student, solution, rng):
    alike(student, solution, rng, CONVOLUTIONS, part(0), "dX")


@check("ConvolutionalLayer.backward", points=15, title="The gradient in the filters")
def filter_gradient(student, solution, rng):
    alike(student, solution, rng, CONVOLUTIONS, part(1), "W.grad")


@check("ConvolutionalLayer.backward", points=10, title="The gradient in the biases")
def bias_gradient(student, solution, rng):
    alike(student, solution, rng, CONVOLUTIONS, part(2), "B.grad")


def pooling(implementation, rng, case):
    shape, side, stride = case
    return implementation.MaxPoolingLayer(side, stride), rng.normal(size=shape) - 1


@check("MaxPoolingLayer.forward", points=12, title="The largest pixels; strides 1 and 2")
def largest_pixels(student, solution, rng):
    def forward(implementation, rng, case):
        layer, X = pooling(implementation, rng, case)
        return layer.forward(X)

    alike(student, solution, rng, POOLINGS, forward, "what is largest")


@check("MaxPoolingLayer.backward", points=16, title="The gradient at the largest pixels; windows that overlap")
def pooling_gradient(student, solution, rng):
    def backward(implementation, rng, case):
        layer, X = pooling(implementation, rng, case)
        layer.forward(X)
        rows, columns = ((size - case[1]) // case[2] + 1 for size in X.shape[1:3])
        return layer.backward(rng.normal(size=(len(X), rows, columns, X.shape[3])))

    alike(student, solution, rng, POOLINGS, backward, "dX")


@check("Flattener.forward", points=5, title="One row for each image")
def rows(student, solution, rng):
    alike(student, solution, rng, ((2, 3, 4, 5), (3, 2, 1, 4)), flattened, "the rows")


def flattened(implementation, rng, shape):
    return implementation.Flattener().forward(rng.normal(size=shape))


@check("Flattener.backward", points=5, title="The gradient in the shape of the images")
def images_again(student, solution, rng):
    def backward(implementation, rng, shape):
        layer = implementation.Flattener()
        layer.forward(rng.normal(size=shape))
        return layer.backward(rng.normal(size=(shape[0], int(np.prod(shape[1:])))))

    alike(student, solution, rng, ((2, 3, 4, 5), (3, 2, 1, 4)), backward, "dX")
