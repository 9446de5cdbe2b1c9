"""`conv_forward_naive`: the size of its output."""

import numpy as np

from grader.assignments import Place, mistake

from .conv_forward import MAPS, looped_convolution


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
        explain=f"{MAPS} {explain}",
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
WIDTH = Place(assigns=r"W.*|w.*|ow|.*[wW]idth.*|.*col.*", looks=r"/")
HEIGHT = Place(assigns=r"H.*|h.*|oh|.*[hH]eight.*|.*row.*", looks=r"/")

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
    WIDTH,
)
both_from_height = wrong_size(
    "both-sides-from-the-height",
    "The width of the output is computed like its height, from H and HH",
    _SQUARES_HIDE_IT,
    _OBLONG,
    lambda H, W, HH, WW, s, p: ((H + 2 * p - HH) // s + 1, (H + 2 * p - HH) // s + 1),
    WIDTH,
)
width_from_filter_height = wrong_size(
    "width-from-the-filters-height",
    "The width of the output is computed with the height of the filters",
    _SQUARES_HIDE_IT,
    _OBLONG,
    lambda H, W, HH, WW, s, p: ((H + 2 * p - HH) // s + 1, (W + 2 * p - HH) // s + 1),
    WIDTH,
)
padding_once_in_the_size = wrong_size(
    "padding-once-in-the-size",
    "The size of the output counts the padding once instead of twice",
    "There are `pad` pixels at *both* ends, so 2·pad in all.",
    ("How many zero pixels does a row get?", "Look at the formula for the size of the output."),
    lambda H, W, HH, WW, s, p: ((H + p - HH) // s + 1, (W + p - WW) // s + 1),
    HEIGHT,
)
no_padding_in_the_size = wrong_size(
    "no-padding-in-the-size",
    "The size of the output leaves the padding out",
    "Where a window may begin depends on the padded image.",
    _FORMULA,
    lambda H, W, HH, WW, s, p: ((H - HH) // s + 1, (W - WW) // s + 1),
    HEIGHT,
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
