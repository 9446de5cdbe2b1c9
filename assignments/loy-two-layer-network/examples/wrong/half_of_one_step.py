"""The cost with ½, which may be meant, in the step of one of the two weights alone."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class NeuralNetwork:
    def __init__(self, x, y):
        self.input = x
        self.y = y
        self.weights1 = np.random.rand(x.shape[1], 5)
        self.weights2 = np.random.rand(5, 1)

    def feedforward(self):
        self.hidden = sigmoid(self.input @ self.weights1)
        self.output = sigmoid(self.hidden @ self.weights2)

    def backprop(self):
        error = (self.output - self.y) * self.output * (1 - self.output)
        back = error @ self.weights2.T * self.hidden * (1 - self.hidden)
        self.weights2 = self.weights2 - 2 * self.hidden.T @ error
        self.weights1 = self.weights1 - self.input.T @ back
