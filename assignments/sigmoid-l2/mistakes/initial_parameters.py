"""How the parameters begin."""

import numpy as np

from grader.assignments import Place, mistake, probe

_SYMMETRY = "Units that begin alike get the same gradients and stay alike for ever; random weights tell them apart."


@mistake(
    "NeuralNetwork.zero-weights",
    step="initial_weights",
    title="All weights are 0 at first",
    explain=_SYMMETRY,
    hints=("In what do two hidden units of your network differ?", "Look at where the weights are made."),
    place=Place(calls="zeros"),
)
def zero_weights(n_in, n_out, rng):
    return np.zeros((n_in, n_out))


@mistake(
    "NeuralNetwork.equal-weights",
    step="initial_weights",
    title="All weights of a layer are the same at first",
    explain=_SYMMETRY,
    hints=("In what do two hidden units of your network differ?", "Look at where the weights are made."),
)
def equal_weights(n_in, n_out, rng):
    return np.full((n_in, n_out), 0.01)


@mistake(
    "NeuralNetwork.shape-exchanged",
    step="initial_weights",
    title="The shapes of the weights are (n_out, n_in) instead of (n_in, n_out)",
    explain="Rows are samples here: x of shape (m, n_in) is multiplied from the right by w of shape (n_in, n_out).",
    hints=("With which dimension of w does x meet in x·w?", "In which order do the sizes stand?"),
)
def shape_exchanged(right, n_in, n_out, rng):
    return right(n_out, n_in, rng)


@mistake(
    "NeuralNetwork.positive-weights",
    step="initial_weights",
    title="All weights are positive at first",
    explain="`rand` draws from 0 … 1, `randn` from both sides of 0. With positive weights and inputs every sum is "
    "large and positive, and sigmoids begin saturated.",
    hints=("Which sign do your weights have?", "`rand` or `randn`?"),
    place=Place(calls="rand|random|uniform"),
)
def positive_weights(n_in, n_out, rng):
    return rng.random((n_in, n_out)) / np.sqrt(n_in)


@mistake(
    "NeuralNetwork.biases-not-zero",
    step="initial_biases",
    title="The biases are not 0 at first",
    explain="The task asks for biases that begin at 0; nothing has to tell units apart beside their weights.",
    hints=("What are your biases before training?", "Look at where the biases are made."),
)
def biases_not_zero(n_out, rng):
    return np.ones((1, n_out))


@probe("NeuralNetwork")
def facts_about_initial_parameters(student, rng):
    """What a right constructor gives whatever its random numbers are."""
    first, other = (student.NeuralNetwork([8, 6, 5], 53, seed).parameters for seed in (1, 2))
    facts = {}
    for name, value in first.items():
        facts[f"shape of {name}"] = np.array(value.shape)
        facts[f"some of {name} are not 0"] = np.array(float(np.any(value)))
        facts[f"some of {name} are negative"] = np.array(float(np.any(value < 0)))
        if name.startswith("w"):
            facts[f"units in {name} differ"] = np.array(float(len(np.unique(value, axis=1).T) == value.shape[1]))
            facts[f"{name} depends on the seed"] = np.array(float(not np.array_equal(value, other[name])))
    return facts
