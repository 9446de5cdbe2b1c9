"""What goes wrong beside the steps of operations."""

import numpy as np

from grader.assignments import mistake


def upstream_left_out(layer, step, slope):
    """What arrives has no part in what goes back."""

    def slope_alone(upstream, z):
        return slope(z)

    return mistake(
        f"{layer}.backward.slope-alone",
        step=step,
        title=f"What arrives has no part in the gradient: {layer}'s slope alone is returned",
        explain="By the chain rule what arrives is multiplied by the slope. Yours is the slope alone, right only "
        "where ones arrive.",
        hints=["Does the gradient change with dLdA?", "A factor is missing."],
    )(slope_alone)


sigmoid_slope_alone = upstream_left_out("Sigmoid", "sigmoid_backward", lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2)
relu_slope_alone = upstream_left_out("ReLU", "relu_backward", lambda z: (z > 0).astype(float))
