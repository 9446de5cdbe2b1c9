"""The class that holds the network."""

import numpy as np


def padding(filter_size):
    """With which a convolution of stride 1 keeps the size of the images."""
    return (filter_size - 1) // 2


def layers_with_relu():
    """Of the three: all but the last."""
    return 1, 2


def output_of(layer, z):
    return relu(z) if layer in layers_with_relu() else z


def back_through(layer, upstream, z):
    return relu_backward(upstream, z) if layer in layers_with_relu() else upstream


def back_to_the_filters(upstream, z):
    return back_through(1, upstream, z)


class ThreeLayerConvNet:
    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ):
        self.reg, self.dtype = reg, dtype
        channels, height, width = input_dim
        pixels = num_filters * (height // 2) * (width // 2)
        shapes = (num_filters, channels, filter_size, filter_size), (pixels, hidden_dim), (hidden_dim, num_classes)
        units = num_filters, hidden_dim, num_classes
        self.params = {}
        for layer, (shape, biases) in enumerate(zip(shapes, units, strict=True), 1):
            self.params[f"W{layer}"] = np.random.normal(scale=weight_scale, size=shape).astype(dtype)
            self.params[f"b{layer}"] = np.zeros(biases, dtype)

    def loss(self, X, y=None):
        W1, b1, W2, b2, W3, b3 = (self.params[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
        X, pad = X.astype(self.dtype), padding(W1.shape[2])
        z1 = convolved(X, W1, b1, 1, pad)
        maps = output_of(1, z1)
        smaller = pooled(maps, 2, 2, 2)
        flat = smaller.reshape(len(X), -1)
        z2 = affine(flat, W2, b2)
        hidden = output_of(2, z2)
        z3 = affine(hidden, W3, b3)
        scores = output_of(3, z3)
        if y is None:
            return scores

        n, log_p, grads = len(X), log_probabilities(scores), {}
        delta = back_through(3, score_gradient(np.exp(log_p), y), z3)
        grads["W3"], grads["b3"] = weight_gradient(hidden, delta, n), bias_gradient(delta, n)
        delta = back_through(2, propagate(delta, W3), z2)
        grads["W2"], grads["b2"] = weight_gradient(flat, delta, n), bias_gradient(delta, n)
        upstream = pooling_gradient(propagate(delta, W2).reshape(smaller.shape), maps, 2, 2, 2)
        delta = back_to_the_filters(upstream, z1)
        _, grads["W1"], grads["b1"] = convolution_gradients(delta, X, W1, 1, pad)
        penalties = penalty_gradients(self.params, self.reg, n)
        grads = {key: gradient + penalties[key] for key, gradient in grads.items()}
        return float(average_loss(log_p, y) + l2_penalty(self.params, self.reg, 1)), grads
