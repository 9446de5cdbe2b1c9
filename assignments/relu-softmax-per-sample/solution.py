"""The class that holds the network, and the errors that go back through it, one sample at a time."""

import numpy as np

LAYERS = ("i_to_h1", "h1_to_h2", "h2_to_o")


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def output_error(p, y):
    """Minus the gradient of one sample's cross-entropy in its logits, (k,): softmax and logarithm cancel."""
    return y - p


def hidden_error(upstream, a):
    return upstream * relu_derivative(a)


def weight_part(inputs, error):
    """What one sample adds to a weight change, (n_in, n_out)."""
    return np.outer(inputs, error)


def bias_part(error):
    """What one sample adds to a bias change, (n_out,)."""
    return error


def accumulated_weights(total, part):
    return total + part


def accumulated_biases(total, part):
    return total + part


def steps_of(features, targets):
    """The samples of each step, and the number that their changes are divided by: one step with all of a batch."""
    return [(features, targets, len(features))]


def averaged(total, samples):
    return total / samples


def change_of(mean, lr):
    """The change that a step makes; `mean` is minus the gradient already."""
    return lr * mean


def updated_weights(value, change, lr):
    return value + change_of(change, lr)


def updated_bias(value, change, lr):
    return value + change_of(change, lr)


class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        rng = np.random.default_rng()
        self.lr = lr
        for name, n_in, n_out in zip(LAYERS, layer_sizes[:-1], layer_sizes[1:], strict=True):
            setattr(self, f"weights_{name}", initial_weights(n_in, n_out, rng))
            setattr(self, f"bias_{name}", initial_biases(n_out, rng))

    def weights(self):
        return [getattr(self, f"weights_{name}") for name in LAYERS]

    def biases(self):
        return [getattr(self, f"bias_{name}") for name in LAYERS]

    def activation_ReLU(self, x):
        return relu(x)

    def activation_dReLU(self, x):
        return relu_derivative(x)

    def softmax(self, x):
        return softmax(x)

    def dsoftmax(self, x):
        return softmax_jacobian(x)

    def activations(self, x):
        """Of one sample, layer by layer, beginning with the input."""
        found = [x]
        for W, b, activation in zip(
            self.weights(), self.biases(), (hidden_activation, hidden_activation, output_activation), strict=True
        ):
            found.append(activation(affine(found[-1], W, b)))
        return found

    def predict(self, features):
        return np.array([self.activations(x)[-1] for x in features])

    def errors(self, activations, y):
        """Minus the gradient of one sample's cost in each layer's pre-activations."""
        found = [output_error(activations[-1], y)]
        for W, a in zip(self.weights()[:0:-1], activations[-2:0:-1], strict=True):
            found.insert(0, hidden_error(propagate(found[0], W), a))
        return found

    def train(self, features, targets):
        for step in steps_of(features, targets):
            self.make_step(*step)

    def make_step(self, features, targets, count):
        weight_changes = [np.zeros_like(W) for W in self.weights()]
        bias_changes = [np.zeros_like(b) for b in self.biases()]
        for x, y in zip(features, targets, strict=True):
            activations = self.activations(x)
            for layer, error in enumerate(self.errors(activations, y)):
                part = weight_part(activations[layer], error)
                weight_changes[layer] = accumulated_weights(weight_changes[layer], part)
                bias_changes[layer] = accumulated_biases(bias_changes[layer], bias_part(error))
        for name, W, b in zip(LAYERS, weight_changes, bias_changes, strict=True):
            weights, bias = f"weights_{name}", f"bias_{name}"
            setattr(self, weights, updated_weights(getattr(self, weights), averaged(W, count), self.lr))
            setattr(self, bias, updated_bias(getattr(self, bias), averaged(b, count), self.lr))
