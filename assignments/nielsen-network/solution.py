"""The class that holds the network.

A mini-batch is one matrix, a column for each sample, so that everything that is said about a column in the contract
is done for all samples at once.
"""

import itertools

import numpy as np


def hidden_activation(z, activation):
    return relu(z) if activation == "relu" else sigmoid(z)


def hidden_derivative(z, activation):
    return relu_derivative(z) if activation == "relu" else sigmoid_derivative(z)


def quadratic(a, y):
    """Of each sample, shape (m,)."""
    return 0.5 * np.sum((a - y) ** 2, axis=0)


def costs_of_samples(a, y, cost):
    return quadratic(a, y) if cost == "quadratic" else sample_costs(a, y)


def cost_slope(z, a, cost):
    """What the error a - y is multiplied with at the output: with the cross-entropy σ' cancels."""
    return sigmoid_derivative(z) if cost == "quadratic" else 1


def hidden_delta(upstream, z, activation):
    return upstream * hidden_derivative(z, activation)


def handed_on(delta, propagated):
    """What the layer before gets."""
    return propagated


def penalty(params, lmbda_L1, lmbda_L2, n):
    tensors = penalised(params)
    return lmbda_L1 / n * sum(map(l1_norm, tensors)) + penalty_factor(lmbda_L2, n) * sum(map(squared_norm, tensors))


def bias_penalty(b, lmbda_L1, lmbda_L2, n):
    return bias_penalty_gradient(b, lmbda_L2, n)


def fresh_sums(net, sums):
    """Gradients summed over this mini-batch, and no other."""
    return sums


def strengths(lmbda_L1, lmbda_L2):
    """Of the penalties in a step."""
    return lmbda_L1, lmbda_L2


def samples_behind_the_l2_step(training_size, batch_size):
    """By how many samples the L2 penalty is shared in the step of a mini-batch."""
    return training_size


def passed_on(lmbda_L1, lmbda_L2):
    """The strengths that the steps of a training get."""
    return lmbda_L1, lmbda_L2


def is_right(output, y):
    """Of each sample, shape (m,)."""
    return np.argmax(output, axis=0) == np.argmax(y, axis=0)


def columns(data):
    """Samples (x, y) as two matrices with a column for each."""
    return np.hstack([x for x, _ in data]), np.hstack([y for _, y in data])


def monitored_cost(net, data, lmbda_L1, lmbda_L2):
    return net.total_cost(data)


def monitored_accuracy(net, data):
    return net.accuracy(data)


def measure(curves, net, training_data, test_data, lmbda_L1, lmbda_L2):
    curves["epoch"].append(len(curves["epoch"]))
    for name, data in (("train", training_data), ("test", test_data)):
        curves[f"{name}_cost"].append(monitored_cost(net, data, lmbda_L1, lmbda_L2))
        curves[f"{name}_accuracy"].append(monitored_accuracy(net, data))


def measured_first():
    """Whether the curves are measured before an epoch, not after it."""
    return False


class NN2:
    def __init__(self, layer_sizes, rand_seed=None, cost="cross-entropy", activation="sigmoid"):
        self.rng = np.random.default_rng(rand_seed)
        self.cost = cost
        self.activation = activation
        self.weights = [initial_weights(n_in, n_out, self.rng) for n_in, n_out in itertools.pairwise(layer_sizes)]
        self.biases = [initial_biases(n_out, self.rng) for n_out in layer_sizes[1:]]

    def layers(self, a):
        """Weighted inputs and activations of every layer; the activations begin with the input."""
        zs, activations = [], [a]
        for layer, (w, b) in enumerate(zip(self.weights, self.biases, strict=True), 1):
            zs.append(affine(activations[-1], w, b))
            is_output = layer == len(self.weights)
            activations.append(output_activation(zs[-1]) if is_output else hidden_activation(zs[-1], self.activation))
        return zs, activations

    def feedforward(self, a):
        return self.layers(a)[1][-1]

    def backprop(self, x, y):
        zs, activations = self.layers(x)
        nabla_b, nabla_w = [], []
        delta = output_delta(activations[-1], y) * cost_slope(zs[-1], activations[-1], self.cost)
        for layer in reversed(range(len(self.weights))):
            nabla_b.insert(0, bias_gradient(delta, x.shape[1]))
            nabla_w.insert(0, weight_gradient(activations[layer], delta, x.shape[1]))
            if layer > 0:
                earlier = propagate(delta, self.weights[layer])
                delta = handed_on(delta, hidden_delta(earlier, zs[layer - 1], self.activation))
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
        m = len(mini_batch)
        lmbda_L1, lmbda_L2 = strengths(lmbda_L1, lmbda_L2)
        nabla_b, nabla_w = fresh_sums(self, self.backprop(*columns(mini_batch)))
        n_L1, n_L2 = samples_behind_the_l1_gradient(n, m), samples_behind_the_l2_step(n, m)
        self.weights = [
            moved(
                "w",
                w,
                l1_gradient(w, lmbda_L1, n_L1) + weight_penalty_gradient(w, lmbda_L2, n_L2) + batch_mean(total, m),
                eta,
            )
            for w, total in zip(self.weights, nabla_w, strict=True)
        ]
        self.biases = [
            moved("b", b, bias_penalty(b, lmbda_L1, lmbda_L2, n) + batch_mean(total, m), eta)
            for b, total in zip(self.biases, nabla_b, strict=True)
        ]

    def parameters(self):
        """By name: w1, w2 …, b1, b2 …"""
        named = zip("wb", (self.weights, self.biases), strict=True)
        return {f"{letter}{layer}": value for letter, values in named for layer, value in enumerate(values, 1)}

    def total_cost(self, data, lmbda_L1=0.0, lmbda_L2=0.0):
        x, y = columns(data)
        costs = costs_of_samples(self.feedforward(x), y, self.cost)
        return float(average(costs, len(data)) + penalty(self.parameters(), lmbda_L1, lmbda_L2, len(data)))

    def accuracy(self, data):
        x, y = columns(data)
        return float(np.mean(is_right(self.feedforward(x), y)))

    def stochastic_gradient_descent(
        self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
    ):
        n = len(training_data)
        curves = {"epoch": [], "train_accuracy": [], "test_accuracy": [], "train_cost": [], "test_cost": []}
        for _ in range(epochs):
            if monitoring and measured_first():
                measure(curves, self, training_data, test_data, lmbda_L1, lmbda_L2)
            for batch in batches(shuffled_order(n, self.rng), batch_size):
                samples = [training_data[i] for i in batch]
                share = samples_behind_the_gradient(n, len(samples))
                self.update_mini_batch(samples, eta, *passed_on(lmbda_L1, lmbda_L2), share)
            if monitoring and not measured_first():
                measure(curves, self, training_data, test_data, lmbda_L1, lmbda_L2)
        return curves
