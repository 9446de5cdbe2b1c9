"""What goes wrong on the way back."""

import numpy as np

from grader.assignments import Place
from operations.convolution_layer.loops import padded
from operations.convolution_layer.operation import convolution_layer
from operations.lessons import images as lessons

_FILTERS = "$dw_{f,c,p,q} = \\sum_{n,i,j} dout_{n,f,i,j} \\, x_{n,c,\\,s i + p,\\,s j + q}$."
_BIASES = (
    "The bias of filter f is added to every pixel of its map in every image, so $db_f = \\sum_{n,i,j} dout_{n,f,i,j}$."
)
_IMAGES = (
    "Every window sends $dout_{n,f,i,j} \\, w_f$ back to the pixels that it saw, and a pixel adds up what all windows "
    "send, over all filters."
)


@convolution_layer.mistake(
    "conv_backward.filter-gradient-flipped",
    step="filter_gradient",
    title="dw is flipped by 180°",
    explain=f"{_FILTERS} The entry (p, q) of dw belongs to the pixel at (p, q) of the window, as in the forward pass.",
    hints=("Compare `dw` with `dw[..., ::-1, ::-1]`.", "Do you reverse an array before or after the sum?"),
    place=Place(assigns="d[wW]"),
)
def filter_gradient_flipped(right, dout, patches):
    return right(dout, patches)[..., ::-1, ::-1]


@convolution_layer.mistake(
    "conv_backward.filter-gradient-of-last-image",
    step="filter_gradient",
    title="dw keeps only the last image",
    explain=f"{_FILTERS} The sum runs over the images too. In a loop, `=` in the place of `+=` keeps the last one "
    "alone.",
    hints=("Does `dw` change when you change the first image?", "`=` or `+=`?"),
    place=Place(assigns="d[wW]"),
)
def filter_gradient_of_last_image(right, dout, patches):
    return right(dout[-1:], patches[-1:])


@convolution_layer.mistake(
    "conv_backward.filter-gradient-of-last-window",
    step="filter_gradient",
    title="dw keeps only the last window of the last image",
    explain=f"{_FILTERS} In the innermost loop, `=` in the place of `+=` throws away what was there before.",
    hints=("How many windows contribute to your `dw`?", "`=` or `+=`?"),
    place=Place(assigns="d[wW]"),
)
def filter_gradient_of_last_window(right, dout, patches):
    return right(dout[-1:, :, -1:, -1:], patches[-1:, :, -1:, -1:])


@convolution_layer.mistake(
    "conv_backward.filter-gradient-averaged",
    step="filter_gradient",
    title="dw is divided by the number of images",
    explain=f"{_FILTERS} The mean over the batch is in the cost, and so in dout already.",
    hints=("What does `dout` contain already?", "Look for a division by n, or a `mean`."),
    place=Place(assigns="d[wW]"),
)
def filter_gradient_averaged(right, dout, patches):
    return right(dout, patches) / len(dout)


@convolution_layer.mistake(
    "conv_backward.bias-gradient-averaged",
    step="filter_bias_gradient",
    title="db is a mean instead of a sum",
    explain=f"{_BIASES} `mean` divides by the number of images times the number of pixels of a map.",
    hints=("How often is `b[f]` added in the forward pass?", "`sum` or `mean`?"),
    place=Place(assigns="db"),
)
def bias_gradient_averaged(dout):
    return dout.mean(axis=(0, 2, 3))


@convolution_layer.mistake(
    "conv_backward.bias-gradient-divided-by-images",
    step="filter_bias_gradient",
    title="db is divided by the number of images",
    explain=f"{_BIASES} The mean over the batch is in the cost, and so in dout already.",
    hints=("What does `dout` contain already?", "Look for a division by n."),
    place=Place(assigns="db"),
)
def bias_gradient_divided_by_images(right, dout):
    return right(dout) / len(dout)


@convolution_layer.mistake(
    "conv_backward.bias-gradient-of-last-image",
    step="filter_bias_gradient",
    title="db keeps only the last image",
    explain=f"{_BIASES} In a loop over images, `=` in the place of `+=` keeps the last one alone.",
    hints=("Does `db` change when you change the first image's `dout`?", "`=` or `+=`?"),
    place=Place(assigns="db"),
)
def bias_gradient_of_last_image(right, dout):
    return right(dout[-1:])


