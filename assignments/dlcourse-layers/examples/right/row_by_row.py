import numpy as np


def softmax_of_a_row(row):
    e = np.exp(row - row.max())
    return e / e.sum()


def softmax(predictions):
    return np.apply_along_axis(softmax_of_a_row, -1, predictions)


def cross_entropy_loss(probs, target_index):
    return sum(-np.log(p[i]) for p, i in zip(np.atleast_2d(probs), np.ravel(target_index))) / np.size(target_index)


def softmax_with_cross_entropy(predictions, target_index):
    probs = softmax(predictions)
    one_hot = np.eye(predictions.shape[-1])[np.ravel(target_index)].reshape(predictions.shape)
    return cross_entropy_loss(probs, target_index), (probs - one_hot) / np.size(target_index)


def l2_regularization(W, reg_strength):
    return reg_strength * np.linalg.norm(W) ** 2, W * reg_strength * 2


class Param:
    def __init__(self, value):
        self.value, self.grad = value, np.zeros(value.shape)


class ReLULayer:
    def __init__(self):
        self.on = None

    def forward(self, X):
        self.on = X > 0
        return np.where(self.on, X, 0)

    def backward(self, d_out):
        return np.where(self.on, d_out, 0)


class FullyConnectedLayer:
    def __init__(self, n_input, n_output, scale=0.001):
        self.W = Param(scale * np.random.standard_normal((n_input, n_output)))
        self.B = Param(np.zeros((1, n_output)))

    def forward(self, X):
        self.X = X.copy()
        return np.tensordot(X, self.W.value, axes=1) + self.B.value

    def backward(self, d_out):
        for x, g in zip(self.X, d_out):
            self.W.grad += np.outer(x, g)
            self.B.grad += g
        return np.inner(d_out, self.W.value)
