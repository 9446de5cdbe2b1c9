import numpy as np


def softmax_loss_naive(W, X, y, reg):
    """No shift of the scores: right wherever exp does not overflow."""
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(X.shape[0]):
        scores = np.exp(X[i].dot(W))
        loss += -np.log(scores[y[i]] / np.sum(scores))
        for j in range(W.shape[1]):
            dW[:, j] += X[i] * scores[j] / np.sum(scores)
            if j == y[i]:
                dW[:, j] -= X[i]
    loss /= X.shape[0]
    dW /= X.shape[0]
    loss += reg * np.sum(W ** 2)
    dW += 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    scores = np.exp(X.dot(W))
    prob = scores / scores.sum(axis=1).reshape(X.shape[0], 1)
    loss = -np.log(prob[np.arange(X.shape[0]), y]).mean() + reg * np.sum(W ** 2)
    prob[np.arange(X.shape[0]), y] -= 1
    return loss, X.T.dot(prob) / X.shape[0] + 2 * reg * W
