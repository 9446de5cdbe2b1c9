"""`softmax_loss_naive`: the gradient of a sample."""

import numpy as np

from grader.assignments import mistake

_GRADIENT = "The gradient in a sample's scores is $p - t$, where t is 1 at the true class and 0 elsewhere."
WEIGHTS = "Every sample adds $x_i (p_i - t_i)$ to dW, and the sum is divided by the number of samples."


@mistake(
    "softmax_loss_naive.gradient-sign",
    step="sample_score_gradient",
    title="The gradient has the wrong sign",
    explain=_GRADIENT,
    hints=("Must the true class's score have a positive or a negative gradient?", "Which is subtracted from which?"),
)
def gradient_sign(p, target):
    return target - p


@mistake(
    "softmax_loss_naive.gradient-of-true-class-alone",
    step="sample_score_gradient",
    title="Only the true class's column of dW is changed",
    explain=f"{_GRADIENT} The other classes are in the denominator, so they have the gradient $p_k$.",
    hints=("Does the loss change with the score of another class?", "Which columns of dW does a sample change?"),
)
def gradient_of_true_class_alone(p, target):
    return (p - target) * target


@mistake(
    "softmax_loss_naive.true-class-missing-in-gradient",
    step="sample_score_gradient",
    title="The true class's column of dW gets nothing",
    explain=f"{_GRADIENT} Yours skips the true class, where it is $p_y - 1$.",
    hints=("Does the loss change with the true class's score?", "What happens for `j == y[i]`?"),
)
def true_class_missing_in_gradient(p, target):
    return p * (1 - target)


@mistake(
    "softmax_loss_naive.true-class-without-probability",
    step="sample_score_gradient",
    title="The true class's column of dW lacks the probability: −x instead of (p − 1) x",
    explain=f"{_GRADIENT} The true class's score is in the denominator too.",
    hints=("How often does the true class's score appear in the loss?", "What happens for `j == y[i]`?"),
)
def true_class_without_probability(p, target):
    return p * (1 - target) - target


@mistake(
    "softmax_loss_naive.gradient-without-labels",
    step="sample_score_gradient",
    title="The labels are missing from the gradient: p alone",
    explain=_GRADIENT,
    hints=("Does your gradient change with the labels?", "What is subtracted for the true class?"),
)
def gradient_without_labels(p, target):
    return p


@mistake(
    "softmax_loss_naive.gradient-with-sigmoid-derivative",
    step="sample_score_gradient",
    title="The gradient has an extra factor p(1 − p)",
    explain=f"{_GRADIENT} The factor $p (1 - p)$ belongs to a squared error of sigmoids; here it has cancelled.",
    hints=("Where does the factor come from?", "Derive the loss with the softmax put in."),
)
def gradient_with_sigmoid_derivative(p, target):
    return (p - target) * p * (1 - p)


@mistake(
    "softmax_loss_naive.input-missing-in-gradient",
    step="sample_weight_gradient",
    title="dW leaves the inputs out",
    explain=WEIGHTS,
    hints=("Does dW change when the inputs double?", "By what must $p - t$ be multiplied?"),
)
def input_missing_in_gradient(x, dscores):
    return np.tile(dscores, (len(x), 1))
