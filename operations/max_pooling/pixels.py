"""What is taken from a window, and which pixel its gradient goes back to."""

import numpy as np

from grader.assignments import Place
from operations.lessons import images as lessons
from operations.max_pooling.operation import max_pooling

_RULE = "The output is the largest pixel of each window; windows begin at multiples of the stride."
_GRADIENT = (
    "Only the largest pixel of a window reaches the output, so it alone gets the window's gradient; a pixel that is "
    "the largest of several windows gets the sum."
)
# A slice that begins at a multiple of the index: `i * h : i * h + h`, `i * h : (i + 1) * h`.
_MULTIPLE = Place(looks=r"\[.*\b(\w+) ?\* ?(\w+) ?: ?(\(\1|\1 ?\* ?\2)")


@max_pooling.mistake(
    "max_pool_forward.starts-at-zero",
    step="largest",
    title="The maximum begins at 0: windows of negative pixels give 0",
    explain=f"{_RULE} When the search for the maximum begins with 0 (or the result with zeros that are compared with), "
    "a negative maximum is never found. Begin with the first pixel, or with `-np.inf`.",
    hints=("What is the largest of −3 and −5?", "With which number does your search for the maximum begin?"),
    place=Place(calls="a?max|mean|a?min"),
)
def starts_at_zero(right, patches):
    return np.maximum(right(patches), 0)


@max_pooling.mistake(
    "max_pool_forward.mean-instead",
    step="largest",
    title="This is average pooling: the mean of each window",
    explain=_RULE,
    hints=("Is every value of your output a pixel of the input?", "`max` or `mean`?"),
    place=Place(calls="a?max|mean|a?min"),
)
def mean_instead(patches):
    return patches.mean(axis=(-2, -1))


@max_pooling.mistake(
    "max_pool_forward.over-all-channels",
    step="largest",
    title="The largest pixel of all channels is taken, not of each channel",
    explain=f"{_RULE} Every channel is pooled for itself: a window is cut out of one of them.",
    hints=("How do the channels of your output differ?", "Over which axes goes the maximum?"),
    place=Place(calls="a?max|mean|a?min"),
)
def over_all_channels(patches):
    return patches.max(axis=(1, -2, -1), keepdims=True)[..., 0, 0] + np.zeros(patches.shape[:4])


@max_pooling.mistake(
    "max_pool_forward.minimum-instead",
    step="largest",
    title="The smallest pixel of each window is taken",
    explain=_RULE,
    hints=("Which pixel of a window do you return?", "`max` or `min`?"),
    place=Place(calls="a?max|mean|a?min"),
)
def minimum_instead(patches):
    return patches.min(axis=(-2, -1))


@max_pooling.mistake(
    "max_pool_forward.largest-magnitude",
    step="largest",
    title="The largest absolute value of each window is taken",
    explain=f"{_RULE} −5 is smaller than 3.",
    hints=("What does your function give for a window with −5 and 3?", "Where does an absolute value come in?"),
    place=Place(calls="a?max|mean|a?min"),
)
def largest_magnitude(patches):
    return np.abs(patches).max(axis=(-2, -1))


@max_pooling.mistake(
    "max_pool_forward.windows-side-by-side",
    step="pooling_windows",
    title="The window moves by its own size, whatever the stride",
    explain=f"{_RULE} The two are equal for pooling 2×2 with stride 2, which hides it.",
    hints=("Which shape does your output have for size 3, stride 2?", "Where is `stride` used?"),
    place=_MULTIPLE,
)
def windows_side_by_side(x, height, width, stride):
    rows, columns = x.shape[2] // height, x.shape[3] // width
    used = x[:, :, : rows * height, : columns * width]
    return used.reshape(*x.shape[:2], rows, height, columns, width).swapaxes(3, 4)


@max_pooling.mistake(
    "max_pool_forward.stride-is-the-size",
    step="pooled",
    title="The slices move by the window's own size, whatever the stride",
    explain=f"{_RULE} The two are equal for pooling 2×2 with stride 2, which hides it.",
    hints=("Where does the second window begin for size 3 and stride 2?", "By what is the index multiplied?"),
    place=_MULTIPLE,
)
def stride_is_the_size(right, x, height, width, stride):
    out = np.zeros(right(x, height, width, stride).shape)
    for n, c, i, j in np.ndindex(out.shape):
        out[n, c, i, j] = np.max(x[n, c, i * height : (i + 1) * height, j * width : (j + 1) * width])
    return out


