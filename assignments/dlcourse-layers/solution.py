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


def l2_regularization(W, reg_strength):
    penalty = penalty_factor(reg_strength, 1) * squared_norm(W)
    return float(penalty), weight_penalty_gradient(W, reg_strength, 1)
