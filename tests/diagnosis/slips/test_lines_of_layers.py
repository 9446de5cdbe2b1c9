"""Slips in layers, each named in its line."""

import pytest

from tests.tables import sampled

from .sources import AFFINE, DENSITY, LAYERS

SQUARE = """
import numpy as np

class Layer:
    def __init__(self):
        self.input = self.output = None

class Softmax(Layer):
    def forward(self, input):
        e = np.exp(input)
        self.output = e / e.sum()
        return self.output

    def backward(self, output_gradient, learning_rate):
        n = np.size(self.output)
        columns = np.tile(self.output, n)
        return (columns * (np.eye(n) - columns.T)) @ output_gradient
"""
JACOBIANS = """
import numpy as np

class SoftMaxModule:
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        J = -self.out[:, :, None] * self.out[:, None, :]
        J += np.apply_along_axis(np.diag, 1, self.out)
        return (J * dout[:, None, :]).sum(axis=2)
"""
ABSOLUTE = """
import numpy as np

class L1:
    def forward(self, y_out, y_truth, reduction="mean"):
        return np.abs(y_out - y_truth) if reduction == "none" else np.abs(y_out - y_truth).mean()

    def backward(self, y_out, y_truth):
        return np.where(y_out > y_truth, 1.0, -1.0)
"""
KEPT = """
import numpy as np

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def derivative(self):
        slope = self.x.copy()
        slope[slope >= 0] = 1
        slope[slope < 0] = 0
        return slope
"""
FRAMEWORK = """
import numpy as np

class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        self.BW, self.Bb = np.ones((1, num_features)), np.zeros((1, num_features))
        self.running_M, self.running_V = np.zeros((1, num_features)), np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            return self.BW * (Z - self.running_M) / np.sqrt(self.running_V + self.eps) + self.Bb
        self.M, self.V = Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BW * (Z - self.M) / np.sqrt(self.V + self.eps) + self.Bb
"""
CROSS = """
import numpy as np

def cross_entropy_loss(probs, target_index):
    rows = np.arange(len(probs))
    return -np.log(probs[rows, target_index]).mean()
"""
CONNECTED = """
import numpy as np

class Param:
    def __init__(self, value):
        self.value, self.grad = value, np.zeros_like(value)

class FullyConnectedLayer:
    def __init__(self, n_input, n_output):
        self.W = Param(0.001 * np.random.randn(n_input, n_output))
        self.B = Param(0.001 * np.random.randn(1, n_output))

    def forward(self, X):
        self.X = X
        return X @ self.W.value + self.B.value

    def backward(self, d_out):
        self.W.grad += self.X.T @ d_out
        self.B.grad += d_out.sum(axis=0, keepdims=True)
        return d_out @ self.W.value.T
"""
DIFFERENCE = """
import numpy as np

def softmax_with_cross_entropy(predictions, target_index):
    e = np.exp(predictions - predictions.max(axis=1, keepdims=True))
    gradient = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(predictions))
    loss = -np.log(gradient[rows, target_index]).mean()
    gradient[rows, target_index] -= 1
    return loss, gradient / len(predictions)
"""
MASKED = """
import numpy as np

class Relu:
    def forward(self, x):
        self.mask = x <= 0
        x = np.where(self.mask, 0, x)
        return x

    def backward(self, dout):
        return np.where(self.mask, 0, dout)
"""
SLIPS = [
    (
        *("layers-with-learning-rate", SQUARE, "Softmax.backward", "np.eye(n) - ", "1 - "),
        "takes every entry from 1",
    ),
    ("scratch-layers", MASKED, "Relu.forward", "x = np.where(self.mask, 0, x)", "x[self.mask]", "and put nowhere"),
    ("scratch-layers", AFFINE, "Affine.backward", "self.dW", "self.gradW", "`Affine` has no attribute `dW`, which the"),
    (
        "scratch-layers",
        AFFINE,
        "Affine.forward",
        "x @ self.W",
        "math.prod((x, self.W))",
        "The module `math` is not imported",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward"),
        *("self.alpha * self.running_V + (1 - self.alpha) * self.V",),
        *("self.alpha * self.V + (1 - self.alpha) * self.running_V", "have changed places"),
    ),
    ("cs231n-a1-layers", LAYERS, "affine_forward", "(N, -1))", '(N, -1), order="F")', "The option `order` changes"),
    ("cs231n-a1-layers", LAYERS, "affine_backward", "np.sum(dout, axis=0)", "np.sum(dout)", "should run along axis 0"),
    ("mytorch-gelu", DENSITY, "GELU.backward", "np.sqrt(2 * np.pi)", "np.sqrt(np.pi)", "is that of π, not of 2π"),
    ("mytorch-gelu", DENSITY, "GELU.backward", "(-self.Z ** 2 / 2)", "(-self.Z) ** 2 / 2", "The brackets of `"),
    ("i2dl-losses", ABSOLUTE, "L1.backward", "1.0, -1.0", "1.0, 0.0", "Another number belongs into `np.where("),
    ("mytorch-first-layers", KEPT, "ReLU.derivative", ".copy()", "", "`slope = self.x` makes no copy"),
    (
        *("uva-modules", JACOBIANS, "SoftMaxModule.backward", "(J * dout[:, None, :]).sum(axis=2)", "J * dout"),
        "`J * dout` is not each sample's matrix times its vector",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "features)), np.z", "feature)), np.z"),
        "There is no `num_feature`: `num_features` is meant",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "class BatchNorm1d:", "def BatchNorm1d(object):"),
        "`BatchNorm1d` is defined with `def`, and a `class` is meant",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "forward(self, Z", "forward(Z"),
        "`self` is missing among the parameters",
    ),
    (
        *("mytorch-layers", FRAMEWORK, "BatchNorm1d.forward", "__init__(self", "_init_(self"),
        "`_init_` is no constructor",
    ),
    (
        *("dlcourse-layers", CROSS, "cross_entropy_loss", "probs[rows, target_index]", "probs[target_index]"),
        "takes whole rows or columns, and one entry for each",
    ),
    (
        *("dlcourse-layers", CONNECTED, "FullyConnectedLayer.backward", "randn(n_input, n_output)"),
        *("randn(n_output, n_input)", "Two arguments have changed places: `np.random.randn(n_output, n_input)`"),
    ),
    ("mytorch-gelu", DENSITY, "GELU.backward", "np.exp(", "exp(", "`exp` is numpy's, and is called `np.exp` here"),
    (
        *("dlcourse-layers", CROSS, "cross_entropy_loss"),
        *("probs[rows, target_index]", "probs.sum(axis=0)[target_index]", "not the sample's own number"),
    ),
    (
        *("dlcourse-layers", DIFFERENCE, "softmax_with_cross_entropy", "target_index] -= 1", "target_index] = 1"),
        "1 is to be taken off it",
    ),
]


# One of each assignment; `make tables`: all.
@pytest.mark.parametrize("slip", sampled(SLIPS, lambda slip: slip[0]), ids=lambda slip: f"{slip[0]} {slip[2]}")
def test_a_slip_is_named_in_its_line(named_in_its_line, slip):
    named_in_its_line(*slip)
