"""What goes wrong forwards."""

import numpy as np

from grader.assignments import Place
from operations.convolution_layer.operation import convolution_layer
from operations.lessons import images as lessons

_RULE = (
    "$out_{n,f,i,j} = b_f + \\sum_{c,p,q} w_{f,c,p,q} \\, x_{n,c,\\,s i + p,\\,s j + q}$ with the stride $s$, where x "
    "has its padding already."
)


@convolution_layer.mistake(
    "conv_forward.kernel-flipped",
    step="correlated",
    title="The filters are flipped",
    explain=f"{_RULE} Row p of the filter meets row p of the window. Mathematicians' convolution (and "
    "`scipy.signal.convolve`) turns the filter by 180° first; what networks call a convolution does not.",
    hints=(
        "Which pixel of the window meets `w[f, c, 0, 0]`?",
        "Do you reverse the filter somewhere, or call a function that does?",
    ),
)
def kernel_flipped(right, patches, w):
    return right(patches, w[..., ::-1, ::-1])


@convolution_layer.mistake(
    "conv_forward.first-channel-only",
    step="correlated",
    title="Only the first channel of the images is used",
    explain=f"{_RULE} A filter has a weight for every channel, and the sum runs over all of them.",
    hints=("Does your result change when you change the second channel?", "Over which axes does your sum run?"),
)
def first_channel_only(right, patches, w):
    return right(patches[:, :1], w[:, :1])


@convolution_layer.mistake(
    "conv_forward.last-channel-only",
    step="correlated",
    title="Only the last channel of the images counts",
    explain=f"{_RULE} The sum runs over all channels. When a loop over channels assigns with `=` instead of `+=`, each "
    "channel overwrites the one before.",
    hints=("Does your result change when you change the first channel?", "Is the sum over channels accumulated?"),
)
def last_channel_only(right, patches, w):
    return right(patches[:, -1:], w[:, -1:])


@convolution_layer.mistake(
    "conv_forward.averaged-over-the-window",
    step="correlated",
    title="The window is averaged instead of summed",
    explain=f"{_RULE} It is a sum; `np.mean` divides it by the number of weights of a filter.",
    hints=("By which factor are your maps too small?", "`sum` or `mean`?"),
)
def averaged_over_the_window(right, patches, w):
    return right(patches, w) / w[0].size


@convolution_layer.mistake(
    "conv_forward.stride-ignored",
    step="seen_by_filters",
    title="The stride is ignored: the window moves by one pixel",
    explain=f"{_RULE} With stride s there are $\\lfloor (H - h) / s \\rfloor + 1$ rows of windows; yours has as many "
    "as for stride 1.",
    hints=("Which shape does your result have for stride 2?", "Where is `stride` used in your function?"),
)
def stride_ignored(right, image, w, stride):
    return right(image, w, 1)


@convolution_layer.mistake(
    "conv_forward.start-ignores-the-stride",
    step="seen_by_filters",
    title="The windows start at pixel i instead of pixel i·stride",
    explain=f"{_RULE} The shape is right, but window i begins at pixel i. It must begin at pixel $s \\cdot i$. With "
    "stride 1 there is no difference, which hides it.",
    hints=("Where does the second window begin when the stride is 2?", "Look at the slice that cuts the window out."),
    place=Place(looks=r"\[.*\b(\w+):\1 \+ "),
)
def start_ignores_the_stride(right, image, w, stride):
    rows, columns = right(image, w, stride).shape[2:4]
    return right(image, w, 1)[:, :, :rows, :columns]


@convolution_layer.mistake(
    "conv_forward.one-window-short",
    step="seen_by_filters",
    title="The maps are one row and one column too small",
    explain="There are $\\lfloor (H + 2p - h) / s \\rfloor + 1$ windows in a column: the $+ 1$ counts the first one.",
    hints=(
        "How many windows fit into an image that is as large as the window?",
        "Look at the formula for the size of the result.",
    ),
)
def one_window_short(right, image, w, stride):
    return right(image, w, stride)[:, :, :-1, :-1]


@convolution_layer.mistake(
    "conv_forward.padding-ignored",
    step="image_under_filters",
    title="The padding is ignored",
    explain="`pad` zero pixels belong on each side of the images before the window moves over them.",
    hints=("Does your result change with `pad`?", "Which array do you cut windows from: the padded one?"),
)
def padding_ignored(x, pad):
    return x


@convolution_layer.mistake(
    "conv_forward.padded-at-the-end-only",
    step="image_under_filters",
    title="The zero pixels are all put at the bottom and on the right",
    explain="`pad` zero pixels belong on each of the four sides. The shape is right when 2·pad pixels are added at one "
    "end, but every window sees the image shifted.",
    hints=("Which pixel does the first window see in its middle?", "Look at the pairs of numbers given to `np.pad`."),
)
def padded_at_the_end_only(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (0, 2 * pad), (0, 2 * pad)))


