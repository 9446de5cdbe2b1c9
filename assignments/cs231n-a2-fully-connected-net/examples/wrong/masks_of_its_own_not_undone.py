"""Draws masks from a generator of its own, and goes back as if there were none."""

import numpy as np
from cs231n.layers import *


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3072, num_classes=10, dropout_keep_ratio=1, normalization=None, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None):
        self.keep, self.norm, self.reg, self.dtype = dropout_keep_ratio, normalization, reg, dtype
        self.random = np.random.default_rng(seed)
        sizes = [input_dim, *hidden_dims, num_classes]
        self.layers = len(hidden_dims)
        self.states = [{} for _ in hidden_dims]
        self.params = {}
        for k in range(len(sizes) - 1):
            self.params[f"W{k + 1}"] = self.random.normal(0, weight_scale, sizes[k : k + 2]).astype(dtype)
            self.params[f"b{k + 1}"] = np.zeros(sizes[k + 1], dtype)
            if normalization and k < self.layers:
                self.params[f"gamma{k + 1}"] = np.ones(sizes[k + 1], dtype)
                self.params[f"beta{k + 1}"] = np.zeros(sizes[k + 1], dtype)

    def loss(self, X, y=None):
        p, last = self.params, self.layers + 1
        forward, backward = {
            "batchnorm": (batchnorm_forward, batchnorm_backward), "layernorm": (layernorm_forward, layernorm_backward),
            None: (lambda z, *_: (z, None), lambda d, _: (d, 0, 0)),
        }[self.norm]
        h, tape = X.astype(self.dtype), []
        for k in range(1, last):
            state = self.states[k - 1]
            state["mode"] = "test" if y is None else "train"
            z, affine = affine_forward(h, p[f"W{k}"], p[f"b{k}"])
            z, norm = forward(z, p.get(f"gamma{k}"), p.get(f"beta{k}"), state)
            h, relu = relu_forward(z)
            if y is not None and self.keep != 1:
                h = h * (self.random.random(h.shape) < self.keep) / self.keep
            tape.append((affine, norm, relu))
        scores, affine = affine_forward(h, p[f"W{last}"], p[f"b{last}"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum(np.sum(p[f"W{k}"] ** 2) for k in range(1, last + 1))
        d, dW, db = affine_backward(d, affine)
        grads = {f"W{last}": dW + self.reg * p[f"W{last}"], f"b{last}": db}
        for k in range(last - 1, 0, -1):
            affine, norm, relu = tape[k - 1]
            d, dgamma, dbeta = backward(relu_backward(d, relu), norm)
            d, dW, grads[f"b{k}"] = affine_backward(d, affine)
            grads[f"W{k}"] = dW + self.reg * p[f"W{k}"]
            if self.norm:
                grads[f"gamma{k}"], grads[f"beta{k}"] = dgamma, dbeta
        return loss, grads
