"""Slips in convolution, pooling, normalisation and dropout, each named in its line."""

import pytest

from tests.tables import sampled

from .sources import KEYS, NORMALISED

PADDED = """
import numpy as np

def zero_pad(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), "constant")
"""
PLACES = (
    KEYS[: KEYS.index("    for i in range(dout")]
    + """
    for n, k, i, j in np.ndindex(dout.shape):
        part = x[n, k, i * s:i * s + h, j * s:j * s + w]
        r, c = np.unravel_index(np.argmax(part), part.shape)
        dx[n, k, i * s + r, j * s + c] += dout[n, k, i, j]
    return dx
"""
)
DROPOUT = """
import numpy as np

def dropout_forward(x, settings):
    if "seed" in settings:
        np.random.seed(settings["seed"])
    if settings["mode"] == "test":
        return x, (settings, None)
    mask = (np.random.rand(*x.shape) < settings["p"]) / settings["p"]
    return x * mask, (settings, mask)

def dropout_backward(dout, cache):
    settings, mask = cache
    if settings["mode"] == "test":
        return dout
    return dout * mask
"""
POOLING = """
import numpy as np

def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    m, H, W, C = A_prev.shape
    A = np.zeros((m, (H - f) // s + 1, (W - f) // s + 1, C))
    reduce = np.max if mode == "max" else np.mean
    for i in range(A.shape[1]):
        for j in range(A.shape[2]):
            A[:, i, j] = reduce(A_prev[:, i * s : i * s + f, j * s : j * s + f], axis=(1, 2))
    return A, (A_prev, hparameters)
"""
MASKS = """
import numpy as np

def dropout_forward(x, dropout_param):
    p, mask = dropout_param["p"], None
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "train":
        mask = (np.random.rand(*x.shape) < p) / p
    return x if mask is None else x * mask, (dropout_param, mask)
"""
PLAIN_MASKS = """
import numpy as np

class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.ratio = dropout_ratio

    def forward(self, x, train_flg=True):
        if not train_flg:
            return x * (1 - self.ratio)
        self.on = np.random.rand(*x.shape) > self.ratio
        return x * self.on

    def backward(self, dout):
        return dout * self.on
"""
POOLED = """
import numpy as np

class Pooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.h, self.w, self.s = pool_h, pool_w, stride

    def forward(self, x):
        n, c, rows, columns = x.shape
        down, across = (rows - self.h) // self.s + 1, (columns - self.w) // self.s + 1
        seen = np.zeros((n, down, across, c))
        for i in range(down):
            for j in range(across):
                seen[:, i, j] = x[:, :, i * self.s : i * self.s + self.h, j * self.s : j * self.s + self.w].max((2, 3))
        return seen.transpose(0, 3, 1, 2)
"""
SLIPS = [
    (
        *("cs231n-layers", PLACES, "max_pool_backward_naive", "i * s + r, j * s + c", "r, c"),
        "is a place in the window, and is used as one in the image",
    ),
    (
        *("cs231n-a2-dropout", MASKS, "dropout_forward", "random.rand(", "random.randn("),
        "`np.random.randn` is called where `np.random.rand` is meant",
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "batchnorm_backward", "dout * x_norm, axis", "dout, x_norm, axis"),
        "A comma stands for the `*`",
    ),
    (
        "scratch-convolution",
        PLAIN_MASKS,
        "Dropout.forward",
        "*x.shape",
        "x.shape",
        "one by one, and is given a tuple: a `*`",
    ),
    (
        *("scratch-convolution", PLAIN_MASKS, "Dropout.forward", "random.rand(", "random.randn("),
        "`np.random.randn` is called where `np.random.rand` is meant",
    ),
    (
        *("scratch-convolution", POOLED, "Pooling.forward", "seen.transpose(0, 3, 1, 2)", "seen"),
        "The axes of `seen` are in another order",
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "layernorm_backward"),
        *("x_norm * (g * x_norm).mean", "(g * x_norm).mean", "A term or factor is missing"),
    ),
    (
        *("cs231n-a2-dropout", DROPOUT, "dropout_backward"),
        *("dout * mask", "dout * mask / settings['p']", "is too much"),
    ),
    (
        "dl-convolution",
        POOLING,
        "pool_forward",
        "1, C))",
        "1, C), dtype=int)",
        "An array of the type `int` takes whole",
    ),
    ("dl-convolution", POOLING, "pool_forward", "j * s : j * s + f", "i * s : i * s + f", "counts with the wrong"),
    (
        *("cs231n-a2-normalization", NORMALISED, "batchnorm_forward"),
        *("momentum * running_var + (1 - momentum) * var", "momentum * var + (1 - momentum) * running_var"),
        "have changed places",
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "batchnorm_forward"),
        *(
            '    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var\n',
            "",
            "is read, and nothing new is ever put there",
        ),
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "layernorm_forward"),
        *("return gamma * x_norm + beta, (x_norm", "return x_norm, (x_norm", "`x_norm` is neither scaled nor shifted"),
    ),
    (
        *("cs231n-a2-normalization", NORMALISED, "layernorm_backward"),
        "dx = g - g.mean(axis=1, keepdims=True) - x_norm * (g * x_norm).mean(axis=1, keepdims=True)",
        "dx = g - g.mean(axis=0) - x_norm * (g * x_norm).mean(axis=0)",
        "The means on the way back are taken over the batch",
    ),
    ("cs231n-a2-normalization", NORMALISED, "batchnorm_backward", "-1.5", "-0.5", "Another number belongs into"),
    (
        *("dl-convolution", PADDED, "zero_pad", '"constant")', '"constant", constant_values=pad)'),
        "The option `constant_values` changes what",
    ),
    ("cs231n-layers", PLACES, "max_pool_backward_naive", "r, c = np.unr", "c, r = np.unr", "`r` have changed places"),
]


# One of each assignment; `make tables`: all.
@pytest.mark.parametrize("slip", sampled(SLIPS, lambda slip: slip[0]), ids=lambda slip: f"{slip[0]} {slip[2]}")
def test_a_slip_is_named_in_its_line(named_in_its_line, slip):
    named_in_its_line(*slip)
