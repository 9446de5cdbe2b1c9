"""Gradient descent on a whole training set, a given number of steps (Deep Learning, section 4.3)."""

from collections.abc import Iterable

from reference.arrays import Parameters


def steps(count: int) -> Iterable[int]:
    """The steps that are made, counted from 0."""
    return range(count)


def gradients_at_hand(now: Parameters, at_first: Parameters) -> Parameters:
    """The gradients that a step is made with: those at the parameters of now, not of the first step."""
    return now


def descended(parameters: Parameters, at_first: Parameters) -> Parameters:
    """What comes out after the last step."""
    return parameters


def is_noted(step: int) -> bool:
    """Whether the cost before this step is kept for the curve."""
    return step % 100 == 0
