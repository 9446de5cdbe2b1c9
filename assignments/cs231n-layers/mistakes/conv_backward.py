"""`conv_backward_naive`."""

import numpy as np

from grader.assignments import Place, mistake

from .conv_forward import CORRELATION, padded_by


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
    "conv_backward_naive.filter-gradient-ignores-the-stride",
    step="conv_backward_naive",
    title="dw is computed from windows that begin at pixel i instead of pixel i·stride",
    explain=f"{CORRELATION} The window that a filter saw at (i, j) began at (i·stride, j·stride).",
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
