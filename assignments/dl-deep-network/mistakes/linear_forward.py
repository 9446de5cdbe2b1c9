"""`linear_forward`: the product of weights and inputs."""

import numpy as np

from grader.assignments import Place, mistake

_LINEAR = "The linear part is $Z = W A + b$, with W of the shape (n_out, n_in) and A of the shape (n_in, m)."


@mistake(
    "linear_forward.weights-transposed",
    step="weighted_input",
    title="The weights are transposed in the forward pass",
    explain=f"{_LINEAR} No transpose is needed.",
    hints=("Write the shapes of the two factors beside each other: which dimensions meet?", "Look for a `.T`."),
    place=Place(assigns="Z", calls="dot|matmul"),
)
def weights_transposed(w, a, b):
    return np.dot(w.T, a) + b


@mistake(
    "linear_forward.factors-exchanged",
    step="weighted_input",
    title="The factors are exchanged: A·W instead of W·A",
    explain=f"{_LINEAR} A product of matrices depends on the order of its factors.",
    hints=("Write the shapes of the two factors beside each other: which dimensions meet?", "Which stands first?"),
    place=Place(assigns="Z", calls="dot|matmul"),
)
def factors_exchanged(w, a, b):
    return np.dot(a, w) + b


@mistake(
    "linear_forward.elementwise-product",
    step="weighted_input",
    title="`*` multiplies entry by entry; a layer needs the matrix product, `np.dot` or `@`",
    explain=f"{_LINEAR} Between arrays `*` is not the matrix product.",
    hints=("Which product joins every input with every unit?", "`*` or `np.dot`?"),
    place=Place(assigns="Z"),
)
def elementwise_product(w, a, b):
    return w * a + b
