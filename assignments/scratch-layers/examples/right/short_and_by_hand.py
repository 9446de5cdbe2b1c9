"""Everything by hand, without the functions of the earlier chapters."""

import numpy as np


class Relu:
    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, 0.0)

    def backward(self, dout):
        return dout * np.heaviside(self.x, 0)


class Sigmoid:
    def __init__(self):
        pass

    def forward(self, x):
        self.y = 0.5 * (1 + np.tanh(x / 2))
        return self.y

    def backward(self, dout):
        return self.y * (1 - self.y) * dout


class Affine:
    def __init__(self, weights, biases):
        self.weights = weights
        self.biases = biases

    def forward(self, x):
        self.seen = x
        return np.einsum("nd,dk->nk", x, self.weights) + self.biases

    def backward(self, dout):
        self.dW, self.db = sum(np.outer(a, g) for a, g in zip(self.seen, dout)), dout.sum(0)
        return dout @ self.weights.transpose()


class SoftmaxWithLoss:
    def forward(self, x, t):
        x = x - x.max(axis=1)[:, None]
        self.log_p = x - np.log(np.exp(x).sum(axis=1))[:, None]
        self.t = t
        return -(self.log_p * t).sum() / len(x)

    def backward(self, dout=1):
        return dout * (np.exp(self.log_p) - self.t) / len(self.t)


class BatchNormalization:
    def __init__(self, gamma, beta, momentum=0.9, running_mean=None, running_var=None):
        self.gamma = gamma
        self.beta = beta

    def forward(self, x, train_flg=True):
        self.scale = 1 / np.sqrt(np.var(x, axis=0) + 1e-6)
        self.hat = (x - np.mean(x, axis=0)) * self.scale
        return self.hat * self.gamma + self.beta

    def backward(self, dout):
        n = len(dout)
        self.dgamma, self.dbeta = (dout * self.hat).sum(axis=0), dout.sum(axis=0)
        return self.gamma * self.scale / n * (n * dout - self.dbeta - self.hat * self.dgamma)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        rng = np.random.default_rng()
        self.params = {
            "W1": rng.normal(0, weight_init_std, (input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": rng.normal(0, weight_init_std, (hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }

    def _layers(self):
        p = self.params
        return [Affine(p["W1"], p["b1"]), Relu(), Affine(p["W2"], p["b2"])]

    def predict(self, x):
        for layer in self._layers():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return SoftmaxWithLoss().forward(self.predict(x), t)

    def gradient(self, x, t):
        layers, last = self._layers(), SoftmaxWithLoss()
        for layer in layers:
            x = layer.forward(x)
        last.forward(x, t)
        dout = last.backward()
        for layer in layers[::-1]:
            dout = layer.backward(dout)
        return {f"{kind}{i}": getattr(layer, f"d{kind}") for i, layer in ((1, layers[0]), (2, layers[2])) for kind in "Wb"}