@convolution_layer.mistake(
    "conv_forward.bias-missing",
    step="with_bias",
    title="The bias is not added",
    explain=f"{_RULE} Your result lacks $b_f$ in every map.",
    hints=("What is the result for an image of zeros?", "Where is `b` used?"),
    place=Place(assigns="out"),
)
def bias_missing(maps, b, w):
    return maps


@convolution_layer.mistake(
    "conv_forward.bias-added-twice",
    step="with_bias",
    title="The biases are added twice",
    explain=f"{_RULE} Yours has $2 b_f$.",
    hints=("By how much does a map change when its bias changes by 1?", "Look for every line with `b`."),
)
def bias_added_twice(maps, b, w):
    return maps + 2 * b[:, np.newaxis, np.newaxis]


@convolution_layer.mistake(
    "conv_forward.bias-once-for-each-channel",
    step="with_bias",
    title="The bias is added once for each channel",
    explain=f"{_RULE} The bias belongs outside the sum: inside a loop over channels it is added c times.",
    hints=("What is the result for an image of zeros?", "Inside which loops is the bias added?"),
    place=Place(assigns="out"),
)
def bias_once_for_each_channel(right, maps, b, w):
    return right(maps, w.shape[1] * b, w)


@convolution_layer.mistake(
    "conv_forward.bias-once-for-each-weight",
    step="with_bias",
    title="The bias is added to every product instead of their sum",
    explain=f"{_RULE} `np.sum(window * w[f] + b[f])` adds $b_f$ once for each weight of the filter; it belongs behind "
    "the closing parenthesis.",
    hints=("What is the result for an image of zeros?", "Is `b[f]` inside the sum or outside?"),
    place=Place(assigns="out"),
)
def bias_once_for_each_weight(right, maps, b, w):
    return right(maps, w[0].size * b, w)


@convolution_layer.mistake(
    "conv_forward.bias-subtracted",
    step="with_bias",
    title="The bias is subtracted",
    explain=f"{_RULE} Yours has $-b_f$.",
    hints=("What is the result for an image of zeros?", "Look at the sign before the bias."),
    place=Place(assigns="out"),
)
def bias_subtracted(right, maps, b, w):
    return right(maps, -b, w)


@convolution_layer.mistake(
    "conv_forward.first-bias-for-all",
    step="with_bias",
    title="All filters get the bias of the first one",
    explain=f"{_RULE} Filter f has its own bias $b_f$.",
    hints=("What is the result for an image of zeros?", "Which index does the bias have?"),
    place=Place(assigns="out"),
)
def first_bias_for_all(right, maps, b, w):
    return right(maps, np.full_like(b, b[0]), w)


@convolution_layer.mistake(
    "conv_forward.only-the-first-window",
    step="with_bias",
    title="Only the first window of the first image is computed",
    explain="Everything after it is 0. So it is where a function ends in the first turn of its loop.",
    hints=("How much of your result is not 0?", "Look at the indentation of `return`."),
)
def only_the_first_window(right, maps, b, w):
    result = np.zeros_like(maps)
    result[0, 0, 0, 0] = right(maps, b, w)[0, 0, 0, 0]
    return result


@convolution_layer.mistake(
    "conv_forward.first-image-only",
    step="with_bias",
    title="Only the first image is convolved",
    explain="The maps of all other images are 0: `n` is not looped over, or `return` stands inside that loop.",
    hints=("Which images of the batch have a result?", "Look at the indentation of `return`."),
)
def first_image_only(right, maps, b, w):
    result = np.zeros_like(maps)
    result[:1] = right(maps, b, w)[:1]
    return result


@convolution_layer.mistake(
    "conv_forward.kernel-transposed",
    step="correlated",
    title="Rows and columns of the filters are exchanged",
    explain=f"{_RULE} Here $w_{{f,c,q,p}}$ meets the pixel (p, q): the filter is transposed.",
    hints=("Which pixel of the window meets `w[f, c, 0, 1]`?", "Is there a `.T`, or a swapped pair of indices?"),
)
def kernel_transposed(right, patches, w):
    if w.shape[2] != w.shape[3]:
        return right(patches, w)
    return right(patches, w.transpose(0, 1, 3, 2))


convolution_layer.teach(
    {
        "conv_forward.kernel-flipped": lessons.FLIPPED,
        "conv_forward.first-channel-only": lessons.CHANNELS,
        "conv_forward.last-channel-only": lessons.CHANNELS,
        "conv_forward.start-ignores-the-stride": lessons.STRIDE_IGNORED,
        "conv_forward.padding-ignored": lessons.PADDING,
        "conv_forward.bias-missing": lessons.BIAS,
        "conv_forward.bias-once-for-each-channel": lessons.BIAS,
        "conv_forward.bias-once-for-each-weight": lessons.BIAS,
        "conv_forward.bias-added-twice": lessons.BIAS,
    }
)
