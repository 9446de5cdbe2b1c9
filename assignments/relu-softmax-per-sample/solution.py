"""The class that holds the network, and the errors that go back through it, one sample at a time."""

import numpy as np

LAYERS = ("i_to_h1", "h1_to_h2", "h2_to_o")


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def relu_backward(upstream, a):
    """Gradient in the pre-activations; activations have the same sign."""
    return upstream * relu_derivative(a)


def steps_of(features, targets):
    """The samples of each step, and the number that their gradients are divided by: one step with all of a batch."""
    return [(features, targets, len(features))]


def errors_of_the_biases(deltas):
    """The errors that the biases' changes are made of: those of every sample."""
    return deltas


def activations(x, layers):
    """Of one sample, layer by layer, beginning with the input."""
    found = [x]
    *hidden, (W, b) = layers
    for W_hidden, b_hidden in hidden:
        found.append(hidden_activation(affine(found[-1], W_hidden, b_hidden)))
    return [*found, output_activation(affine(found[-1], W, b))]


def errors(activations, y, layers):
    """Gradient of one sample's cost in each layer's pre-activations."""
    found = [output_delta(activations[-1], y)]
    for layer in range(len(layers) - 1, 0, -1):
        found.append(relu_backward(propagate(found[-1], layers[layer][0]), activations[layer]))
    return found[::-1]


class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        rng = np.random.default_rng()
        self.lr = lr
        for name, n_in, n_out in zip(LAYERS, layer_sizes[:-1], layer_sizes[1:], strict=True):
            setattr(self, f"weights_{name}", initial_weights(n_in, n_out, rng))
            setattr(self, f"bias_{name}", initial_biases(n_out, rng))

    def layers(self):
        """Weights and biases of each layer."""
        return [(getattr(self, f"weights_{name}"), getattr(self, f"bias_{name}")) for name in LAYERS]

    def activation_ReLU(self, x):
        return relu(x)

    def activation_dReLU(self, x):
        return relu_derivative(x)

    def softmax(self, x):
        return softmax(x)

    def dsoftmax(self, x):
        return softmax_jacobian(x)

    def predict(self, features):
        layers = self.layers()
        return np.array([activations(x, layers)[-1] for x in features])

    def train(self, features, targets):
        for step in steps_of(features, targets):
            self.make_step(*step)

    def make_step(self, features, targets, count):
        layers = self.layers()
        found = [activations(x, layers) for x in features]
        missed = [errors(of_sample, y, layers) for of_sample, y in zip(found, targets, strict=True)]
        for layer, name in enumerate(LAYERS):
            inputs = np.array([of_sample[layer] for of_sample in found])
            deltas = batch_mean(np.array([of_sample[layer] for of_sample in missed]), count)
            self.change(f"weights_{name}", batch_weight_gradient(inputs, deltas, count))
            self.change(f"bias_{name}", batch_bias_gradient(errors_of_the_biases(deltas), count))

    def change(self, name, gradient):
        setattr(self, name, moved(name, getattr(self, name), gradient, self.lr))
