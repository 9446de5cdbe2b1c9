"""Which pixels a window has, and how many windows there are."""

import numpy as np

from grader.assignments import Place
from operations.convolution_layer.output_size import HEIGHT, WIDTH
from operations.max_pooling.operation import max_pooling

_POOLED = "Window (i, j) begins at the pixel (i·stride, j·stride) and has the height and the width that are asked for."


def looped_pooling(x, rows, columns, height, width, stride):
    """Max-pooling as it is written with loops: an empty window is an error, as it is there."""
    out = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(out.shape):
        out[n, c, i, j] = np.max(x[n, c, i * stride : i * stride + height, j * stride : j * stride + width])
    return out


def wrong_pooling(name, title, explain, hints, pooled, place=None):
    """Declare a wrong max-pooling: `pooled(x, height, width, stride)` gives its output."""

    declare = max_pooling.mistake(
        f"max_pool_forward.{name}",
        step="pooled",
        title=title,
        explain=explain,
        hints=hints,
        place=place,
    )
    return declare(pooled)


def pooled_size(x, height, width, stride):
    return (x.shape[2] - height) // stride + 1, (x.shape[3] - width) // stride + 1


_WINDOWS = "There are $1 + (H - height) / stride$ rows of windows and $1 + (W - width) / stride$ columns."
_OBLONG_WINDOW = ("What do you get for a window of 3 × 2?", "Look for <height> where <width> is meant.")

pooled_by_squares = wrong_pooling(
    "window-is-a-square",
    "The window is as wide as it is high: <width> is not used",
    f"{_POOLED} For square windows there is no difference, which hides it.",
    _OBLONG_WINDOW,
    lambda x, height, width, s: looped_pooling(x, *pooled_size(x, height, width, s), height, height, s),
)
pooled_two_by_two = wrong_pooling(
    "window-of-two-by-two",
    "The window is always 2 × 2",
    f"{_POOLED} 2 × 2 is right for the window that you tried it with.",
    ("What do you get for a window of 3 × 3?", "Which numbers in your code are true of your own data only?"),
    lambda x, height, width, s: looped_pooling(x, *pooled_size(x, height, width, s), 2, 2, s),
    Place(looks=r"\+ 2\b.*\]|\breshape\("),
)
pooled_by_the_stride = wrong_pooling(
    "window-as-large-as-the-stride",
    "The window is as large as the stride",
    f"{_POOLED} The two are equal for windows of 2 × 2 with stride 2, which hides it.",
    ("What do you get for a window of 3 × 3 with stride 1?", "Look at where the slice of a window ends."),
    lambda x, height, width, s: looped_pooling(x, *pooled_size(x, height, width, s), s, s, s),
    Place(looks=r"\* (\w+) \+ \1\b|\+ 1\) \* "),
)
pooled_one_pixel_more = wrong_pooling(
    "window-one-pixel-too-large",
    "The window is one pixel too high and too wide",
    f"{_POOLED} A slice `a:b` leaves b out, so it ends at begin + height.",
    ("How many numbers has `a[2:5]`?", "Look at where the slice of a window ends."),
    lambda x, height, width, s: looped_pooling(x, *pooled_size(x, height, width, s), height + 1, width + 1, s),
    Place(looks=r"\+ \w+ \+ 1, .*\+ \w+ \+ 1\]"),
)
pooled_width_from_height = wrong_pooling(
    "width-from-the-images-height",
    "The width of the output is computed from the height of the images",
    f"{_WINDOWS} For square images there is no difference, which hides it.",
    ("Which shape does your output have for an image of 4 × 6?", "Look at the two formulas for the size."),
    lambda x, height, width, s: looped_pooling(
        x, (x.shape[2] - height) // s + 1, (x.shape[2] - width) // s + 1, height, width, s
    ),
    WIDTH,
)
pooled_width_from_window_height = wrong_pooling(
    "width-from-the-windows-height",
    "The width of the output is computed with the height of the window",
    f"{_WINDOWS} For square windows there is no difference, which hides it.",
    _OBLONG_WINDOW,
    lambda x, height, width, s: looped_pooling(
        x, (x.shape[2] - height) // s + 1, (x.shape[3] - height) // s + 1, height, width, s
    ),
    WIDTH,
)
pooled_without_stride_in_the_size = wrong_pooling(
    "size-is-the-images-by-the-window",
    "The size of the output is that of the images divided by that of the window",
    f"{_WINDOWS} The two are equal where windows do not overlap and leave no gaps, which hides it.",
    ("Which shape does your output have for a window of 3 × 3 with stride 1?", "Look at the formula for the size."),
    lambda x, height, width, s: looped_pooling(x, x.shape[2] // height, x.shape[3] // width, height, width, s),
    HEIGHT,
)


# On the way back


@max_pooling.mistake(
    "max_pool_backward.windows-ignore-the-stride",
    step="pooling_gradient",
    title="The windows start at pixel i instead of pixel i·stride",
    explain=f"{_POOLED} Both the search for the largest pixel and its gradient belong there.",
    hints=("Where did the second window begin in the forward pass?", "Look at the slices of `x` and `dx`."),
    place=Place(looks=r"\[.*\b(\w+):\1 \+ ", first=True),
)
def backward_windows_ignore_the_stride(dout, x, height, width, stride):
    return looped_pool_gradient(dout, x, height, width, 1)


def looped_pool_gradient(dout, x, height, width, stride):
    """Max-pooling's gradient as it is written with loops."""
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        place = n, c, slice(i * stride, i * stride + height), slice(j * stride, j * stride + width)
        dx[place] += (x[place] == np.max(x[place])) * dout[n, c, i, j]
    return dx


@max_pooling.mistake(
    "max_pool_backward.window-is-a-square",
    step="pooling_gradient",
    title="The window is as wide as it is high: <width> is not used",
    explain=f"{_POOLED} For square windows there is no difference, which hides it.",
    hints=_OBLONG_WINDOW,
)
def backward_window_is_a_square(dout, x, height, width, stride):
    return looped_pool_gradient(dout, x, height, height, stride)


def placed_pool_gradient(dout, x, height, width, stride, place):
    """Its gradient as it is written with `argmax`: `place(k, i, j)` is the pixel for number k of window (i, j)."""
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * stride : i * stride + height, j * stride : j * stride + width]
        dx[(n, c, *place(np.argmax(window), i * stride, j * stride))] += dout[n, c, i, j]
    return dx


