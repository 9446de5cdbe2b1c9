"""What goes wrong in what a rule keeps from step to step."""

import numpy as np

from grader.assignments import Place, mistake


@mistake(
    "AdamLearningRule.steps-not-counted",
    step="number_of_the_step",
    title="The steps are not counted: every one is corrected as if it were the first",
    explain="The number of the step is one more in every step, for the corrections $1 - \\beta^t$ fade with t.",
    hints=("What is t in the second step?", "Which line changes it?"),
)
def steps_not_counted(before):
    return 1


@mistake(
    "rules.state-forgotten",
    step="kept",
    title="What is kept of a parameter begins at 0 again in every step",
    explain="Velocities, squares and moments are kept in the instance, and made only once, in `initialise`.",
    hints=("What does the second step know of the first?", "Where are the zeros made?"),
)
def state_forgotten(state, value):
    return np.zeros_like(value)


@mistake(
    "rules.parameters-not-changed",
    step="put",
    title="The parameters stay as they were: the step is 0, or it is not put into their arrays",
    explain="`param = param - …` makes a new array and binds a name to it, which is forgotten in the next turn of the "
    "loop. The network holds the old array. `param -= …` and `param[...] = …` change that one.",
    hints=("Is `params` another after a step?", "Does your line change an array, or what a name stands for?"),
    place=Place(assigns="p|par|param|parameter|w|weight|theta"),
)
def parameters_not_changed(w, value):
    pass
