"""Everything written out: normalisation by axis, masks of its own, gradients layer by layer in a dict."""

import numpy as np


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3072, num_classes=10, dropout_keep_ratio=1, normalization=None, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None):  # fmt: skip
        self.keep, self.norm, self.reg, self.seed, self.dtype = dropout_keep_ratio, normalization, reg, seed, dtype
        self.L = len(hidden_dims) + 1
        self.params, self.running = {}, {}
        n = input_dim
        for l, m in enumerate([*hidden_dims, num_classes], start=1):
            self.params[f"W{l}"] = np.random.normal(scale=weight_scale, size=(n, m)).astype(dtype)
            self.params[f"b{l}"] = np.zeros(m, dtype=dtype)
            if normalization and l < self.L:
                self.params[f"gamma{l}"] = np.ones(m, dtype=dtype)
                self.params[f"beta{l}"] = np.zeros(m, dtype=dtype)
            n = m

    def _statistics(self, l, z, training):
        if self.norm == "layernorm":
            return z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
        old = self.running.get(l, (0.0, 0.0))
        if not training:
            return old
        new = z.mean(axis=0), z.var(axis=0)
        self.running[l] = tuple(0.9 * o + 0.1 * s for o, s in zip(old, new))
        return new

    def loss(self, X, y=None):
        p, training = self.params, y is not None
        rng = np.random.RandomState(self.seed)
        h = X.reshape(len(X), -1).astype(self.dtype)
        kept = []
        for l in range(1, self.L):
            z = h @ p[f"W{l}"] + p[f"b{l}"]
            x_hat, std, mask = z, None, 1.0
            if self.norm:
                mean, var = self._statistics(l, z, training)
                std = np.sqrt(var + 1e-5)
                x_hat = (z - mean) / std
                z = p[f"gamma{l}"] * x_hat + p[f"beta{l}"]
            if self.keep < 1 and training:
                mask = (rng.uniform(size=z.shape) < self.keep) / self.keep
            kept.append((h, x_hat, std, z > 0, mask))
            h = np.where(z > 0, z, 0) * mask
        scores = h @ p[f"W{self.L}"] + p[f"b{self.L}"]
        if not training:
            return scores
        e = np.exp(scores - scores.max(1, keepdims=True))
        probs = e / e.sum(1, keepdims=True)
        N = len(y)
        loss = -np.log(probs[np.arange(N), y]).mean()
        loss += 0.5 * self.reg * sum((p[k] ** 2).sum() for k in p if k[0] == "W")
        probs[np.arange(N), y] -= 1
        d = probs / N
        grads = {f"W{self.L}": h.T @ d + self.reg * p[f"W{self.L}"], f"b{self.L}": d.sum(0)}
        d = d @ p[f"W{self.L}"].T
        for l in reversed(range(1, self.L)):
            h, x_hat, std, on, mask = kept[l - 1]
            d = d * mask * on
            if self.norm:
                grads[f"gamma{l}"], grads[f"beta{l}"] = (d * x_hat).sum(0), d.sum(0)
                d = d * p[f"gamma{l}"]
                axis = 0 if self.norm == "batchnorm" else 1
                d = d - d.mean(axis, keepdims=True) - x_hat * (d * x_hat).mean(axis, keepdims=True)
                d = d / std
            grads[f"W{l}"] = h.T @ d + self.reg * p[f"W{l}"]
            grads[f"b{l}"] = d.sum(0)
            d = d @ p[f"W{l}"].T
        return loss, grads