@convolution_layer.mistake(
    "conv_backward.bias-gradient-of-last-window",
    step="filter_bias_gradient",
    title="db keeps only the last pixel of the last map",
    explain=f"{_BIASES} In the innermost loop, `=` in the place of `+=` throws away what was there before.",
    hints=("How many entries of `dout` contribute to your `db`?", "`=` or `+=`?"),
    place=Place(assigns="db"),
)
def bias_gradient_of_last_window(dout):
    return dout[-1, :, -1, -1]


@convolution_layer.mistake(
    "conv_backward.bias-gradient-not-summed-over-images",
    step="filter_bias_gradient",
    title="db has one row for each image",
    explain=f"{_BIASES} The sum over the images is missing, so the shape is (n, f) instead of (f,).",
    hints=("Which shape has `b`?", "Over which axes do you sum?"),
    place=Place(assigns="db"),
)
def bias_gradient_not_summed_over_images(dout):
    return dout.sum(axis=(2, 3))


@convolution_layer.mistake(
    "conv_backward.bias-gradient-summed-over-images-only",
    step="filter_bias_gradient",
    title="db is not summed over the pixels of the maps",
    explain=f"{_BIASES} With `axis=0` alone the shape is that of a map.",
    hints=("Which shape has `b`?", "Over which axes do you sum?"),
    place=Place(assigns="db"),
)
def bias_gradient_summed_over_images_only(dout):
    return dout.sum(axis=0)


@convolution_layer.mistake(
    "conv_backward.bias-gradient-is-one-number",
    step="filter_bias_gradient",
    title="db is one number: summed over the filters too",
    explain=f"{_BIASES} `np.sum` without `axis` adds up all filters; in an array of zeros every bias then gets the "
    "same gradient.",
    hints=("Should all biases move by the same amount?", "Which `axis` does your sum have?"),
    place=Place(assigns="db"),
)
def bias_gradient_is_one_number(dout):
    return np.full(dout.shape[1], dout.sum())


@convolution_layer.mistake(
    "conv_backward.kernel-flipped",
    step="patch_gradient",
    title="dx is computed with flipped filters",
    explain=f"{_IMAGES} The pixel at (p, q) of the window met $w_{{f,c,p,q}}$, so it gets that weight's share. The "
    "flipped filter belongs to the other way of writing this, as a convolution of the padded dout.",
    hints=(
        "Which weight did the first pixel of the window meet?",
        "Do you reverse the filter, and add windows as well?",
    ),
    place=Place(assigns="dx.*"),
)
def kernel_flipped(right, dout, w):
    return right(dout, w[..., ::-1, ::-1])


@convolution_layer.mistake(
    "conv_backward.last-filter-only",
    step="patch_gradient",
    title="dx knows only the last filter",
    explain=f"{_IMAGES} In a loop over filters, `=` in the place of `+=` keeps the last one alone.",
    hints=("Does `dx` change when you change the first filter?", "`=` or `+=`?"),
    place=Place(assigns="dx.*"),
)
def last_filter_only(right, dout, w):
    return right(dout[:, -1:], w[-1:])


@convolution_layer.mistake(
    "conv_backward.overlap-overwritten",
    step="returned_to_image",
    title="dx is overwritten where windows overlap",
    explain=f"{_IMAGES} With `=` in the place of `+=` a pixel keeps what the last window sent. Nothing is wrong where "
    "the stride is as large as the window, which hides it.",
    hints=(
        "How many windows see a pixel in the middle of the image?",
        "`=` or `+=`, in the line that writes into `dx`?",
    ),
    place=Place(looks=r"^dx\w*\[.*\] = "),
)
def overlap_overwritten(patches, shape, stride):
    images = np.zeros(shape)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(rows, columns):
        images[:, :, i * stride : i * stride + height, j * stride : j * stride + width] = patches[:, :, i, j]
    return images


