"""Softmax of a vector."""

import numpy as np

from grader.assignments import mistake

_SOFTMAX = "Softmax is $p_i = e^{z_i} / \\sum_j e^{z_j}$."


@mistake(
    "softmax.exponential-missing",
    step="softmax",
    title="Softmax divides the logits by their sum, without the exponential",
    explain=f"{_SOFTMAX} Logits may be negative, and their sum may be 0; exponentials are positive.",
    hints=("Can your probabilities be negative?", "What has to be done to z before it is divided?"),
)
def exponential_missing(z):
    return z / np.sum(z)


@mistake(
    "softmax.sum-inside-the-exponential",
    step="softmax",
    title="Softmax divides inside the exponential",
    explain=f"{_SOFTMAX} Yours is $e^{{z_i / \\sum_j e^{{z_j}}}}$, which does not sum to 1.",
    hints=("To what do your probabilities sum?", "What is divided by the sum: z, or its exponential?"),
)
def sum_inside_the_exponential(z):
    return np.exp(z / np.sum(np.exp(z)))


@mistake(
    "softmax.largest-only",
    step="softmax",
    title="Softmax returns 1 for the largest logit and 0 for the others",
    explain=f"{_SOFTMAX} A hard maximum has no derivative to learn from.",
    hints=("What should two equal logits get?", "Where is `argmax` or `max` compared?"),
)
def largest_only(z):
    return (z == np.max(z)).astype(float)
