"""What goes wrong with the order of the gates."""

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
