"""Which of the three gradients have the penalty."""

from grader.assignments import Place, mistake

GRADIENT = "The penalty adds $\\frac{\\lambda}{m} W_l$ to the gradient of each weight matrix, and nothing to biases."
LINE = "Look at the λ term in the lines of `dW1`, `dW2` and `dW3`."


def leave_out(parts, *layers):
    """The penalty's parts with those of some layers 0."""
    return [0 * part if layer in layers else part for layer, part in enumerate(parts, 1)]


_WHICH_LAYER = "Which of dW1, dW2 and dW3 change when `lambd` does?"


@mistake(
    "gradient.penalty-of-last-layer-left-out",
    step="penalty_gradients",
    title="The penalty's gradient is missing in the last layer",
    explain=f"{GRADIENT} Yours is in dW1 and dW2, but not in dW3.",
    hints=(_WHICH_LAYER, "Look at the line of `dW3`."),
    place=Place(assigns="dW3"),
)
def last_layer_without_penalty(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 3)


@mistake(
    "gradient.penalty-of-first-layer-left-out",
    step="penalty_gradients",
    title="The penalty's gradient is missing in the first layer",
    explain=f"{GRADIENT} Yours is in dW2 and dW3, but not in dW1.",
    hints=(_WHICH_LAYER, "Look at the line of `dW1`."),
    place=Place(assigns="dW1"),
)
def first_layer_without_penalty(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 1)


@mistake(
    "gradient.penalty-of-second-layer-left-out",
    step="penalty_gradients",
    title="The penalty's gradient is missing in the second layer",
    explain=f"{GRADIENT} Yours is in dW1 and dW3, but not in dW2.",
    hints=(_WHICH_LAYER, "Look at the line of `dW2`."),
    place=Place(assigns="dW2"),
)
def second_layer_without_penalty(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 2)


@mistake(
    "gradient.penalty-of-last-layer-alone",
    step="penalty_gradients",
    title="The penalty's gradient is in the last layer alone",
    explain=f"{GRADIENT} Yours is in dW3, but neither in dW1 nor in dW2.",
    hints=(_WHICH_LAYER, LINE),
)
def last_layer_alone(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 1, 2)


@mistake(
    "gradient.penalty-of-first-layer-alone",
    step="penalty_gradients",
    title="The penalty's gradient is in the first layer alone",
    explain=f"{GRADIENT} Yours is in dW1, but neither in dW2 nor in dW3.",
    hints=(_WHICH_LAYER, LINE),
)
def first_layer_alone(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 2, 3)
