import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


class NeuralNetwork(object):
    def __init__(self, x, y):
        self.input = x
        self.y = y
        self.weights1 = np.random.uniform(-1, 1, (x.shape[1], 4))
        self.weights2 = np.random.uniform(-1, 1, (4, y.shape[1]))
        self.output = np.zeros(y.shape)

    def feedforward(self):
        hidden = self.weights1.shape[1]
        self.layer1 = np.zeros((len(self.input), hidden))
        for n, x in enumerate(self.input):
            for j in range(hidden):
                self.layer1[n, j] = sigmoid(sum(x * self.weights1[:, j]))
            for k in range(self.y.shape[1]):
                self.output[n, k] = sigmoid(sum(self.layer1[n] * self.weights2[:, k]))

    def backprop(self):
        step1, step2 = np.zeros(self.weights1.shape), np.zeros(self.weights2.shape)
        for x, a, o, y in zip(self.input, self.layer1, self.output, self.y):
            delta = 2 * (y - o) * o * (1 - o)
            step2 += np.outer(a, delta)
            step1 += np.outer(x, self.weights2.dot(delta) * a * (1 - a))
        self.weights1 = self.weights1 + step1
        self.weights2 = self.weights2 + step2