_COUNTED = "`argmax` of a window counts its pixels row by row, from the window's own corner"
_PLACED = Place(looks=r"//|%|divmod|unravel_index")


@max_pooling.mistake(
    "max_pool_backward.row-by-the-height",
    step="pooling_gradient",
    title="The number of the largest pixel is divided by the window's <height> to find its row",
    explain=f"{_COUNTED}, and a row has as many pixels as the window is wide: pixel k is in row k // width and in "
    "column k % width. For square windows there is no difference, which hides it.",
    hints=("How many pixels has one row of the window?", "In which row is pixel 3 of a window of 2 × 3?"),
    place=_PLACED,
)
def backward_row_by_the_height(dout, x, height, width, stride):
    return placed_pool_gradient(dout, x, height, width, stride, lambda k, i, j: (i + k // height, j + k % width))


@max_pooling.mistake(
    "max_pool_backward.rows-as-long-as-the-height",
    step="pooling_gradient",
    title="The largest pixel is looked up as if a row of the window had <height> pixels",
    explain=f"{_COUNTED}, and a row has as many pixels as the window is wide: pixel k is in row k // width and in "
    "column k % width. For square windows there is no difference, which hides it.",
    hints=("How many pixels has one row of the window?", "In which row is pixel 3 of a window of 2 × 3?"),
    place=_PLACED,
)
def backward_rows_as_long_as_the_height(dout, x, height, width, stride):
    return placed_pool_gradient(dout, x, height, width, stride, lambda k, i, j: (i + k // height, j + k % height))
