"""The modules, and how the network goes through them."""

import numpy as np


class LinearModule:
    def __init__(self, in_features, out_features, input_layer=False):
        scale = np.sqrt((1 if input_layer else 2) / in_features)
        self.params = {"weight": scale * np.random.randn(out_features, in_features), "bias": np.zeros(out_features)}
        self.grads = {name: np.zeros_like(value) for name, value in self.params.items()}

    def forward(self, x):
        self.x = x
        return affine(x, self.params["weight"].T, self.params["bias"])

    def backward(self, dout):
        n = len(dout)
        self.grads = {"weight": weight_gradient(self.x, dout, n).T, "bias": bias_gradient(dout, n)}
        return propagate(dout, self.params["weight"].T)


class ELUModule:
    def forward(self, x):
        self.x = x
        return elu(x, 1.0)

    def backward(self, dout):
        return dout * elu_derivative(self.x, 1.0)


class SoftMaxModule:
    def forward(self, x):
        self.x = x
        return softmax(x)

    def backward(self, dout):
        return softmax_backward(dout, self.x)


def inside(linear, activation, x):
    """A hidden layer."""
    return activation.forward(linear.forward(x))


def back_inside(linear, activation, dout):
    return linear.backward(activation.backward(dout))


def at_the_end(linear, last, x):
    return last.forward(linear.forward(x))


def back_from_the_end(linear, last, dout):
    return linear.backward(last.backward(dout))


class MLP:
    def __init__(self, n_inputs, n_hidden, n_classes):
        sizes = [n_inputs, *n_hidden, n_classes]
        self.layers = []
        for i in range(len(sizes) - 1):
            self.layers += [LinearModule(sizes[i], sizes[i + 1], i == 0), ELUModule()]
        self.layers[-1] = SoftMaxModule()

    def forward(self, x):
        for i in range(0, len(self.layers) - 2, 2):
            x = inside(self.layers[i], self.layers[i + 1], x)
        return at_the_end(self.layers[-2], self.layers[-1], x)

    def backward(self, dout):
        dout = back_from_the_end(self.layers[-2], self.layers[-1], dout)
        for i in reversed(range(0, len(self.layers) - 2, 2)):
            dout = back_inside(self.layers[i], self.layers[i + 1], dout)
