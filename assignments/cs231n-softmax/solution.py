"""The two functions: with a loop over samples, and over arrays."""

import numpy as np

# With loops: one sample after the other


def sample_scores(x, W):
    return x @ W


def sample_log_probabilities(scores, label):
    """log softmax of one sample's scores, (C,); the largest score is subtracted so that `exp` cannot overflow."""
    scores = scores - scores.max()
    return scores - np.log(np.exp(scores).sum())


def sample_loss(log_p, label):
    return -log_p[label]


def true_class_row(y, i, classes):
    """The label of sample i as a row with a 1 at its class, (C,)."""
    return (np.arange(classes) == y[i]).astype(float)


def sample_score_gradient(p, target):
    return p - target


def sample_weight_gradient(x, dscores):
    return np.outer(x, dscores)


def accumulated_loss(total, part):
    return total + part


def accumulated_gradient(total, part):
    return total + part


def averaged_loss(total, n):
    return total / n


def averaged_gradient(total, n):
    return total / n


def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i, x in enumerate(X):
        log_p = sample_log_probabilities(sample_scores(x, W), y[i])
        dscores = sample_score_gradient(np.exp(log_p), true_class_row(y, i, W.shape[1]))
        loss = accumulated_loss(loss, sample_loss(log_p, y[i]))
        dW = accumulated_gradient(dW, sample_weight_gradient(x, dscores))
    penalty, penalty_gradients = naive_penalty({"W": W}, reg, len(X))
    return float(averaged_loss(loss, len(X)) + penalty), averaged_gradient(dW, len(X)) + penalty_gradients["W"]


# With arrays: all samples at once


def softmax_loss_vectorized(W, X, y, reg):
    log_p = class_log_probabilities(X @ W, y)
    penalty, penalty_gradients = vectorized_penalty({"W": W}, reg, len(X))
    dW = weight_gradient(X, score_gradient(np.exp(log_p), y), len(y))
    return float(average_loss(log_p, y) + penalty), dW + penalty_gradients["W"]
