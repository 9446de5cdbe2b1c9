"""The choice of the activation."""

from grader.assignments import mistake

_LAYER = "A layer computes $a' = f(w a + b)$."


@mistake(
    "feedforward.sigmoid-of-hidden-layers-missing",
    step="hidden_activation",
    title="The hidden layers have no activation",
    explain=f"{_LAYER} Without f, several layers are one linear layer.",
    hints=("Are your hidden activations bounded?", "Is the activation applied in every layer?"),
)
def activation_of_hidden_layers_missing(z, activation):
    return z


@mistake(
    "feedforward.choice-of-activation-ignored",
    step="hidden_activation",
    title="The hidden layers are sigmoids, whatever the activation chosen",
    explain='With `activation="relu"` the hidden layers compute $\\max(0, z)$.',
    hints=("Does your output change with `activation`?", "Where is the choice used?"),
)
def choice_of_activation_ignored(right, z, activation):
    return right(z, "sigmoid")
