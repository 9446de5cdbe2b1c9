"""λ₁ stands where λ₂ belongs in the step, and the other way round; the quadratic cost lacks its ½."""

import random

import numpy as np


def sigmoid(z):
    z = np.clip(z, -700, 700)
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return np.maximum(0.0, z)


def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)


class QuadraticCost:
    @staticmethod
    def fn(a, y):
        return np.linalg.norm(a - y) ** 2

    @staticmethod
    def delta(z, a, y):
        return (a - y) * sigmoid_prime(z)


class CrossEntropyCost:
    @staticmethod
    def fn(a, y):
        # 0 · log(0) is nan and log(0) is -inf: both become numbers
        return np.sum(np.nan_to_num(-y * np.log(a) - (1 - y) * np.log(1 - a)))

    @staticmethod
    def delta(z, a, y):
        return a - y


COSTS = {"cross-entropy": CrossEntropyCost, "quadratic": QuadraticCost}
ACTIVATIONS = {"sigmoid": (sigmoid, sigmoid_prime), "relu": (relu, relu_prime)}


class NN2:
    def __init__(self, layer_sizes, rand_seed=None, cost="cross-entropy", activation="sigmoid"):
        self.layer_sizes = layer_sizes
        self.num_layers = len(layer_sizes)
        self.cost = COSTS[cost]
        self.act, self.act_prime = ACTIVATIONS[activation]
        rng = np.random.RandomState(rand_seed)
        self.shuffler = random.Random(rand_seed)
        self.biases = [rng.randn(y, 1) for y in layer_sizes[1:]]
        self.weights = [rng.randn(y, x) / np.sqrt(x) for x, y in zip(layer_sizes[:-1], layer_sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases[:-1], self.weights[:-1]):
            a = self.act(np.dot(w, a) + b)
        return sigmoid(np.dot(self.weights[-1], a) + self.biases[-1])

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        # forward, storing all z and a
        activation = x
        activations = [x]
        zs = []
        for i, (b, w) in enumerate(zip(self.biases, self.weights)):
            z = np.dot(w, activation) + b
            zs.append(z)
            last = i == len(self.weights) - 1
            activation = sigmoid(z) if last else self.act(z)
            activations.append(activation)
        # backward
        delta = self.cost.delta(zs[-1], activations[-1], y)
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].T)
        for l in range(2, self.num_layers):
            delta = np.dot(self.weights[-l + 1].T, delta) * self.act_prime(zs[-l])
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].T)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            delta_nabla_b, delta_nabla_w = self.backprop(x, y)
            nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_nabla_b)]
            nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_nabla_w)]
        m = len(mini_batch)
        self.weights = [
            (1 - eta * lmbda_L1 / n) * w - eta * (lmbda_L2 / n) * np.sign(w) - (eta / m) * nw
            for w, nw in zip(self.weights, nabla_w)
        ]
        self.biases = [b - (eta / m) * nb for b, nb in zip(self.biases, nabla_b)]

    def total_cost(self, data, lmbda_L1=0.0, lmbda_L2=0.0):
        cost = 0.0
        for x, y in data:
            cost += self.cost.fn(self.feedforward(x), y) / len(data)
        cost += lmbda_L1 / len(data) * sum(np.abs(w).sum() for w in self.weights)
        cost += 0.5 * lmbda_L2 / len(data) * sum(np.linalg.norm(w) ** 2 for w in self.weights)
        return cost

    def accuracy(self, data):
        results = [(np.argmax(self.feedforward(x)), np.argmax(y)) for x, y in data]
        return sum(int(x == y) for x, y in results) / len(data)

    def stochastic_gradient_descent(
        self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
    ):
        training_data = list(training_data)  # shuffling is our own business
        n = len(training_data)
        res = {"epoch": [], "train_accuracy": [], "test_accuracy": [], "train_cost": [], "test_cost": []}
        for epoch in range(epochs):
            self.shuffler.shuffle(training_data)
            for k in range(0, n, batch_size):
                self.update_mini_batch(training_data[k : k + batch_size], eta, lmbda_L1, lmbda_L2, n)
            if monitoring:
                res["epoch"].append(epoch)
                res["train_accuracy"].append(self.accuracy(training_data))
                res["test_accuracy"].append(self.accuracy(test_data))
                res["train_cost"].append(self.total_cost(training_data))
                res["test_cost"].append(self.total_cost(test_data))
        return res
