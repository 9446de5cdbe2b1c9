"""What only this class can do wrong: how it begins, and the mode of normalisation and dropout."""

import numpy as np

from grader.assignments import mistake, probe
from operations.fully_connected import named, no_dropout
from operations.network_dropout import facts_about_dropout
from operations.scaled_weights import UNITS, facts_about_the_start

_MODE = "Without labels the network is used, with labels it is trained; normalisation and dropout have to know."
_HINTS = ("Do the scores of one sample change with the others that come with it?", "Who sets `mode`, and when?")
_DROPOUT_HINTS = ("Do the scores of one sample change from call to call?", "Who sets `mode`, and when?")


@probe("FullyConnectedNet", checks=["fullyconnectednet_shapes", "fullyconnectednet_weights"])
def how_a_network_begins(implementation, rng):
    def params_of(scale):
        options = no_dropout(implementation), named(implementation, "batchnorm"), 0.7, scale, "float64"
        return implementation.FullyConnectedNet([UNITS, UNITS], UNITS, UNITS, *options).params

    return facts_about_the_start(params_of)


@probe("FullyConnectedNet.loss", checks=["fullyconnectednet_loss_dropout"])
def what_dropout_does(implementation, rng):
    def network(side, params, keep):
        hidden = [len(params[f"b{layer}"]) for layer in range(1, len(params) // 2)]
        sizes = len(params["W1"]), len(params[f"b{len(params) // 2}"])
        net = side.FullyConnectedNet(
            hidden, *sizes, no_dropout(side) if keep == 1 else keep, None, 0.0, 1e-2, "float64"
        )
        net.params = params
        return net

    return facts_about_dropout(implementation, network, rng)


@mistake(
    "loss.normalisation-always-trains",
    step="normalisation_mode",
    title="Normalisation is in training mode when there are no labels",
    explain=f"{_MODE} Your normalisation is in training mode always.",
    hints=_HINTS,
)
def normalisation_always_trains(y):
    return "train"


@mistake(
    "loss.normalisation-never-trains",
    step="normalisation_mode",
    title="Normalisation is in test mode when there are labels",
    explain=f"{_MODE} Your normalisation is in test mode always.",
    hints=_HINTS,
)
def normalisation_never_trains(y):
    return "test"


@mistake(
    "loss.dropout-always-trains",
    step="dropout_mode",
    title="Dropout is in training mode when there are no labels",
    explain=f"{_MODE} Your dropout is in training mode always.",
    hints=_DROPOUT_HINTS,
)
def dropout_always_trains(y):
    return "train"


@mistake(
    "loss.scale-and-shift-gradients-exchanged",
    step="back_through_the_layer",
    title="The gradients in γ and β are exchanged",
    explain="The backward pass of a normalisation gives dx, then dγ, then dβ.",
    hints=("Which of the two is the sum of the upstream gradient?", "In which order do they come?"),
)
def scale_and_shift_exchanged(right, upstream, layer, cache, settings):
    delta, found = right(upstream, layer, cache, settings)
    other = {"gamma": "beta", "beta": "gamma"}
    return delta, {other[key.rstrip("0123456789")] + str(layer): value for key, value in found.items()}


@mistake(
    "loss.relu-undone-after-the-normalisation",
    step="back_through_the_layer",
    title="On the way back the normalisation comes before the ReLU",
    explain="The way back runs through the layers in reverse: forward it is normalisation, then ReLU.",
    hints=("In which order does the forward pass call them?", "And the backward pass?"),
)
def relu_undone_last(right, upstream, layer, cache, settings):
    h, normed, norm_cache, dropout_cache = cache
    if norm_cache is None:
        return right(upstream, layer, cache, settings)
    delta, found = right(upstream, layer, (h, np.ones_like(normed), norm_cache, dropout_cache), settings)
    return delta * (normed > 0), found


@mistake(
    "loss.dropout-not-undone",
    step="back_through_the_layer",
    title="Dropout is forgotten on the way back",
    explain="What was dropped has no part in the loss; what was kept was divided by the keep ratio, and its gradient "
    "is as well.",
    hints=("What is the gradient of a unit that was dropped?", "Which layers does the way back go through?"),
)
def dropout_not_undone(right, upstream, layer, cache, settings):
    return right(upstream, layer, (*cache[:3], None), settings)
