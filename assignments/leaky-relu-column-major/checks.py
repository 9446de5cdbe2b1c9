"""What is verified, function by function.

The script is run from weights and non-zero biases that the check knows, at sizes that are pairwise different, with
inputs of both signs. Only the last checks let it choose its own weights.
"""

import itertools

import numpy as np

from grader.checks import (
    TrainingEvidence,
    accuracy,
    check,
    expect,
    fail,
    leaves_arguments_alone,
    note_own_training,
    one_hot,
    unusual_initial_weights,
    weight_matrices,
)

DEEP = (6, 7, 5, 4)
ALPHA = 0.37


def network(rng, sizes):
    """Random weights and non-zero biases."""
    param = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        param[f"w{layer}"] = rng.normal(size=(n_out, n_in)) / np.sqrt(n_in)
        param[f"b{layer}"] = rng.normal(size=(n_out, 1))
    return param


def problem(rng, m, sizes):
    """Inputs of both signs and one-hot labels, a column for each sample."""
    return rng.normal(size=(sizes[0], m)), one_hot(rng.integers(sizes[-1], size=m), sizes[-1]).T


def run(implementation, rng, *, m=9, sizes=DEEP, alpha=0.0, iterations=1):
    """The variables of a script that starts from random parameters; the same for the same generator state."""
    X, y = problem(rng, m, sizes)
    return implementation.training(X, y, list(sizes), alpha, iterations, network(rng, sizes))


def both(student, solution, rng, **options):
    """The same run by the submission and by the solution."""
    seed = int(rng.integers(1 << 30))
    return tuple(run(side, np.random.default_rng(seed), **options) for side in (student, solution))


def variable(variables, name):
    """One variable of a script; None when it has not been set."""
    return variables.get(name) if isinstance(variables, dict) else None


def expect_entries(found, right, name, keys):
    """Demand these entries of one of the script's dicts."""
    expect(variable(found, name), name).close_to({key: right[name][key] for key in keys})


# lrelu


@check("lrelu", points=5, title="Values of both signs")
def lrelu_values(student, solution, rng):
    z = np.concatenate([rng.normal(size=(5, 3)), np.zeros((1, 3))])
    expect(student.lrelu(z), "lrelu(z)").close_to(solution.lrelu(z))


@check("lrelu", points=1, title="The argument is left as it was")
def lrelu_leaves_argument(student, rng):
    leaves_arguments_alone(student.lrelu, rng.normal(size=(4, 3)))


# lreluDer


@check("lreluDer", points=5, title="1 where the activation is positive, 0.01 where it is negative")
def slope_of_activations(student, solution, rng):
    a = solution.lrelu(3 * rng.normal(size=(5, 4)))
    expect(student.lreluDer(a), "lreluDer(a)").close_to(solution.lreluDer(a))


@check("lreluDer", points=1, title="The argument is left as it was")
def slope_leaves_argument(student, rng):
    leaves_arguments_alone(student.lreluDer, rng.normal(size=(4, 3)))


# sigmoid


@check("sigmoid", points=6, title="Values of both signs")
def sigmoid_values(student, solution, rng):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.sigmoid(z), "sigmoid(z)").close_to(solution.sigmoid(z))


# training: one iteration that changes nothing


@check("training", points=10, title="Activations of every layer, in `cache`")
def training_forward(student, solution, rng):
    found, right = both(student, solution, rng)
    expect_entries(found, right, "cache", ["a1", "a2", "a3"])


@check("training", points=8, title="The cost, in `costs`")
def training_cost(student, solution, rng):
    for m in (9, 13):
        found, right = both(student, solution, rng, m=m)
        expect(variable(found, "costs"), f"the costs of one iteration on {m} samples").close_to(right["costs"])


