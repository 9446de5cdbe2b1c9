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
        relu, backpropagation, dense_layer, softmax_loss, convolution, convolution_gradients, max_pooling
    )
    if entry.code not in REMARKED and entry.step not in WHOLE_FUNCTIONS
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


@mistake(
    "conv_forward_naive.size-with-height-and-width-swapped",
    step="conv_forward_naive",
    title="The height of the output is computed from the width of the images, and the other way round",
    explain=f"{_MAPS} For square images and filters there is no difference, which hides it.",
    hints=("Which shape does your output have for an image of 6 × 8?", "Look at what `x.shape` is unpacked into."),
)
def size_with_height_and_width_swapped(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    image = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    return looped_convolution(image, w, b, *map_size(x, w, stride, pad)[::-1], stride), (x, w, stride, pad)


@mistake(
    "conv_forward_naive.padding-once-in-the-size",
    step="conv_forward_naive",
    title="The size of the output counts the padding once instead of twice",
    explain=f"{_MAPS} There are `pad` pixels at *both* ends, so 2·pad in all.",
    hints=("How many zero pixels does a row get?", "Look at the formula for the size of the output."),
)
def padding_once_in_the_size(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    image = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    rows, columns = ((side + pad - window) // stride + 1 for side, window in zip(x.shape[2:], w.shape[2:], strict=True))
    return looped_convolution(image, w, b, rows, columns, stride), (x, w, stride, pad)


@mistake(
    "conv_backward_naive.crop-hard-coded",
    step="cropped",
    title="dx is cropped by one pixel on each side, whatever the padding",
    explain="As many pixels must be cut off as were put on: `pad`. `[1:-1]` is right for a padding of 1.",
    hints=("Which shape has your dx for `pad` 0 and 2?", "Look at the slice that cuts the padding off."),
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
    place=Place(assigns="dx.*"),
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
)
def one_window_short(right, x, height, width, stride):
    return right(x, height, width, stride)[:, :, :-1, :-1]


@mistake(
    "max_pool_backward_naive.overlap-overwritten",
    step="gathered",
    title="The gradient of a pixel is overwritten where windows overlap",
    explain=f"{_WINNER} With `=` in the place of `+=` for the whole window, the last window wins. Nothing is wrong for "
    "windows that do not overlap, which hides it.",
    hints=("How many windows see a pixel when a window is 3 pixels wide and stride is 1?", "`=` or `+=`?"),
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
