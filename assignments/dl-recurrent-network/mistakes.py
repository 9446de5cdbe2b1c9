"""What goes wrong with what the gates see, and with outputs and cells."""

import numpy as np

from grader.assignments import mistake
from reference.sigmoid import sigmoid


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


@mistake(
    "lstm_cell_forward.candidate-through-the-sigmoid",
    step="candidate",
    title="The candidate goes through the sigmoid instead of tanh",
    explain="The three gates are sigmoids, between 0 and 1; what may be written into the cell has both signs, a tanh.",
    hints=("Can the candidate be negative?", "Which activation belongs to `Wc`?"),
)
def candidate_through_the_sigmoid(z):
    return sigmoid(z)


@mistake(
    "lstm_forward.cell-of-zeros-at-every-step",
    step="cell_before",
    title="Every step begins with a cell of zeros",
    explain="The cell is 0 before the first step only; then each step begins with the cell that the one before made.",
    hints=("What does `c_next` of a step become?", "Which cell is given to the next step?"),
)
def cell_of_zeros_at_every_step(cells, first, t):
    return first


def of_the_state_before(function, step):
    return mistake(
        f"{function}.output-of-the-state-before",
        step=step,
        title="The output is made of the state before the step",
        explain="A step first makes its new state, and its output of that.",
        hints=("Does the output of a step depend on its inputs?", "Which state do the output's weights multiply?"),
    )


@of_the_state_before("rnn_cell_forward", "predicted_from")
def rnn_output_of_the_state_before(a_next, a_prev):
    return a_prev


@of_the_state_before("lstm_cell_forward", "lstm_predicted_from")
def lstm_output_of_the_state_before(a_next, a_prev):
    return a_prev
