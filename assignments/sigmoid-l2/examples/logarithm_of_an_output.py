"""Outputs that should be 0 cost nothing, and the class is told one-hot."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


class NeuralNetwork:
    def __init__(self, layer_sizes, training_size, seed=0):
        random = np.random.RandomState(seed)
        self.num_layers = len(layer_sizes)
        self.training_size = training_size
        self.parameters = {}
        for i in range(1, self.num_layers):
            shape = (layer_sizes[i - 1], layer_sizes[i])
            self.parameters["w" + str(i)] = random.randn(*shape) * np.sqrt(1 / shape[0])
            self.parameters["b" + str(i)] = np.zeros((1, shape[1]))

    def gather_backprop_data(self, x, y):
        gradients, zs, activations = {}, [], [x]
        for i in range(1, self.num_layers):
            z = np.dot(activations[-1], self.parameters["w" + str(i)]) + self.parameters["b" + str(i)]
            zs.append(z)
            activations.append(sigmoid(z))
        return gradients, activations, zs

    def cost(self, x, y, lambd):
        out = np.clip(self.gather_backprop_data(x, y)[1][-1], 1e-12, 1 - 1e-12)
        cross_entropy = -np.sum(y * np.log(out)) / x.shape[0]
        squares = sum(np.sum(self.parameters["w" + str(i)] ** 2) for i in range(1, self.num_layers))
        return cross_entropy + lambd / (2 * self.training_size) * squares

    def calculate_gradients(self, x, y, lambd):
        gradients, activations, zs = self.gather_backprop_data(x, y)
        last = str(self.num_layers - 1)
        z_error = activations[-1] - y
        gradients["w" + last] = (
            np.dot(activations[-2].T, z_error) / x.shape[0] + (lambd / self.training_size) * self.parameters["w" + last]
        )
        gradients["b" + last] = np.expand_dims(np.mean(z_error, axis=0), 0)
        for i in reversed(range(1, self.num_layers - 1)):
            z_error = np.dot(z_error, self.parameters["w" + str(i + 1)].T) * sigmoid_derivative(zs[i - 1])
            gradients["w" + str(i)] = (
                np.dot(activations[i - 1].T, z_error) / x.shape[0]
                + (lambd / self.training_size) * self.parameters["w" + str(i)]
            )
            gradients["b" + str(i)] = np.expand_dims(np.mean(z_error, axis=0), 0)
        return gradients

    def update_parameters(self, gradients, learning_rate):
        for name in self.parameters:
            self.parameters[name] = self.parameters[name] - learning_rate * gradients[name]

    def train(self, x, y, epochs, batch_size, learning_rate, lambd):
        costs = []
        for _ in range(epochs):
            order = np.random.permutation(len(x))
            for start in range(0, len(x), batch_size):
                chosen = order[start : start + batch_size]
                self.update_parameters(self.calculate_gradients(x[chosen], y[chosen], lambd), learning_rate)
            costs.append(self.cost(x, y, lambd))
        return costs

    def predict(self, x):
        outputs = self.gather_backprop_data(x, None)[1][-1]
        return (outputs == outputs.max(axis=1, keepdims=True)).astype(int)
