# fault: δ2 slope-at-activation 28
# network: 2 4:tanh 1:tanh
import numpy as np


class Linear:
    def __init__(self, inputs, outputs):
        self.W = np.random.normal(size=(outputs, inputs))
        self.b = np.random.normal(size=(outputs, 1))

    def run(self, x):
        self.x = x
        return self.W @ x + self.b

    def back(self, g, rate):
        down = self.W.T @ g
        self.W -= rate * (g @ self.x.T)
        self.b -= rate * g
        return down


class Tanh:
    def run(self, z):
        self.z = np.tanh(z)
        return self.z

    def back(self, g, rate):
        return g * (1 - np.tanh(self.z) ** 2)


stack = [Linear(2, 4), Tanh(), Linear(4, 1), Tanh()]
points = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]).reshape(4, 2, 1)  # the first one leaves W1 as it is
wanted = np.array([-1, 1, 1, -1]).reshape(4, 1, 1)
for sweep in range(300):
    for x, y in zip(points, wanted):
        a = x
        for layer in stack:
            a = layer.run(a)
        g = 2 * (a - y)
        for layer in reversed(stack):
            g = layer.back(g, 0.1)
