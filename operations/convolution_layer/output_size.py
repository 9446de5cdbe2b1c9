"""The size of the output, and where the padding is put."""

from grader.assignments import Place
from operations.convolution_layer.loops import looped_convolution, map_size, padded
from operations.convolution_layer.operation import convolution_layer

MAPS = (
    "The output has $1 + (H + 2 p - HH) / s$ rows and $1 + (W + 2 p - WW) / s$ columns, with the padding p and the "
    "stride s<sizes>."
)


def wrong_size(name, title, explain, hints, size, place=None):
    """Declare a wrong size of a convolution's output: `size(H, W, HH, WW, stride, pad)` gives rows and columns."""

    def convolved(x, w, b, stride, pad):
        return looped_convolution(padded(x, pad), w, b, *size(*x.shape[2:], *w.shape[2:], stride, pad), stride)

    declare = convolution_layer.mistake(
        f"conv_forward.{name}",
        step="convolved",
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


@convolution_layer.mistake(
    "conv_forward.padding-hard-coded",
    step="convolved",
    title="The padding is always 1, whatever is asked for",
    explain=f"{MAPS} It is right for the padding that you tried it with.",
    hints=("What does your function do for `pad` 0 and 2?", "Look at the numbers given to `np.pad`."),
    place=Place(calls="pad"),
)
def padding_hard_coded(x, w, b, stride, pad):
    return looped_convolution(padded(x, 1), w, b, *map_size(x, w, stride, pad), stride)


@convolution_layer.mistake(
    "conv_forward.padding-of-one-throughout",
    step="convolved",
    title="The padding is always 1, whatever is asked for",
    explain=f"{MAPS} It is right for the padding that you tried it with.",
    hints=("What does your function do for `pad` 0 and 2?", "Where does the padding that is asked for come in?"),
    place=Place(looks=r"\bpad\w* = 1$|\bpad\w*\b.* = .*, 1\)?$|\(1, 1\)"),
)
def padding_of_one_throughout(x, w, b, stride, pad):
    return looped_convolution(padded(x, 1), w, b, *map_size(x, w, stride, 1), stride)


@convolution_layer.mistake(
    "conv_forward.stride-and-padding-exchanged",
    step="convolved",
    title="Stride and padding are exchanged",
    explain=f"{MAPS} Yours takes the one for the other.",
    hints=("Where does each of your two variables come from?", "Look at the order on both sides."),
    place=Place(looks=r"stride.*pad.*=.*pad.*stride|pad.*stride.*=.*stride.*pad"),
)
def stride_and_padding_exchanged(x, w, b, stride, pad):
    return looped_convolution(padded(x, stride), w, b, *map_size(x, w, pad, stride), pad)
