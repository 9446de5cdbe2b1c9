"""A whole mini-batch as one matrix."""
import numpy as np


def sigma(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


class Network:
    def __init__(self, sizes):
        rng = np.random.default_rng()
        self.weights = [rng.normal(0, m ** -0.5, (n, m)) for m, n in zip(sizes, sizes[1:])]
        self.biases = [rng.normal(size=(n, 1)) for n in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = sigma(w @ a + b)
        return a

    def backprop(self, x, y):
        a = [x]
        for w, b in zip(self.weights, self.biases):
            a.append(sigma(w @ a[-1] + b))
        delta, nb, nw = y - a[-1], [], []
        for l in range(len(self.weights) - 1, -1, -1):
            nb.append(delta.sum(axis=1, keepdims=True))
            nw.append(delta @ a[l].T)
            delta = self.weights[l].T @ delta * a[l] * (1 - a[l])
        return nb[::-1], nw[::-1]

    def update_mini_batch(self, mini_batch, eta, lmbda, n):
        X, Y = (np.concatenate(part, axis=1) for part in zip(*mini_batch))
        nb, nw = self.backprop(X, Y)
        m = len(mini_batch)
        for l in range(len(nw)):
            self.weights[l] = self.weights[l] - eta * (nw[l] / m + lmbda / n * self.weights[l])
            self.biases[l] = self.biases[l] - eta * nb[l] / m

    def total_cost(self, data, lmbda):
        X, Y = (np.concatenate(part, axis=1) for part in zip(*data))
        A = self.feedforward(X)
        fit = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        return (fit + lmbda / 2 * sum((w ** 2).sum() for w in self.weights)) / len(data)

    def accuracy(self, data):
        return int(sum(self.feedforward(x).argmax() == y for x, y in data))

    def SGD(self, training_data, epochs, mini_batch_size, eta, lmbda=0.0):
        data = list(training_data)
        for _ in range(epochs):
            np.random.shuffle(order := np.arange(len(data)))
            for part in np.array_split(order, max(1, len(data) // mini_batch_size)):
                self.update_mini_batch([data[i] for i in part], eta, lmbda, len(data))
