"""What a network is, in one form: samples in rows, layers from the input up, steps of training.

However a script lays its arrays out (columns, single samples, a column of ones for the biases, one long vector of
parameters), after reading it is this. u is what goes into a layer, z = u W + b, a = f(z).
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from grader.reading.recorded.recording import Array

Layout = Literal["rows", "columns", "single samples"]
Biases = Literal["vector", "row of the weights", "none"]


@dataclass
class LayerPass:
    """A layer in one forward pass. Numbers of events and values lead back to the text.

    Attributes:
        product: the event of u W.
        summed: the event that gives z.
        weights, bias: versions of parameters, by value; `bias` is the value added, a parameter or not.
        u: (n, inputs), the column of ones left out; z: (n, units).
    """

    product: int
    summed: int
    weights: int
    bias: int | None
    u: Array
    z: Array
    input_value: int
    z_value: int
    a: Array | None = None
    a_value: int | None = None
    mask: Array | None = None  # of dropout, with its factor


@dataclass
class Pass:
    """One forward pass: of one sample, a batch or everything."""

    layers: list[LayerPass]
    y: Array | None = None
    y_value: int | None = None

    @property
    def n(self) -> int:
        return len(self.layers[0].z)

    @property
    def first(self) -> int:
        return self.layers[0].product

    @property
    def last(self) -> int:
        return self.layers[-1].summed


@dataclass
class StepLayer:
    """A layer in one step: all samples of the step in rows.

    Attributes:
        W: (inputs, units) before the step, dW its change; b and db likewise, None where there is none.
    """

    u: Array
    z: Array
    a: Array
    W: Array
    dW: Array | None
    b: Array | None
    db: Array | None
    mask: Array | None = None

    @property
    def W_after(self) -> Array | None:
        return None if self.dW is None else self.W + self.dW


@dataclass
class Step:
    """One step of training: what went forward, the targets, how every parameter changed, and the events between."""

    layers: list[StepLayer]
    y: Array
    start: int
    end: int
    sizes: list[int]  # samples of each pass

    @property
    def n(self) -> int:
        return len(self.y)

    @property
    def out(self) -> Array:
        return self.layers[-1].a


@dataclass
class Layer:
    """A layer as such."""

    inputs: int
    units: int
    activation: str | None = None
    dropout: float | None = None  # the share that is kept
    weights: int = 0  # number of the parameter
    bias: int | None = None
    biases: Biases = "vector"
    names: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def finite(array: Array) -> bool:
    return bool(np.isfinite(array).all())
