"""Known mistakes of this assignment, and what is in play in its gradients.

Those in a single formula are in the catalogue that assignments share; here are those of shapes, of sizes written into
the code, and of pooling with windows of any height and width.
"""

import numpy as np

from assignments.catalogue import (
    backpropagation,
    convolution,
    convolution_gradients,
    dense_layer,
    max_pooling,
    one_hot_labels,
    relu,
    softmax_loss,
)
from grader.assignments import Place, Quantities, mistake, quantities, shared

# What overflows, and equal pixels in a window, earn a remark only: they are not among the mistakes.
REMARKED = ("softmax_loss.logarithm-of-zero", "max_pool_backward.equal-pixels-each-get-it")
WHOLE_FUNCTIONS = ("backward", "conv_backward")

MISTAKES = tuple(
    entry
    for entry in shared(
        relu,
        backpropagation,
        dense_layer,
        softmax_loss,
        one_hot_labels,
        convolution,
        convolution_gradients,
        max_pooling,
    )
    if entry.code not in REMARKED and entry.step not in WHOLE_FUNCTIONS
)

_CORRELATION = (
    "$out_{n,f,i,j} = b_f + \\sum_{c,p,q} w_{f,c,p,q} \\, x_{n,c,\\,s i + p,\\,s j + q}$ with the stride $s$."
)
_MAPS = "The output has $1 + (H + 2 p - HH) / s$ rows and $1 + (W + 2 p - WW) / s$ columns, with the padding p and the "
_MAPS += "stride s that `conv_param` holds."
_POOLED = "Window (i, j) begins at the pixel (i·stride, j·stride) and has `pool_height` rows and `pool_width` columns."
_WINNER = "Only the largest pixel of a window gets its gradient, and a pixel adds up what all windows send to it."


# Affine


@mistake(
    "affine_forward.rows-from-the-wrong-axis",
    step="rows",
    title="The inputs are reshaped to (D, N) and transposed: the rows mix the samples",
    explain="`reshape` never changes the order of numbers in memory. `x.reshape(N, -1)` keeps each sample's numbers "
    "together; `x.reshape(-1, N).T` has the same shape and puts numbers of all samples into every row.",
    hints=("Which numbers are in your first row? Try it with `np.arange`.", "Reshape, or transpose?"),
)
def rows_from_the_wrong_axis(x):
    return x.reshape(-1, len(x)).T


@mistake(
    "affine_backward.dx-left-as-rows",
    step="in_shape_of",
    title="dx is left as rows: it lacks the shape of x",
    explain="The layer before gets dx as the gradient of what it gave, so dx has the shape of x, not (N, D).",
    hints=("Which shape has `x`?", "What was done to x in the forward pass, and is it undone?"),
)
def dx_left_as_rows(dx, x):
    return dx


@mistake(
    "affine_backward.weights-not-transposed",
    step="dense_input_gradient",
    title="The weights are not transposed in dx",
    explain="$dx = dout \\, W^T$: dout has M columns, so it meets the M rows of $W^T$.",
    hints=("Write the shapes of dout and w beside each other: which dimensions meet?", "A `.T` is missing."),
)
def weights_not_transposed(dout, w):
    return dout @ w


# ReLU


@mistake(
    "relu_backward.mask-alone",
    step="activation_derivative",
    title="dout is not used: the mask of positive inputs is returned",
    explain="By the chain rule the derivative, which is 0 or 1, is multiplied by dout.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
)
def mask_alone(upstream, z):
    return (z > 0).astype(float)


# Softmax


@mistake(
    "softmax_loss.denominator-without-true-class",
    step="softmax_loss",
    title="The softmax's denominator leaves the true class out",
    explain="The loss of a sample is $-\\log p_y$ with $p_k = \\frac{e^{s_k}}{\\sum_j e^{s_j}}$, the sum over all "
    "classes. Without the true class's own term the probabilities of a sample do not sum to 1.",
    hints=("What do the probabilities of one sample sum to?", "Which classes does your sum run over?"),
)
def denominator_without_true_class(x, y):
    target, exponentials = np.eye(x.shape[1])[y], np.exp(x - x.max(axis=1, keepdims=True))
    p = exponentials / np.sum(exponentials * (1 - target), axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y])), (p - target) / len(y)


# Convolution


