"""`max_pool_backward_naive`: windows, and which pixel the gradient goes to."""

import numpy as np

from grader.assignments import Place, mistake

from .pool_forward import OBLONG_WINDOW, POOLED

_WINNER = "Only the largest pixel of a window gets its gradient, and a pixel adds up what all windows send to it."


@mistake(
    "max_pool_backward_naive.windows-ignore-the-stride",
    step="max_pool_backward_naive",
    title="The windows start at pixel i instead of pixel i·stride",
    explain=f"{POOLED} Both the search for the largest pixel and its gradient belong there.",
    hints=("Where did the second window begin in the forward pass?", "Look at the slices of `x` and `dx`."),
    place=Place(looks=r"\[.*\b(\w+):\1 \+ ", first=True),
)
def backward_windows_ignore_the_stride(dout, cache):
    x, (height, width, _) = cache
    return looped_pool_gradient(dout, x, height, width, 1)


def looped_pool_gradient(dout, x, height, width, stride):
    """Max-pooling's gradient as it is written with loops."""
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        place = n, c, slice(i * stride, i * stride + height), slice(j * stride, j * stride + width)
        dx[place] += (x[place] == np.max(x[place])) * dout[n, c, i, j]
    return dx


@mistake(
    "max_pool_backward_naive.window-is-a-square",
    step="max_pool_backward_naive",
    title="The window is as wide as it is high: `pool_width` is not used",
    explain=f"{POOLED} For square windows there is no difference, which hides it.",
    hints=OBLONG_WINDOW,
)
def backward_window_is_a_square(dout, cache):
    x, (height, _, stride) = cache
    return looped_pool_gradient(dout, x, height, height, stride)


@mistake(
    "max_pool_backward_naive.overlap-overwritten",
    step="gathered",
    title="The gradient of a pixel is overwritten where windows overlap",
    explain=f"{_WINNER} With `=` in the place of `+=` for the whole window, the last window wins. Nothing is wrong for "
    "windows that do not overlap, which hides it.",
    hints=("How many windows see a pixel when a window is 3 pixels wide and stride is 1?", "`=` or `+=`?"),
    place=Place(looks=r"^dx\w*\[.*\] = "),
)
def overlap_overwritten(patches, shape, stride):
    images = np.zeros(shape)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(rows, columns):
        images[:, :, i * stride : i * stride + height, j * stride : j * stride + width] = patches[:, :, i, j]
    return images


@mistake(
    "max_pool_backward_naive.winner-overwritten",
    step="gathered",
    title="A pixel that is the largest of several windows keeps the gradient of the last one",
    explain=f"{_WINNER} Writing `dx[…] = dout[…]` at the place of the maximum forgets the windows before. Nothing is "
    "wrong for windows that do not overlap, which hides it.",
    hints=("Can one pixel be the largest of two windows?", "`=` or `+=`?"),
    place=Place(looks=r"^dx\w*\[.*\] = "),
)
def winner_overwritten(patches, shape, stride):
    images = np.zeros(shape)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(rows, columns):
        here = images[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
        np.copyto(here, patches[:, :, i, j], where=patches[:, :, i, j] != 0)
    return images


@mistake(
    "max_pool_backward_naive.start-ignores-the-stride",
    step="gathered",
    title="The gradients are put back as if the stride were 1",
    explain=f"{POOLED} Its gradient belongs to the same place.",
    hints=("Where did the second window begin in the forward pass?", "Look at the slice of `dx` that is written to."),
    place=Place(looks=r"^dx\w*\[.*\b(\w+):\1 \+ .*\] \+?= "),
)
def gradient_start_ignores_the_stride(right, patches, shape, stride):
    return right(patches, shape, 1)
