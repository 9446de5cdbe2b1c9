import numpy as np


class LinearModule(object):
    def __init__(self, in_features, out_features, input_layer=False):
        self.params = {
            "weight": np.random.normal(0, np.sqrt(2 / in_features), (in_features, out_features)),
            "bias": np.zeros((1, out_features)),
        }
        self.grads = {"weight": np.zeros((in_features, out_features)), "bias": np.zeros((1, out_features))}

    def forward(self, x):
        self.x = x
        return x @ self.params["weight"] + self.params["bias"]

    def backward(self, dout):
        self.grads["weight"] = self.x.T @ dout
        self.grads["bias"] = dout.sum(axis=0, keepdims=True)
        return dout @ self.params["weight"].T


class ELUModule(object):
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, np.exp(x) - 1)

    def backward(self, dout):
        return dout * np.where(self.x > 0, 1, np.exp(self.x))


class SoftMaxModule(object):
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        return self.out * (dout - (dout * self.out) @ np.ones((dout.shape[1], 1)))
