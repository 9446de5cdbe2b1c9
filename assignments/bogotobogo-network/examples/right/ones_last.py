"""The one behind the inputs, and no unit more in hidden layers."""

import numpy as np


class NeuralNetwork:
    def __init__(self, layers, activation="tanh"):
        self.weights = [np.random.uniform(-0.25, 0.25, (layers[0] + 1, layers[1]))]
        self.weights += [np.random.uniform(-0.25, 0.25, shape) for shape in zip(layers[1:], layers[2:])]

    def forward(self, x):
        values = [np.append(x, 1.0)]
        for W in self.weights:
            values.append(np.tanh(values[-1] @ W))
        return values

    def fit(self, X, y, learning_rate=0.2, epochs=10000):
        for _ in range(epochs):
            k = np.random.choice(len(X))
            values = self.forward(X[k])
            delta = (values[-1] - y[k]) * (1 - values[-1] ** 2)
            steps = []
            for layer in reversed(range(len(self.weights))):
                steps.insert(0, np.outer(values[layer], delta))
                delta = (self.weights[layer] @ delta) * (1 - values[layer] ** 2)
            self.weights = [W - learning_rate * step for W, step in zip(self.weights, steps)]

    def predict(self, x):
        return self.forward(np.asarray(x))[-1]
