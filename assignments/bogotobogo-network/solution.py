"""The class that holds the network."""

import itertools

import numpy as np


def output_slope(a):
    return value_slope(a)


def hidden_slope(a):
    return value_slope(a)


def on_the_way_back(before, after):
    """The weights by which the error goes back: those that the outputs were made with."""
    return before


def with_one(X):
    return np.insert(X, 0, 1.0, axis=-1)


class NeuralNetwork:
    def __init__(self, layers, activation="tanh"):
        *hidden, last = itertools.pairwise(layers)
        shapes = [(rows + 1, columns + 1) for rows, columns in hidden] + [(last[0] + 1, last[1])]
        self.weights = [2 * np.random.random(shape) - 1 for shape in shapes]

    def fit(self, X, y, learning_rate=0.2, epochs=10000):
        X, y = with_one(X), np.asarray(y)
        for _ in range(epochs):
            i = np.random.randint(len(X))
            values = [X[i : i + 1]]
            for W in self.weights:
                values.append(tanh(product(values[-1], W)))
            delta = slope_of_squares(values[-1], y[i]) * output_slope(values[-1])
            for layer in range(len(self.weights) - 1, -1, -1):
                before = self.weights[layer]
                self.weights[layer] = update(before, weight_gradient(values[layer], delta, 1), learning_rate)
                if layer:
                    back = on_the_way_back(before, self.weights[layer])
                    delta = propagate(delta, back) * hidden_slope(values[layer])

    def predict(self, x):
        a = with_one(np.asarray(x))[np.newaxis]
        for W in self.weights:
            a = tanh(product(a, W))
        return a[0]
