"""The weights move with every sample, by a whole step each."""

import numpy as np


def categorical_cross_entropy(pred, target):
    return (1 / len(pred)) * -np.sum(target * np.log(np.clip(pred, 1e-12, 1)))


class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        inputs, hidden1, hidden2, outputs = layer_sizes
        self.lr = lr
        self.weights_i_to_h1 = np.random.normal(0.0, inputs**-0.5, (inputs, hidden1))
        self.weights_h1_to_h2 = np.random.normal(0.0, hidden1**-0.5, (hidden1, hidden2))
        self.weights_h2_to_o = np.random.normal(0.0, hidden2**-0.5, (hidden2, outputs))
        self.bias_i_to_h1 = np.zeros(hidden1)
        self.bias_h1_to_h2 = np.zeros(hidden2)
        self.bias_h2_to_o = np.zeros(outputs)

    def activation_ReLU(self, x):
        return x * (x > 0)

    def activation_dReLU(self, x):
        return 1.0 * (x > 0)

    def softmax(self, x):
        z = x - np.max(x)
        return np.exp(z) / np.sum(np.exp(z))

    def dsoftmax(self, x):
        size = len(x)
        J = np.zeros((size, size))
        for i in range(size):
            for j in range(size):
                J[i][j] = x[i] * (1 - x[j]) if i == j else -x[i] * x[j]
        return J

    def forward(self, X):
        h1 = self.activation_ReLU(np.dot(X, self.weights_i_to_h1) + self.bias_i_to_h1)
        h2 = self.activation_ReLU(np.dot(h1, self.weights_h1_to_h2) + self.bias_h1_to_h2)
        return h1, h2, self.softmax(np.dot(h2, self.weights_h2_to_o) + self.bias_h2_to_o)

    def predict(self, features):
        return np.array([self.forward(X)[-1] for X in features])

    def train(self, features, targets):
        for X, y in zip(features, targets):
            h1, h2, final_outputs = self.forward(X)

            output_error_term = y - final_outputs
            h2_error_term = np.dot(output_error_term, self.weights_h2_to_o.T) * self.activation_dReLU(h2)
            h1_error_term = np.dot(h2_error_term, self.weights_h1_to_h2.T) * self.activation_dReLU(h1)

            self.weights_i_to_h1 += self.lr * h1_error_term * X[:, None]
            self.bias_i_to_h1 += self.lr * h1_error_term
            self.weights_h1_to_h2 += self.lr * h2_error_term * h1[:, None]
            self.bias_h1_to_h2 += self.lr * h2_error_term
            self.weights_h2_to_o += self.lr * output_error_term * h2[:, None]
            self.bias_h2_to_o += self.lr * output_error_term
