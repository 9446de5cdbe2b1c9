"""What a submission to this assignment implements. Images are (N, C, H, W)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque, may_change, may_lack, updates

Array = NDArray[np.float64]
Settings = dict[str, Any]


@updates("bn_param")
def spatial_batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, Opaque]:
    """Batch normalisation of images: each channel with the mean 0 and the variance 1 over all pixels of all images.

    Args:
        x: images, shape (N, C, H, W).
        gamma: scales, shape (C,).
        beta: shifts, shape (C,).
        bn_param: "mode", "train" or "test"; "eps" (1e-5 if absent) and "momentum" (0.9 if absent); "running_mean" and
            "running_var", shape (C,) (zeros if absent), which are written back into it, as in batch normalisation.

    Returns:
        (out, cache): out of the shape of x, and whatever your `spatial_batchnorm_backward` wants to know.
    """


def spatial_batchnorm_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a loss in the arguments of spatial batch normalisation in training.

    Args:
        dout: the gradient of the loss in the output, shape (N, C, H, W).
        cache: what `spatial_batchnorm_forward` returned with that output.

    Returns:
        (dx, dgamma, dbeta), of the shapes of x, gamma and beta.
    """


@may_change("gn_param")
@may_lack("gn_param")
def spatial_groupnorm_forward(x: Array, gamma: Array, beta: Array, G: int, gn_param: Settings) -> tuple[Array, Opaque]:
    """Group normalisation: each group of C/G neighbouring channels of an image with the mean 0 and the variance 1.

    Then each channel is scaled and shifted. It is the same in training and after it.

    Args:
        x: images, shape (N, C, H, W).
        gamma: scales, shape (1, C, 1, 1).
        beta: shifts, shape (1, C, 1, 1).
        G: the number of groups, a divisor of C.
        gn_param: "eps" (1e-5 if absent).

    Returns:
        (out, cache): out of the shape of x, and whatever your `spatial_groupnorm_backward` wants to know.
    """


def spatial_groupnorm_backward(dout: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Gradients of a loss in the arguments of group normalisation.

    Args:
        dout: the gradient of the loss in the output, shape (N, C, H, W).
        cache: what `spatial_groupnorm_forward` returned with that output.

    Returns:
        (dx, dgamma, dbeta), of the shapes of x, gamma and beta.
    """
