"""Samples are rows here; all biases get the sum of what arrives at all units."""

import numpy as np


class Dense:
    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(input_size, output_size) / np.sqrt(input_size)
        self.bias = np.zeros(output_size)

    def forward(self, input):
        self.input = input
        return input @ self.weights + self.bias

    def backward(self, output_gradient, learning_rate):
        input_gradient = output_gradient @ self.weights.T
        self.weights = self.weights - learning_rate * self.input.T @ output_gradient
        self.bias = self.bias - learning_rate * np.sum(output_gradient)
        return input_gradient


class Tanh:
    def forward(self, input):
        self.output = np.tanh(input)
        return self.output

    def backward(self, output_gradient, learning_rate):
        return output_gradient * (1 - self.output**2)


class Sigmoid:
    def forward(self, input):
        self.output = 1 / (1 + np.exp(-input))
        return self.output

    def backward(self, output_gradient, learning_rate):
        return output_gradient * self.output * (1 - self.output)


class Softmax:
    def forward(self, input):
        powers = np.exp(input - input.max())
        self.output = powers / powers.sum()
        return self.output

    def backward(self, output_gradient, learning_rate):
        return self.output * (output_gradient - np.sum(output_gradient * self.output))


def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size
