"""The way back through the three layers."""

from grader.assignments import Place, mistake

DW = "d?[wW]\\d.*|gradients"


@mistake(
    "backward.pre-activations-as-inputs",
    step="layer_inputs",
    title="The gradients of W2 and W3 use Z of the layer before instead of A",
    explain="A layer's weights multiply what came out of ReLU: $dW_l = \\frac{1}{m} dZ_l A_{l-1}^T$.",
    hints=("What did W3 multiply in the forward pass?", "Z or A: which do you take from the cache?"),
    place=Place(assigns=DW),
)
def pre_activations_as_inputs(X, A1, A2, Z1, Z2):
    return X, Z1, Z2


@mistake(
    "backward.relu-derivative-missing-in-second-layer",
    step="hidden_delta",
    title="ReLU's derivative is missing in dZ2 (dZ1 has it)",
    explain="$dZ_2 = dA_2 \\odot [Z_2 > 0]$: units that were off in the forward pass are not corrected.",
    hints=("In what do your lines for dZ1 and dZ2 differ?", "Look at the line of `dZ2`."),
    place=Place(assigns="dZ2"),
)
def derivative_missing_in_second_layer(right, upstream, z, layer):
    return upstream if layer == 2 else right(upstream, z, layer)


@mistake(
    "backward.relu-derivative-missing-in-first-layer",
    step="hidden_delta",
    title="ReLU's derivative is missing in dZ1 (dZ2 has it)",
    explain="$dZ_1 = dA_1 \\odot [Z_1 > 0]$: units that were off in the forward pass are not corrected.",
    hints=("In what do your lines for dZ1 and dZ2 differ?", "Look at the line of `dZ1`."),
    place=Place(assigns="dZ1"),
)
def derivative_missing_in_first_layer(right, upstream, z, layer):
    return upstream if layer == 1 else right(upstream, z, layer)


@mistake(
    "backward.activation-gradient-handed-back",
    step="handed_back",
    title="dA1 is computed from dA2 instead of dZ2",
    explain="$dA_1 = W_2^T dZ_2$: on the way to the first layer ReLU lies between $A_2$ and $Z_2$.",
    hints=("Which of dA2 and dZ2 has ReLU's derivative in it?", "Look at the line of `dA1`."),
    place=Place(assigns="dA1"),
)
def activation_gradient_handed_back(dA2, dZ2):
    return dA2
