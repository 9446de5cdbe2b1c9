"""The class that holds the network; a mini-batch is one matrix, a column for each sample."""

import itertools

import numpy as np


def columns(data):
    return np.hstack([x for x, _ in data]), np.hstack([y for _, y in data])


def is_right(output, y):
    return np.argmax(output) == y


class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(n, m) / np.sqrt(m) for m, n in itertools.pairwise(sizes)]
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]

    def layers(self, a):
        zs, activations = [], [a]
        for w, b in zip(self.weights, self.biases, strict=True):
            zs.append(affine(activations[-1], w, b))
            activations.append(output_activation(zs[-1]))
        return zs, activations

    def feedforward(self, a):
        return self.layers(a)[1][-1]

    def backprop(self, x, y):
        zs, activations = self.layers(x)
        nabla_b, nabla_w = [], []
        delta = output_delta(activations[-1], y)
        for layer in reversed(range(len(self.weights))):
            nabla_b.insert(0, bias_gradient(delta, x.shape[1]))
            nabla_w.insert(0, weight_gradient(activations[layer], delta, x.shape[1]))
            if layer > 0:
                delta = sigmoid_backward(propagate(delta, self.weights[layer]), zs[layer - 1])
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta, lmbda, n):
        m = len(mini_batch)
        n = samples_behind_the_gradient(n, m)
        nabla_b, nabla_w = self.backprop(*columns(mini_batch))
        self.weights = [
            moved("w", w, weight_penalty_gradient(w, lmbda, n) + batch_mean(total, m), eta)
            for w, total in zip(self.weights, nabla_w, strict=True)
        ]
        self.biases = [
            moved("b", b, bias_penalty_gradient(b, lmbda, n) + batch_mean(total, m), eta)
            for b, total in zip(self.biases, nabla_b, strict=True)
        ]

    def total_cost(self, data, lmbda):
        x, y = columns(data)
        penalty = penalty_factor(lmbda, len(data)) * sum(map(squared_norm, self.weights))
        return float(average(sample_costs(self.feedforward(x), y), len(data)) + penalty)

    def accuracy(self, data):
        return sum(int(is_right(self.feedforward(x), y)) for x, y in data)

    def SGD(self, training_data, epochs, mini_batch_size, eta, lmbda=0.0):
        n = len(training_data)
        for _ in range(epochs):
            order = np.random.permutation(n)
            for start in range(0, n, mini_batch_size):
                batch = [training_data[i] for i in order[start : start + mini_batch_size]]
                self.update_mini_batch(batch, eta, lmbda, n)