@convolution_layer.mistake(
    "conv_backward.stride-ignored",
    step="returned_to_image",
    title="dx is put together as if the stride were 1",
    explain=f"{_IMAGES} Window i began at pixel $s \\cdot i$ in the forward pass; its gradient must go to the same "
    "place.",
    hints=("Where did the second window begin when the stride was 2?", "Look at the slice of `dx` that is added to."),
    place=Place(looks=r"^dx\w*\[.*\b(\w+):\1 \+ .*\] \+?= "),
)
def stride_ignored(right, patches, shape, stride):
    return right(patches, shape, 1)


@convolution_layer.mistake(
    "conv_backward.padding-not-removed",
    step="cropped",
    title="dx still has the padding",
    explain="dx has the shape of x. The rim of `pad` pixels belongs to the padded image and must be cut off.",
    hints=("Which shape has `x`?", "What is left to do with the gradient of the padded images?"),
    place=Place(assigns="dx"),
)
def padding_not_removed(dx, pad):
    return dx


@convolution_layer.mistake(
    "conv_backward.empty-without-padding",
    step="cropped",
    title="dx is empty when there is no padding: the slice `pad:-pad` is `0:-0`",
    explain="`-0` is 0, so `dx[:, :, 0:-0, 0:-0]` cuts everything off. `pad:pad + H` works for every pad.",
    hints=("What is `np.arange(5)[0:-0]`?", "How do you cut off the padding?"),
    place=Place(looks=r":-\w"),
)
def empty_without_padding(dx, pad):
    return dx[:, :, pad:-pad, pad:-pad]


@convolution_layer.mistake(
    "conv_backward.upstream-ignored",
    step="conv_backward",
    title="The upstream gradient dout is not used",
    explain="By the chain rule every gradient is a sum of products with dout. Yours is what a dout of ones would give.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
)
def upstream_ignored(right, dout, *arguments):
    return right(np.ones_like(dout), *arguments)


@convolution_layer.mistake(
    "conv_backward.results-in-another-order",
    step="conv_backward",
    title="dw is returned first and dx second",
    explain="The contract wants (dx, dw, db), in the order of the arguments x, w, b.",
    hints=("Which shapes do the three results have?", "Look at the order after `return`."),
)
def results_in_another_order(right, *arguments):
    dx, dw, db = right(*arguments)
    return dw, dx, db


@convolution_layer.mistake(
    "conv_backward.dx-overwritten",
    step="convolution_gradients",
    title="dx is overwritten by each filter and each window: `=` in the place of `+=`",
    explain=f"{_IMAGES} With `dx[…] = w[f] * dout[…]` in the innermost loop a pixel keeps what the last filter sent "
    "through the last window that saw it.",
    hints=(
        "How many filters and windows see a pixel in the middle of the image?",
        "`=` or `+=`, in the line that writes into `dx`?",
    ),
    place=Place(looks=r"^dx\w*\[.*\] = "),
)
def dx_overwritten(right, dout, x, w, stride, pad):
    _, dw, db = right(dout, x, w, stride, pad)
    image = np.zeros_like(padded(x, pad))
    height, width = w.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        here = image[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
        here[...] = w[-1] * dout[:, -1, i, j][:, None, None, None]
    return image[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]], dw, db


@convolution_layer.mistake(
    "conv_backward.bias-gradient-in-the-loop-over-pixels",
    step="filter_bias_gradient",
    title="db is added up once for each pixel of the maps: the sum stands inside the loops over them",
    explain="$db_f = \\sum_{n,i,j} dout_{n,f,i,j}$. The line that adds the sum over a whole map belongs outside of the "
    "loops over its pixels.",
    hints=("How often is that line run for one map?", "Look at its indentation."),
    place=Place(looks=r"^db\w*\[.*\] \+= .*sum"),
)
def bias_gradient_in_the_loop_over_pixels(right, dout):
    return right(dout) * dout.shape[2] * dout.shape[3]


convolution_layer.teach(
    {
        "conv_backward.overlap-overwritten": lessons.OVERLAP_OVERWRITTEN,
        "conv_backward.filter-gradient-of-last-image": lessons.GRADIENT_OF_LAST,
        "conv_backward.filter-gradient-of-last-window": lessons.GRADIENT_OF_LAST,
        "conv_backward.padding-not-removed": lessons.PADDING,
    }
)
