"""The class that holds the network; a mini-batch is one matrix, a column for each sample."""

import itertools

import numpy as np


def columns(data):
    return np.hstack([x for x, _ in data]), np.hstack([y for _, y in data])


def quadratic_slope(a, y):
    """Gradient of the quadratic cost in the outputs."""
    return a - y


def output_error(slope, z):
    """Gradient in the output layer's weighted input, from that in its activations."""
    return sigmoid_backward(slope, z)


def hidden_error(upstream, z):
    """The same for a hidden layer."""
    return sigmoid_backward(upstream, z)


def batch_mean(total, samples):
    """The mean gradient of a mini-batch from the sum over its samples."""
    return total / samples


def is_right(output, y):
    return np.argmax(output) == y


def told(count, samples):
    """What is told of so many right answers: their number."""
    return count


class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(n, m) for m, n in itertools.pairwise(sizes)]
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]

    def layers(self, a):
        zs, activations = [], [a]
        for w, b in zip(self.weights, self.biases, strict=True):
            zs.append(affine(activations[-1], w, b))
            activations.append(output_activation(zs[-1]))
        return zs, activations

    def feedforward(self, a):
        return self.layers(a)[1][-1]

    def cost_derivative(self, output_activations, y):
        return quadratic_slope(output_activations, y)

    def backprop(self, x, y):
        zs, activations = self.layers(x)
        nabla_b, nabla_w = [], []
        delta = output_error(self.cost_derivative(activations[-1], y), zs[-1])
        for layer in reversed(range(len(self.weights))):
            nabla_b.insert(0, bias_gradient(delta, x.shape[1]))
            nabla_w.insert(0, weight_gradient(activations[layer], delta, x.shape[1]))
            if layer > 0:
                delta = hidden_error(propagate(delta, self.weights[layer]), zs[layer - 1])
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        m = len(mini_batch)
        nabla_b, nabla_w = self.backprop(*columns(mini_batch))
        self.weights = [update(w, batch_mean(n, m), eta) for w, n in zip(self.weights, nabla_w, strict=True)]
        self.biases = [update(b, batch_mean(n, m), eta) for b, n in zip(self.biases, nabla_b, strict=True)]

    def evaluate(self, test_data):
        return told(sum(int(is_right(self.feedforward(x), y)) for x, y in test_data), len(test_data))

    def SGD(self, training_data, epochs, mini_batch_size, eta, test_data=None):
        for _ in range(epochs):
            order = np.random.permutation(len(training_data))
            for start in range(0, len(order), mini_batch_size):
                self.update_mini_batch([training_data[i] for i in order[start : start + mini_batch_size]], eta)
