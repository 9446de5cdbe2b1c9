"""How the weights and biases of a dense layer begin.

Conventions:
    layout: samples are "rows" or come one by one ("sample"), with W of shape (n_in, n_out); or "columns", with W of
        shape (n_out, n_in).
    scheme: "he", variance 2/n_in, for ReLU (He et al. 2015); "lecun", variance 1/n_in (LeCun et al. 1998);
        "small", standard deviation 0.01; "large", standard deviation 10, to see what comes of it.
    bias: "zero" or "normal".
    keepdims: whether biases have an axis for the samples, (1, n_out) or (n_out, 1).
"""

import numpy as np

from reference.arrays import Array


def initial_layer(n_in: int, n_out: int, seed: int) -> tuple[Array, Array]:
    """Weights and biases of a dense layer; the seed decides which."""
    rng = np.random.default_rng(seed)
    return initial_weights(n_in, n_out, rng), initial_biases(n_out, rng)


def initial_weights(
    n_in: int, n_out: int, rng: np.random.Generator, *, layout: str = "rows", scheme: str = "he"
) -> Array:
    """Normal numbers around 0."""
    shape = (n_out, n_in) if layout == "columns" else (n_in, n_out)
    fixed = {"small": 0.01, "large": 10.0}
    return rng.normal(size=shape) * (fixed.get(scheme) or np.sqrt((2 if scheme == "he" else 1) / n_in))


def initial_biases(
    n_out: int, rng: np.random.Generator, *, layout: str = "rows", keepdims: bool = False, bias: str = "zero"
) -> Array:
    """One number for each unit."""
    shape = ((n_out, 1) if layout == "columns" else (1, n_out)) if keepdims else (n_out,)
    return rng.normal(size=shape) if bias == "normal" else np.zeros(shape)
