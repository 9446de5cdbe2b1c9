"""What goes wrong where two layers are put together."""

import numpy as np

from grader.assignments import Place, mistake, probe
from operations.ring import STEPS, cost_of_tanh_network, ring


@probe("initialize_parameters")
def facts_about_the_start(implementation, rng):
    """What right parameters are like, whatever their random numbers."""
    found = implementation.initialize_parameters(30, 20, 15)
    facts = {f"shape of {key}": np.array(value.shape) for key, value in found.items()}
    for key in ("W1", "W2"):
        facts |= {f"positive share of {key}": np.round(2 * np.mean(found[key] > 0)), f"size of {key}": size(found[key])}
        facts[f"units of {key} differ"] = np.array(float(len(np.unique(found[key])) > 1))
    return facts | {key: np.mean(found[key]) for key in ("b1", "b2")}


def size(weights):
    """The power of ten that their spread is near to."""
    return np.round(np.log10(np.std(weights) + 1e-9))


@probe("nn_model", tolerance=5e-3)
def facts_about_training(implementation, rng):
    """While the weights are small, b2 goes its way whatever they are; and in the end the ring is known, or not.

    That it moves at all is a fact of its own: what steps that are too small do is within the tolerance.
    """
    X, Y = ring(rng, 30)
    early = {f"b2 after {n} steps": implementation.nn_model(X[:, 10:], Y[:, 10:], 5, n, False)["b2"] for n in (1, 3)}
    cost = cost_of_tanh_network(implementation.nn_model(X, Y, 6, STEPS, False), X, Y)
    moved = {"moved": np.array(float(np.any(early["b2 after 3 steps"])))}
    return early | moved | {"learnt": np.array(float(cost < 0.3))}


@mistake(
    "layer_sizes.columns-counted",
    step="layer_sizes",
    title="The columns are counted, which are the samples",
    explain="Columns are samples here: the number of inputs is `X.shape[0]`, the number of outputs `Y.shape[0]`.",
    hints=("Which of the two numbers in `X.shape` changes with the number of samples?", "Which index stands there?"),
    place=Place(looks="shape"),
)
def columns_counted(X, Y):
    return X.shape[1], 4, Y.shape[1]


@mistake(
    "backward.pre-activations-for-activations",
    step="layer_inputs",
    title="dW2 is computed with X instead of A1",
    explain="What comes into the second layer is $A_1$: $dW_2 = \\frac{1}{m} dZ_2 A_1^T$.",
    hints=("What are the weights of the second layer multiplied with?", "Which shape must dW2 have?"),
    place=Place(assigns="dW2"),
)
def inputs_for_activations(X, A1):
    return X, X
