"""A mini-batch is a matrix, a column for each sample."""

import numpy as np


class Network:
    def __init__(self, sizes):
        rng = np.random.default_rng()
        self.weights = [rng.standard_normal((m, n)) / n**0.5 for n, m in zip(sizes, sizes[1:])]
        self.biases = [rng.standard_normal((m, 1)) for m in sizes[1:]]

    def feedforward(self, a):
        return self._activations(a)[-1]

    def _activations(self, a):
        found = [a]
        for w, b in zip(self.weights, self.biases):
            found.append(1 / (1 + np.exp(-(w @ found[-1] + b))))
        return found

    def cost_derivative(self, output_activations, y):
        return np.subtract(output_activations, y)

    def backprop(self, x, y):
        a = self._activations(x)
        deltas = [self.cost_derivative(a[-1], y) * a[-1] * (1 - a[-1])]
        for w, hidden in zip(self.weights[:0:-1], a[-2:0:-1]):
            deltas.insert(0, w.T @ deltas[0] * hidden * (1 - hidden))
        return [d.sum(axis=1, keepdims=True) for d in deltas], [d @ h.T for d, h in zip(deltas, a)]

    def update_mini_batch(self, mini_batch, eta):
        xs, ys = (np.concatenate(part, axis=1) for part in zip(*mini_batch))
        db, dw = self.backprop(xs, ys)
        for i in range(len(dw)):
            self.weights[i] = self.weights[i] - eta * dw[i] / len(mini_batch)
            self.biases[i] = self.biases[i] - eta * db[i] / len(mini_batch)

    def evaluate(self, test_data):
        return int(np.sum([self.feedforward(x).argmax() == y for x, y in test_data]))

    def SGD(self, training_data, epochs, mini_batch_size, eta, test_data=None):
        for epoch in range(epochs):
            order = np.random.permutation(len(training_data))
            for part in np.array_split(order, max(1, -(-len(order) // mini_batch_size))):
                self.update_mini_batch([training_data[i] for i in part], eta)
            if test_data is not None:
                print(epoch, self.evaluate(test_data))
