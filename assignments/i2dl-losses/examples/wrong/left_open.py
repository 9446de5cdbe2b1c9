import numpy as np


class Loss(object):
    def __init__(self):
        self.grad_history = []

    def forward(self, y_out, y_truth):
        return NotImplementedError

    def backward(self, y_out, y_truth, upstream_grad=1.0):
        return NotImplementedError

    def __call__(self, y_out, y_truth):
        return self.forward(y_out, y_truth), self.backward(y_out, y_truth)


def reduced(values, reduction):
    if reduction == "mean":
        return values.mean()
    if reduction == "sum":
        return values.sum()
    return values


class L1(Loss):
    def forward(self, y_out, y_truth, reduction="mean"):
        result = np.abs(y_out - y_truth)
        return reduced(result, reduction)

    def backward(self, y_out, y_truth):
        gradient = np.where(y_out > y_truth, 1.0, np.where(y_out < y_truth, -1.0, 0.0))
        return gradient


class MSE(Loss):
    def forward(self, y_out, y_truth, reduction="mean"):
        result = (y_out - y_truth) ** 2
        return reduced(result, reduction)

    def backward(self, y_out, y_truth):
        gradient = 2 * (y_out - y_truth)
        return gradient


class BCE(Loss):
    def forward(self, y_out, y_truth, reduction="mean"):
        result = None
        return result

    def backward(self, y_out, y_truth):
        gradient = None
        return gradient


class CrossEntropyFromLogits(Loss):
    def __init__(self):
        self.cache = {}

    def forward(self, y_out, y_truth, reduction="mean"):
        N, C = y_out.shape
        exp = np.exp(y_out - np.max(y_out, axis=1, keepdims=True))
        probs = exp / np.sum(exp, axis=1, keepdims=True)
        self.cache["probs"] = probs
        log_probs = y_out - np.max(y_out, axis=1, keepdims=True) - np.log(exp.sum(axis=1, keepdims=True))
        return -log_probs[np.arange(N), y_truth].mean()

    def backward(self, y_out, y_truth):
        N, C = y_out.shape
        gradient = self.cache["probs"]
        gradient[np.arange(N), y_truth] -= 1
        gradient /= N
        return gradient
