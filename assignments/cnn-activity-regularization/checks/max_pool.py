"""`max_pool_forward` and `max_pool_backward`."""

import numpy as np

from grader.checks import check, expect

from .images import images_without_ties


def expect_pooled(student, solution, x, *options):
    out, _ = student.max_pool_forward(x, *options)
    expect(out, f"out of {x.shape}").close_to(solution.max_pool_forward(x, *options)[0])


@check("max_pool_forward", points=3, title="Windows of 2×2, images that are not square")
def max_pool_forward_plain(student, solution, rng):
    expect_pooled(student, solution, rng.normal(size=(3, 2, 6, 8)))
    expect_pooled(student, solution, rng.normal(size=(2, 5, 7, 9)))


@check("max_pool_forward", points=2, title="Images in which every pixel is negative")
def max_pool_forward_negative(student, solution, rng):
    expect_pooled(student, solution, -1 - rng.random(size=(2, 3, 4, 6)))


@check("max_pool_forward", points=2, title="Windows that overlap, windows with gaps between them")
def max_pool_forward_stride(student, solution, rng):
    for size, stride in [(3, 2), (3, 1), (2, 3)]:
        expect_pooled(student, solution, rng.normal(size=(2, 3, 7, 9)), size, stride)


def expect_pool_gradient(student, solution, rng, x, *options):
    dout = rng.normal(size=solution.max_pool_forward(x, *options)[0].shape)
    found, right = (
        implementation.max_pool_backward(dout, implementation.max_pool_forward(x, *options)[1])
        for implementation in (student, solution)
    )
    expect(found, f"dx of {x.shape}").close_to(right)


@check("max_pool_backward", points=4, title="Windows of 2×2: to the largest pixel alone")
def max_pool_backward_plain(student, solution, rng):
    for shape in [(3, 2, 6, 8), (2, 5, 7, 9)]:
        expect_pool_gradient(student, solution, rng, images_without_ties(rng, shape))


@check("max_pool_backward", points=3, title="Windows that overlap: the gradients of a pixel add up")
def max_pool_backward_overlap(student, solution, rng):
    for size, stride in [(3, 2), (3, 1)]:
        expect_pool_gradient(student, solution, rng, images_without_ties(rng, (2, 3, 7, 9)), size, stride)


@check("max_pool_backward", points=1, title="Equal pixels share one gradient, they do not each get it")
def max_pool_backward_ties(student, rng):
    x, dout = np.ones((2, 3, 4, 6)), rng.normal(size=(2, 3, 2, 3))
    dx = student.max_pool_backward(dout, student.max_pool_forward(x)[1])
    sums = np.asarray(dx).reshape(2, 3, 2, 2, 3, 2).sum(axis=(3, 5))
    expect(sums, "the gradient that arrives in each window of equal pixels").close_to(dout)
