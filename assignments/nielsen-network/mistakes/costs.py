"""The quadratic cost, and the choice between the costs."""

import numpy as np

from grader.assignments import Place, mistake

_QUADRATIC = "The cost of a sample is $\\frac{1}{2} \\sum_j (a_j - y_j)^2$."


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
    step="costs_of_samples",
    title="The cross-entropy is computed, whatever the cost chosen",
    explain=f'With `cost="quadratic"`: {_QUADRATIC}',
    hints=("Does your cost change with the choice of cost?", "Where is the choice used?"),
)
def choice_of_cost_ignored(right, a, y, cost):
    return right(a, y, "cross-entropy")
