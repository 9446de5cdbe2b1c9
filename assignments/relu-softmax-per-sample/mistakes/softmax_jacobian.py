"""The Jacobian of softmax."""

import numpy as np

from grader.assignments import mistake

_JACOBIAN = (
    "The Jacobian of softmax is $J_{ij} = p_i (\\delta_{ij} - p_j)$: $p_i (1 - p_i)$ on the diagonal, $-p_i p_j$ "
    "elsewhere."
)


def jacobian(p):
    return np.diag(p) - np.outer(p, p)


@mistake(
    "dsoftmax.diagonal-only",
    step="softmax_jacobian",
    title="The softmax Jacobian has its diagonal only",
    explain=f"{_JACOBIAN} Each probability depends on all logits, since they share a denominator.",
    hints=("What happens to the other probabilities when one logit grows?", "What is $\\partial p_1/\\partial z_2$?"),
)
def jacobian_diagonal_only(p):
    return np.diag(p * (1 - p))


@mistake(
    "dsoftmax.sign-off-the-diagonal",
    step="softmax_jacobian",
    title="The softmax Jacobian has the wrong sign off the diagonal",
    explain=f"{_JACOBIAN} When one logit grows the other probabilities shrink.",
    hints=("What happens to the other probabilities when one logit grows?", "To what must each row sum?"),
)
def jacobian_sign_off_the_diagonal(p):
    return np.diag(2 * p * (1 - p)) - jacobian(p)


@mistake(
    "dsoftmax.diagonal-missing",
    step="softmax_jacobian",
    title="The softmax Jacobian has $-p_i^2$ on its diagonal",
    explain=f"{_JACOBIAN} Yours is $-p_i p_j$ everywhere.",
    hints=("To what must each row sum?", "What does $\\delta_{ij}$ add?"),
)
def jacobian_diagonal_missing(p):
    return -np.outer(p, p)


@mistake(
    "dsoftmax.of-a-vector",
    step="softmax_jacobian",
    title="The derivative of softmax is returned as a vector",
    explain=f"{_JACOBIAN} $p (1 - p)$ is its diagonal, the part of each probability's own logit.",
    hints=("How many numbers tell how k probabilities change with k logits?", "What is $\\partial p_1/\\partial z_2$?"),
)
def jacobian_of_a_vector(p):
    return p * (1 - p)


@mistake(
    "dsoftmax.negated",
    step="softmax_jacobian",
    title="The softmax Jacobian has the wrong sign",
    explain=_JACOBIAN,
    hints=("Does a probability grow with its own logit?", "Look at the sign of the diagonal."),
)
def jacobian_negated(p):
    return -jacobian(p)
