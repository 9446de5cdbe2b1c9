"""What is in play in a call: the material of numeric explanations."""

import numpy as np

from grader.assignments import Quantities, quantities


@quantities("compute_cost_with_regularization")
def in_a_cost(solution, A3, Y, parameters, lambd):
    return Quantities(
        symbols={"m": Y.shape[1], "λ": lambd},
        terms={f"Σ{name}²": np.sum(value**2) for name, value in parameters.items()},
        result="cost",
    )


@quantities("backward_propagation_with_regularization")
def in_the_gradients(solution, X, Y, cache, lambd):
    weights = {"W1": cache[2], "W2": cache[6], "W3": cache[10]}
    return Quantities(
        symbols={"m": X.shape[1], "n0": X.shape[0], "λ": lambd},
        parts={f"d{name}": {name: W, f"sign({name})": np.sign(W), "1": np.ones_like(W)} for name, W in weights.items()},
        result="gradients",
    )
