"""How the network begins."""

import numpy as np

from grader.assignments import Place, mistake, probe

_SYMMETRY = "Units that begin alike get the same gradients and stay alike for ever; random weights tell them apart."


@mistake(
    "NeuralNetwork.zero-weights",
    step="initial_weights",
    title="All weights are 0 at first",
    explain=f"{_SYMMETRY} With ReLU it is worse: all activations are 0, and no error comes back.",
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
    explain="x of shape (n_in,) is multiplied from the right by weights of shape (n_in, n_out).",
    hints=("With which dimension of the weights does x meet?", "In which order do the sizes stand?"),
)
def shape_exchanged(right, n_in, n_out, rng):
    return right(n_out, n_in, rng)


@mistake(
    "NeuralNetwork.biases-not-zero",
    step="initial_biases",
    title="The biases are not 0 at first",
    explain="The task asks for biases that begin at 0.",
    hints=("What are your biases before training?", "Look at where the biases are made."),
)
def biases_not_zero(n_out):
    return np.ones(n_out)


@probe("NeuralNetwork")
def facts_about_initial_weights(student, rng):
    """What a right constructor gives whatever its random numbers are."""
    net = student.NeuralNetwork((8, 7, 6, 5), 0.37)
    facts = {"lr": np.array(net.lr)}
    for layer in ("i_to_h1", "h1_to_h2", "h2_to_o"):
        weights, bias = getattr(net, f"weights_{layer}"), getattr(net, f"bias_{layer}")
        facts[f"shape of weights_{layer}"] = np.array(weights.shape)
        facts[f"some of weights_{layer} are not 0"] = np.array(float(np.any(weights)))
        facts[f"units of weights_{layer} differ"] = np.array(
            float(len(np.unique(weights, axis=1).T) == weights.shape[1])
        )
        facts[f"shape of bias_{layer}"] = np.array(bias.shape)
        facts[f"bias_{layer}"] = bias
    return facts
