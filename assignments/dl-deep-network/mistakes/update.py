"""`update_parameters`: which parameters a step changes."""

from grader.assignments import Place, mistake

_STEP = "A step changes the weights and biases of all L layers."


@mistake(
    "update.last-layer-left-out",
    step="updated_layers",
    title="The last layer is never updated: the loop ends one layer too early",
    explain=f"{_STEP} L is `len(parameters) // 2`, and `range(L)` has L turns.",
    hints=(
        "Which parameters are different after a step?",
        "How many turns has your loop in a network of three layers?",
    ),
    place=Place(calls="range"),
)
def last_layer_never_updated(parameters):
    return range(1, len(parameters) // 2)


@mistake(
    "update.first-layer-left-out",
    step="updated_layers",
    title="The first layer is never updated",
    explain=f"{_STEP} `range(L)` begins with 0, and the keys are those of `l + 1`.",
    hints=("Which parameters are different after a step?", "Which layer does the first turn of your loop update?"),
    place=Place(calls="range"),
)
def first_layer_never_updated(parameters):
    return range(2, len(parameters) // 2 + 1)


@mistake(
    "update.first-layer-alone",
    step="updated_layers",
    title="Only the first layer is updated: the loop ends after its first turn",
    explain=f"{_STEP} A `return` inside the loop ends it.",
    hints=("Which parameters are different after a step?", "How far is your `return` indented?"),
)
def first_layer_alone_updated(parameters):
    return [1]


@mistake(
    "update.biases-left-out",
    step="updated_keys",
    title="The biases are never updated",
    explain=f"{_STEP} Yours leaves the biases where they were.",
    hints=("Which parameters are different after a step?", "Look at the loop that makes the step."),
)
def biases_never_updated(layer):
    return (f"W{layer}",)


@mistake(
    "update.weights-left-out",
    step="updated_keys",
    title="Only the biases are updated",
    explain=f"{_STEP} Yours leaves the weights where they were.",
    hints=("Which parameters are different after a step?", "Look at the loop that makes the step."),
)
def weights_never_updated(layer):
    return (f"b{layer}",)
