"""The two functions, of steps of their own; that one of them is written with loops changes no number."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    log_p = naive_class_log_probabilities(X @ W, y)
    penalty, penalty_gradients = naive_penalty({"W": W}, reg, len(X))
    dW = naive_weight_gradient(X, naive_score_gradient(np.exp(log_p), y), len(y))
    return float(naive_average_loss(log_p, y) + penalty), dW + penalty_gradients["W"]


def softmax_loss_vectorized(W, X, y, reg):
    log_p = class_log_probabilities(X @ W, y)
    penalty, penalty_gradients = vectorized_penalty({"W": W}, reg, len(X))
    dW = weight_gradient(X, score_gradient(np.exp(log_p), y), len(y))
    return float(average_loss(log_p, y) + penalty), dW + penalty_gradients["W"]
