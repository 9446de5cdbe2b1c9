"""What is in play in a loss and its gradients."""

import numpy as np

from grader.assignments import Quantities, quantities


@quantities("loss")
def in_a_gradient(solution, params, X, y, reg):
    """reg and the number of images; for each tensor itself, its sign, and the parts that the penalties have in it."""
    data = solution.loss(params, X, y, 0.0)[1]
    full = solution.loss(params, X, y, reg)[1]
    weights = {key: reg * value if key.startswith("W") else 0 * value for key, value in params.items()}
    parts = {
        key: {
            key: value,
            f"sign({key})": np.sign(value),
            f"the gradient of the cross-entropy for {key}": data[key],
            f"the activity penalty's gradient for {key}": full[key] - data[key] - weights[key],
        }
        for key, value in params.items()
    }
    return Quantities({"reg": float(reg), "n": float(len(y))}, parts=parts)
