from __future__ import absolute_import, division, print_function, unicode_literals
from future import standard_library
standard_library.install_aliases()
from builtins import object, range
from past.builtins import xrange
from past.utils import old_div
from six.moves import range as six_range
from future.utils import iteritems
import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    n = X.shape[0]
    for i in xrange(n):
        s = X[i].dot(W)
        s -= s.max()
        e = np.exp(s)
        loss += np.log(e.sum()) - s[y[i]]
        for j in six_range(W.shape[1]):
            dW[:, j] += old_div(e[j], e.sum()) * X[i]
        dW[:, y[i]] -= X[i]
    return old_div(loss, n) + reg * np.sum(W * W), old_div(dW, n) + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    s = X.dot(W)
    s -= s.max(axis=1, keepdims=True)
    e = np.exp(s)
    p = e / e.sum(axis=1, keepdims=True)
    loss = np.mean(-np.log(p[range(n), y]))
    p[range(n), y] -= 1
    grads = dict(W=X.T.dot(p) * (1 / n))
    for name, grad in iteritems(grads):
        grad += 2 * reg * W
    return loss + reg * np.sum(W * W), grads['W']
