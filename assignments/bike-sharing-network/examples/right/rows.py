"""A sample is a matrix of one row; the error is the output minus the target, and is subtracted."""

import numpy as np


class NeuralNetwork(object):
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = np.random.normal(0.0, input_nodes**-0.5, (input_nodes, hidden_nodes))
        self.weights_hidden_to_output = np.random.normal(0.0, hidden_nodes**-0.5, (hidden_nodes, output_nodes))
        self.lr = learning_rate

        def sigmoid(x):
            return 1 / (1 + np.exp(-x))

        self.activation_function = sigmoid

    def train(self, features, targets):
        n_records = features.shape[0]
        delta_weights_i_h = np.zeros(self.weights_input_to_hidden.shape)
        delta_weights_h_o = np.zeros(self.weights_hidden_to_output.shape)
        for X, y in zip(features, targets):
            final_outputs, hidden_outputs = self.forward_pass_train(X)
            delta_weights_i_h, delta_weights_h_o = self.backpropagation(
                final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o
            )
        self.update_weights(delta_weights_i_h, delta_weights_h_o, n_records)

    def forward_pass_train(self, X):
        row = np.array(X, ndmin=2)
        hidden_outputs = self.activation_function(row.dot(self.weights_input_to_hidden))
        return hidden_outputs.dot(self.weights_hidden_to_output), hidden_outputs

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o):
        row = np.array(X, ndmin=2)
        error = final_outputs - np.array(y, ndmin=2)
        hidden_error = np.dot(error, self.weights_hidden_to_output.T)
        hidden_error_term = hidden_error * hidden_outputs * (1 - hidden_outputs)
        delta_weights_i_h += np.dot(row.T, hidden_error_term)
        delta_weights_h_o += np.dot(hidden_outputs.T, error)
        return delta_weights_i_h, delta_weights_h_o

    def update_weights(self, delta_weights_i_h, delta_weights_h_o, n_records):
        self.weights_hidden_to_output -= self.lr * delta_weights_h_o / n_records
        self.weights_input_to_hidden -= self.lr * delta_weights_i_h / n_records

    def run(self, features):
        return self.forward_pass_train(features)[0]
