import numpy as np


def softmax_loss_naive(W, X, y, reg):
    N, D = X.shape
    C = W.shape[1]
    loss = 0
    grad = np.zeros((D, C))
    for x, label in zip(X, y):
        f = x @ W
        e = np.exp(f - f.max())
        prob = e / e.sum()
        loss -= np.log(prob[label])
        target = np.zeros(C)
        target[label] = 1
        grad += np.outer(x, prob - target)
    loss = loss / N + 0.5 * reg * np.sum(np.square(W))
    grad = grad / N + reg * W
    return loss, grad


def _softmax(z):
    z = z - np.amax(z, axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

class _Linear(object):
    def __init__(self, W):
        self.W = W
    def forward(self, X):
        self.X = X
        return X.dot(self.W)
    def backward(self, d):
        return self.X.T.dot(d)

def softmax_loss_vectorized(W, X, y, reg):
    layer = _Linear(W)
    p = _softmax(layer.forward(X))
    onehot = (y.reshape(-1, 1) == np.arange(W.shape[1])).astype(int)
    loss = -(onehot * np.log(p)).sum() / len(X)
    loss += reg * np.linalg.norm(W) ** 2
    return loss, layer.backward((p - onehot) / len(X)) + 2 * reg * layer.W
