"""`compute_cost` as a whole."""

import numpy as np

from grader.assignments import Place, mistake

_COST = (
    "The cost is $-\\frac{1}{m} \\sum_i [y_i \\ln a_i + (1 - y_i) \\ln(1 - a_i)]$: the factor stands before both terms."
)
_COST_HINTS = ("Which terms does your $-1/m$ multiply?", "Put the whole sum into parentheses.")


@mistake(
    "cost.factor-before-the-first-term-alone",
    step="compute_cost",
    title="−1/m stands before the first term alone: the second is neither averaged nor negated",
    explain=f"{_COST} In yours the second term is added as it is.",
    hints=_COST_HINTS,
    place=Place(assigns="cost", calls="log"),
)
def factor_before_the_first_term_alone(AL, Y):
    return float(-np.sum(Y * np.log(AL)) / Y.shape[1] + np.sum((1 - Y) * np.log(1 - AL)))


@mistake(
    "cost.second-term-not-averaged",
    step="compute_cost",
    title="The second term of the cost is not divided by m",
    explain=f"{_COST} In yours the division belongs to the first term alone.",
    hints=_COST_HINTS,
    place=Place(assigns="cost", calls="log"),
)
def second_term_not_averaged(AL, Y):
    return float(-np.sum(Y * np.log(AL)) / Y.shape[1] - np.sum((1 - Y) * np.log(1 - AL)))
