"""The class as the course had it until 2017: `use_batchnorm`, a dropout of 0 for none, Python 2."""

import numpy as np

from course.layers import *


class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout=0, use_batchnorm=False, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.params = reg, dtype, {}
        widths = [input_dim] + list(hidden_dims) + [num_classes]
        self.depth = len(widths) - 1
        for k in xrange(1, self.depth + 1):
            self.params['W%d' % k] = np.random.randn(widths[k - 1], widths[k]) * weight_scale
            self.params['b%d' % k] = np.zeros(widths[k])
            if use_batchnorm and k < self.depth:
                self.params['gamma%d' % k] = np.ones(widths[k])
                self.params['beta%d' % k] = np.zeros(widths[k])
        for name, value in self.params.iteritems():
            self.params[name] = value.astype(dtype)
        self.averages = [{} for _ in hidden_dims] if use_batchnorm is True else None
        self.dropping = {'p': dropout} if dropout > 0 else None
        if self.dropping and seed is not None:
            self.dropping['seed'] = seed

    def loss(self, X, y=None):
        mode = 'test' if y is None else 'train'
        out, caches, grads = X.astype(self.dtype), [], {}
        for k in xrange(1, self.depth):
            out, of_affine = affine_forward(out, self.params['W%d' % k], self.params['b%d' % k])
            of_norm = of_dropout = None
            if self.averages:
                self.averages[k - 1]['mode'] = mode
                scale, shift = self.params['gamma%d' % k], self.params['beta%d' % k]
                out, of_norm = batchnorm_forward(out, scale, shift, self.averages[k - 1])
            out, of_relu = relu_forward(out)
            if self.dropping:
                self.dropping['mode'] = mode
                out, of_dropout = dropout_forward(out, self.dropping)
            caches.append((of_affine, of_norm, of_relu, of_dropout))
        scores, of_last = affine_forward(out, self.params['W%d' % self.depth], self.params['b%d' % self.depth])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        for k in xrange(self.depth, 0, -1):
            of_affine = of_last
            if k < self.depth:
                of_affine, of_norm, of_relu, of_dropout = caches[k - 1]
                if of_dropout is not None:
                    d = dropout_backward(d, of_dropout)
                d = relu_backward(d, of_relu)
                if of_norm is not None:
                    d, grads['gamma%d' % k], grads['beta%d' % k] = batchnorm_backward(d, of_norm)
            d, dW, grads['b%d' % k] = affine_backward(d, of_affine)
            W = self.params['W%d' % k]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads['W%d' % k] = dW + self.reg * W
        return loss, grads