@check("training", points=9, title="Weight gradients of the output layer, and of one layer alone")
def training_output_gradient(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        found, right = both(student, solution, rng, sizes=sizes)
        expect_entries(found, right, "grad", [f"dw{len(sizes) - 1}"])


@check("training", points=10, title="Weight gradients of the hidden layers")
def training_hidden_gradients(student, solution, rng):
    found, right = both(student, solution, rng)
    expect_entries(found, right, "grad", ["dw2", "dw1"])


@check("training", points=7, title="Bias gradients")
def training_bias_gradients(student, solution, rng):
    found, right = both(student, solution, rng)
    expect_entries(found, right, "grad", ["db3", "db2", "db1"])


@check("training", points=4, title="One sample; as many samples as inputs; another depth")
def training_other_sizes(student, solution, rng):
    for m, sizes in [(1, DEEP), (6, DEEP), (9, (5, 8, 6, 3, 4))]:
        found, right = both(student, solution, rng, m=m, sizes=sizes)
        expect(variable(found, "grad"), "grad").close_to(right["grad"])


# training: steps


@check("training", points=8, title="One step of gradient descent, in `param`")
def training_step(student, solution, rng):
    found, right = both(student, solution, rng, alpha=ALPHA)
    expect(variable(found, "param"), "param").close_to(right["param"])


@check("training", points=6, title="Twenty-five steps: every tenth cost, and where they lead")
def training_many_steps(student, solution, rng):
    found, right = both(student, solution, rng, alpha=ALPHA, iterations=25)
    expect(variable(found, "costs"), "costs").close_to(right["costs"])
    expect(variable(found, "param"), "param").close_to(right["param"])


# training: from the script's own weights


@check("training", points=4, title="Your own initial weights have the right shapes")
def training_initial_shapes(student, solution, rng):
    X, y = problem(rng, 9, DEEP)
    param = variable(student.training(X, y, list(DEEP), 0.0, 1), "param")
    expected = solution.training(X, y, list(DEEP), 0.0, 1)["param"]
    for name, value in expected.items():
        found = param.get(name) if isinstance(param, dict) else None
        if np.shape(found) != value.shape:
            fail(f"{name} has shape {np.shape(found)} at first, expected {value.shape}")


@check("training", points=6, title="Your own initial weights differ from unit to unit")
def training_symmetry(student, rng):
    sizes = (8, 6, 5, 4)
    X, y = problem(rng, 9, sizes)
    param = variable(student.training(X, y, list(sizes), 0.0, 1), "param")
    for layer in range(1, len(sizes)):
        weights = param.get(f"w{layer}") if isinstance(param, dict) else None
        if not isinstance(weights, np.ndarray) or weights.ndim != 2:
            fail(f"param has no matrix w{layer}")
        elif not np.any(weights):
            fail(f"all weights of w{layer} are 0 at first")
        elif layer < len(sizes) - 1 and len(np.unique(weights, axis=0)) < len(weights):
            fail(f"units of layer {layer} have the same weights at first, and so for ever: rows of w{layer} are equal")


TRAINING = {"layer_sizes": [784, 20, 16, 10], "alpha": 0.3, "iterations": 121}
SHARE_OF_PLATEAU = 0.9


@check("training", points=10, title="The cost on images falls below that of a network that ignores them")
def training_learns(student, solution, dataset):
    data = (dataset.X_train.T, one_hot(dataset.y_train).T)
    options = tuple(TRAINING.values())
    with solution.meanwhile(lambda: solution.training(*data, *options)):
        found = student.training(*data, *options)
    right = solution.training(*data, *options)
    start = variable(student.training(*data, TRAINING["layer_sizes"], 0.0, 1), "param")
    predicted = labels(solution, found, dataset)
    note_own_training(
        "training",
        dataset,
        history(found),
        history(right),
        test_accuracy=accuracy(predicted, dataset.y_test),
        reference_test_accuracy=accuracy(labels(solution, right, dataset), dataset.y_test),
        remarks=unusual_initial_weights(weight_matrices(start), inputs_first=False),
        evidence=TrainingEvidence(
            outputs="sigmoids",
            class_shares=np.bincount(dataset.y_train, minlength=10) / len(dataset.y_train),
            weights_before=weight_matrices(start),
            weights_after=weight_matrices(variable(found, "param")),
            predicted=predicted,
        ),
    )
    costs = variable(found, "costs")
    if not isinstance(costs, list) or len(costs) != len(right["costs"]):
        fail(f"`costs` must be a list with the cost of every tenth iteration, {len(right['costs'])} in all")
        return
    plateau = cost_of_ignorance(dataset.y_train)
    expect(costs[-1], "the last cost").is_at_most(
        SHARE_OF_PLATEAU * plateau,
        what=f"{SHARE_OF_PLATEAU:.0%} of {plateau:.3f}, the cost of outputs that are the same for every image",
    )


def history(variables):
    costs = variable(variables, "costs")
    return {"train_cost": costs if isinstance(costs, list) else []}


def labels(solution, variables, dataset):
    """What a network with these parameters says about the test images; None if they are no such parameters."""
    sizes = TRAINING["layer_sizes"]
    images = dataset.X_test.T
    try:
        found = solution.training(images, np.full((10, images.shape[1]), 0.1), sizes, 0.0, 1, variables["param"])
        return np.argmax(found["cache"]["a3"], axis=0)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def cost_of_ignorance(digits):
    """Σ H(p_j) over the shares p_j of the classes: the least cost of sigmoid outputs that do not see the input."""
    shares = np.bincount(digits, minlength=10) / len(digits)
    return float(-np.sum(shares * np.log(shares) + (1 - shares) * np.log(1 - shares)))
