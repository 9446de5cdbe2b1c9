"""Probes of `train`: what does not depend on its random numbers."""

import numpy as np

from operations.batch_training.checks import are_drawn_anew
from operations.batch_training.operation import batch_training

SIZES = [4, 5, 3]
SAMPLES = 12
LAM = 0.3
TOLERANCE = 1e-3  # of the shares


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
    if all(np.array_equal(before[key], later[key]) for key in before):
        return None
    return "is drawn anew" if are_drawn_anew(before, later) else "moves"


def effect_of_rate(network, X, Y):
    """How far apart two learning rates lead."""
    slow, fast = (trained(network, X, Y, lr=lr)[0] for lr in (0.0, 0.5))
    return {"what the learning rate changes": sum(np.linalg.norm(fast[key] - slow[key]) for key in slow)}


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
        if not all(np.isfinite(column).all() for column in (step, *columns)):
            parts[f"{key}: share of the gradient"] = "not finite"
            continue
        used = [column for column in columns if np.linalg.norm(column) > 1e-12]
        shares = np.linalg.lstsq(np.stack(used, axis=1), step, rcond=None)[0] if used else np.zeros(0)
        rest = step - sum((share * column for share, column in zip(shares, used, strict=True)), np.zeros(step.size))
        is_along = np.linalg.norm(rest) <= 1e-6 * max(np.linalg.norm(columns[0]), np.linalg.norm(step))
        parts[f"{key}: share of the gradient"] = shares[0] if is_along and used else "another direction"
        if len(used) == 2 and is_along and abs(shares[1] / lr) > TOLERANCE:  # none, where biases begin at 0 or not
            parts[f"{key}: share of the old value"] = shares[1] / lr
    return parts


@batch_training.probe("train", tolerance=TOLERANCE)
def one_step(network, rng):
    """A step on all samples: how much of the gradient is in it, and whether labels stay with their inputs."""
    X, Y = samples(rng)
    if moves := movement(network, X, Y):
        return {"at learning rate 0": moves, **(effect_of_rate(network, X, Y) if moves == "moves" else {})}
    lr = 1e-3
    (before, _), (after, _) = trained(network, X, Y), trained(network, X, Y, lr=lr)
    return {
        "at learning rate 0": "stands still",
        **parts_of_step(before, after, gradient_at(network, before, X, Y), lr),
    }


@batch_training.probe("train", tolerance=TOLERANCE)
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


@batch_training.probe("train", tolerance=TOLERANCE)
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


@batch_training.probe("train")
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


@batch_training.probe("train")
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


@batch_training.probe("train")
def lasting_samples(network, rng):
    """Whether every sample is learnt from in the end: each has an input, and so a row of weights, of its own."""
    n, k = 8, 3
    X, Y = np.eye(n), np.eye(k)[rng.permutation(np.arange(n) % k)]
    rows = [
        trained(network, X, Y, epochs=epochs, batch_size=4, lr=0.1, lam=0.0, sizes=[n, k])[0]["W1"]
        for epochs in (1, 2, 7, 20)
    ]
    early, late = (np.any(b != a, axis=1).sum() for a, b in (rows[:2], rows[2:]))
    return {
        "learnt from in epochs 8 to 20": "all" if late == n else "some" if late else "none",
        "fewer than in epoch 2": "yes" if late < early else "no",
    }


@batch_training.probe("train")
def overlapping_batches(network, rng):
    """Whether an epoch learns from as many samples as batches have that begin one sample after each other."""
    found, expected = [], []
    for n, batch_size in ((8, 4), (12, 3), (10, 2)):
        X, Y = np.eye(n), np.eye(3)[np.arange(n) % 3]
        still, moved = (
            trained(network, X, Y, batch_size=batch_size, lr=lr, lam=0.0, sizes=[n, 3])[0]["W1"] for lr in (0.0, 0.1)
        )
        found.append(np.any(still != moved, axis=1).sum())
        expected.append(n // batch_size + batch_size - 1)
    return {"batches overlap": "yes" if found == expected else "no"}


@batch_training.probe("train")
def moment_of_the_record(network, rng):
    """Whether an epoch's cost is that of the network after its steps, or of before them."""
    X, Y = samples(rng)
    if movement(network, X, Y):
        return {}
    (before, _), (after, records) = (trained(network, X, Y, epochs=n, batch_size=5, lr=0.1) for n in (1, 2))
    costs = {}
    for words, params in (("before its steps", before), ("after its steps", after)):
        entropy = network.cross_entropy(network.forward(params, X)[0], Y)
        costs[words] = (entropy, entropy + network.l2_penalty(params, LAM))
    cost = records[-1]["cost"]
    found = [words for words, values in costs.items() if any(abs(cost - one) < 1e-9 for one in values)]
    return {"an epoch's cost is of": found[0] if len(found) == 1 else "something else"}
