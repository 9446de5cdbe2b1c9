"""Checking a gradient by central differences (Deep Learning, section 11.5)."""

import numpy as np

from reference.arrays import Array


def moved(theta: Array, entry: int, by: float) -> Array:
    """The parameters with one entry moved; all others stay."""
    changed = theta.copy()
    changed[entry] += by
    return changed


def slope_between(above: float, below: float, epsilon: float) -> float:
    """The slope of a cost between two points that are epsilon above and below."""
    return (above - below) / distance(epsilon)


def distance(epsilon: float) -> float:
    """Between the two points."""
    return 2 * epsilon


def relative_difference(gradient: Array, approximation: Array) -> float:
    """‖g - g'‖ / (‖g‖ + ‖g'‖), from 0 to 1."""
    return deviation(gradient, approximation) / scale(gradient, approximation)


def deviation(gradient: Array, approximation: Array) -> float:
    """How far they are apart."""
    return float(np.linalg.norm(gradient - approximation))


def scale(gradient: Array, approximation: Array) -> float:
    """How long they are together."""
    return float(np.linalg.norm(gradient) + np.linalg.norm(approximation))


def below_and_above(theta: Array, entry: int, epsilon: float) -> tuple[Array, Array]:
    """The two points at which the cost is asked for."""
    return moved(theta, entry, -epsilon), moved(theta, entry, epsilon)
