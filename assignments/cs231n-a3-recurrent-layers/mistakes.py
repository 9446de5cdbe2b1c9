"""What goes wrong with the order of the gates, and with the cell between steps."""

from grader.assignments import mistake


@mistake(
    "lstm_step_forward.candidate-third",
    step="in_order",
    title="Output gate and candidate are exchanged",
    explain="Side by side lie the input gate, the forget gate, the output gate and, last, the candidate.",
    hints=("Which quarter is which?", "Which quarter goes through tanh?"),
)
def candidate_third(i, f, o, g):
    return i, f, g, o


@mistake(
    "lstm_backward.cell-of-later-steps-left-out",
    step="cell_from_later",
    title="What comes back through the cell is not handed on to the step before",
    explain="The cell goes into the next step; its gradient comes back from there. It is 0 at the last step only.",
    hints=("Which `dnext_c` gets a step in the middle?", "What becomes of `dprev_c`?"),
)
def cell_of_later_steps_left_out(dc):
    return 0 * dc
