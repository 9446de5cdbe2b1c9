"""What goes wrong in a recurrent layer from step to step, and back through time."""

import numpy as np

from grader.assignments import Operation
from operations.conventions import LAYOUT
from reference import recurrence as formula

recurrence = Operation(formula, values={"layout": LAYOUT})

_STEP = "A step makes its new state of the inputs and of the state before, and the biases are added."
_CARRIED = "Each step begins with the state that the step before ended with, the first one with the initial state."
_ARRIVING = (
    "The state after a step goes into that step's output and into the step after it; its gradient is the sum of both."
)
_SHARED = "All steps use the same weights, so their gradient is the sum of those of all steps."
_LATER = ("Does the gradient of the first inputs depend on the last output?", "What arrives at a step from behind?")


def known(code, step, title, explain, *hints):
    return recurrence.mistake(code, step=step, title=title, explain=explain, hints=hints)


@known(
    "step.state-left-out",
    "from_state",
    "The state before has no part in the new one",
    f"{_STEP} Yours forgets what came before.",
    "Does the result change with the state before?",
    "How many products are in the sum?",
)
def state_left_out(right, h, Wh):
    return 0 * right(h, Wh)


@known(
    "step.inputs-left-out",
    "from_inputs",
    "The inputs have no part in the new state",
    f"{_STEP} Yours is the same for every input.",
    "Does the result change with x?",
    "How many products are in the sum?",
)
def inputs_left_out(right, x, Wx):
    return 0 * right(x, Wx)


@known(
    "step.biases-left-out",
    "pre_activation",
    "The biases are not added",
    f"{_STEP} Yours leaves them out.",
    "Does the result change with b?",
    "Look at the line with the two products.",
)
def biases_left_out(right, x, h, Wx, Wh, b):
    return right(x, h, Wx, Wh, 0 * b)


@known(
    "step.output-of-the-state-before",
    "predicted_from",
    "The output is made of the state before the step",
    "A step first makes its new state, and its output of that.",
    "Does the output of a step depend on its inputs?",
    "Which state do the output's weights multiply?",
)
def output_of_the_state_before(after, before):
    return before


@known(
    "forward.initial-state-at-every-step",
    "state_before",
    "Every step begins with the initial state",
    f"{_CARRIED} In yours every step is given the initial hidden state again.",
    "Does the last state depend on the first inputs?",
    "Which variable does the loop give to the next step?",
)
def initial_state_at_every_step(states, first, t):
    return first


@known(
    "forward.initial-state-ignored",
    "state_before",
    "The first step begins with zeros instead of the initial state",
    f"{_CARRIED} The initial state is given, and need not be 0.",
    "Does the result change with the initial state?",
    "What does the first step begin with?",
)
def initial_state_ignored(right, states, first, t):
    return right(states, np.zeros_like(first), t)


@known(
    "backward.later-steps-left-out",
    "arriving",
    "What comes back from later steps is left out",
    f"{_ARRIVING} Yours is that of the output alone.",
    *_LATER,
)
def later_steps_left_out(of_output, from_later):
    return of_output + 0 * from_later


@known(
    "backward.output-left-out",
    "arriving",
    "The gradient of a step's own output is added at the last step only",
    f"{_ARRIVING} Yours takes what comes from later steps alone, where there is any.",
    "Does the gradient depend on what arrives at the middle steps?",
    "Which gradient is added in each turn of the loop?",
)
def output_left_out(of_output, from_later):
    return from_later if np.any(from_later) else of_output


@known(
    "backward.steps-in-the-order-of-time",
    "backwards",
    "The gradient goes through the steps from the first to the last",
    "What a step sends back belongs to the step before it, so the last step comes first.",
    "Which step's gradient must be known before that of step t?",
    "In which order does your loop run?",
)
def steps_in_the_order_of_time(steps):
    return range(steps)


@known(
    "backward.one-step-only",
    "summed_over_steps",
    "The gradient of the weights is that of a single step",
    f"{_SHARED} Yours keeps that of the step which was visited last.",
    "How many steps have a part in the gradient of a weight?",
    "`=` or `+=`?",
)
def one_step_only(total, of_step):
    return of_step
