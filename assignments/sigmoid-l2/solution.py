"""The class that holds the network."""

import itertools

import numpy as np


def labels_of(y, batch, start):
    """The labels of a mini-batch, which begins at this place of the epoch's order."""
    return y[batch]


def reported_cost(network, x, y, last_batch, lambd):
    return network.cost(x, y, lambd)


class NeuralNetwork:
    def __init__(self, layer_sizes, training_size, seed=0):
        self.num_layers = len(layer_sizes)
        self.training_size = training_size
        self.rng = np.random.default_rng(seed)
        self.parameters = {}
        for layer, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes), 1):
            self.parameters[f"w{layer}"] = initial_weights(n_in, n_out, self.rng)
            self.parameters[f"b{layer}"] = initial_biases(n_out, self.rng)

    def gather_backprop_data(self, x, y):
        activations, zs = [x], []
        for layer in range(1, self.num_layers):
            zs.append(affine(activations[-1], self.parameters[f"w{layer}"], self.parameters[f"b{layer}"]))
            is_output = layer == self.num_layers - 1
            activations.append(output_activation(zs[-1]) if is_output else hidden_activation(zs[-1]))
        return {}, activations, zs

    def cost(self, x, y, lambd):
        outputs = self.gather_backprop_data(x, y)[1][-1]
        n = samples_behind_the_cost(self.training_size, len(x))
        return float(binary_cross_entropy(outputs, y) + l2_penalty(self.parameters, lambd, n))

    def calculate_gradients(self, x, y, lambd):
        gradients, activations, zs = self.gather_backprop_data(x, y)
        penalties = penalty_gradients(self.parameters, lambd, samples_behind_the_gradient(self.training_size, len(x)))
        delta = output_delta(activations[-1], y)
        for layer in range(self.num_layers - 1, 0, -1):
            w, b = f"w{layer}", f"b{layer}"
            gradients[w] = weight_gradient(activations[layer - 1], delta, len(x)) + penalties[w]
            gradients[b] = bias_gradient(delta, len(x)) + penalties[b]
            if layer > 1:
                delta = sigmoid_backward(propagate(delta, self.parameters[w]), zs[layer - 2])
        return gradients

    def update_parameters(self, gradients, learning_rate):
        self.parameters = {
            name: moved(name, value, gradients[name], learning_rate) for name, value in self.parameters.items()
        }

    def train(self, x, y, epochs, batch_size, learning_rate, lambd):
        costs = []
        for _ in range(epochs):
            for number, batch in enumerate(batches(shuffled_order(len(x), self.rng), batch_size)):
                gradients = self.calculate_gradients(x[batch], labels_of(y, batch, number * batch_size), lambd)
                self.update_parameters(gradients, learning_rate)
            costs.append(reported_cost(self, x, y, batch, lambd))
        return costs

    def predict(self, x):
        return most_probable(self.gather_backprop_data(x, None)[1][-1])
