"""How weights start. An initializer draws an array of a given shape from a random generator.

Fan-in and fan-out are the numbers of inputs and outputs that one weight array connects, per position: for
dense weights (inputs, outputs) those two sizes; for filters (filters, channels, height, width) the
channels, or filters, times the window.
"""

from collections.abc import Callable

import numpy as np

from reference.arrays import Array

Shape = tuple[int, ...]
Initializer = Callable[[np.random.Generator, Shape], Array]


def fans(shape: Shape) -> tuple[int, int]:
    """(fan-in, fan-out) of a weight array of this shape.

    Raises ValueError for anything but dense weights (2 axes) and filters (4 axes).
    """
    match shape:
        case (n_in, n_out):
            return n_in, n_out
        case (filters, channels, height, width):
            return channels * height * width, filters * height * width
        case _:
            raise ValueError(
                "weights must have shape (inputs, outputs) or (filters, channels, height, width), "
                f"but the shape is {shape}"
            )


def zeros(rng: np.random.Generator, shape: Shape) -> Array:
    """All zeros: right for biases, wrong for weights, since units that start alike stay alike."""
    return np.zeros(shape)


def normal(std: float) -> Initializer:
    """Normal numbers of mean 0 and a fixed standard deviation."""

    def initializer(rng: np.random.Generator, shape: Shape) -> Array:
        return rng.normal(0, std, shape)

    return initializer


def lecun_normal(rng: np.random.Generator, shape: Shape) -> Array:
    """Standard deviation 1/√fan-in (LeCun et al. 1998, "Efficient BackProp"; Nielsen, chapter 3)."""
    return rng.normal(0, fans(shape)[0] ** -0.5, shape)


def glorot_normal(rng: np.random.Generator, shape: Shape) -> Array:
    """Variance 2/(fan-in + fan-out), for sigmoid and tanh (Glorot & Bengio 2010, equation 12)."""
    return rng.normal(0, (2 / sum(fans(shape))) ** 0.5, shape)


def glorot_uniform(rng: np.random.Generator, shape: Shape) -> Array:
    """Uniform in ±√(6/(fan-in + fan-out)), the same variance (Glorot & Bengio 2010, equation 16)."""
    limit = (6 / sum(fans(shape))) ** 0.5
    return rng.uniform(-limit, limit, shape)


def he_normal(rng: np.random.Generator, shape: Shape) -> Array:
    """Variance 2/fan-in, for ReLU and its relatives (He et al. 2015, equation 10)."""
    return rng.normal(0, (2 / fans(shape)[0]) ** 0.5, shape)


def he_uniform(rng: np.random.Generator, shape: Shape) -> Array:
    """Uniform in ±√(6/fan-in), the same variance (He et al. 2015)."""
    limit = (6 / fans(shape)[0]) ** 0.5
    return rng.uniform(-limit, limit, shape)
