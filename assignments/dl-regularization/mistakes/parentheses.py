"""The parentheses of the penalty."""

import numpy as np

from grader.assignments import Place, mistake

PENALTY = "The penalty is $\\frac{\\lambda}{2m} (\\sum W_1^2 + \\sum W_2^2 + \\sum W_3^2)$, m the number of samples."
COST = ".*([rR]eg|[pP]enalty|[lL]2).*"


def squares(W):
    return np.sum(W**2)


_PARENTHESIS = "Which parenthesis closes each `np.sum(`? Count them from the left."


@mistake(
    "penalty.third-sum-inside-the-second",
    step="penalty",
    title="A parenthesis closes too late: the sum over W3 stands inside the sum over W2",
    explain=f"{PENALTY} In `np.sum(np.square(W2) + np.sum(np.square(W3)))` the inner sum is added to every entry of "
    "W2 squared, and so counts once for each of them.",
    hints=("By how much does your penalty change with a weight of W3, and with one of W2?", _PARENTHESIS),
    place=Place(calls="sum", assigns=COST),
)
def third_sum_inside_the_second(parameters, lambd, m):
    W1, W2, W3 = (parameters[f"W{layer}"] for layer in (1, 2, 3))
    return lambd / (2 * m) * (squares(W1) + np.sum(W2**2 + squares(W3)))


@mistake(
    "penalty.later-sums-inside-the-first",
    step="penalty",
    title="A parenthesis closes too late: the sums over W2 and W3 stand inside the sum over W1",
    explain=f"{PENALTY} In `np.sum(np.square(W1) + np.sum(…) + np.sum(…))` the inner sums are added to every entry of "
    "W1 squared, and so count once for each of them.",
    hints=("By how much does your penalty change with a weight of W3, and with one of W1?", _PARENTHESIS),
    place=Place(calls="sum", assigns=COST),
)
def later_sums_inside_the_first(parameters, lambd, m):
    W1, W2, W3 = (parameters[f"W{layer}"] for layer in (1, 2, 3))
    return lambd / (2 * m) * np.sum(W1**2 + squares(W2) + squares(W3))
