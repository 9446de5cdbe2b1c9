"""The class that holds the network."""

import numpy as np


def output_slope(a):
    return value_slope(a)


def hidden_slope(a):
    return value_slope(a)


def on_the_way_back(before, after):
    """The weights by which the error goes back: those that the outputs were made with."""
    return before


def what_goes_back(delta, error):
    """To the hidden layer goes what the output's weights were given, its slope included."""
    return delta


def batch_sum(gradient, samples):
    """The cost is a sum over the samples."""
    return gradient


class NeuralNetwork:
    def __init__(self, x, y):
        self.input, self.y = x, y
        self.weights1 = np.random.rand(x.shape[1], 4)
        self.weights2 = np.random.rand(4, y.shape[1])
        self.output = np.zeros(y.shape)

    def feedforward(self):
        self.layer1 = sigmoid(product(self.input, self.weights1))
        self.output = sigmoid(product(self.layer1, self.weights2))

    def backprop(self):
        n = len(self.input)
        error = slope_of_squares(self.output, self.y)
        delta = error * output_slope(self.output)
        after = update(self.weights2, batch_sum(weight_gradient(self.layer1, delta, n), n), 1.0)
        back = what_goes_back(delta, error)
        hidden = propagate(back, on_the_way_back(self.weights2, after)) * hidden_slope(self.layer1)
        self.weights1 = update(self.weights1, batch_sum(weight_gradient(self.input, hidden, n), n), 1.0)
        self.weights2 = after
