"""The class that holds the network."""

from itertools import pairwise

import numpy as np


def normalisation_mode(y):
    return "test" if y is None else "train"


def dropout_mode(y):
    return "test" if y is None else "train"


class FullyConnectedNet:
    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ):
        self.reg, self.dtype = reg, dtype
        sizes = [input_dim, *hidden_dims, num_classes]
        self.params = {}
        for layer, (n_in, n_out) in enumerate(pairwise(sizes), 1):
            self.params[f"W{layer}"] = initial_weights(n_in, n_out, weight_scale).astype(dtype)
            self.params[f"b{layer}"] = initial_biases(n_out).astype(dtype)
            if normalization is not None and layer <= len(hidden_dims):
                self.params[f"gamma{layer}"] = np.ones(n_out, dtype)
                self.params[f"beta{layer}"] = np.zeros(n_out, dtype)
        self.settings = {"normalization": normalization, "bn_params": [{} for _ in hidden_dims], "dropout_param": {}}
        if dropout_keep_ratio != 1:
            self.settings["dropout_param"] = {"p": dropout_keep_ratio} | ({} if seed is None else {"seed": seed})

    def loss(self, X, y=None):
        for param in self.settings["bn_params"]:
            param["mode"] = normalisation_mode(y)
        if self.settings["dropout_param"]:
            self.settings["dropout_param"]["mode"] = dropout_mode(y)
        X = X.astype(self.dtype)
        if y is None:
            return network_scores(self.params, X, self.settings)[0]
        return network_loss(self.params, X, y, self.reg, self.settings)
