"""The samples that do not fill a mini-batch are left out, and the penalty is on the biases in the cost as well."""

import numpy as np


def squash(z):
    """Two forms of the same function, each where its exponential is small."""
    out = np.empty_like(z, dtype=float)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    small = np.exp(z[~up])
    out[~up] = small / (1 + small)
    return out


class NN2(object):
    weights = None
    biases = None

    def __init__(self, layer_sizes, rand_seed=None, cost="cross-entropy", activation="sigmoid"):
        self.sizes = list(layer_sizes)
        self.cost = cost
        self.activation = activation
        self.random = np.random.RandomState(rand_seed)
        self.weights, self.biases = [], []
        for l in range(len(self.sizes) - 1):
            self.weights += [self.random.normal(0, 1 / np.sqrt(self.sizes[l]), (self.sizes[l + 1], self.sizes[l]))]
            self.biases += [self.random.normal(size=(self.sizes[l + 1], 1))]

    def _activate(self, z, l):
        if l == len(self.weights) - 1 or self.activation == "sigmoid":
            return squash(z)
        return np.where(z < 0, 0.0, z)

    def _slope(self, z, l):
        if l == len(self.weights) - 1 or self.activation == "sigmoid":
            return squash(z) * squash(-z)
        return np.heaviside(z, 0.0)

    def feedforward(self, a):
        for l in range(len(self.weights)):
            a = self._activate(self.weights[l] @ a + self.biases[l], l)
        return a

    def backprop(self, x, y):
        nabla_b, nabla_w = [None] * len(self.biases), [None] * len(self.weights)

        def descend(a, l):
            """Goes forward from layer l, and comes back with the gradient in `a`."""
            z = self.weights[l] @ a + self.biases[l]
            out = self._activate(z, l)
            if l + 1 < len(self.weights):
                delta = descend(out, l + 1) * self._slope(z, l)
            elif self.cost == "quadratic":
                delta = (out - y) * self._slope(z, l)
            else:
                delta = out - y
            nabla_b[l] = delta
            nabla_w[l] = np.outer(delta, a)
            return self.weights[l].T @ delta

        descend(x, 0)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
        gradients = [self.backprop(x, y) for x, y in mini_batch]
        new_weights, new_biases = [], []
        for l, (w, b) in enumerate(zip(self.weights, self.biases)):
            dw = np.mean([nabla_w[l] for _, nabla_w in gradients], axis=0)
            db = np.mean([nabla_b[l] for nabla_b, _ in gradients], axis=0)
            sign = (w > 0).astype(float) - (w < 0)
            new_weights.append(w - eta * (lmbda_L1 / n * sign + lmbda_L2 / n * w + dw))
            new_biases.append(b - eta * db)
        self.weights, self.biases = new_weights, new_biases

    def _cost_of(self, x, y):
        a = self.feedforward(x)
        if self.cost == "quadratic":
            return 0.5 * ((a - y) ** 2).sum()
        tiny = np.finfo(float).tiny
        return -(y * np.log(np.maximum(a, tiny)) + (1 - y) * np.log(np.maximum(1 - a, tiny))).sum()

    def total_cost(self, data, lmbda_L1=0.0, lmbda_L2=0.0):
        flat = np.concatenate([w.ravel() for w in self.weights + self.biases])
        penalty = lmbda_L1 * np.linalg.norm(flat, 1) + lmbda_L2 / 2 * flat @ flat
        return float(np.mean([self._cost_of(x, y) for x, y in data]) + penalty / len(data))

    def accuracy(self, data):
        hits = 0
        for x, y in data:
            if self.feedforward(x).argmax() == y.argmax():
                hits += 1
        return hits / len(data)

    def stochastic_gradient_descent(
        self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
    ):
        samples = [pair for pair in training_data]
        curves = dict(epoch=[], train_accuracy=[], test_accuracy=[], train_cost=[], test_cost=[])
        for epoch in range(epochs):
            self.random.shuffle(samples)
            position = 0
            while position + batch_size <= len(samples):
                self.update_mini_batch(samples[position:][:batch_size], eta, lmbda_L1, lmbda_L2, len(samples))
                position += batch_size
            if not monitoring:
                continue
            curves["epoch"] += [epoch]
            curves["train_accuracy"] += [self.accuracy(samples)]
            curves["test_accuracy"] += [self.accuracy(test_data)]
            curves["train_cost"] += [self.total_cost(samples)]
            curves["test_cost"] += [self.total_cost(test_data)]
        return curves
