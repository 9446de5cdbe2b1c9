"""A step of long short-term memory by its gates: i input, f forget, o output, g candidate (Deep Learning, 10.10.1)."""

from collections.abc import Sequence

import numpy as np

from reference.arrays import Array


def next_cell(i: Array, f: Array, g: Array, c: Array) -> Array:
    """The cell after the step, from the cell c before it."""
    return kept(f, c) + written(i, g)


def kept(f: Array, c: Array) -> Array:
    """What stays of the cell."""
    return f * c


def written(i: Array, g: Array) -> Array:
    """What is new in the cell."""
    return i * g


def candidate(z: Array) -> Array:
    """g: what may be written has both signs."""
    return np.tanh(z)


def cell_before(cells: Sequence[Array], first: Array, t: int) -> Array:
    """The cell that step t begins with."""
    return cells[t - 1] if t > 0 else first


def cell_from_later(dc: Array) -> Array:
    """What comes back from the step after, in the cell."""
    return dc


def next_hidden(o: Array, c: Array) -> Array:
    """The state after the step, from the cell c after it."""
    return o * np.tanh(c)


def cell_gradient(dh: Array, dc: Array, o: Array, c: Array) -> Array:
    """Gradient in the cell after the step: dc from later steps, and what comes through the state."""
    return dc + through_the_state(dh, o, c)


def through_the_state(dh: Array, o: Array, c: Array) -> Array:
    """What of dh reaches the cell."""
    return dh * o * (1 - np.tanh(c) ** 2)


def output_gate_gradient(dh: Array, c: Array) -> Array:
    """In o, from the cell c after the step."""
    return dh * np.tanh(c)


def forget_gate_gradient(dcell: Array, c: Array) -> Array:
    """In f, from the cell c before the step."""
    return dcell * c


def input_gate_gradient(dcell: Array, g: Array) -> Array:
    """In i."""
    return dcell * g


def candidate_gradient(dcell: Array, i: Array) -> Array:
    """In g."""
    return dcell * i


def previous_cell_gradient(dcell: Array, f: Array) -> Array:
    """In the cell before the step."""
    return dcell * f
