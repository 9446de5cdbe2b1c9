"""What goes wrong in the loop over layers and with zeros, and what is measured of random weights."""

import numpy as np

from grader.assignments import mistake, probe
from operations.loops_over_layers import last_layer_left_out
from operations.scaled_weights import facts_about_layers

WIDE = (64, 256, 32, 128)


@probe("initialize_parameters_random")
def facts_at_random(implementation, rng):
    return facts_about_layers(implementation.initialize_parameters_random(list(WIDE)), [10.0] * 3)


@probe("initialize_parameters_he")
def facts_for_relu(implementation, rng):
    return facts_about_layers(implementation.initialize_parameters_he(list(WIDE)), [np.sqrt(2 / n) for n in WIDE[:-1]])


_LAYERS = "`layers_dims` has a number for the inputs and one for each layer: the loop goes from 1 to its length − 1."

at_random = last_layer_left_out("initialize_parameters_random", "layers_at_random", _LAYERS)
for_relu = last_layer_left_out("initialize_parameters_he", "layers_for_relu", _LAYERS)


@mistake(
    "initialize_parameters_zeros.shape-exchanged",
    step="zero_weights",
    title="The shapes of the weights are turned",
    explain="Columns are samples here, so Wl has the shape $(n_l, n_{l-1})$.",
    hints=("What is the shape of W1?", "With which dimension of the weights does the input meet?"),
)
def shape_exchanged(n_in, n_out):
    return np.zeros((n_in, n_out))
