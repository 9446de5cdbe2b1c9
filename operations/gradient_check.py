"""What goes wrong when a gradient is checked by central differences."""

import numpy as np

from grader.assignments import Operation
from reference import gradient_check as formula

gradient_check = Operation(formula)

_SLOPE = "The slope is $(J(\\theta + \\varepsilon) - J(\\theta - \\varepsilon)) / (2 \\varepsilon)$."
_RATIO = "The difference is $\\|g - g'\\| / (\\|g\\| + \\|g'\\|)$, between 0 and 1 whatever the size of the gradient."
_POINTS = "Each entry is moved for itself, up and down, from where it was; all others stay where they were."


def known(what, step, title, explain, *hints):
    return gradient_check.mistake(f"check.{what}", step=step, title=title, explain=explain, hints=hints)


@known(
    "divided-by-epsilon",
    "distance",
    "The slope is divided by ε instead of 2ε",
    f"{_SLOPE} The two points are 2ε apart.",
    "How far are the two points apart?",
    "Look at the denominator of `gradapprox`.",
)
def divided_by_epsilon(epsilon):
    return epsilon


@known(
    "halved-and-times-epsilon",
    "distance",
    "Every slope is 0, or nearly 0: it is multiplied by ε, or the two points are one",
    f"{_SLOPE} Python goes from left to right, so that `a / 2 * b` is $a b / 2$; and after `minus = plus` both names "
    "stand for the same array, whose cost is subtracted from itself.",
    "Print a slope, and the two costs that it is made of.",
    "What is `1 / 2 * 10`? And is each of the two points an array of its own?",
)
def halved_and_times_epsilon(epsilon):
    return 2 / epsilon


@known(
    "sign",
    "slope_between",
    "The sign of the slope is wrong",
    f"{_SLOPE} Yours subtracts the upper cost from the lower.",
    "Is your slope positive where the cost rises?",
    "Which of the two costs is subtracted?",
)
def sign(right, above, below, epsilon):
    return right(below, above, epsilon)


@known(
    "the-same-point-twice",
    "below_and_above",
    "Only the upper point is moved",
    f"{_SLOPE} Yours asks for the lower cost where nothing is moved.",
    "At which two points is the cost asked for?",
    "What is different in `theta_minus`?",
)
def the_same_point_twice(right, theta, entry, epsilon):
    return right(theta, entry, 0.0)[0], right(theta, entry, epsilon)[1]


@known(
    "all-entries-at-once",
    "moved",
    "All entries are moved at once",
    f"{_POINTS} Yours moves the whole vector, so that every entry gets the same slope.",
    "How many entries of `theta_plus` differ from the parameters?",
    "Is there an index where ε is added?",
)
def all_entries_at_once(theta, entry, by):
    return theta + by


@known(
    "not-divided",
    "scale",
    "The difference is not divided by the sizes of the two gradients",
    f"{_RATIO} Yours is the numerator alone.",
    "What happens to your number when the cost is multiplied by 1000?",
    "Where is the denominator?",
)
def not_divided(gradient, approximation):
    return 1.0


@known(
    "divided-by-the-norm-of-the-sum",
    "scale",
    "The difference is divided by the norm of the sum, not by the sum of the norms",
    _RATIO,
    "What is your number for two gradients of opposite directions?",
    "How many norms are in the denominator?",
)
def divided_by_the_norm_of_the_sum(gradient, approximation):
    return np.linalg.norm(gradient + approximation)


@known(
    "divided-by-the-product",
    "scale",
    "The difference is divided by the product of the norms, not by their sum",
    _RATIO,
    "What happens to your number when the cost is multiplied by 1000?",
    "`+` or `*` in the denominator?",
)
def divided_by_the_product(gradient, approximation):
    return np.linalg.norm(gradient) * np.linalg.norm(approximation)


@known(
    "difference-of-the-norms",
    "deviation",
    "The norms are subtracted, not the gradients",
    f"{_RATIO} Two gradients of the same length are not the same gradient.",
    "What is your number for two gradients of the same length?",
    "What is subtracted first?",
)
def difference_of_the_norms(gradient, approximation):
    return np.linalg.norm(gradient) - np.linalg.norm(approximation)


@known(
    "sum-for-difference",
    "deviation",
    "The gradients are added in the numerator, not subtracted",
    _RATIO,
    "What is your number for two equal gradients?",
    "Look at the sign in the numerator.",
)
def sum_for_difference(gradient, approximation):
    return np.linalg.norm(gradient + approximation)
