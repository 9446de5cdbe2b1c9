"""Whether it trains."""

import itertools

import numpy as np

from grader.checks import (
    accuracy,
    expect,
    fail,
    is_deterministic,
    lose_samples,
    note_own_training,
    one_hot,
    unusual_initial_weights,
    uses_every_sample,
    weight_matrices,
)
from grader.checks.implementation import CallFailed
from operations.batch_training.kinds_of_steps import other_settings
from operations.batch_training.operation import batch_training

TRAINING = {"layer_sizes": [784, 30, 10], "epochs": 5, "batch_size": 32, "lr": 0.1, "lam": 1e-4, "seed": 0}
ACCURACY_SHARE = 0.88  # of the reference's, on the test images: other initial weights learn more slowly
EPOCHS_FOR_EACH = 30  # in which every sample is learnt, at a learning rate of 2
FIRST_RATES = 0.0, 1e-3, 2e-3  # small: if an epoch makes several steps, they are nearly along one straight line
NETWORK = ("forward", "predict", "cross_entropy", "l2_penalty")


def toy_problem(rng, n=120, spread=0.4):
    """Three clusters in the plane: learnt in a moment; those of a larger spread overlap."""
    labels = rng.integers(3, size=n)
    centres = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
    return centres[labels] + spread * rng.normal(size=(n, 2)), one_hot(labels, 3)


@batch_training.check("train", share=5, title="Accuracy on test images comes near the reference's", needs=NETWORK)
def train_accuracy(student, solution, rng, dataset):
    data = (dataset.X_train, one_hot(dataset.y_train))

    def run(rate=1.0, epochs=1):
        options = TRAINING | {"lr": rate * TRAINING["lr"], "epochs": epochs * TRAINING["epochs"]}
        params, history = student.train(*data, *options.values())
        if not is_network(params, TRAINING["layer_sizes"]):
            return None
        return accuracy(solution.predict(params, dataset.X_test), dataset.y_test), history

    with solution.meanwhile(lambda: solution.train(*data, *TRAINING.values())):
        best = run()
    if best is None:
        return
    reference_params, reference_history = solution.train(*data, *TRAINING.values())
    wanted = accuracy(solution.predict(reference_params, dataset.X_test), dataset.y_test)
    if best[0] < ACCURACY_SHARE * wanted:
        others = [run(**settings) for settings in other_settings(student, solution, rng)]
        best = max([best, *filter(None, others)], key=lambda found: found[0])
    reached, history = best
    note_own_training(
        "train",
        dataset,
        history,
        reference_history,
        test_accuracy=reached,
        reference_test_accuracy=wanted,
        remarks=unusual_initial_weights(first_weights(student, *data)),
    )
    expect(reached, "the accuracy on test images").is_at_least(
        ACCURACY_SHARE * wanted, what=f"{ACCURACY_SHARE:.0%} of the reference's {wanted:.3f}"
    )


def first_weights(student, X, Y):
    """The weights that a training begins with: those after a step at learning rate 0.

    None where they depend on the sample: then the step has changed them after all.
    """
    options = TRAINING | {"lr": 0.0, "lam": 0.0, "epochs": 1, "batch_size": 1}
    first, other = (weight_matrices(student.train(X[k : k + 1], Y[k : k + 1], *options.values())[0]) for k in range(2))
    is_same = first.keys() == other.keys() and all(np.array_equal(first[name], other[name]) for name in first)
    return first if is_same else {}


@batch_training.check("train", share=2, title="The cost falls, and the history has one entry per epoch")
def train_history(student, rng):
    X, Y = toy_problem(rng)
    _, history = student.train(X, Y, [2, 8, 3], 12, 16, 0.3, 0.0, 3)
    if not isinstance(history, list | tuple) or len(history) != 12:
        fail("the history of 12 epochs must be a list of 12 entries, one per epoch")
        return
    if not all(isinstance(entry, dict) and {"cost", "accuracy"} <= entry.keys() for entry in history):
        fail('each entry of the history must be a dict with "cost" and "accuracy"')
        return
    expect(history[-1]["cost"], "the cost after 12 epochs").is_at_most(0.25, what="the problem is easy")
    expect(history[-1]["accuracy"], "the accuracy after 12 epochs").is_at_least(0.95, what="the problem is easy")
    expect(history[-1]["accuracy"], "an accuracy").is_at_most(1.0)


