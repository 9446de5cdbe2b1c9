"""The penalty on weights."""

import numpy as np

from grader.assignments import mistake

_WEIGHTS = "The penalty on the weights is $\\frac{reg}{2} \\sum W^2$, so its gradient is $reg \\cdot W$."


@mistake(
    "loss.weight-penalty-missing",
    step="weight_penalty",
    title="The penalty on the weights is missing from the cost",
    explain=_WEIGHTS,
    hints=("Does your cost change with W4 when the data stay the same?", "Which terms does the contract list?"),
)
def weight_penalty_missing(params, reg):
    return 0.0


@mistake(
    "loss.weight-penalty-without-half",
    step="weight_penalty",
    title="The penalty on the weights lacks the factor ½ in the cost",
    explain=f"{_WEIGHTS} Without the ½ the cost does not belong to that gradient.",
    hints=("Derive the term of your cost.", "Compare the factors with the contract's."),
)
def weight_penalty_without_half(right, params, reg):
    return 2 * right(params, reg)


@mistake(
    "loss.weight-penalty-of-norms",
    step="squared_norm",
    title="The penalties use norms that are not squared",
    explain="$\\sum W^2$ is the *square* of what `np.linalg.norm` gives.",
    hints=("How does your penalty grow when the weights double?", "Is there a root in it?"),
)
def penalty_of_norms(right, values):
    return np.sqrt(right(values))


@mistake(
    "loss.biases-penalised",
    step="penalised_tensors",
    title="The biases are in the penalty on the weights",
    explain="The contract penalises W1 to W4 alone.",
    hints=("Does the penalty change with the biases?", "Over which parameters does your sum run?"),
)
def biases_penalised(params):
    return list(params.values())


@mistake(
    "loss.filters-penalised-alone",
    step="penalised_tensors",
    title="Only the filters are in the penalty on the weights",
    explain="The contract penalises W1 to W4: the dense layers too.",
    hints=("Does the penalty change with W4?", "Over which parameters does your sum run?"),
)
def filters_penalised_alone(params):
    return [params["W1"], params["W2"]]


@mistake(
    "loss.dense-weights-penalised-alone",
    step="penalised_tensors",
    title="Only the dense layers are in the penalty on the weights",
    explain="The contract penalises W1 to W4: the filters too.",
    hints=("Does the penalty change with W1?", "Over which parameters does your sum run?"),
)
def dense_weights_penalised_alone(params):
    return [params["W3"], params["W4"]]


@mistake(
    "loss.weight-penalty-not-in-the-gradient",
    step="weight_penalty_gradient",
    title="The penalty on the weights is missing from the gradient",
    explain=_WEIGHTS,
    hints=("Which of your gradients change with `reg`?", "What is the derivative of $\\frac{reg}{2} W^2$?"),
)
def weight_penalty_not_in_the_gradient(W, reg, n):
    return np.zeros_like(W)


@mistake(
    "loss.weight-penalty-gradient-doubled",
    step="weight_penalty_gradient",
    title="The gradient of the penalty on the weights has a factor 2 too much",
    explain=f"{_WEIGHTS} The ½ cancels the 2 of the derivative.",
    hints=("Derive $\\frac{1}{2} W^2$.", "Where does the 2 come from?"),
)
def weight_penalty_gradient_doubled(W, reg, n):
    return 2 * reg * W


@mistake(
    "loss.weight-penalty-gradient-averaged",
    step="weight_penalty_gradient",
    title="The gradient of the penalty on the weights is divided by the number of images",
    explain=f"{_WEIGHTS} Weights do not come with the images: nothing is averaged.",
    hints=("Does the cost's penalty on weights depend on the batch?", "Look for a division by n."),
)
def weight_penalty_gradient_averaged(W, reg, n):
    return reg / n * W


@mistake(
    "loss.weight-penalty-gradient-sign",
    step="weight_penalty_gradient",
    title="The gradient of the penalty on the weights has the wrong sign",
    explain=f"{_WEIGHTS} With a minus sign the weights grow.",
    hints=("Should a penalty make weights smaller or larger?", "`+=` or `-=`?"),
)
def weight_penalty_gradient_sign(W, reg, n):
    return -reg * W


@mistake(
    "loss.weight-penalty-gradient-summed",
    step="weight_penalty_gradient",
    title="The sum of the weights is added to every entry of the gradient",
    explain=f"{_WEIGHTS} Each weight feels itself alone; `np.sum(W)` is one number.",
    hints=("Is the part that `reg` adds the same for all entries?", "Is there a `sum` in the gradient?"),
)
def weight_penalty_gradient_summed(W, reg, n):
    return np.full_like(W, reg * W.sum())


@mistake(
    "loss.weight-penalty-gradient-l1",
    step="weight_penalty_gradient",
    title="The gradient of the penalty on the weights is that of an L1 penalty",
    explain=f"{_WEIGHTS} $reg \\cdot sign(W)$ belongs to $\\sum |W|$.",
    hints=("Does your part depend on the size of a weight?", "Where does the sign come from?"),
)
def weight_penalty_gradient_l1(W, reg, n):
    return reg * np.sign(W)


@mistake(
    "loss.biases-penalised-in-the-gradient",
    step="bias_penalty_gradient",
    title="The biases' gradients contain a penalty on the biases",
    explain="The contract penalises W1 to W4 alone, so $reg \\cdot b$ has no place in a bias's gradient.",
    hints=("Which parameters are in the penalty?", "Look at where `reg` meets a bias."),
)
def biases_penalised_in_the_gradient(b, reg, n):
    return reg * b
