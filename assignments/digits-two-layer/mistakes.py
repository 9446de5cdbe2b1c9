"""What goes wrong where the two layers are put together."""

from grader.assignments import Place, mistake


@mistake(
    "backward.inputs-for-activations",
    step="layer_inputs",
    title="dW2 is computed with X instead of A1",
    explain="What comes into the second layer is $A_1$: $dW_2 = \\frac{1}{m} dZ_2 A_1^T$.",
    hints=("What are the weights of the second layer multiplied with?", "Which shape must dW2 have?"),
    place=Place(assigns="dW2"),
)
def inputs_for_activations(X, A1):
    return X, X
