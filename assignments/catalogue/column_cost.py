"""Mistakes in the costs of a network of columns.

Steps: `guarded_log(p)`, `cross_entropy(a, y)`, `quadratic(a, y)`, `sample_costs(a, y, cost)`, `average(costs)`.
Costs have one number for each sample.
"""

import numpy as np

from grader.assignments import Place, mistake

_CROSS_ENTROPY = "The cost of a sample is $-\\sum_j [y_j \\ln a_j + (1 - y_j) \\ln(1 - a_j)]$, summed over the outputs."
_QUADRATIC = "The cost of a sample is $\\frac{1}{2} \\sum_j (a_j - y_j)^2$."


@mistake(
    "total_cost.logarithm-of-zero",
    step="guarded_log",
    title="The logarithm of 0 makes the cost infinite or nan",
    explain="A sigmoid reaches 0 and 1 in floating point. There $0 \\cdot \\ln 0$ is `nan` and $\\ln 0$ minus "
    "infinity: keep the argument above a tiny number, or use `np.nan_to_num`.",
    hints=("What is `0 * np.log(0.0)`?", "What happens when an output is exactly 0 or 1?"),
    place=Place(calls="log"),
)
def logarithm_of_zero(p):
    return np.log(p)


@mistake(
    "total_cost.cross-entropy-without-the-other-outputs",
    step="cross_entropy",
    title="The cross-entropy has the output of the true class alone",
    explain=f"{_CROSS_ENTROPY} With sigmoids every output is a prediction of its own: those that should be 0 count, "
    "too.",
    hints=("Does your cost change when a wrong class's output grows?", "Which term has the factor $1 - y$?"),
    place=Place(calls="log"),
)
def without_the_other_outputs(a, y):
    return -np.sum(y * np.log(a), axis=0)


@mistake(
    "total_cost.cross-entropy-without-minus",
    step="cross_entropy",
    title="The cross-entropy lacks its minus sign",
    explain=f"{_CROSS_ENTROPY} Logarithms of numbers below 1 are negative, the cost is positive.",
    hints=("Can a cost be negative?", "Compare with the formula."),
    place=Place(calls="log"),
)
def cross_entropy_without_minus(right, a, y):
    return -right(a, y)


@mistake(
    "total_cost.cross-entropy-averaged-over-outputs",
    step="cross_entropy",
    title="The cross-entropy is averaged over the outputs",
    explain=f"{_CROSS_ENTROPY} `np.mean` divides by the number of outputs.",
    hints=("By which factor is your cost too small?", "`sum` or `mean` over the outputs?"),
)
def averaged_over_outputs(right, a, y):
    return right(a, y) / len(a)


@mistake(
    "total_cost.labels-and-outputs-swapped",
    step="cross_entropy",
    title="Labels and outputs are swapped in the cross-entropy",
    explain=f"{_CROSS_ENTROPY} The logarithm is of the outputs; of the labels it is minus infinity where they are 0.",
    hints=("Of which of the two is the logarithm taken?", "In which order does your function take its arguments?"),
    place=Place(calls="log"),
)
def labels_and_outputs_swapped(right, a, y):
    return right(y, a)


@mistake(
    "total_cost.logarithm-to-base-2",
    step="guarded_log",
    title="The logarithm has base 2",
    explain="The natural logarithm is meant: only its derivative is $1/a$.",
    hints=("By which factor is your cost too large?", "`np.log` or `np.log2`?"),
    place=Place(calls="log2"),
)
def logarithm_to_base_2(right, p):
    return right(p) / np.log(2)


@mistake(
    "total_cost.logarithm-to-base-10",
    step="guarded_log",
    title="The logarithm has base 10",
    explain="The natural logarithm is meant: only its derivative is $1/a$.",
    hints=("By which factor is your cost too small?", "`np.log` or `np.log10`?"),
    place=Place(calls="log10"),
)
def logarithm_to_base_10(right, p):
    return right(p) / np.log(10)


@mistake(
    "total_cost.quadratic-without-half",
    step="quadratic",
    title="The quadratic cost lacks the factor ½",
    explain=f"{_QUADRATIC} Its derivative is then $a - y$; without the ½ it is twice that.",
    hints=("Derive your cost. Which factor does it leave?", "Compare the factors with the contract's."),
)
def quadratic_without_half(right, a, y):
    return 2 * right(a, y)


@mistake(
    "total_cost.quadratic-averaged-over-outputs",
    step="quadratic",
    title="The quadratic cost is averaged over the outputs",
    explain=f"{_QUADRATIC} `np.mean` divides by the number of outputs.",
    hints=("By which factor is your cost too small?", "`sum` or `mean` over the outputs?"),
)
def quadratic_averaged_over_outputs(right, a, y):
    return right(a, y) / len(a)


@mistake(
    "total_cost.norm-not-squared",
    step="quadratic",
    title="The quadratic cost uses a norm that is not squared",
    explain=f"{_QUADRATIC} `np.linalg.norm` takes a root: square it.",
    hints=("How does your cost grow when the error doubles?", "Is there a root in it?"),
    place=Place(calls="norm"),
)
def norm_not_squared(a, y):
    return 0.5 * np.linalg.norm(a - y, axis=0)


@mistake(
    "total_cost.choice-of-cost-ignored",
    step="sample_costs",
    title="The cross-entropy is computed, whatever the cost chosen",
    explain=f'With `cost="quadratic"`: {_QUADRATIC}',
    hints=("Does your cost change with the choice of cost?", "Where is the choice used?"),
)
def choice_of_cost_ignored(right, a, y, cost):
    return right(a, y, "cross-entropy")


@mistake(
    "total_cost.summed-over-samples",
    step="average",
    title="The cost is summed over the samples, not averaged",
    explain="The cost of a data set is the mean of its samples' costs; a sum grows with their number.",
    hints=("What should the cost of the same data taken twice be?", "Where do you divide by the number of samples?"),
)
def summed_over_samples(costs):
    return np.sum(costs)


@mistake(
    "total_cost.last-sample-only",
    step="average",
    title="The cost is that of the last sample alone, divided by the number of samples",
    explain="In a loop over samples, `=` in the place of `+=` keeps the last one.",
    hints=("Does your cost change with the first sample?", "`=` or `+=`?"),
)
def last_sample_only(costs):
    return costs[-1] / len(costs)
