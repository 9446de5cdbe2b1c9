"""The slope of softmax is p(1 - p), and all weights begin at the same number."""

import numpy as np


def categorical_cross_entropy(pred, target):
    return (1 / len(pred)) * -np.sum(target * np.log(np.clip(pred, 1e-12, 1)))


class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        inputs, hidden1, hidden2, outputs = layer_sizes
        self.lr = lr
        self.weights_i_to_h1 = np.ones((inputs, hidden1)) / inputs
        self.weights_h1_to_h2 = np.ones((hidden1, hidden2)) / hidden1
        self.weights_h2_to_o = np.ones((hidden2, outputs)) / hidden2
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
        return x * (1 - x)

    def forward(self, X):
        h1 = self.activation_ReLU(np.dot(X, self.weights_i_to_h1) + self.bias_i_to_h1)
        h2 = self.activation_ReLU(np.dot(h1, self.weights_h1_to_h2) + self.bias_h1_to_h2)
        return h1, h2, self.softmax(np.dot(h2, self.weights_h2_to_o) + self.bias_h2_to_o)

    def predict(self, features):
        return np.array([self.forward(X)[-1] for X in features])

    def train(self, features, targets):
        n_records = features.shape[0]
        delta_weights_i_h1 = np.zeros(self.weights_i_to_h1.shape)
        delta_weights_h1_h2 = np.zeros(self.weights_h1_to_h2.shape)
        delta_weights_h2_o = np.zeros(self.weights_h2_to_o.shape)
        delta_bias_i_h1 = np.zeros(self.bias_i_to_h1.shape)
        delta_bias_h1_h2 = np.zeros(self.bias_h1_to_h2.shape)
        delta_bias_h2_o = np.zeros(self.bias_h2_to_o.shape)

        for X, y in zip(features, targets):
            h1, h2, final_outputs = self.forward(X)

            output_error_term = y - final_outputs
            h2_error_term = np.dot(output_error_term, self.weights_h2_to_o.T) * self.activation_dReLU(h2)
            h1_error_term = np.dot(h2_error_term, self.weights_h1_to_h2.T) * self.activation_dReLU(h1)

            delta_weights_i_h1 += h1_error_term * X[:, None]
            delta_bias_i_h1 += h1_error_term
            delta_weights_h1_h2 += h2_error_term * h1[:, None]
            delta_bias_h1_h2 += h2_error_term
            delta_weights_h2_o += output_error_term * h2[:, None]
            delta_bias_h2_o += output_error_term

        self.weights_i_to_h1 += self.lr * delta_weights_i_h1 / n_records
        self.weights_h1_to_h2 += self.lr * delta_weights_h1_h2 / n_records
        self.weights_h2_to_o += self.lr * delta_weights_h2_o / n_records
        self.bias_i_to_h1 += self.lr * delta_bias_i_h1 / n_records
        self.bias_h1_to_h2 += self.lr * delta_bias_h1_h2 / n_records
        self.bias_h2_to_o += self.lr * delta_bias_h2_o / n_records
