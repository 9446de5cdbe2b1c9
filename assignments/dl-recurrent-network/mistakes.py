"""What goes wrong with what the gates see."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "lstm_cell_forward.inputs-above-the-state",
    step="stacked",
    title="The inputs stand above the state",
    explain="The gates look at $[a_{t-1}; x_t]$, the state above the inputs; the columns of their weights are in that "
    "order. The shape is the same either way.",
    hints=("Which columns of `Wf` belong to the state?", "In which order do you concatenate?"),
)
def inputs_above_the_state(a_prev, xt):
    return np.concatenate([xt, a_prev])
