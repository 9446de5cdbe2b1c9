"""What goes wrong in a step of long short-term memory."""

import numpy as np

from grader.assignments import Operation
from reference import lstm_step as formula
from reference.sigmoid import sigmoid

lstm_step = Operation(formula)

_CELL = "The cell after a step is $c_t = f \\odot c_{t-1} + i \\odot g$."
_STATE = "The state after a step is $h_t = o \\odot \\tanh(c_t)$."
_BACK = (
    "The cell after a step goes into the next step and into the state: $dc_t$ from there plus "
    "$dh_t \\odot o \\odot (1 - \\tanh^2(c_t))$."
)
_GATES = (
    "With $dc$ in the cell after the step, $df = dc \\odot c_{t-1}$, $di = dc \\odot g$, $dg = dc \\odot i$ and "
    "$dc_{t-1} = dc \\odot f$."
)
_WHICH = ("Write down the two equations of the step, and derive each in turn.", "Which cell is before, which after?")


def known(code, step, title, explain, *hints):
    return lstm_step.mistake(code, step=step, title=title, explain=explain, hints=hints or _WHICH)


@known("cell.nothing-kept", "kept", "The cell before the step is lost", f"{_CELL} Yours is $i \\odot g$ alone.")
def nothing_kept(f, c):
    return 0 * f * c


@known("cell.kept-without-the-gate", "kept", "The forget gate is not used", f"{_CELL} Yours keeps all of $c_{{t-1}}$.")
def kept_without_the_gate(f, c):
    return c


@known("cell.written-without-the-gate", "written", "The input gate is not used", f"{_CELL} Yours adds all of $g$.")
def written_without_the_gate(i, g):
    return g


@known("cell.gates-exchanged", "next_cell", "Input and forget gate are exchanged", _CELL)
def gates_exchanged(right, i, f, g, c):
    return right(f, i, g, c)


@known(
    "candidate.through-the-sigmoid",
    "candidate",
    "The candidate goes through the sigmoid instead of tanh",
    "The three gates are sigmoids, between 0 and 1; what may be written into the cell has both signs, a tanh.",
    "Can the candidate be negative?",
    "Which activation belongs to the candidate?",
)
def through_the_sigmoid(z):
    return sigmoid(z)


@known(
    "cells.of-zeros-at-every-step",
    "cell_before",
    "Every step begins with a cell of zeros",
    "The cell is 0 before the first step only; then each step begins with the cell that the one before made.",
    "What does the cell after a step become?",
    "Which cell is given to the next step?",
)
def of_zeros_at_every_step(cells, first, t):
    return first


@known(
    "cells.of-later-steps-left-out",
    "cell_from_later",
    "What comes back through the cell is not handed on to the step before",
    "The cell goes into the next step; its gradient comes back from there. It is 0 at the last step only.",
    "Which gradient in the cell does a step in the middle get?",
    "What becomes of the gradient in the cell before the step?",
)
def of_later_steps_left_out(dc):
    return 0 * dc


@known("state.tanh-missing", "next_hidden", "The tanh of the cell is missing in the state", _STATE)
def tanh_missing(o, c):
    return o * c


@known("state.gate-missing", "next_hidden", "The output gate is not used in the state", _STATE)
def gate_missing(right, o, c):
    return right(1.0, c)


@known(
    "backward.state-has-no-part-in-the-cell",
    "through_the_state",
    "The gradient in the cell leaves out what comes through the state",
    f"{_BACK} Yours is $dc_t$ alone.",
)
def state_has_no_part_in_the_cell(right, dh, o, c):
    return 0 * right(dh, o, c)


@known(
    "backward.tanh-slope-missing",
    "through_the_state",
    "The slope of the tanh of the cell is missing",
    f"{_BACK} Yours has $dh_t \\odot o$.",
)
def tanh_slope_missing(dh, o, c):
    return dh * o


@known(
    "backward.tanh-of-the-cell-missing-in-its-slope",
    "through_the_state",
    "The slope of tanh is taken for $1 - c^2$",
    f"{_BACK} The slope is $1 - \\tanh^2(c_t)$: c is what goes into tanh, not its value.",
)
def tanh_missing_in_its_slope(dh, o, c):
    return dh * o * (1 - c**2)


@known(
    "backward.tanh-of-the-cell-taken-twice",
    "through_the_state",
    "The slope is taken at the tanh of the cell, of which tanh is taken once more",
    f"{_BACK} The slope of tanh where its value is $a$ is $1 - a^2$; yours is $1 - \\tanh^2(\\tanh(c_t))$.",
)
def tanh_of_the_cell_taken_twice(dh, o, c):
    return dh * o * (1 - np.tanh(np.tanh(c)) ** 2)


@known(
    "backward.later-cells-left-out",
    "cell_gradient",
    "The gradient in the cell leaves out what comes from later steps",
    f"{_BACK} Yours has the second part alone.",
)
def later_cells_left_out(right, dh, dc, o, c):
    return right(dh, 0 * dc, o, c)


@known(
    "backward.output-gate-without-tanh",
    "output_gate_gradient",
    "The output gate's gradient has the cell instead of its tanh",
    f"{_STATE} So $do = dh \\odot \\tanh(c_t)$.",
)
def output_gate_without_tanh(dh, c):
    return dh * c


@known(
    "backward.forget-gate-without-the-cell",
    "forget_gate_gradient",
    "The forget gate's gradient lacks the cell before the step",
    _GATES,
)
def forget_gate_without_the_cell(dcell, c):
    return dcell


@known(
    "backward.input-gate-without-the-candidate",
    "input_gate_gradient",
    "The input gate's gradient lacks the candidate",
    _GATES,
)
def input_gate_without_the_candidate(dcell, g):
    return dcell


@known(
    "backward.candidate-without-the-gate",
    "candidate_gradient",
    "The candidate's gradient lacks the input gate",
    _GATES,
)
def candidate_without_the_gate(dcell, i):
    return dcell


@known(
    "backward.previous-cell-without-the-gate",
    "previous_cell_gradient",
    "The gradient in the cell before lacks the forget gate",
    _GATES,
)
def previous_cell_without_the_gate(dcell, f):
    return dcell
