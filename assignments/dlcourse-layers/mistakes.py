"""What goes wrong with the penalty."""

import numpy as np

from grader.assignments import mistake

_PENALTY = "The penalty is $\\lambda \\sum W^2$, and its gradient $2 \\lambda W$."


def about_the_penalty(code, step, title, *hints):
    return mistake(f"l2_regularization.{code}", step=step, title=title, explain=_PENALTY, hints=hints)


@about_the_penalty(
    "half", "penalty", "The penalty has a factor ½", "What is it for W = 1?", "Is there a division by 2?"
)
def half(W, reg_strength):
    return reg_strength * np.sum(W**2) / 2


@about_the_penalty(
    "not-squared", "penalty", "The weights are not squared", "Can it be negative?", "Where is the square?"
)
def not_squared(W, reg_strength):
    return reg_strength * np.sum(W)


@about_the_penalty("root", "penalty", "The root of the sum is taken", "What is it for 2 W?", "The norm, or its square?")
def root(W, reg_strength):
    return reg_strength * np.sqrt(np.sum(W**2))


@about_the_penalty(
    "factor-two-missing", "penalty_gradient", "The factor 2 is missing in the gradient", "What is the derivative of w²?"
)
def factor_two_missing(W, reg_strength):
    return reg_strength * W


@about_the_penalty(
    "gradient-summed",
    "penalty_gradient",
    "The gradient is summed to one number",
    "Which shape has W?",
    "No sum is left.",
)
def gradient_summed(W, reg_strength):
    return 2 * reg_strength * np.sum(W)
