"""What goes wrong in padding, in the choice of the mode, and in the two helpers of pooling's way back."""

import numpy as np

from grader.assignments import Place, mistake

_PAD = "Padding puts zero pixels above, below, left and right of each image; images and channels keep their number."
_PAD_HINTS = ("Which of the four numbers of the shape change?", "To which axes do the pairs given to `np.pad` belong?")
_MODE = 'With "max" a window gives its largest pixel, with "average" its mean.'
_BACK = 'With "max" the gradient goes to the largest pixel of a window, with "average" each pixel gets an equal share.'
_MODE_HINTS = ("Does your result change with `mode`?", "With what is `mode` compared in each branch?")


@mistake(
    "zero_pad.channels-padded", step="zero_pad", title="The channels are padded as well", explain=_PAD, hints=_PAD_HINTS
)
def channels_padded(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (pad, pad)))


@mistake("zero_pad.images-padded", step="zero_pad", title="Empty images are added", explain=_PAD, hints=_PAD_HINTS)
def images_padded(X, pad):
    return np.pad(X, ((pad, pad), (pad, pad), (pad, pad), (0, 0)))


@mistake(
    "zero_pad.ones", step="zero_pad", title="The pixels put around the image are not 0", explain=_PAD, hints=_PAD_HINTS
)
def ones(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values=1)


@mistake("zero_pad.edge", step="zero_pad", title="The pixels at the edge are repeated", explain=_PAD, hints=_PAD_HINTS)
def edge(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="edge")


@mistake(
    "pool_forward.always-max",
    step="mode_at_hand",
    title='"average" gives the same as "max"',
    explain=_MODE,
    hints=_MODE_HINTS,
)
def always_max(mode):
    return "max"


@mistake(
    "pool_forward.modes-exchanged",
    step="mode_at_hand",
    title="The two modes are exchanged",
    explain=_MODE,
    hints=_MODE_HINTS,
)
def modes_exchanged(mode):
    return {"max": "average", "average": "max"}[mode]


@mistake(
    "pool_backward.always-max",
    step="mode_on_the_way_back",
    title='"average" gives the same as "max"',
    explain=_BACK,
    hints=_MODE_HINTS,
)
def always_max_on_the_way_back(mode):
    return "max"


@mistake(
    "pool_backward.modes-exchanged",
    step="mode_on_the_way_back",
    title="The two modes are exchanged",
    explain=_BACK,
    hints=_MODE_HINTS,
)
def modes_exchanged_on_the_way_back(mode):
    return {"max": "average", "average": "max"}[mode]


@mistake(
    "pool_forward.summed",
    step="averaged",
    title="The window is summed instead of averaged",
    explain=_MODE,
    hints=("What does a window of equal pixels give?", "`np.sum` or `np.mean`?"),
    place=Place(calls="sum"),
)
def summed(patches):
    return patches.sum(axis=(-2, -1))


@mistake(
    "create_mask_from_window.smallest",
    step="create_mask_from_window",
    title="The mask is True at the smallest number",
    explain="The gradient of a maximum goes to the largest number.",
    hints=("Where is your mask True?", "`np.min` or `np.max`?"),
    place=Place(calls="min|amin"),
)
def smallest(x):
    return x == np.min(x)


@mistake(
    "distribute_value.not-divided",
    step="distribute_value",
    title="The number is copied, not shared",
    explain="The entries must add up to dz: each is $dz / (n_H \\cdot n_W)$.",
    hints=("What do the entries of your result add up to?", "By what is dz divided?"),
)
def not_divided(dz, shape):
    return np.full(shape, dz)


@mistake(
    "distribute_value.divided-by-one-side",
    step="distribute_value",
    title="The number is divided by one side of the window instead of its number of pixels",
    explain="The entries must add up to dz: each is $dz / (n_H \\cdot n_W)$.",
    hints=("What do the entries of your result add up to?", "By what is dz divided?"),
)
def divided_by_one_side(dz, shape):
    return np.full(shape, dz / shape[0])


@mistake(
    "distribute_value.divided-by-a-square",
    step="distribute_value",
    title="The window is taken for a square: the number is divided by one side times itself",
    explain="The entries must add up to dz: each is $dz / (n_H \\cdot n_W)$. Squares alone do not show it.",
    hints=("What do the entries of a 2 × 3 result add up to?", "Which side is counted twice?"),
)
def divided_by_a_square(dz, shape):
    return np.full(shape, dz / shape[0] ** 2)


@mistake(
    "conv_forward.padding-counted-once",
    step="conv_forward",
    title="The size of the output counts the padding once instead of twice",
    explain="There is padding on both sides: $n_H = \\lfloor (n_{H,prev} - f + 2 pad) / stride \\rfloor + 1$.",
    hints=("How many rows has Z for an image of 4 rows, f = 3 and pad = 1?", "By how much is a padded image higher?"),
)
def padding_counted_once(right, A_prev, W, b, hparameters):
    Z, cache = right(A_prev, W, b, hparameters)
    rows, columns = ((n - len(W) + hparameters["pad"]) // hparameters["stride"] + 1 for n in A_prev.shape[1:3])
    return Z[:, :rows, :columns], cache
