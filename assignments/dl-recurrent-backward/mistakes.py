"""What goes wrong with what the gates see, there and back."""

from grader.assignments import mistake

_GATES = "All four look at $[a_{t-1}; x_t]$, so its gradient is the sum of four products $W_k^T \\delta_k$."
_HINTS = ("How many weight matrices does $x_t$ meet?", "Are there four terms in the sum?")


@mistake(
    "lstm_cell_forward.inputs-above-the-state",
    step="in_order",
    title="The inputs stand above the state",
    explain="The gates look at $[a_{t-1}; x_t]$, the state above the inputs; the columns of their weights are in that "
    "order. The shape is the same either way.",
    hints=("Which columns of `Wf` belong to the state?", "In which order do you concatenate?"),
)
def inputs_above_the_state(of_state, of_inputs):
    return of_inputs, of_state


@mistake(
    "lstm_cell_backward.output-gate-sends-nothing-back",
    step="sent_back",
    title="What comes back through the output gate is left out",
    explain=f"{_GATES} Yours lacks that of the output gate.",
    hints=_HINTS,
)
def output_gate_sends_nothing_back(right, parts):
    return right({**parts, "o": 0.0})


@mistake(
    "lstm_cell_backward.candidate-sends-nothing-back",
    step="sent_back",
    title="What comes back through the candidate is left out",
    explain=f"{_GATES} Yours lacks that of the candidate.",
    hints=_HINTS,
)
def candidate_sends_nothing_back(right, parts):
    return right({**parts, "c": 0.0})
