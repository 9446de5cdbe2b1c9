"""How the network begins."""

import numpy as np

from grader.assignments import probe


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
