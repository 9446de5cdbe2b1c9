"""`max_pool_backward_naive`: windows, and which pixel the gradient goes to."""

import numpy as np

from grader.assignments import Place, mistake

from .pool_forward import OBLONG_WINDOW, POOLED


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
