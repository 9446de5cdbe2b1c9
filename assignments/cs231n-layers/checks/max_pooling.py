"""`max_pool_forward_naive` and `max_pool_backward_naive`."""

import math

import numpy as np

from grader.checks import check, expect, remark
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from operations.layer_calls import expect_gradients, gradients, output

from .convolution import words

POOL = ("max_pool_forward_naive", "max_pool_backward_naive")


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
    try:
        alone = arriving(student, rng.permutation(np.arange(144.0)).reshape(2, 3, 4, 6), dout)
    except CallFailed:
        return  # told by the other checks
    if alone is None or not np.allclose(alone, dout):
        return
    try:
        arrived = arriving(student, np.ones((2, 3, 4, 6)), dout)
    except CallFailed as failure:
        if failure.status == "error" and failure.function == POOL[1]:
            said = failure.said.strip()
            remark(f"it raises an error where pixels of a window are equal ({said}); that costs no points")
        return
    if arrived is not None and np.allclose(arrived, 4 * dout):
        remark(
            "when pixels of a window are equal, each of them gets the whole gradient, so that it counts several times; "
            "np.argmax picks one of them"
        )


def arriving(student, x, dout):
    """What comes back to each window of 2 × 2 pixels, all in all; None if it has no such form."""
    dx = as_array(gradients(student, POOL, (x, {"pool_height": 2, "pool_width": 2, "stride": 2}), dout)[0])
    return dx.reshape(2, 3, 2, 2, 3, 2).sum(axis=(3, 5)) if dx is not None and dx.shape == x.shape else None
