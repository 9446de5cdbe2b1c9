import math
import numpy as np


def softmax_loss_naive(W, X, y, reg):
    losses = np.zeros(len(y))
    dW = np.zeros(W.shape)
    for i in range(len(y)):
        scores = X[i:i + 1].dot(W)
        scores = scores - scores.max()
        p = np.exp(scores) / np.exp(scores).sum()
        losses[i] = -np.log(p[:, y[i]])
        p[0, y[i]] -= 1
        dW += X[i:i + 1].T.dot(p)
    total = np.zeros((1, 1))
    total += losses.sum() / len(y)
    penalty = W.reshape(1, -1).dot(W.reshape(-1, 1))
    print('loss %f, penalty %.3f' % (total, penalty))
    return float(total) + reg * float(penalty), dW / len(y) + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = len(y)
    scores = X.dot(W)
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    correct = p[np.arange(n), y].reshape(1, n)
    loss = math.fabs(np.log(correct).dot(np.ones((n, 1)))) / n
    p[np.arange(n), y] -= 1
    return loss + reg * np.sum(W * W), X.T.dot(p) / n + 2 * reg * W
