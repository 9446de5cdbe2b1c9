"""What goes wrong in what an optimizer keeps from step to step."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "Adam.steps-not-counted",
    step="number_of_the_step",
    title="The steps are not counted: every one is corrected as if it were the first",
    explain="`iter` is one more in every step, for the corrections $1 - \\beta^t$ fade with t.",
    hints=("What is `iter` after two steps?", "Which line changes it?"),
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
