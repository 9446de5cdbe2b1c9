"""The cost of probabilities, the penalty, and what a parameter is."""

import numpy as np


class Param:
    def __init__(self, value):
        self.value = value
        self.grad = np.zeros_like(value)


def cross_entropy_loss(probs, target_index):
    return float(average_loss(logarithms(probs), target_index))


def logarithms(probs):
    return np.log(probs)


def penalty(W, reg_strength):
    return reg_strength * np.sum(W**2)


def penalty_gradient(W, reg_strength):
    return 2 * reg_strength * W


def l2_regularization(W, reg_strength):
    return float(penalty(W, reg_strength)), penalty_gradient(W, reg_strength)
