"""The class that holds the network; a sample on its way back is a batch of one row."""

import numpy as np


def output(z):
    """Of the last layer, which is linear."""
    return z


def output_of_run(z):
    """Of the last layer, in a method of its own."""
    return z


def output_slope(final_outputs):
    return np.ones_like(final_outputs)


def output_error(final_outputs, y):
    """How far the targets are above the outputs."""
    return y - final_outputs


def error_of_the_hidden_units(error, output_term, W):
    """What comes back through the weights of the output layer."""
    return propagate(output_term, W)


def direction():
    """1: what is summed is added to the weights."""
    return 1


def added(so_far, of_the_sample):
    return so_far + of_the_sample


class NeuralNetwork:
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = np.random.normal(0.0, input_nodes**-0.5, (input_nodes, hidden_nodes))
        self.weights_hidden_to_output = np.random.normal(0.0, hidden_nodes**-0.5, (hidden_nodes, output_nodes))
        self.lr = learning_rate

    def train(self, features, targets):
        sums = np.zeros(self.weights_input_to_hidden.shape), np.zeros(self.weights_hidden_to_output.shape)
        for X, y in zip(features, targets, strict=True):
            sums = self.backpropagation(*self.forward_pass_train(X), X, y, *sums)
        self.update_weights(*sums, len(features))

    def forward_pass_train(self, X):
        hidden_outputs = sigmoid(product(X, self.weights_input_to_hidden))
        return output(product(hidden_outputs, self.weights_hidden_to_output)), hidden_outputs

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o):
        final_outputs, hidden_outputs, X, y = (np.reshape(v, (1, -1)) for v in (final_outputs, hidden_outputs, X, y))
        error = output_error(final_outputs, y)
        output_term = error * output_slope(final_outputs)
        hidden_error = error_of_the_hidden_units(error, output_term, self.weights_hidden_to_output)
        hidden_term = hidden_error * value_slope(hidden_outputs)
        return (
            added(delta_weights_i_h, direction() * weight_gradient(X, hidden_term, 1)),
            added(delta_weights_h_o, direction() * weight_gradient(hidden_outputs, output_term, 1)),
        )

    def update_weights(self, delta_weights_i_h, delta_weights_h_o, n_records):
        mean_i_h, mean_h_o = (batch_mean(delta, n_records) for delta in (delta_weights_i_h, delta_weights_h_o))
        self.weights_input_to_hidden = update(self.weights_input_to_hidden, -direction() * mean_i_h, self.lr)
        self.weights_hidden_to_output = update(self.weights_hidden_to_output, -direction() * mean_h_o, self.lr)

    def run(self, features):
        hidden_outputs = sigmoid(product(features, self.weights_input_to_hidden))
        return output_of_run(product(hidden_outputs, self.weights_hidden_to_output))
