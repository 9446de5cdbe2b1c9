"""Lists of layers inside, which `parameters` is made of when it is asked for; the gradient comes of the cost's logits."""

import numpy as np


def sigmoid(z):
    positive = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z < 0, 1 - positive, positive)


def sigmoid_derivative(z):
    return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2


class NeuralNetwork:
    def __init__(self, layer_sizes, training_size, seed=0):
        self.training_size, self.sizes = training_size, tuple(layer_sizes)
        np.random.seed(seed)
        self.W = [np.random.uniform(-1, 1, pair) / pair[0] ** 0.5 for pair in zip(self.sizes, self.sizes[1:])]
        self.B = [np.zeros(n)[np.newaxis] for n in self.sizes[1:]]

    @property
    def num_layers(self):
        return 1 + len(self.W)

    @property
    def parameters(self):
        named = {}
        for i, (w, b) in enumerate(zip(self.W, self.B), start=1):
            named["w%d" % i], named["b%d" % i] = w, b
        return named

    @parameters.setter
    def parameters(self, named):
        count = len(named) // 2
        self.W = [named["w%d" % i] for i in range(1, count + 1)]
        self.B = [named["b%d" % i] for i in range(1, count + 1)]

    def gather_backprop_data(self, x, y):
        activations, zs = [x], []
        for w, b in zip(self.W, self.B):
            with_one = np.hstack([activations[-1], np.ones((len(x), 1))])
            zs.append(with_one @ np.vstack([w, b]))
            activations.append(sigmoid(zs[-1]))
        return {name: np.empty_like(value) for name, value in self.parameters.items()}, activations, zs

    def cost(self, x, y, lambd):
        logits = self.gather_backprop_data(x, y)[2][-1]
        of_samples = [sum(np.logaddexp(0, -z) if t else np.logaddexp(0, z) for z, t in zip(*s)) for s in zip(logits, y)]
        squares = np.vdot(np.hstack([w.flat for w in self.W]), np.hstack([w.flat for w in self.W]))
        return sum(of_samples) / len(of_samples) + lambd * squares / self.training_size / 2

    def calculate_gradients(self, x, y, lambd):
        found, activations, zs = self.gather_backprop_data(x, y)
        error = np.subtract(activations.pop(), y)
        zs.pop()
        for i in range(len(self.W), 0, -1):
            before = activations.pop()
            found["w%d" % i][...] = sum(np.outer(a, e) for a, e in zip(before, error)) / len(x)
            found["w%d" % i][...] += lambd / self.training_size * self.W[i - 1]
            found["b%d" % i][...] = error.mean(0)
            if zs:
                error = error.dot(self.W[i - 1].T) * sigmoid_derivative(zs.pop())
        return found

    def update_parameters(self, gradients, learning_rate):
        self.W = [w - learning_rate * gradients["w%d" % i] for i, w in enumerate(self.W, 1)]
        self.B = [b - learning_rate * gradients["b%d" % i] for i, b in enumerate(self.B, 1)]

    def train(self, x, y, epochs, batch_size, learning_rate, lambd):
        curve = np.zeros(epochs)
        for epoch in range(epochs):
            rows = list(np.random.permutation(len(x)))
            while rows:
                now, rows = rows[:batch_size], rows[batch_size:]
                self.update_parameters(self.calculate_gradients(x[now], y[now], lambd), learning_rate)
            curve[epoch] = self.cost(x, y, lambd)
        return curve.tolist()

    def predict(self, x):
        outputs = self.gather_backprop_data(x, None)[1][-1]
        return np.argsort(-outputs, axis=1, kind="stable")[:, 0]