def looped_convolution(image, w, b, rows, columns, stride):
    """A convolution as it is written with loops: what is beyond the image's edge is an error, as it is there."""
    out = np.zeros((len(image), len(w), rows, columns))
    for n, f, i, j in np.ndindex(out.shape):
        window = image[n, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def map_size(x, w, stride, pad):
    """Rows and columns of the output."""
    return tuple((side + 2 * pad - window) // stride + 1 for side, window in zip(x.shape[2:], w.shape[2:], strict=True))


@mistake(
    "conv_forward_naive.padding-hard-coded",
    step="conv_forward_naive",
    title="The padding is always 1, whatever `conv_param` says",
    explain=f"{_MAPS} It is right for the padding that you tried it with.",
    hints=("What does your function do for `pad` 0 and 2?", "Look at the numbers given to `np.pad`."),
    place=Place(calls="pad"),
)
def padding_hard_coded(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    image = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return looped_convolution(image, w, b, *map_size(x, w, stride, pad), stride), (x, w, stride, pad)


def wrong_size(name, title, explain, hints, size, place=None):
    """Declare a wrong size of a convolution's output: `size(H, W, HH, WW, stride, pad)` gives rows and columns."""

    def convolved(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        image = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        rows, columns = size(*x.shape[2:], *w.shape[2:], stride, pad)
        return looped_convolution(image, w, b, rows, columns, stride), (x, w, stride, pad)

    declare = mistake(
        f"conv_forward_naive.{name}",
        step="conv_forward_naive",
        title=title,
        explain=f"{_MAPS} {explain}",
        hints=hints,
        place=place,
    )
    return declare(convolved)


_SQUARES_HIDE_IT = "For square images and filters there is no difference, which hides it."
_OBLONG = ("Which shape does your output have for an image of 6 × 8?", "Look at the two formulas for the size.")
_FORMULA = (
    "Which shape does your output have for an image of 5 × 7, with padding?",
    "Look at the formula for the size.",
)
_WIDTH = Place(assigns=r"W.*|w.*|ow|.*[wW]idth.*|.*col.*", looks=r"/")
_HEIGHT = Place(assigns=r"H.*|h.*|oh|.*[hH]eight.*|.*row.*", looks=r"/")

swapped_sides = wrong_size(
    "size-with-height-and-width-swapped",
    "The height of the output is computed from the width of the images, and the other way round",
    _SQUARES_HIDE_IT,
    (_OBLONG[0], "Look at what `x.shape` is unpacked into."),
    lambda H, W, HH, WW, s, p: ((W + 2 * p - WW) // s + 1, (H + 2 * p - HH) // s + 1),
)
swapped_images = wrong_size(
    "size-with-height-and-width-of-images-swapped",
    "Height and width of the images are swapped in the size of the output",
    f"Images are (N, C, H, W): height comes before width. {_SQUARES_HIDE_IT}",
    (_OBLONG[0], "Look at what `x.shape` is unpacked into."),
    lambda H, W, HH, WW, s, p: ((W + 2 * p - HH) // s + 1, (H + 2 * p - WW) // s + 1),
    Place(looks=r"W\w*, H\w*\)? = .*shape"),
)
width_from_height = wrong_size(
    "width-from-the-images-height",
    "The width of the output is computed from the height of the images",
    _SQUARES_HIDE_IT,
    _OBLONG,
    lambda H, W, HH, WW, s, p: ((H + 2 * p - HH) // s + 1, (H + 2 * p - WW) // s + 1),
    _WIDTH,
)
both_from_height = wrong_size(
    "both-sides-from-the-height",
    "The width of the output is computed like its height, from H and HH",
    _SQUARES_HIDE_IT,
    _OBLONG,
    lambda H, W, HH, WW, s, p: ((H + 2 * p - HH) // s + 1, (H + 2 * p - HH) // s + 1),
    _WIDTH,
)
width_from_filter_height = wrong_size(
    "width-from-the-filters-height",
    "The width of the output is computed with the height of the filters",
    _SQUARES_HIDE_IT,
    _OBLONG,
    lambda H, W, HH, WW, s, p: ((H + 2 * p - HH) // s + 1, (W + 2 * p - HH) // s + 1),
    _WIDTH,
)
padding_once_in_the_size = wrong_size(
    "padding-once-in-the-size",
    "The size of the output counts the padding once instead of twice",
    "There are `pad` pixels at *both* ends, so 2·pad in all.",
    ("How many zero pixels does a row get?", "Look at the formula for the size of the output."),
    lambda H, W, HH, WW, s, p: ((H + p - HH) // s + 1, (W + p - WW) // s + 1),
    _HEIGHT,
)
no_padding_in_the_size = wrong_size(
    "no-padding-in-the-size",
    "The size of the output leaves the padding out",
    "Where a window may begin depends on the padded image.",
    _FORMULA,
    lambda H, W, HH, WW, s, p: ((H - HH) // s + 1, (W - WW) // s + 1),
    _HEIGHT,
)
no_stride_in_the_size = wrong_size(
    "no-stride-in-the-size",
    "The size of the output is not divided by the stride",
    "With a stride of 2 there is a window at every second pixel only.",
    _FORMULA,
    lambda H, W, HH, WW, s, p: (H + 2 * p - HH + 1, W + 2 * p - WW + 1),
)
size_of_the_images = wrong_size(
    "size-of-the-images",
    "The output has the size of the images",
    "It has only where padding makes up for the window, and the stride is 1.",
    _FORMULA,
    lambda H, W, HH, WW, s, p: (H, W),
)


@mistake(
    "conv_forward_naive.padding-of-one-throughout",
    step="conv_forward_naive",
    title="The padding is always 1, whatever `conv_param` says",
    explain=f"{_MAPS} It is right for the padding that you tried it with.",
    hints=("What does your function do for `pad` 0 and 2?", "Where does `conv_param['pad']` come in?"),
    place=Place(looks=r"\bpad\w* = 1$|\bpad\w*\b.* = .*, 1\)?$|\(1, 1\)"),
)
def padding_of_one_throughout(right, x, w, b, conv_param):
    stride = conv_param["stride"]
    rows, columns = map_size(x, w, stride, 1)
    return looped_convolution(padded_by(x, 1), w, b, rows, columns, stride), (x, w, stride, conv_param["pad"])


def padded_by(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


@mistake(
    "conv_forward_naive.stride-and-padding-exchanged",
    step="conv_forward_naive",
    title="Stride and padding are exchanged",
    explain=f"{_MAPS} Yours takes the one for the other.",
    hints=("Which key of `conv_param` does each of your variables come from?", "Look at the order on both sides."),
    place=Place(looks=r"stride.*pad.*=.*pad.*stride|pad.*stride.*=.*stride.*pad"),
)
def stride_and_padding_exchanged(x, w, b, conv_param):
    stride, pad = conv_param["pad"], conv_param["stride"]
    rows, columns = ((n + 2 * pad - k) // stride + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
    return looped_convolution(padded_by(x, pad), w, b, rows, columns, stride), (x, w, stride, pad)


@mistake(
    "conv_forward_naive.kernel-transposed",
    step="correlated",
    title="Rows and columns of the filters are exchanged",
    explain=f"{_CORRELATION} Here $w_{{f,c,q,p}}$ meets the pixel (p, q): the filter is transposed.",
    hints=("Which pixel of the window meets `w[f, c, 0, 1]`?", "Is there a `.T`, or a swapped pair of indices?"),
)
def kernel_transposed(right, patches, w):
    if w.shape[2] != w.shape[3]:
        return right(patches, w)
    return right(patches, w.transpose(0, 1, 3, 2))


@mistake(
    "conv_backward_naive.padding-of-one-throughout",
    step="conv_backward_naive",
    title="The padding is always 1, whatever it was in the forward pass",
    explain="The backward pass must see the very images that the forward pass saw, and cut off as much as was put on.",
    hints=("What does your function do for `pad` 0 and 2?", "Look at the numbers given to `np.pad`."),
    place=Place(looks=r"\bpad\w* = 1$|\bpad\w*\b.* = .*, 1\)?$|pad\(.*\(1, 1\)"),
)
def backward_padding_of_one(dout, cache):
    x, w, stride, _ = cache
    return looped_gradients(dout, x, padded_by(x, 1), w, stride, 1)


def looped_gradients(dout, x, image, w, stride, crop):
    """Gradients as they are written with loops, in images that are padded anyhow; dx is cut out from pixel `crop`."""
    dimage, dw, db = np.zeros_like(image), np.zeros_like(w), dout.sum(axis=(0, 2, 3))
    height, width = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        place = n, slice(None), slice(i * stride, i * stride + height), slice(j * stride, j * stride + width)
        dw[f] += image[place] * dout[n, f, i, j]
        dimage[place] += w[f] * dout[n, f, i, j]
    return dimage[:, :, crop : crop + x.shape[2], crop : crop + x.shape[3]], dw, db


@mistake(
    "conv_backward_naive.crop-from-one",
    step="cropped",
    title="dx is cut out from pixel 1 on, whatever the padding",
    explain="The image begins at pixel `pad` of the padded one. 1 is right for a padding of 1.",
    hints=("Which part of the padded gradient do you return for `pad` 0 and 2?", "`pad:pad + H`, or `1:`?"),
    place=Place(looks=r"\b1:(1 \+ )?H|\b1:H"),
)
def crop_from_one(dx, pad):
    return dx[:, :, 1 : 1 + dx.shape[2] - 2 * pad, 1 : 1 + dx.shape[3] - 2 * pad]


@mistake(
    "conv_backward_naive.crop-from-zero",
    step="cropped",
    title="dx is cut out from pixel 0 on: it begins with the padding",
    explain="The image begins at pixel `pad` of the padded one: `pad:pad + H`, not `:H`.",
    hints=("Which part of the padded gradient belongs to the image?", "Look at the slice that cuts the padding off."),
    place=Place(looks=r"\[:, :, :\w"),
)
def crop_from_zero(dx, pad):
    return dx[:, :, : dx.shape[2] - 2 * pad, : dx.shape[3] - 2 * pad]


@mistake(
    "conv_backward_naive.crop-up-to-the-side",
    step="cropped",
    title="dx is cut out with `pad:H`: it ends too early",
    explain="The image has H rows and begins at pixel `pad`, so it ends at pad + H: `pad:pad + H`.",
    hints=("How many rows has `a[2:5]`?", "Look at the slice that cuts the padding off."),
    place=Place(looks=r"\bp\w*:\w+, p\w*:\w+\]"),
)
def crop_up_to_the_side(dx, pad):
    return dx[:, :, pad : dx.shape[2] - 2 * pad, pad : dx.shape[3] - 2 * pad]


@mistake(
    "conv_backward_naive.results-in-another-order",
    step="conv_backward_naive",
    title="dw is returned first and dx second",
    explain="The contract wants (dx, dw, db), in the order of the arguments x, w, b.",
    hints=("Which shapes do the three results have?", "Look at the order after `return`."),
    place=Place(looks=r"^return"),
)
def conv_results_in_another_order(right, dout, cache):
    dx, dw, db = right(dout, cache)
    return dw, dx, db


@mistake(
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


@mistake(
    "conv_backward_naive.filter-gradient-ignores-the-stride",
    step="conv_backward_naive",
    title="dw is computed from windows that begin at pixel i instead of pixel i·stride",
    explain=f"{_CORRELATION} The window that a filter saw at (i, j) began at (i·stride, j·stride).",
    hints=("Where did the second window begin when the stride was 2?", "Look at the slice that goes into `dw`."),
    place=Place(looks=r"\[.*\b(\w+):\1 \+ "),
)
def filter_gradient_ignores_the_stride(right, dout, cache):
    dx, _, db = right(dout, cache)
    x, w, _, pad = cache
    return dx, looped_gradients(dout, x, padded_by(x, pad), w, 1, pad)[1], db


@mistake(
    "conv_backward_naive.bias-gradient-in-the-loop-over-pixels",
    step="filter_bias_gradient",
    title="db is added up once for each pixel of the maps: the sum stands inside the loops over them",
    explain="$db_f = \\sum_{n,i,j} dout_{n,f,i,j}$. The line that adds the sum over a whole map belongs outside of the "
    "loops over its pixels.",
    hints=("How often is that line run for one map?", "Look at its indentation."),
    place=Place(looks=r"^db\w*\[.*\] \+= .*sum"),
)
def bias_gradient_in_the_loop_over_pixels(right, dout):
    return right(dout) * dout.shape[2] * dout.shape[3]


@mistake(
    "conv_backward_naive.crop-hard-coded",
    step="cropped",
    title="dx is cropped by one pixel on each side, whatever the padding",
    explain="As many pixels must be cut off as were put on: `pad`. `[1:-1]` is right for a padding of 1.",
    hints=("Which shape has your dx for `pad` 0 and 2?", "Look at the slice that cuts the padding off."),
    place=Place(looks=r"\b1:-1\b"),
)
def crop_hard_coded(dx, pad):
    return dx[:, :, 1:-1, 1:-1]


@mistake(
    "conv_backward_naive.dx-overwritten",
    step="conv_backward_naive",
    title="dx is overwritten by each filter and each window: `=` in the place of `+=`",
    explain="Every window sends $dout_{n,f,i,j} \\, w_f$ back to the pixels that it saw, once for each filter, and a "
    "pixel adds it all up. With `dx[…] = w[f] * dout[…]` it keeps what the last filter sent through the last window.",
    hints=("How many filters and windows see a pixel in the middle of the image?", "`=` or `+=`?"),
    place=Place(looks=r"^dx\w*\[.*\] = "),
)
def dx_overwritten(right, dout, cache):
    x, w, stride, pad = cache
    _, dw, db = right(dout, cache)
    image = np.zeros((*x.shape[:2], x.shape[2] + 2 * pad, x.shape[3] + 2 * pad))
    height, width = w.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        here = image[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
        here[...] = w[-1] * dout[:, -1, i, j][:, None, None, None]
    return image[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]], dw, db


@mistake(
    "conv_backward_naive.upstream-ignored",
    step="conv_backward_naive",
    title="The upstream gradient dout is not used",
    explain="By the chain rule every gradient is a sum of products with dout. Yours is what a dout of ones would give.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
)
def upstream_ignored(right, dout, cache):
    return right(np.ones_like(dout), cache)


@mistake(
    "conv_backward_naive.first-image-only",
    step="conv_backward_naive",
    title="Only the first image has a part in the gradients",
    explain="Every image adds to dw and db, and every image has its own dx. A `return` inside the loop over images, "
    "or an index that stays 0, leaves the others out.",
    hints=("Which images have a gradient that is not 0?", "Look at the indentation of `return`."),
)
def first_image_only(right, dout, cache):
    first = np.zeros_like(dout)
    first[:1] = dout[:1]
    return right(first, cache)


# Max-pooling


@mistake(
    "max_pool_forward_naive.stride-is-the-height",
    step="pooled_windows",
    title="The window moves by its own size, whatever the stride",
    explain=f"{_POOLED} The two are equal for windows of 2 × 2 with stride 2, which hides it.",
    hints=("Where does the second window begin when stride is 1 and the window 3 pixels high?", "Where is `stride`?"),
)
def stride_is_the_height(right, x, height, width, stride):
    n, c, rows, columns = right(x, height, width, stride).shape[:4]
    patches = np.full((n, c, rows, columns, height, width), -np.inf)
    for i, j in np.ndindex(rows, columns):
        seen = x[:, :, i * height : (i + 1) * height, j * width : (j + 1) * width]
        if not seen.size:
            raise ValueError("zero-size array to reduction operation maximum which has no identity")
        patches[:, :, i, j, : seen.shape[2], : seen.shape[3]] = seen
    return patches


@mistake(
    "max_pool_forward_naive.start-ignores-the-stride",
    step="pooled_windows",
    title="The windows start at pixel i instead of pixel i·stride",
    explain=_POOLED,
    hints=("Where does the second window begin when the stride is 2?", "Look at the slice that cuts the window out."),
    place=Place(looks=r"\[.*\b(\w+):\1 \+ "),
)
def start_ignores_the_stride(right, x, height, width, stride):
    rows, columns = right(x, height, width, stride).shape[2:4]
    return right(x, height, width, 1)[:, :, :rows, :columns]


@mistake(
    "max_pool_forward_naive.one-window-short",
    step="pooled_windows",
    title="The output is one row and one column too small",
    explain="There are $1 + (H - height) / stride$ windows in a column: the 1 counts the first one.",
    hints=("How many windows fit into an image as large as the window?", "Look at the formula for the size."),
    place=Place(assigns=r"H.*|.*[hH]eight.*|oh|ho|.*rows.*", looks=r"/"),
)
def one_window_short(right, x, height, width, stride):
    return right(x, height, width, stride)[:, :, :-1, :-1]


def looped_pooling(x, rows, columns, height, width, stride):
    """Max-pooling as it is written with loops: an empty window is an error, as it is there."""
    out = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(out.shape):
        out[n, c, i, j] = np.max(x[n, c, i * stride : i * stride + height, j * stride : j * stride + width])
    return out


def wrong_pooling(name, title, explain, hints, pooled, place=None):
    """Declare a wrong max-pooling: `pooled(x, height, width, stride)` gives its output."""

    def forward(x, pool_param):
        window = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
        return pooled(x, *window), (x, window)

    declare = mistake(
        f"max_pool_forward_naive.{name}",
        step="max_pool_forward_naive",
        title=title,
        explain=explain,
        hints=hints,
        place=place,
    )
    return declare(forward)


def pooled_size(x, height, width, stride):
    return (x.shape[2] - height) // stride + 1, (x.shape[3] - width) // stride + 1


_WINDOWS = "There are $1 + (H - height) / stride$ rows of windows and $1 + (W - width) / stride$ columns."
_OBLONG_WINDOW = ("What do you get for a window of 3 × 2?", "Look for `pool_height` where `pool_width` is meant.")

pooled_by_squares = wrong_pooling(
    "window-is-a-square",
    "The window is as wide as it is high: `pool_width` is not used",
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
    _WIDTH,
)
pooled_width_from_window_height = wrong_pooling(
    "width-from-the-windows-height",
    "The width of the output is computed with the height of the window",
    f"{_WINDOWS} For square windows there is no difference, which hides it.",
    _OBLONG_WINDOW,
    lambda x, height, width, s: looped_pooling(
        x, (x.shape[2] - height) // s + 1, (x.shape[3] - height) // s + 1, height, width, s
    ),
    _WIDTH,
)
pooled_without_stride_in_the_size = wrong_pooling(
    "size-is-the-images-by-the-window",
    "The size of the output is that of the images divided by that of the window",
    f"{_WINDOWS} The two are equal where windows do not overlap and leave no gaps, which hides it.",
    ("Which shape does your output have for a window of 3 × 3 with stride 1?", "Look at the formula for the size."),
    lambda x, height, width, s: looped_pooling(x, x.shape[2] // height, x.shape[3] // width, height, width, s),
    _HEIGHT,
)


@mistake(
    "max_pool_backward_naive.windows-ignore-the-stride",
    step="max_pool_backward_naive",
    title="The windows start at pixel i instead of pixel i·stride",
    explain=f"{_POOLED} Both the search for the largest pixel and its gradient belong there.",
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
    explain=f"{_POOLED} For square windows there is no difference, which hides it.",
    hints=_OBLONG_WINDOW,
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
    explain=f"{_POOLED} Its gradient belongs to the same place.",
    hints=("Where did the second window begin in the forward pass?", "Look at the slice of `dx` that is written to."),
    place=Place(looks=r"^dx\w*\[.*\b(\w+):\1 \+ .*\] \+?= "),
)
def gradient_start_ignores_the_stride(right, patches, shape, stride):
    return right(patches, shape, 1)


# What is in play


def _sizes(dout, **more):
    return {"N": float(len(dout)), **{name: float(value) for name, value in more.items()}}


@quantities("affine_backward")
def in_an_affine_gradient(solution, dout, cache):
    x, w = cache
    return Quantities(_sizes(dout, D=w.shape[0], M=w.shape[1]), {"x": x, "w": w, "dout": dout})


@quantities("softmax_loss")
def in_a_loss(solution, x, y):
    n, classes = x.shape
    p = np.exp(solution.log_probabilities(x))
    return Quantities({"N": float(n), "C": float(classes)}, {"p": p, "the one-hot labels": np.eye(classes)[y]})


@quantities("conv_backward_naive")
def in_a_convolution_gradient(solution, dout, cache):
    x, w, stride, _ = cache
    return Quantities(_sizes(dout, C=x.shape[1], F=len(w), stride=stride), {"x": x, "w": w, "dout": dout})


@quantities("conv_forward_naive")
def in_a_convolution(solution, x, w, b, conv_param):
    maps = np.broadcast_to(b[:, None, None], solution.conv_forward_naive(x, w, b, conv_param)[0].shape)
    return Quantities({"C": float(x.shape[1]), "F": float(len(w))}, {"the bias of each map": maps})
