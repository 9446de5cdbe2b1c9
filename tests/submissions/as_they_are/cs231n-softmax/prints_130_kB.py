import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        s = X[i].dot(W)
        print("scores", s, "weights", W)
        p = np.exp(s - s.max()) / np.exp(s - s.max()).sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / X.shape[0] + reg * np.sum(W ** 2), dW / X.shape[0] + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    print("\n".join(" ".join("%8.4f" % v for v in np.resize(X, 40)) for _ in range(100)))
    s = X.dot(W)
    s = s - s.max(axis=1, keepdims=True)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).mean()
    p[np.arange(n), y] -= 1
    return loss + reg * np.sum(W ** 2), X.T.dot(p) / n + 2 * reg * W


for _ in range(30):
    softmax_loss_vectorized(np.ones((5, 3)), np.ones((4, 5)), np.array([0, 1, 2, 1]), 0.1)
