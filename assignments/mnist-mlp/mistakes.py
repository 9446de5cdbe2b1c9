"""Known mistakes of this assignment, and what is in play in a gradient.

The catalogue that assignments share holds most of them; here are those that need more than one step at hand.
"""

import numpy as np

from assignments.catalogue import (
    backpropagation,
    cross_entropy,
    forward,
    l2_penalty,
    output_delta,
    penalty_gradient,
    predict,
    relu,
    softmax,
)
from grader.assignments import Quantities, mistake, quantities, shared

MISTAKES = shared(
    relu,
    softmax,
    cross_entropy,
    l2_penalty,
    forward,
    output_delta,
    backpropagation,
    penalty_gradient,
    predict,
)


def layers_of(params):
    return range(1, sum(key.startswith("W") for key in params) + 1)


@mistake(
    "backward.penalty-in-last-layer-only",
    step="backward",
    title="The penalty is in the last layer's gradient only",
    explain="Every weight matrix is in the penalty, so every $dW_l$ gets its own $\\lambda W_l$. Here only the last "
    "layer's "
    "has it: the term stands before the loop over the hidden layers.",
    hints=(
        "Which of your weight gradients change when λ does?",
        "Look at where the λ term is added: for the output layer, and for the hidden ones?",
    ),
)
def penalty_in_last_layer_only(right, params, cache, Y, lam):
    grads = right(params, cache, Y, lam)
    for layer in layers_of(params)[:-1]:
        grads[f"W{layer}"] = grads[f"W{layer}"] - lam * params[f"W{layer}"]
    return grads


@mistake(
    "backward.penalty-missing-in-last-layer",
    step="backward",
    title="The penalty is missing from the last layer's gradient",
    explain="Every weight matrix is in the penalty, so every $dW_l$ gets its own $\\lambda W_l$; the last layer's "
    "has none here.",
    hints=(
        "Which of your weight gradients change when λ does?",
        "Look at where the λ term is added: for the output layer, and for the hidden ones?",
    ),
)
def penalty_missing_in_last_layer(right, params, cache, Y, lam):
    grads = right(params, cache, Y, lam)
    last = f"W{layers_of(params)[-1]}"
    grads[last] = grads[last] - lam * params[last]
    return grads


@mistake(
    "backward.bias-gradient-before-the-mask",
    step="backward",
    title="The hidden biases' gradients are taken before ReLU's derivative is applied",
    explain="The bias acts on z, so its gradient is the sum of $\\delta = (\\delta_{l+1} W_{l+1}^T) \\odot f'(z)$ "
    "over the samples. "
    "Yours sums $\\delta_{l+1} W_{l+1}^T$, the gradient at the layer's output.",
    hints=(
        "Is a bias added before or after ReLU?",
        "Which of `dA` and `dZ` do you sum for the hidden biases?",
    ),
)
def bias_gradient_before_the_mask(right, params, cache, Y, lam):
    (*_, probs), pre_activations = cache
    grads = right(params, cache, Y, lam)
    delta = (probs - Y) / len(Y)
    for layer in reversed(layers_of(params)[1:]):
        upstream = delta @ params[f"W{layer}"].T
        grads[f"b{layer - 1}"] = upstream.sum(axis=0)
        delta = upstream * (pre_activations[layer - 2] > 0)
    return grads


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
