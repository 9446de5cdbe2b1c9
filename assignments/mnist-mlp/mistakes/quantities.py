"""What is in play in a call: the material of numeric explanations."""

import numpy as np

from grader.assignments import Quantities, quantities


@quantities("backward")
def in_a_gradient(solution, params, cache, Y, lam):
    """Sizes and λ; for each tensor itself, its sign, its part of the data's gradient and of single samples."""
    inputs, pre_activations = cache
    data = solution.backward(params, cache, Y, 0.0)
    last = solution.backward(params, ([a[-1:] for a in inputs], [z[-1:] for z in pre_activations]), Y[-1:], 0.0)
    parts = {
        key: {
            key: value,
            f"sign({key})": np.sign(value),
            f"|{key}|": np.abs(value),
            f"the gradient of the cost without penalty for {key}": data[key],
            f"the last sample's gradient for {key}": last[key],
        }
        for key, value in params.items()
    }
    n, k = Y.shape
    symbols = {"λ": lam, "n": n, "k": k, "d": inputs[0].shape[1]}
    return Quantities({name: float(value) for name, value in symbols.items()}, parts=parts, result="grads")


@quantities("cross_entropy")
def in_a_cost(solution, probs, Y):
    """Sizes of the batch; the predictions' entropy and the squared error, which are other costs."""
    n, k = Y.shape
    terms = {
        "the squared error per sample": np.sum((probs - Y) ** 2) / n,
        "the mean probability of the true class": np.sum(probs * Y) / n,
    }
    return Quantities({"n": float(n), "k": float(k)}, terms)


@quantities("l2_penalty")
def in_a_penalty(solution, params, lam):
    """λ and the number of layers; the squares of weights and of biases."""
    weights, biases = ([v for key, v in params.items() if key.startswith(kind)] for kind in "Wb")
    terms = {
        "the sum of the squared weights": sum(np.sum(W**2) for W in weights),
        "the sum of the squared biases": sum(np.sum(b**2) for b in biases),
    }
    return Quantities({"λ": float(lam), "L": float(len(weights))}, terms)
