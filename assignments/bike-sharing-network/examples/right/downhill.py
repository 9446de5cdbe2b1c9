"""The gradient is summed and subtracted, the other way round than in the task."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


class NeuralNetwork:
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        scale = 1 / np.sqrt(input_nodes), 1 / np.sqrt(hidden_nodes)
        self.weights_input_to_hidden = np.random.randn(input_nodes, hidden_nodes) * scale[0]
        self.weights_hidden_to_output = np.random.randn(hidden_nodes, output_nodes) * scale[1]
        self.learning_rate = learning_rate

    def train(self, features, targets):
        sums = [np.zeros_like(self.weights_input_to_hidden), np.zeros_like(self.weights_hidden_to_output)]
        for x, t in zip(features, targets):
            out, hidden = self.forward_pass_train(x)
            sums = self.backpropagation(out, hidden, x, t, *sums)
        self.update_weights(*sums, len(features))

    def forward_pass_train(self, X):
        hidden = sigmoid(X @ self.weights_input_to_hidden)
        return hidden @ self.weights_hidden_to_output, hidden

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o):
        delta = final_outputs - y
        back = self.weights_hidden_to_output.dot(delta) * hidden_outputs * (1 - hidden_outputs)
        return delta_weights_i_h + np.outer(X, back), delta_weights_h_o + np.outer(hidden_outputs, delta)

    def update_weights(self, delta_weights_i_h, delta_weights_h_o, n_records):
        step = self.learning_rate / n_records
        self.weights_input_to_hidden = self.weights_input_to_hidden - step * delta_weights_i_h
        self.weights_hidden_to_output = self.weights_hidden_to_output - step * delta_weights_h_o

    def run(self, features):
        return self.forward_pass_train(features)[0]
