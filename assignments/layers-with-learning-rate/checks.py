"""The error and its gradient; the layers are verified by the table in `composition.py`."""

import numpy as np

from grader.checks import check, compared, fail
from grader.checks.compare import as_array
from grader.checks.layers import is_for_rows

INPUTS, OUTPUTS = 4, 3


def drawn(rng):
    """Targets and outputs: a column, and a batch of two."""
    return [rng.normal(size=(2, *shape)) for shape in ((5, 1), (3, 2))]


@compared("mse", points=8, title="The error of random outputs")
def mse_values(implementation, rng):
    return [implementation.mse(*pair) for pair in drawn(rng)]


@compared("mse_prime", points=8, title="Its gradient")
def mse_prime_values(implementation, rng):
    return [implementation.mse_prime(*pair) for pair in drawn(rng)]


@check("Dense.forward", points=2, title="A new layer gives a sample of the right shape")
def new_layer(student, rng):
    """With the weights and biases that it begins with: those of other shapes may make a square of a column."""
    layer, x = student.Dense(INPUTS, OUTPUTS), rng.normal(size=(INPUTS, 1))
    is_row = is_for_rows(layer, "forward", "weights", "bias", (INPUTS, OUTPUTS))
    found, shape = as_array(layer.forward(x.T if is_row else x)), (1, OUTPUTS) if is_row else (OUTPUTS, 1)
    if np.shape(found) != shape:
        bias = np.shape(as_array(layer.bias))
        why = f": its bias is of shape {bias}, and {shape} is asked for" if bias != shape else ""
        gives = f"a new layer gives the shape {np.shape(found)}, expected {shape}"
        fail(f"for one sample with {INPUTS} numbers {gives}{why}")
