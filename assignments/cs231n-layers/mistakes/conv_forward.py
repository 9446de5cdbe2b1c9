"""`conv_forward_naive`: padding, stride and filters."""

import numpy as np

from grader.assignments import Place, mistake

CORRELATION = "$out_{n,f,i,j} = b_f + \\sum_{c,p,q} w_{f,c,p,q} \\, x_{n,c,\\,s i + p,\\,s j + q}$ with the stride $s$."
MAPS = "The output has $1 + (H + 2 p - HH) / s$ rows and $1 + (W + 2 p - WW) / s$ columns, with the padding p and the "
MAPS += "stride s that `conv_param` holds."


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
    explain=f"{MAPS} It is right for the padding that you tried it with.",
    hints=("What does your function do for `pad` 0 and 2?", "Look at the numbers given to `np.pad`."),
    place=Place(calls="pad"),
)
def padding_hard_coded(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    image = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return looped_convolution(image, w, b, *map_size(x, w, stride, pad), stride), (x, w, stride, pad)


@mistake(
    "conv_forward_naive.padding-of-one-throughout",
    step="conv_forward_naive",
    title="The padding is always 1, whatever `conv_param` says",
    explain=f"{MAPS} It is right for the padding that you tried it with.",
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
    explain=f"{MAPS} Yours takes the one for the other.",
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
    explain=f"{CORRELATION} Here $w_{{f,c,q,p}}$ meets the pixel (p, q): the filter is transposed.",
    hints=("Which pixel of the window meets `w[f, c, 0, 1]`?", "Is there a `.T`, or a swapped pair of indices?"),
)
def kernel_transposed(right, patches, w):
    if w.shape[2] != w.shape[3]:
        return right(patches, w)
    return right(patches, w.transpose(0, 1, 3, 2))
