"""The network of the layers; these come from the table in `composition.py`."""

import numpy as np


def forward(params, x, t):
    """The loss, and the layers as they are after it."""
    layers = Affine(params["W1"], params["b1"]), Relu(), Affine(params["W2"], params["b2"])
    for layer in layers:
        x = layer.forward(x)
    last = SoftmaxWithLoss()
    return x, last.forward(x, t), (*layers, last)


def by_parameter(first, second):
    return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}


def sent_back(second, hidden, dout):
    """Through the layer after the hidden units, and these."""
    return hidden.backward(second.backward(dout))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def predict(self, x):
        return forward(self.params, x, np.eye(len(self.params["b2"]))[[0] * len(x)])[0]

    def loss(self, x, t):
        return float(forward(self.params, x, t)[1])

    def gradient(self, x, t):
        first, hidden, second, last = forward(self.params, x, t)[2]
        first.backward(sent_back(second, hidden, last.backward()))
        return by_parameter(first, second)
