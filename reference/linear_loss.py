"""The loss of a linear classifier without biases: of its scores X W, with an L2 penalty, and its gradient in W.

Conventions:
    cost: of the scores, "cross-entropy" or "hinge".
"""

from reference.arrays import Array, Labels
from reference.dense import weight_gradient
from reference.hinge_loss import hinge_loss
from reference.penalty_terms import penalty_terms
from reference.softmax_loss import softmax_loss


def linear_loss(W: Array, X: Array, y: Labels, reg: float, *, cost: str = "cross-entropy") -> tuple[float, Array]:
    """Mean loss of samples (n, d) with labels (n,) and weights (d, k), with the penalty reg Σ W²; its gradient."""
    loss, dscores = hinge_loss(X @ W, y) if cost == "hinge" else softmax_loss(X @ W, y)
    penalty, penalty_gradients = penalty_terms({"W": W}, reg, len(X))
    return loss + penalty, weight_gradient(X, dscores, len(y)) + penalty_gradients["W"]
