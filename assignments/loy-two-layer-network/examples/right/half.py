"""With ½ in the cost, and everything in the class."""

import numpy as np


class NeuralNetwork:
    hidden = 7

    def __init__(self, x, y):
        rng = np.random.default_rng(1)
        self.input, self.y = x, y
        self.weights1 = rng.normal(size=(x.shape[1], self.hidden))
        self.weights2 = rng.normal(size=(self.hidden, y.shape[1]))

    def activate(self, z):
        return 0.5 * (1 + np.tanh(z / 2))

    def feedforward(self):
        self.hidden_values = self.activate(self.input @ self.weights1)
        self.output = self.activate(self.hidden_values @ self.weights2)
        return self.output

    def backprop(self):
        delta = (self.output - self.y) * self.output * (1 - self.output)
        back = delta @ self.weights2.T * self.hidden_values * (1 - self.hidden_values)
        self.weights2 = self.weights2 - self.hidden_values.T @ delta
        self.weights1 = self.weights1 - self.input.T @ back

    def train(self, epochs):
        for _ in range(epochs):
            self.feedforward()
            self.backprop()
