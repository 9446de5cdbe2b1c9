import numpy as np
from cs231n.fast_layers import conv_backward_fast, conv_forward_fast, max_pool_backward_fast, max_pool_forward_fast
from cs231n.layers import affine_backward, affine_forward, relu_backward, relu_forward, softmax_loss


class ThreeLayerConvNet:
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0, dtype=np.float32):
        self.reg = reg
        self.dtype = dtype
        depth, height, width = input_dim
        pad = (filter_size - 1) // 2
        conv_height = height + 2 * pad - filter_size + 1
        conv_width = width + 2 * pad - filter_size + 1
        pool_height = (conv_height - 2) // 2 + 1
        pool_width = (conv_width - 2) // 2 + 1
        self.params = {
            "W1": weight_scale * np.random.randn(num_filters, depth, filter_size, filter_size).astype(dtype),
            "b1": np.zeros(num_filters, dtype=dtype),
            "W2": weight_scale * np.random.randn(num_filters * pool_height * pool_width, hidden_dim).astype(dtype),
            "b2": np.zeros(hidden_dim, dtype=dtype),
            "W3": weight_scale * np.random.randn(hidden_dim, num_classes).astype(dtype),
            "b3": np.zeros(num_classes, dtype=dtype),
        }

    def loss(self, X, y=None):
        p = self.params
        pad = (p["W1"].shape[-1] - 1) // 2
        caches = []

        def through(result):
            caches.append(result[1])
            return result[0]

        h = through(conv_forward_fast(X, p["W1"], p["b1"], {"stride": 1, "pad": pad}))
        h = through(relu_forward(h))
        h = through(max_pool_forward_fast(h, {"pool_height": 2, "pool_width": 2, "stride": 2}))
        h = through(affine_forward(h, p["W2"], p["b2"]))
        h = through(relu_forward(h))
        scores = through(affine_forward(h, p["W3"], p["b3"]))
        if y is None:
            return scores

        loss, d = softmax_loss(scores, y)
        grads = {}
        d, grads["W3"], grads["b3"] = affine_backward(d, caches.pop())
        d = relu_backward(d, caches.pop())
        d, grads["W2"], grads["b2"] = affine_backward(d, caches.pop())
        d = max_pool_backward_fast(d, caches.pop())
        d = relu_backward(d, caches.pop())
        _, grads["W1"], grads["b1"] = conv_backward_fast(d, caches.pop())
        for key in ("W1", "W2", "W3"):
            loss += self.reg / 2 * (p[key] ** 2).sum()
            grads[key] += self.reg * p[key]
        return loss, grads
