"""`softmax_loss`."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "softmax_loss.denominator-without-true-class",
    step="softmax_loss",
    title="The softmax's denominator leaves the true class out",
    explain="The loss of a sample is $-\\log p_y$ with $p_k = \\frac{e^{s_k}}{\\sum_j e^{s_j}}$, the sum over all "
    "classes. Without the true class's own term the probabilities of a sample do not sum to 1.",
    hints=("What do the probabilities of one sample sum to?", "Which classes does your sum run over?"),
)
def denominator_without_true_class(x, y):
    target, exponentials = np.eye(x.shape[1])[y], np.exp(x - x.max(axis=1, keepdims=True))
    p = exponentials / np.sum(exponentials * (1 - target), axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y])), (p - target) / len(y)
