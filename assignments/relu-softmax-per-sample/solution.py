"""The solution, in small named steps: a known mistake replaces one of them.

It needs numpy alone, so that it can be graded like any submission.
"""

import numpy as np

LAYERS = ("i_to_h1", "h1_to_h2", "h2_to_o")


def relu(z):
    return np.maximum(z, 0)


def relu_slope(x):
    return np.where(x > 0, 1.0, 0.0)


def shifted(z):
    """Logits with the same probabilities whose largest is 0, so that `exp` cannot overflow."""
    return z - np.max(z)


def normalised(exponentials):
    return exponentials / np.sum(exponentials)


def softmax(z):
    return normalised(np.exp(shifted(z)))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def affine(a, W, b):
    return a @ W + b


def hidden_activation(z):
    return relu(z)


def output_activation(z):
    return softmax(z)


def output_error(p, y):
    """Minus the gradient of one sample's cross-entropy in its logits, (k,): softmax and logarithm cancel."""
    return y - p


def propagate(error, W):
    """The error at a layer's input."""
    return W @ error


def hidden_error(upstream, a):
    return upstream * relu_slope(a)


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


def averaged(total, samples):
    return total / samples


def change_of(mean, lr):
    """The change that a step makes; `mean` is minus the gradient already."""
    return lr * mean


def updated_weights(value, change, lr):
    return value + change_of(change, lr)


def updated_bias(value, change, lr):
    return value + change_of(change, lr)


def true_class_log_probability(pred, target):
    """log p of the true class of each sample, (n,); finite because p is at least the smallest normal number."""
    return np.log(np.maximum(np.sum(pred * target, axis=1), np.finfo(float).tiny))


def average_loss(log_probabilities, pred, target):
    return -np.mean(log_probabilities)


def categorical_cross_entropy(pred, target):
    return float(average_loss(true_class_log_probability(pred, target), pred, target))


def initial_weights(n_in, n_out, rng):
    """Variance 2/n_in, for ReLU (He et al. 2015)."""
    return rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)


def initial_biases(n_out):
    return np.zeros(n_out)


class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        rng = np.random.default_rng()
        self.lr = lr
        for name, n_in, n_out in zip(LAYERS, layer_sizes[:-1], layer_sizes[1:], strict=True):
            setattr(self, f"weights_{name}", initial_weights(n_in, n_out, rng))
            setattr(self, f"bias_{name}", initial_biases(n_out))

    def weights(self):
        return [getattr(self, f"weights_{name}") for name in LAYERS]

    def biases(self):
        return [getattr(self, f"bias_{name}") for name in LAYERS]

    def activation_ReLU(self, x):
        return relu(x)

    def activation_dReLU(self, x):
        return relu_slope(x)

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
            setattr(self, weights, updated_weights(getattr(self, weights), averaged(W, len(features)), self.lr))
            setattr(self, bias, updated_bias(getattr(self, bias), averaged(b, len(features)), self.lr))
