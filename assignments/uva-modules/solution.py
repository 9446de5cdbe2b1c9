"""The modules that no table gives."""

import numpy as np


class LinearModule:
    def __init__(self, in_features, out_features, input_layer=False):
        scale = np.sqrt((1 if input_layer else 2) / in_features)
        self.params = {
            "weight": scale * np.random.randn(out_features, in_features),
            "bias": np.zeros(out_features),
        }
        self.grads = {name: np.zeros_like(value) for name, value in self.params.items()}

    def forward(self, x):
        self.x = x
        return affine(x, self.params["weight"].T, self.params["bias"])

    def backward(self, dout):
        weight, bias = weight_gradient(self.x, dout, len(dout)).T, bias_gradient(dout, len(dout))
        self.grads = {
            "weight": kept_gradient(self.grads["weight"], weight),
            "bias": kept_gradient(self.grads["bias"], bias),
        }
        return propagate(dout, self.params["weight"].T)


class ELUModule:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def forward(self, x):
        self.x = x
        return elu(x, self.alpha)

    def backward(self, dout):
        return arriving(dout) * elu_derivative(self.x, self.alpha)


def arriving(dout):
    return dout


def rows_and_classes(x, y):
    return np.arange(len(x)), y


def mean_loss(p):
    """Of the true classes' probabilities."""
    return -np.mean(np.log(p))


def slope_of_the_loss(p):
    """Gradient in the true classes' probabilities."""
    return -1 / (p * samples_of_the_mean(p))


def samples_of_the_mean(p):
    return len(p)


class CrossEntropyModule:
    def forward(self, x, y):
        return float(mean_loss(x[rows_and_classes(x, y)]))

    def backward(self, x, y):
        dx = np.zeros_like(x)
        dx[rows_and_classes(x, y)] = slope_of_the_loss(x[rows_and_classes(x, y)])
        return dx
