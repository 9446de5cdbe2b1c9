"""Mistakes in the gradient of a softmax cross-entropy in the scores.

Step: `score_gradient(p, y)`.
"""

import numpy as np

from grader.assignments import Place, mistake

_GRADIENT = "The gradient in the scores is $\\frac{p - y}{n}$, with the labels as one-hot rows."


def _one_hot(p, y):
    return np.eye(p.shape[1])[y]


@mistake(
    "softmax_loss.gradient-not-averaged",
    step="score_gradient",
    title="The gradient in the scores is not divided by the number of samples",
    explain=f"{_GRADIENT} The cost is a mean, so its gradient has the factor 1/n.",
    hints=("What should the gradient of a batch be that holds the same sample twice?", "Where is the factor $1/n$?"),
    place=Place(assigns="dscores"),
)
def gradient_not_averaged(right, p, y):
    return right(p, y) * len(y)


@mistake(
    "softmax_loss.gradient-averaged-twice",
    step="score_gradient",
    title="The gradient in the scores is divided by the number of samples twice",
    explain=_GRADIENT,
    hints=("How many factors $1/n$ does the gradient of a mean have?", "Look for every division by n."),
    place=Place(assigns="dscores"),
)
def gradient_averaged_twice(right, p, y):
    return right(p, y) / len(y)


@mistake(
    "softmax_loss.gradient-sign",
    step="score_gradient",
    title="The gradient in the scores has the wrong sign: y − p",
    explain=f"{_GRADIENT} Subtracting $y - p$ walks uphill.",
    hints=("Must the true class's score have a positive or a negative gradient?", "Which is subtracted from which?"),
    place=Place(assigns="dscores"),
)
def gradient_sign(right, p, y):
    return -right(p, y)


@mistake(
    "softmax_loss.gradient-of-true-class-alone",
    step="score_gradient",
    title="Only the true class has a gradient",
    explain=f"{_GRADIENT} The scores of the other classes are in the sum of the softmax, so they have the gradient "
    "$p_k$.",
    hints=("What does the softmax's sum contribute?", "What do the rows of your gradient sum to? They should give 0."),
    place=Place(assigns="dscores"),
)
def gradient_of_true_class_alone(right, p, y):
    return right(p, y) * _one_hot(p, y)


@mistake(
    "softmax_loss.gradient-with-sigmoid-derivative",
    step="score_gradient",
    title="The gradient has an extra factor p(1 − p)",
    explain=f"{_GRADIENT} The factor $p (1 - p)$ belongs to a squared error of sigmoids; here it has cancelled.",
    hints=("Where does the factor come from?", "Derive the cross-entropy with the softmax put in."),
    place=Place(assigns="dscores"),
)
def gradient_with_sigmoid_derivative(right, p, y):
    return right(p, y) * p * (1 - p)


@mistake(
    "softmax_loss.gradient-without-labels",
    step="score_gradient",
    title="The labels are missing from the gradient: p alone",
    explain=_GRADIENT,
    hints=("Does your gradient change with the labels?", "What is subtracted from p?"),
    place=Place(assigns="dscores"),
)
def gradient_without_labels(p, y):
    return p / len(p)


@mistake(
    "softmax_loss.gradient-in-the-probabilities",
    step="score_gradient",
    title="The gradient in the probabilities is returned, not that in the scores",
    explain=f"{_GRADIENT} $-y/p$ is the derivative of the logarithm alone; the softmax's own derivative is missing.",
    hints=("With respect to what is the gradient wanted?", "Which link of the chain is missing?"),
    place=Place(assigns="dscores"),
)
def gradient_in_the_probabilities(p, y):
    return -_one_hot(p, y) / p / len(p)


@mistake(
    "softmax_loss.gradient-of-hard-predictions",
    step="score_gradient",
    title="The gradient is made from the predicted class instead of the probabilities",
    explain=f"{_GRADIENT} Yours only has the values −1/n, 0 and 1/n.",
    hints=("Which values does your gradient have?", "Is an `argmax` or a rounding in it?"),
    place=Place(assigns="dscores"),
)
def gradient_of_hard_predictions(p, y):
    return (_one_hot(p, p.argmax(axis=1)) - _one_hot(p, y)) / len(p)


@mistake(
    "softmax_loss.gradient-at-shifted-labels",
    step="score_gradient",
    title="The labels are off by one in the gradient",
    explain=f"{_GRADIENT} Labels begin at 0; yours are treated as if they began at 1.",
    hints=("Which column is changed for label 0?", "Look for `y - 1` or `y + 1`."),
    place=Place(looks=r"y\w* [+-] 1"),
)
def gradient_at_shifted_labels(p, y):
    return (p - _one_hot(p, y - 1)) / len(p)


@mistake(
    "softmax_loss.gradient-at-every-pair-of-row-and-label",
    step="score_gradient",
    title="`dscores[:, y] -= 1` changes whole columns",
    explain=f"{_GRADIENT} `[:, y]` subtracts 1 in every row for every class that occurs; `[np.arange(n), y]` does it "
    "once for each sample.",
    hints=("Which entries does `dscores[:, y]` address?", "How do you address one entry of each row?"),
    place=Place(looks=r"\[:, y\w*\]", first=True),
)
def gradient_at_every_pair_of_row_and_label(p, y):
    gradient = p.copy()
    gradient[:, y] -= 1
    return gradient / len(p)
