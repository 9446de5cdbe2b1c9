"""What a submission to this assignment implements."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque, may_change

Array = NDArray[np.float64]


@may_change("dropout_param")
def dropout_forward(x: Array, dropout_param: dict[str, Any]) -> tuple[Array, Opaque]:
    """Inverted dropout: in training each unit is kept with probability p and divided by p, or else 0.

    In test mode the output is the input.

    Args:
        x: inputs of any shape.
        dropout_param: "p", the probability of being kept; "mode", "train" or "test"; and, for a mask that is to be the
            same again, "seed" for numpy's generator.

    Returns:
        (out, cache): out of the shape of x, and whatever your `dropout_backward` wants to know.
    """


def dropout_backward(dout: Array, cache: Opaque) -> Array:
    """Gradient of a loss in the input of dropout, in the mode that the forward pass was in.

    Args:
        dout: the gradient of the loss in the output, of its shape.
        cache: what `dropout_forward` returned with that output.

    Returns:
        dx, of the same shape.
    """