@max_pooling.mistake(
    "max_pool_forward.start-ignores-the-stride",
    step="pooling_windows",
    title="The windows start at pixel i instead of pixel i·stride",
    explain=_RULE,
    hints=("Where does the second window begin when the stride is 2?", "Look at the slice that cuts the window out."),
)
def start_ignores_the_stride(right, x, height, width, stride):
    rows, columns = right(x, height, width, stride).shape[2:4]
    return right(x, height, width, 1)[:, :, :rows, :columns]


@max_pooling.mistake(
    "max_pool_forward.reshaped-without-transposing",
    step="pooling_windows",
    title="The image is cut into runs of pixels instead of windows",
    explain="`reshape` never changes the order of pixels in memory: into (…, rows, columns, 2, 2) it puts four "
    "neighbours of one row into a window. Reshape to (…, rows, 2, columns, 2), and take the maximum over axes 3 and 5.",
    hints=(
        "Which four pixels are in your first window? Try it with `np.arange`.",
        "In which order do the axes of your `reshape` stand?",
    ),
)
def reshaped_without_transposing(right, x, height, width, stride):
    patches = right(x, height, width, stride)
    rows, columns = patches.shape[2:4]
    if not height == width == stride:
        return patches
    used = x[:, :, : rows * height, : columns * width]
    return used.reshape(*x.shape[:2], rows, columns, height, width)


@max_pooling.mistake(
    "max_pool_backward.equal-pixels-each-get-it",
    step="routed",
    title="Equal largest pixels each get the whole gradient",
    explain=f"{_GRADIENT} A mask `window == window.max()` is true in several places when pixels are equal, and then "
    "the gradient counts several times. Use `argmax`, or share it.",
    hints=("What does your function give for a window of four ones?", "How many entries of your mask are true?"),
    place=Place(assigns="dx"),
)
def equal_pixels_each_get_it(dout, patches):
    return dout[..., np.newaxis, np.newaxis] * (patches == patches.max(axis=(-2, -1), keepdims=True))


@max_pooling.mistake(
    "max_pool_backward.all-pixels-get-it",
    step="routed",
    title="Every pixel of a window gets the window's gradient",
    explain=_GRADIENT,
    hints=(
        "Does the output change when a pixel changes that is not the largest?",
        "Where is the place of the maximum?",
    ),
    place=Place(assigns="dx"),
)
def all_pixels_get_it(dout, patches):
    return dout[..., np.newaxis, np.newaxis] * np.ones(patches.shape)


@max_pooling.mistake(
    "max_pool_backward.shared-evenly",
    step="routed",
    title="The gradient is shared evenly by all pixels: that is average pooling's",
    explain=_GRADIENT,
    hints=(
        "Does the output change when a pixel changes that is not the largest?",
        "Where is the place of the maximum?",
    ),
    place=Place(assigns="dx"),
)
def shared_evenly(dout, patches):
    return dout[..., np.newaxis, np.newaxis] * np.ones(patches.shape) / np.prod(patches.shape[-2:])


@max_pooling.mistake(
    "max_pool_backward.first-pixel-gets-it",
    step="routed",
    title="The gradient always goes to the first pixel of the window",
    explain=_GRADIENT,
    hints=("Which pixel of the window gets the gradient?", "Where is the place of the maximum remembered?"),
    place=Place(assigns="dx"),
)
def first_pixel_gets_it(dout, patches):
    result = np.zeros(patches.shape)
    result[..., 0, 0] = dout
    return result


@max_pooling.mistake(
    "max_pool_backward.upstream-ignored",
    step="routed",
    title="The upstream gradient dout is not used: the mask alone is returned",
    explain="The mask of the largest pixels must be multiplied by the window's dout.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
    place=Place(assigns="dx"),
)
def upstream_ignored(right, dout, patches):
    return right(np.ones_like(dout), patches)


@max_pooling.mistake(
    "max_pool_backward.largest-of-all-images",
    step="routed",
    title="The largest pixel is sought over all images and channels, not in each window",
    explain="Every image and every channel has a window of its own. `np.max` without an axis gives one number for all, "
    "so that most windows send nothing back.",
    hints=("How many pixels get a gradient from one position of the window?", "Over which axes is the maximum taken?"),
    place=Place(calls="max"),
)
def largest_of_all_images(dout, patches):
    largest = patches.max(axis=(0, 1, 4, 5), keepdims=True)
    return (patches == largest) * dout[..., np.newaxis, np.newaxis]


