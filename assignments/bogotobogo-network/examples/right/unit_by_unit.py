"""With loops over the units."""

import math
import random

import numpy as np


class NeuralNetwork:
    def __init__(self, layers, activation="tanh"):
        extended = [n + 1 for n in layers[:-1]] + [layers[-1]]
        self.weights = [
            np.array([[random.uniform(-1, 1) for _ in range(columns)] for _ in range(rows)])
            for rows, columns in zip(extended, extended[1:])
        ]

    def outputs_of_all_layers(self, x):
        values = [[1.0] + list(x)]
        for W in self.weights:
            rows, columns = W.shape
            sums = [sum(values[-1][i] * W[i][j] for i in range(rows)) for j in range(columns)]
            values.append([math.tanh(s) for s in sums])
        return values

    def fit(self, X, y, learning_rate=0.2, epochs=10000):
        for _ in range(epochs):
            k = random.randrange(len(X))
            values = self.outputs_of_all_layers(X[k])
            errors = [(t - a) * (1 - a * a) for t, a in zip(y[k], values[-1])]
            for layer in range(len(self.weights) - 1, -1, -1):
                W = self.weights[layer].copy()
                before = [
                    sum(W[i][j] * errors[j] for j in range(len(errors))) * (1 - values[layer][i] ** 2)
                    for i in range(len(W))
                ]
                for i in range(len(W)):
                    for j in range(len(errors)):
                        W[i][j] += learning_rate * values[layer][i] * errors[j]
                if layer > 0:
                    errors = before
                self.weights[layer] = W

    def predict(self, x):
        return np.array(self.outputs_of_all_layers(x)[-1])
