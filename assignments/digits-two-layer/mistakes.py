"""What goes wrong where the two layers are put together."""

import numpy as np

from grader.assignments import Place, mistake


@mistake(
    "one_hot.rows",
    step="one_hot",
    title="The labels are one-hot in rows, not in columns",
    explain="Columns are samples here: the result has the shape (k, m), the transpose of what yours is.",
    hints=("Which shape must the result have?", "What is left to do at the end?"),
    place=Place(assigns="one_hot_Y"),
)
def rows(Y):
    return np.eye(Y.max() + 1)[Y]


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
