import numpy as np


def softmax_loss_naive(W, X, y, reg):
    N, D = X.shape
    loss, grads = 0, np.zeros(W.shape)
    for i in range(N):
        e = np.exp(X[i] @ W - (X[i] @ W).max())
        p = e / e.sum()
        loss -= np.log(p[y[i]]) / N
        p[y[i]] -= 1
        for j in range(len(p)):
            grads[:, j] += p[j] * X[i] / N
    return loss + 0.5 * reg * (W ** 2).sum(), grads + reg * W


def softmax_loss_vectorized(W, X, y, reg):
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    hot = np.zeros_like(logp)
    hot[np.arange(len(y)), y] = 1.0
    loss = -(hot * logp).sum() / len(y) + 0.5 * reg * np.linalg.norm(W) ** 2
    return loss, np.einsum("nd,nc->dc", X, np.exp(logp) - hot) / len(y) + reg * W
