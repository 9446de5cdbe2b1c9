"""No module of the course: pooling before the ReLU (which is the same), windows as views, everything in one method."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


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
        c, h, w = input_dim
        rng = np.random.default_rng()
        self.reg, self.dtype = reg, dtype
        self.params = {}
        shapes = [(num_filters, c, filter_size, filter_size), (num_filters * h * w // 4, hidden_dim)]
        for i, shape in enumerate([*shapes, (hidden_dim, num_classes)], start=1):
            self.params["W%d" % i] = rng.normal(0, weight_scale, shape).astype(dtype)
            self.params["b%d" % i] = np.zeros(shape[0] if i == 1 else shape[1], dtype)

    def loss(self, X, y=None):
        W1, W2, W3 = (self.params["W%d" % i] for i in (1, 2, 3))
        b1, b2, b3 = (self.params["b%d" % i] for i in (1, 2, 3))
        N, _, H, W = X.shape
        K = W1.shape[2]
        p = K // 2
        seen = sliding_window_view(np.pad(X, ((0, 0), (0, 0), (p, p), (p, p))), (K, K), axis=(2, 3))
        conv = np.einsum("nchwij,fcij->nfhw", seen, W1) + b1.reshape(1, -1, 1, 1)
        blocks = conv.reshape(N, -1, H // 2, 2, W // 2, 2)
        top = blocks.max(axis=(3, 5))
        flat = np.maximum(top, 0).reshape(N, -1)
        hidden = np.maximum(flat @ W2 + b2, 0)
        scores = hidden @ W3 + b3
        if y is None:
            return scores

        e = np.exp(scores - scores.max(1, keepdims=True))
        probs = e / e.sum(1, keepdims=True)
        loss = -np.log(probs[range(N), y]).mean()
        loss += 0.5 * self.reg * sum((M * M).sum() for M in (W1, W2, W3))

        d3 = probs.copy()
        d3[range(N), y] -= 1
        d3 /= N
        d2 = (d3 @ W3.T) * (hidden > 0)
        dtop = (d2 @ W2.T).reshape(top.shape) * (top > 0)
        d1 = ((blocks == top[:, :, :, None, :, None]) * dtop[:, :, :, None, :, None]).reshape(conv.shape)
        grads = {
            "W3": hidden.T @ d3 + self.reg * W3,
            "b3": d3.sum(0),
            "W2": flat.T @ d2 + self.reg * W2,
            "b2": d2.sum(0),
            "W1": np.einsum("nchwij,nfhw->fcij", seen, d1) + self.reg * W1,
            "b1": d1.sum((0, 2, 3)),
        }
        return loss, grads