@batch_training.check(
    "train", share=2, title="The history tells the cost and accuracy of the whole training set", needs=NETWORK
)
def train_history_is_true(student, rng):
    X, Y = toy_problem(rng, spread=1.5)
    params, history = student.train(X, Y, [2, 6, 3], 2, 16, 0.2, 0.03, 5)
    last = history[-1] if isinstance(history, list | tuple) and history and isinstance(history[-1], dict) else {}
    probs = student.forward(params, X)[0]
    share = float(np.mean(np.argmax(probs, 1) == np.argmax(Y, 1)))
    expect(last.get("accuracy"), "the last accuracy").close_to(share)
    cost = student.cross_entropy(probs, Y) + student.l2_penalty(params, 0.03)
    expect(last.get("cost"), "the last cost, compared with your cross_entropy + l2_penalty,").close_to(cost)


@batch_training.check("train", share=2, title="Every epoch goes through all samples, be they fewer than a batch has")
def train_uses_every_sample(student, solution, rng):
    n, k = 12, 3
    sizes = [n, k]  # every sample has an input, and so a row of weights, of its own: whatever is used is learnt
    X, Y = np.eye(n), one_hot(rng.permutation(np.arange(n) % k), k)
    still, moved = (student.train(X, Y, sizes, 1, 2 * n, lr, 0.0, 3)[0] for lr in (0.0, 0.5))
    if not all(is_network(params, sizes) for params in (still, moved)):
        return
    if all(np.array_equal(still[key], moved[key]) for key in moved):
        fail(f"an epoch of {n} samples makes no step where `batch_size` is {2 * n}: a batch may be smaller")
    # Of samples that are drawn with replacement about a third is left out, which costs nothing.
    left_out = [_left_out(student, X, Y, sizes, seed) for seed in (3, 4)]
    if all(len(samples) == 1 for samples in left_out):
        lose_samples("train", f"an epoch of {n} samples, one by one, learns nothing of sample {left_out[0][0]}")
    earlier, params = (
        student.train(X, Y, sizes, epochs, 4, 2.0, 0.0, 3)[0] for epochs in (EPOCHS_FOR_EACH // 2, EPOCHS_FOR_EACH)
    )
    if not all(is_network(weights, sizes) for weights in (earlier, params)):
        return
    certainties = np.sum(solution.forward(params, X)[0] * Y, axis=1)
    late_ways = np.linalg.norm(params["W1"] - earlier["W1"], axis=1)
    uses_every_sample("train", certainties, EPOCHS_FOR_EACH, late_ways)


@batch_training.check("train", share=1, title="The same seed gives the same network")
def train_is_reproducible(student, rng):
    X, Y = toy_problem(rng, 40)
    is_deterministic(student.train, X, Y, [2, 4, 3], 2, 8, 0.1, 0.01, 11)


@batch_training.check("train", share=2, title="λ, learning rate, batch size and layer sizes have their effect")
def train_options(student, rng):
    X, Y = toy_problem(rng)
    sizes = [2, 7, 5, 3]

    def trained(lr, lam, batch_size=16, epochs=4):
        return student.train(X, Y, sizes, epochs, batch_size, lr, lam, 5)[0]

    # At rate 0 first: weights that are kept from call to call would stand still as they were left.
    still, free, penalised = trained(0.0, 0.0), trained(0.1, 0.0), trained(0.1, 0.5)
    whole = trained(0.1, 0.0, len(X))
    if not all(is_network(params, sizes) for params in (free, still, penalised, whole)):
        return
    unchanged = [key for key in free if np.array_equal(free[key], still[key])]
    if len(unchanged) == len(free):
        fail("the learning rate has no effect: the weights after training are those of a learning rate of 0")
    elif unchanged:
        fail(f"training leaves {', '.join(unchanged)} as they were")
    elif all(np.array_equal(free[key], whole[key]) for key in free):
        fail("the batch size has no effect: mini-batches of 16 and of all samples give the same weights")
    if lost := [f"`{key}`" for key in free if not np.isfinite(np.sum(np.square(free[key])))]:
        fail(f"after training without a penalty the numbers in {', '.join(lost)} are beyond every bound, or nan")
        return
    once, again = (trained(0.0, 0.0, epochs=1) for _ in range(2))
    is_repeated = all(np.array_equal(once[key], value) for key, value in again.items())
    if is_repeated and are_drawn_anew(once, still):
        fail("at a learning rate of 0 the weights after 4 epochs have nothing in common with those after the first")
    elif is_repeated and (moved := [f"`{key}`" for key in _biases_moved(once, still)]):
        fail(f"at a learning rate of 0 training moves {', '.join(moved)}")
    elif all(np.array_equal(free[key], value) for key, value in trained(0.1, 0.0, epochs=1).items()):
        fail("the number of epochs has no effect: the weights after 4 are those after the first")
    elif is_repeated and (others := _not_as_far(*(trained(rate, 0.0, len(X), 1) for rate in FIRST_RATES))):
        key, times = others[0]
        fail(f"at twice the learning rate the first step moves `{key}` {times:.3g} times as far, not twice")
    expect(squared_weights(penalised), "the squared weights after training with λ = 0.5").is_at_most(
        0.9 * squared_weights(free), what="90 % of those with λ = 0"
    )


def _left_out(student, X, Y, sizes, seed):
    """The samples of which an epoch of single ones learns nothing: their weights stay as they begin."""
    try:
        still, moved = (student.train(X, Y, sizes, 1, 1, lr, 0.0, seed)[0] for lr in (0.0, 0.5))
    except CallFailed:
        return []
    if not is_network(still, sizes) or not is_network(moved, sizes):
        return []
    return np.flatnonzero((still["W1"] == moved["W1"]).all(axis=1)).tolist()


def is_network(params, sizes):
    """Whether trained params have the weights and biases of these layer sizes; notes a failure if not."""
    expected = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        expected |= {f"W{layer}": (n_in, n_out), f"b{layer}": (n_out,)}
    found = {key: np.squeeze(value).shape for key, value in params.items()} if isinstance(params, dict) else params
    if found != expected:
        fail(f"layer sizes {list(sizes)} gave params of shapes {found}, expected {expected}")
    return found == expected


def _biases_moved(before, later):
    """Of weights, a backward pass that penalises them in place would be told: that has a check of its own."""
    return [key for key in before if key.startswith("b") and not np.array_equal(before[key], later[key])]


def _not_as_far(begun, near, far):
    """Parameters that a step at twice the learning rate does not move twice as far, and how far it does.

    So do plain steps, and first ones with momentum, Adam and the like.
    """
    ways = {key: [np.linalg.norm(params[key] - begun[key]) for params in (near, far)] for key in begun}
    ratios = {key: further / way for key, (way, further) in ways.items() if way}
    return [(key, ratio) for key, ratio in ratios.items() if not 1.5 < ratio < 2.5]


def are_drawn_anew(before, later):
    """Whether weights have nothing in common but their size: of those that were changed, much is left."""
    a, b = (
        np.concatenate([np.ravel(value) for key, value in sorted(params.items()) if key.startswith("W")])
        for params in (before, later)
    )
    sizes = np.linalg.norm(a), np.linalg.norm(b)
    return 0.5 * sizes[0] < sizes[1] < 2 * sizes[0] and abs(a @ b) < 0.6 * sizes[0] * sizes[1]


def squared_weights(params):
    return sum(float(np.sum(np.square(value))) for key, value in params.items() if key.startswith("W"))
