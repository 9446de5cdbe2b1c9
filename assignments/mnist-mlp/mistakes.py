"""Known mistakes of this assignment, and what is in play in a gradient.

The catalogue that assignments share holds most of them; here are those that need more than one step at hand.
"""

import numpy as np

from assignments.catalogue import (
    backpropagation,
    batch_training,
    cross_entropy,
    forward,
    l2_penalty,
    output_delta,
    penalty_gradient,
    predict,
    relu,
    softmax,
)
from grader.assignments import Quantities, mistake, probe, quantities, shared

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
    batch_training,
)


def layers_of(params):
    return range(1, sum(key.startswith("W") for key in params) + 1)


_NAMED_LAYERS = (
    "A network may have any number of layers; the code names two. With one layer there is no W2, with three or more "
    "the others are left out."
)
_COUNT_THEM = (
    "What does your function do with a network of one layer, and of three?",
    "Count the layers from `params`, and loop over them.",
)


def first_two_layers(params):
    """What code that names W1, b1, W2 and b2 sees of a network; without W2 it stops, as it does there."""
    return {key: params[key] for key in ("W1", "b1", "W2", "b2")}


@mistake(
    "forward.two-layers-only",
    step="forward",
    title="The network is written for two layers: W1 and W2 are named in the code",
    explain=_NAMED_LAYERS,
    hints=_COUNT_THEM,
)
def forward_of_two_layers(right, params, X):
    return right(first_two_layers(params), X)


@mistake(
    "backward.two-layers-only",
    step="backward",
    title="The gradients are written for two layers: W1 and W2 are named in the code",
    explain=_NAMED_LAYERS,
    hints=_COUNT_THEM,
)
def backward_of_two_layers(right, params, cache, Y, lam):
    return right(first_two_layers(params), cache, Y, lam)


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


# Probes of `train`: what does not depend on its random numbers

SIZES = [4, 5, 3]
SAMPLES = 12
LAM = 0.3


def trained(network, X, Y, *, epochs=1, batch_size=SAMPLES, lr=0.0, lam=LAM, sizes=SIZES):
    return network.train(X, Y, sizes, epochs, batch_size, lr, lam, 3)


def samples(rng, *, alike=False):
    """Inputs, all the same if `alike`, and labels in which every class occurs."""
    X = np.tile(rng.normal(size=4), (SAMPLES, 1)) if alike else rng.normal(size=(SAMPLES, 4))
    return X, np.eye(3)[np.arange(SAMPLES) % 3 if not alike else np.zeros(SAMPLES, int)]


def movement(network, X, Y):
    """How a network behaves that should stand still, at learning rate 0; None when it does."""
    before, again, later = (trained(network, X, Y, epochs=epochs)[0] for epochs in (1, 1, 3))
    if any(not np.array_equal(before[key], again[key]) for key in before):
        return "differs from run to run"
    return "moves" if any(not np.array_equal(before[key], later[key]) for key in before) else None


def gradient_at(network, params, X, Y):
    """By the network's own functions: whether they are right is judged elsewhere."""
    _, cache = network.forward(params, X)
    return network.backward(params, cache, Y, LAM)


def parts_of_step(before, after, gradient, lr):
    """How much of the gradient and of the old value is in the step of each tensor."""
    parts = {}
    for key, old in before.items():
        step = np.ravel(after[key] - old)
        columns = [np.ravel(-lr * gradient[key]), np.ravel(old)]
        used = [column for column in columns if np.linalg.norm(column) > 1e-12]
        shares = np.linalg.lstsq(np.stack(used, axis=1), step, rcond=None)[0] if used else np.zeros(0)
        rest = step - sum((share * column for share, column in zip(shares, used, strict=True)), np.zeros(step.size))
        is_along = np.linalg.norm(rest) <= 1e-6 * max(np.linalg.norm(columns[0]), np.linalg.norm(step))
        parts[f"{key}: share of the gradient"] = shares[0] if is_along and used else "another direction"
        if len(used) == 2 and is_along:
            parts[f"{key}: share of the old value"] = shares[1] / lr
    return parts


@probe("train", tolerance=1e-3)
def one_step(network, rng):
    """A step on all samples: how much of the gradient is in it, and whether labels stay with their inputs."""
    X, Y = samples(rng)
    if moves := movement(network, X, Y):
        return {"at learning rate 0": moves}
    lr = 1e-3
    (before, _), (after, _) = trained(network, X, Y), trained(network, X, Y, lr=lr)
    return {
        "at learning rate 0": "stands still",
        **parts_of_step(before, after, gradient_at(network, before, X, Y), lr),
    }


@probe("train", tolerance=1e-3)
def steps_in_an_epoch(network, rng):
    """On samples that are all alike every step is the same, so the way that was gone tells their number."""
    X, Y = samples(rng, alike=True)
    if movement(network, X, Y):
        return {}
    before, _ = trained(network, X, Y)
    lr = 1e-6
    gradient = gradient_at(network, before, X, Y)
    length = lr * np.linalg.norm(gradient["b2"])

    def way(epochs):
        after, _ = trained(network, X, Y, epochs=epochs, batch_size=5, lr=lr)
        return np.linalg.norm(after["b2"] - before["b2"]) / length

    return {"steps in one epoch": way(1), "steps in three": way(3)}


@probe("train", tolerance=1e-3)
def step_on_a_part(network, rng):
    """Whether an epoch of small batches goes along the gradient of all samples, as one step on all of them does."""
    X, Y = samples(rng)
    if movement(network, X, Y):
        return {}
    before, _ = trained(network, X, Y)
    lr = 1e-6
    after, _ = trained(network, X, Y, batch_size=5, lr=lr)
    gradient = gradient_at(network, before, X, Y)["b2"]
    step = after["b2"] - before["b2"]
    if not np.any(step):
        return {"along the gradient of all samples": "no step"}
    cosine = abs(np.sum(step * gradient)) / np.linalg.norm(step) / np.linalg.norm(gradient)
    return {"along the gradient of all samples": "yes" if cosine > 1 - 1e-9 else "no"}


@probe("train")
def initial_weights(network, rng):
    """What is plainly wrong with the weights before the first step; many good ways to draw them are alike here."""
    X, Y = rng.normal(size=(1, 200)), np.eye(10)[:1]
    params, _ = trained(network, X, Y, sizes=[200, 80, 10], batch_size=1)
    return {key: _kind(value) for key, value in params.items() if key.startswith("W")}


def _kind(weights):
    if not weights.any():
        return "zero"
    if np.ptp(weights) == 0:
        return "constant"
    if weights.min() >= 0:
        return "positive"
    return "large" if weights.std() > 3 * np.sqrt(2 / weights.shape[0]) else "usual"


@probe("train")
def history(network, rng):
    """The recorded cost and accuracy of a network that stands still, beside those of its own functions."""
    X, Y = samples(rng)
    params, records = trained(network, X, Y, batch_size=5)
    probs, _ = network.forward(params, X)
    entropy, penalty = network.cross_entropy(probs, Y), network.l2_penalty(params, LAM)
    wrong = np.mean(np.argmax(probs, axis=1) != np.argmax(Y, axis=1))
    share = (records[-1]["cost"] - entropy) / penalty
    parts = {0: "cross-entropy alone", 1: "cross-entropy and penalty"}
    cost = next((words for value, words in parts.items() if abs(share - value) < 1e-4), "another cost")
    return {"cost": cost, "errors": (1 - records[-1]["accuracy"]) / wrong if cost != "another cost" else "not compared"}
