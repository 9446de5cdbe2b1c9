"""What goes wrong in what an optimizer keeps from step to step."""

import numpy as np

from grader.assignments import convention, mistake


@convention("Nesterov.older-printing", step="nesterov_change")
def older_printing(right, v, dw, lr, rho):
    return right(rho * v - lr * dw, dw, lr, rho)


_NESTEROV = "w moves by $\\rho^2 v - (1 + \\rho) \\eta g$, with the velocity of before."


@mistake(
    "Nesterov.plain-momentum",
    step="nesterov_change",
    title="This is a step of plain momentum: nothing is looked ahead",
    explain=f"{_NESTEROV} Yours moves w by the new velocity.",
    hints=("How far does the first step lead, in units of ηg? It should be 1 + ρ.", "What moves w besides it?"),
)
def plain_momentum(v, dw, lr, rho):
    return rho * v - lr * dw


@mistake(
    "Nesterov.momentum-not-squared",
    step="nesterov_change",
    title="The velocity enters the step with ρ, not with its square",
    explain=_NESTEROV,
    hints=("By how much does w move for a gradient of 0?", "Which factor has the velocity?"),
)
def momentum_not_squared(v, dw, lr, rho):
    return rho * v - (1 + rho) * lr * dw


@mistake(
    "Nesterov.gradient-not-extended",
    step="nesterov_change",
    title="The gradient enters the step once, without the factor 1 + ρ",
    explain=_NESTEROV,
    hints=("How far does the first step lead, in units of ηg? It should be 1 + ρ.", "Which factor has the gradient?"),
)
def gradient_not_extended(v, dw, lr, rho):
    return rho**2 * v - lr * dw


@mistake(
    "Adam.steps-not-counted",
    step="number_of_the_step",
    title="The steps are not counted: every one is corrected as if it were the first",
    explain="The number of the step is one more in every step, for the corrections $1 - \\beta^t$ fade with t.",
    hints=("What is the number of the step after two steps?", "Which line changes it?"),
)
def steps_not_counted(before):
    return 1


@mistake(
    "optimizers.state-forgotten",
    step="kept",
    title="What is kept of a parameter begins at 0 again in every step",
    explain="Velocities, squares and moments are kept in the instance, and made only once, before the first step.",
    hints=("What does the second step know of the first?", "When is the dict of zeros made?"),
)
def state_forgotten(state, key, value):
    return np.zeros_like(value)
