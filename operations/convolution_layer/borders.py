"""Where the way back begins and ends: padding, stride, and what is cut off."""

import numpy as np

from grader.assignments import Place
from operations.convolution_layer.loops import looped_gradients, padded
from operations.convolution_layer.operation import convolution_layer

_CORRELATION = (
    "$out_{n,f,i,j} = b_f + \\sum_{c,p,q} w_{f,c,p,q} \\, x_{n,c,\\,s i + p,\\,s j + q}$ with the stride $s$."
)


@convolution_layer.mistake(
    "conv_backward.crop-from-one",
    step="cropped",
    title="dx is cut out from pixel 1 on, whatever the padding",
    explain="The image begins at pixel `pad` of the padded one. 1 is right for a padding of 1.",
    hints=("Which part of the padded gradient do you return for `pad` 0 and 2?", "`pad:pad + H`, or `1:`?"),
    place=Place(looks=r"\b1:(1 \+ )?H|\b1:H"),
)
def crop_from_one(dx, pad):
    return dx[:, :, 1 : 1 + dx.shape[2] - 2 * pad, 1 : 1 + dx.shape[3] - 2 * pad]


@convolution_layer.mistake(
    "conv_backward.crop-from-zero",
    step="cropped",
    title="dx is cut out from pixel 0 on: it begins with the padding",
    explain="The image begins at pixel `pad` of the padded one: `pad:pad + H`, not `:H`.",
    hints=("Which part of the padded gradient belongs to the image?", "Look at the slice that cuts the padding off."),
    place=Place(looks=r"\[:, :, :\w"),
)
def crop_from_zero(dx, pad):
    return dx[:, :, : dx.shape[2] - 2 * pad, : dx.shape[3] - 2 * pad]


@convolution_layer.mistake(
    "conv_backward.crop-at-the-beginning-alone",
    step="cropped",
    title="dx is cut out with `pad:`: the padding at the other end is still there",
    explain="The padding is on both sides: `pad:pad + H`, or `pad:-pad` where there is any.",
    hints=("Which shape has dx, and which has x?", "Where does the slice end that cuts the padding off?"),
)
def crop_at_the_beginning_alone(dx, pad):
    return dx[:, :, pad:, pad:]


@convolution_layer.mistake(
    "conv_backward.crop-up-to-the-side",
    step="cropped",
    title="dx is cut out with `pad:H`: it ends too early",
    explain="The image has H rows and begins at pixel `pad`, so it ends at pad + H: `pad:pad + H`.",
    hints=("How many rows has `a[2:5]`?", "Look at the slice that cuts the padding off."),
    place=Place(looks=r"\bp\w*:\w+, p\w*:\w+\]"),
)
def crop_up_to_the_side(dx, pad):
    return dx[:, :, pad : dx.shape[2] - 2 * pad, pad : dx.shape[3] - 2 * pad]


@convolution_layer.mistake(
    "conv_backward.crop-hard-coded",
    step="cropped",
    title="dx is cropped by one pixel on each side, whatever the padding",
    explain="As many pixels must be cut off as were put on: `pad`. `[1:-1]` is right for a padding of 1.",
    hints=("Which shape has your dx for `pad` 0 and 2?", "Look at the slice that cuts the padding off."),
    place=Place(looks=r"\b1:-1\b"),
)
def crop_hard_coded(dx, pad):
    return dx[:, :, 1:-1, 1:-1]


@convolution_layer.mistake(
    "conv_backward.padding-of-one-throughout",
    step="convolution_gradients",
    title="The padding is always 1, whatever it was in the forward pass",
    explain="The backward pass must see the very images that the forward pass saw, and cut off as much as was put on.",
    hints=("What does your function do for `pad` 0 and 2?", "Look at the numbers given to `np.pad`."),
    place=Place(looks=r"\bpad\w* = 1$|\bpad\w*\b.* = .*, 1\)?$|pad\(.*\(1, 1\)"),
)
def backward_padding_of_one(dout, x, w, stride, pad):
    return looped_gradients(dout, x, padded(x, 1), w, stride, 1)


@convolution_layer.mistake(
    "conv_backward.filter-gradient-ignores-the-stride",
    step="convolution_gradients",
    title="dw is computed from windows that begin at pixel i instead of pixel i·stride",
    explain=f"{_CORRELATION} The window that a filter saw at (i, j) began at (i·stride, j·stride).",
    hints=("Where did the second window begin when the stride was 2?", "Look at the slice that goes into `dw`."),
    place=Place(looks=r"\[.*\b(\w+):\1 \+ "),
)
def filter_gradient_ignores_the_stride(right, dout, x, w, stride, pad):
    dx, _, db = right(dout, x, w, stride, pad)
    return dx, looped_gradients(dout, x, padded(x, pad), w, 1, pad)[1], db


@convolution_layer.mistake(
    "conv_backward.first-image-only",
    step="convolution_gradients",
    title="Only the first image has a part in the gradients",
    explain="Every image adds to dw and db, and every image has its own dx. A `return` inside the loop over images, "
    "or an index that stays 0, leaves the others out.",
    hints=("Which images have a gradient that is not 0?", "Look at the indentation of `return`."),
)
def first_image_only(right, dout, *layer):
    first = np.zeros_like(dout)
    first[:1] = dout[:1]
    return right(first, *layer)