@max_pooling.mistake(
    "max_pool_backward.overlap-overwritten",
    step="returned_to_pixels",
    title="The gradient of a pixel is overwritten where windows overlap",
    explain="A pixel that several windows see gets the sum of what each of them sends back. With `=` in the place of "
    "`+=` the last window wins. Nothing is wrong for windows that do not overlap, which hides it.",
    hints=("How many windows see a pixel when size is 3 and stride 1?", "`=` or `+=`?"),
    place=Place(assigns="dx"),
)
def overlap_overwritten(patches, shape, stride):
    images = np.zeros(shape)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(rows, columns):
        here = images[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
        here[...] = patches[:, :, i, j]
    return images


@max_pooling.mistake(
    "max_pool_backward.winner-overwritten",
    step="returned_to_pixels",
    title="A pixel that is the largest of several windows keeps the gradient of the last one",
    explain=f"{_GRADIENT} Writing `dx[…, i, j] = dout[…]` at the place of the maximum forgets the windows before.",
    hints=("Can one pixel be the largest of two windows?", "`=` or `+=`?"),
    place=Place(assigns="dx"),
)
def winner_overwritten(patches, shape, stride):
    images = np.zeros(shape)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(rows, columns):
        here = images[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
        np.copyto(here, patches[:, :, i, j], where=patches[:, :, i, j] != 0)
    return images


@max_pooling.mistake(
    "max_pool_backward.stride-ignored",
    step="returned_to_pixels",
    title="The gradient is put together as if the stride were the size of the window",
    explain=f"{_GRADIENT} Window i began at pixel i·stride, so its gradient belongs there.",
    hints=("Where did the second window begin?", "Look at the slice of `dx` that is written to."),
    place=Place(assigns="dx"),
)
def stride_ignored(patches, shape, stride):
    rows, columns, height, width = patches.shape[2:]
    images = np.zeros((*shape[:2], rows * height, columns * width))
    for i, j in np.ndindex(rows, columns):
        images[:, :, i * height : (i + 1) * height, j * width : (j + 1) * width] = patches[:, :, i, j]
    padding = [
        (0, 0),
        (0, 0),
        *((0, max(0, side - have)) for side, have in zip(shape[2:], images.shape[2:], strict=True)),
    ]
    return np.pad(images, padding)[:, :, : shape[2], : shape[3]]


@max_pooling.mistake(
    "max_pool_forward.one-window-short",
    step="pooling_windows",
    title="The output is one row and one column too small",
    explain="There are $1 + (H - height) / stride$ windows in a column: the 1 counts the first one.",
    hints=("How many windows fit into an image as large as the window?", "Look at the formula for the size."),
    place=Place(assigns=r"H.*|.*[hH]eight.*|oh|ho|.*rows.*", looks=r"/"),
)
def one_window_short(right, x, height, width, stride):
    return right(x, height, width, stride)[:, :, :-1, :-1]


@max_pooling.mistake(
    "max_pool_backward.start-ignores-the-stride",
    step="returned_to_pixels",
    title="The gradients are put back as if the stride were 1",
    explain="Window i began at pixel i·stride, so its gradient belongs there.",
    hints=("Where did the second window begin in the forward pass?", "Look at the slice of `dx` that is written to."),
    place=Place(looks=r"^dx\w*\[.*\b(\w+):\1 \+ .*\] \+?= "),
)
def gradient_start_ignores_the_stride(right, patches, shape, stride):
    return right(patches, shape, 1)


@max_pooling.mistake(
    "max_pool_backward.window-as-stride",
    step="pooling_gradient",
    title="The windows are looked for at multiples of their own size, whatever the stride",
    explain=f"{_GRADIENT} Window i began at pixel i·stride: there its largest pixel is found, and there the gradient "
    "belongs. Where the stride is the size of the window, as is common, nothing shows.",
    hints=("Where did the second window begin in the forward pass?", "By what is the index multiplied in your slices?"),
)
def window_as_stride(dout, x, height, width, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        rows, columns = slice(i * height, (i + 1) * height), slice(j * width, (j + 1) * width)
        window = x[n, c, rows, columns]
        p, q = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, i * height + p, j * width + q] += dout[n, c, i, j]
    return dx


max_pooling.teach(
    {
        "max_pool_forward.starts-at-zero": lessons.STARTS_AT_ZERO,
        "max_pool_forward.start-ignores-the-stride": lessons.STRIDE_IGNORED,
        "max_pool_backward.all-pixels-get-it": lessons.SHARED_POOLING,
        "max_pool_backward.shared-evenly": lessons.SHARED_POOLING,
        "max_pool_backward.overlap-overwritten": lessons.OVERLAP_OVERWRITTEN,
    }
)
