"""`softmax_loss_vectorized`, over arrays."""

import numpy as np

from grader.assignments import mistake

from .naive_loss import LOSS


@mistake(
    "softmax_loss_vectorized.denominator-without-true-class",
    step="softmax_loss_vectorized",
    title="The softmax's denominator leaves the true class out",
    explain=f"{LOSS} Without the true class's own term the probabilities of a sample do not sum to 1.",
    hints=("What do the probabilities of one sample sum to?", "Which classes does your sum run over?"),
)
def vectorized_denominator_without_true_class(right, W, X, y, reg):
    scores, target = X @ W, np.eye(W.shape[1])[y]
    exponentials = np.exp(scores)
    p = exponentials / np.sum(exponentials * (1 - target), axis=1, keepdims=True)
    (loss, dW), (bare_loss, bare_dW) = right(W, X, y, reg), right(W, X, y, 0.0)
    own_loss, own_dW = -np.mean(np.log(p[np.arange(len(y)), y])), X.T @ (p - target) / len(y)
    return own_loss + loss - bare_loss, own_dW + dW - bare_dW
