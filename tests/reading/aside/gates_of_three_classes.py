# fault: δ1 no-slope-through-new-weights 29
# network: ?
import numpy as np


class AndUnit:
    def __init__(self):
        self.w = np.random.rand(2)
        self.b = np.random.rand(1)

    def train(self, inputs, outputs, rate=0.1, epochs=20):
        for _ in range(epochs):
            for x, t in zip(inputs, outputs):
                error = t - (1 if np.dot(x, self.w) + self.b >= 0 else 0)
                self.w += rate * error * x
                self.b += rate * error


class XorUnits:
    def __init__(self):
        self.w1, self.b1 = np.random.rand(2, 2), np.random.rand(2)
        self.w2, self.b2 = np.random.rand(2, 1), np.random.rand(1)

    def train(self, inputs, outputs, rate=0.1, epochs=20):
        for _ in range(epochs):
            for x, t in zip(inputs, outputs):
                h = (np.dot(x, self.w1) + self.b1 >= 0).astype(int)
                error = t - (np.dot(h, self.w2) + self.b2 >= 0).astype(int)
                self.w2 += rate * error * h.reshape(2, 1)
                self.b2 += rate * error
                self.w1 += rate * (error * self.w2.reshape(2)) * x.reshape(2, 1)
