"""What is unusual about the weights that a training begins with: their size, and that all are positive."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGE = 3.0  # times √(2/n), n the number of inputs
MOST = 0.9  # of the weights: where many are 0, something else has happened to them
SMALL = 0.3  # times √(1/n)
NUMBERS = 50  # of a matrix, at least: the spread of a few says nothing

Weights = Mapping[str, NDArray[np.float64]]


def unusual_initial_weights(weights: Weights, *, inputs_first: bool = True) -> tuple[str, ...]:
    """Remarks on the weights before the first step; none where they are drawn in one of the many good ways.

    Args:
        weights: matrices by name, (inputs, outputs) or, unless `inputs_first`, (outputs, inputs).
    """
    drawn = {name: W for name, W in weights.items() if W.ndim == 2 and W.size >= NUMBERS and np.ptp(W) > 0}
    if positive := [name for name, W in drawn.items() if W.min() >= 0 and np.mean(W > 0) > MOST]:
        W = drawn[positive[0]]
        return (
            f"All weights of {_listed(positive)} begin positive ({W.min():.2g} to {W.max():.2g}): with positive inputs "
            "the sums grow from layer to layer, and the units of a layer say nearly the same. `rand` draws between 0 "
            "and 1; `randn` has mean 0.",
        )
    inputs = {name: W.shape[0 if inputs_first else 1] for name, W in drawn.items()}
    large = [name for name, W in drawn.items() if W.std() > LARGE * math.sqrt(2 / inputs[name])]
    if large:
        times = max(drawn[name].std() / math.sqrt(2 / inputs[name]) for name in large)
        return (
            f"{_sizes(large[0], drawn, inputs)}: {_listed(large)} {'are' if large[1:] else 'is'} up to {times:.1f} "
            "times as large at first. What a layer gives is that much larger too: with several such layers the network "
            "is sure of wrong classes before it has learnt anything, and the first steps go into undoing that.",
        )
    small = [name for name, W in drawn.items() if W.std() < SMALL * math.sqrt(1 / inputs[name])]
    if small and len(small) >= len(drawn) - 1:
        return (
            f"{_sizes(small[0], drawn, inputs)}: {_listed(small)} {'are' if small[1:] else 'is'} much smaller at "
            "first. A signal shrinks in such a layer, and so does the error on its way back: learning begins slowly, "
            "and with more layers, or weights that are smaller still, not at all.",
        )
    return ()


def _sizes(name: str, drawn: Weights, inputs: Mapping[str, int]) -> str:
    n = inputs[name]
    return (
        f"The weights of {name} begin with a standard deviation of {drawn[name].std():.2g}; with {n} inputs "
        f"√(2/{n}) = {math.sqrt(2 / n):.2g} keeps the size of a signal"
    )


def _listed(names: list[Any]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
