import numpy as np


def cross_entropy(probs, Y):
    return -np.log(np.maximum(probs, 1e-15))[Y == 1].mean()


def cross_entropy_gradient(probs, Y):
    """With respect to the logits below the softmax."""
    return (probs - Y) / len(Y)


def l2_penalty(params, lam):
    return lam / 2 * sum((W**2).sum() for name, W in params.items() if name.startswith("W"))


def l2_gradient(W, lam):
    return lam * W
