# partly
# network: ?
import numpy as np


class Net:
    def __init__(self, sizes, rate=0.1):
        self.sizes, self.rate = sizes, rate
        self.weights = [np.random.normal(size=(a, b)) for a, b in zip(sizes[:-1], sizes[1:])]
        self.outs = [np.zeros(n) for n in sizes[1:]]

    def feed_forward(self, inputs):
        current = inputs.copy()
        for i in range(len(self.sizes) - 1):
            self.outs[i] = 1 / (1 + np.exp(-np.dot(current, self.weights[i])))
            current = self.outs[i]

    def back_propagation(self, inputs, expected):
        error = expected - self.outs[-1]
        for i in range(len(self.outs) - 1, 0, -1):
            out = self.outs[i]
            self.weights[i] += self.rate * np.outer(self.outs[i - 1], error * out * (1 - out))
            error = np.dot(self.weights[i], error)
