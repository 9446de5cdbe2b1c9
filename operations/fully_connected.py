"""A network of dense layers with normalisation and dropout: what goes wrong between its layers.

What goes wrong in them is known to `dense`, `relu`, `softmax_loss`, `l2_penalty` and the normalisations.
"""

import re

import numpy as np

from grader.assignments import Operation
from reference import fully_connected as formula

fully_connected = Operation(formula)

_CONSTRUCTOR = re.compile(r"class\s+FullyConnectedNet\b.*?def\s+__init__\s*\((.*?)\)\s*:", re.DOTALL)
_NO_DROPOUT_IS_0 = re.compile(r"\bdropout\s*=\s*0(?:\.0*)?\s*,")


def constructor_of(side):
    """The parameters of a submission's constructor as they are written; nothing of the solution's."""
    submission = getattr(getattr(side, "loaded", None), "submission", None)
    if submission is None:
        return ""
    sources = [unit.source for unit in (*submission.units, *submission.modules.values())]
    found = [match.group(1) for source in sources if (match := _CONSTRUCTOR.search(source))]
    return found[-1] if found else ""


def is_of_2017(side):
    """Whether the class is the course's of 2016 or 2017: `use_batchnorm` then, and no layer normalisation."""
    return "use_batchnorm" in constructor_of(side)


def no_dropout(side):
    """What asks for none: 1, as the ratio of kept units, and 0 until 2017."""
    return 0 if _NO_DROPOUT_IS_0.search(constructor_of(side)) else 1


def named(side, norm):
    """What asks for a normalisation: its name, and whether there is one until 2017."""
    return norm is not None if is_of_2017(side) else norm


def known(what, step, title, explain, *hints):
    return fully_connected.mistake(f"loss.{what}", step=step, title=title, explain=explain, hints=hints)


@known(
    "relu-on-the-scores",
    "output_of_the_network",
    "The scores go through a ReLU as well",
    "Nothing comes after the last affine layer: scores may be negative, and the softmax needs them as they are.",
    "Can your scores be negative?",
    "Which function makes the last layer?",
)
def relu_on_the_scores(z):
    return np.maximum(z, 0)


@known(
    "hidden-layers-without-relu",
    "hidden_output",
    "The hidden layers have no ReLU",
    "Affine layers alone are together no more than one affine layer.",
    "Is any hidden output 0?",
    "Where is the ReLU?",
)
def hidden_layers_without_relu(z):
    return z


@known(
    "normalisation-left-out",
    "normalised_layer",
    "The hidden layers are not normalised",
    "With `normalization` set, each is normalised before its ReLU.",
    "Do your scores change with `gamma1`?",
    "Where is `normalization` asked for in `loss`?",
)
def normalisation_left_out(z, params, layer, settings):
    return z, None


@known(
    "dropout-left-out",
    "dropped_layer",
    "There is no dropout",
    "With a keep ratio below 1, dropout follows each ReLU.",
    "Does the loss change with the keep ratio?",
    "Where is dropout called in `loss`?",
)
def dropout_left_out(h, settings):
    return h, None


@known(
    "hidden-layers-too-few",
    "number_of_layers",
    "The last hidden layer is left out",
    "A list of hidden sizes of length L - 1 makes L affine layers.",
    "How many affine layers does a network with two hidden sizes have?",
    "Over which layers does your loop run?",
)
def hidden_layers_too_few(right, params):
    return right(params) - 1
