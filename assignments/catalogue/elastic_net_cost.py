"""Mistakes in the cost of L1 and L2 penalties.

Steps: `l1_norm(w)`, `l2_norm(w)`, `penalised(weights, biases)` and `penalty(weights, biases, lmbda_L1, lmbda_L2, n)`.
"""

import numpy as np

from grader.assignments import mistake

_L1 = "The L1 penalty is $\\frac{\\lambda_1}{n} \\sum |w|$."
_L2 = "The L2 penalty is $\\frac{\\lambda_2}{2n} \\sum w^2$."


@mistake(
    "total_cost.l2-without-half",
    step="l2_norm",
    title="The L2 penalty lacks the factor ½ in the cost",
    explain=f"{_L2} Without the ½ in the cost, the gradient would be twice as large.",
    hints=("Derive your penalty.", "Compare the factors with the contract's."),
)
def l2_cost_without_half(right, w):
    return 2 * right(w)


@mistake(
    "total_cost.l2-norm-not-squared",
    step="l2_norm",
    title="The L2 penalty uses norms that are not squared",
    explain=f"{_L2} `np.linalg.norm` takes a root: square it.",
    hints=("How does your penalty grow when the weights double?", "Is there a root in it?"),
)
def l2_norm_not_squared(w):
    return np.linalg.norm(w) / 2


@mistake(
    "total_cost.l2-square-of-the-sum",
    step="l2_norm",
    title="The sum of the weights is squared, instead of summing squares",
    explain=_L2,
    hints=("Can your penalty be 0 for weights that are not?", "Which is done first, the square or the sum?"),
)
def l2_square_of_the_sum(w):
    return np.sum(w) ** 2 / 2


@mistake(
    "total_cost.l2-mean-of-squares",
    step="l2_norm",
    title="The L2 penalty averages the squares over the weights",
    explain=f"{_L2} It is a sum; `np.mean` divides by the number of weights.",
    hints=("By which factor is your penalty too small?", "`sum` or `mean`?"),
)
def l2_mean_of_squares(w):
    return np.mean(w**2) / 2


@mistake(
    "total_cost.l1-without-absolute-value",
    step="l1_norm",
    title="The L1 penalty sums the weights without taking absolute values",
    explain=f"{_L1} Positive and negative weights cancel in your sum, and it may become negative.",
    hints=("Can your penalty be negative?", "Which function is missing?"),
)
def l1_without_absolute_value(w):
    return np.sum(w)


@mistake(
    "total_cost.l1-halved",
    step="l1_norm",
    title="The L1 penalty has a factor ½",
    explain=f"{_L1} The ½ belongs to squares.",
    hints=("By which factor is your penalty too small?", "Compare the factors with the contract's."),
)
def l1_cost_halved(right, w):
    return right(w) / 2


@mistake(
    "total_cost.l1-of-squares",
    step="l1_norm",
    title="The L1 penalty sums squares",
    explain=_L1,
    hints=("How does your penalty grow when the weights double?", "Squares or absolute values?"),
)
def l1_of_squares(w):
    return np.sum(w**2)


@mistake(
    "total_cost.biases-penalised",
    step="penalised",
    title="The biases are in the penalty",
    explain="The penalties are on the weights alone.",
    hints=("Does the penalty change with the biases?", "Over which parameters does your sum run?"),
)
def biases_in_the_penalty(weights, biases):
    return [*weights, *biases]


@mistake(
    "total_cost.last-layer-penalised-alone",
    step="penalised",
    title="Only the last layer's weights are in the penalty",
    explain="The penalties run over the weights of all layers.",
    hints=("Does the penalty change with the first layer?", "`=` or `+=`, in the loop over layers?"),
)
def last_layer_penalised_alone(weights, biases):
    return weights[-1:]


@mistake(
    "total_cost.first-layer-penalised-alone",
    step="penalised",
    title="Only the first layer's weights are in the penalty",
    explain="The penalties run over the weights of all layers.",
    hints=("Does the penalty change with the last layer?", "Over which layers does your sum run?"),
)
def first_layer_penalised_alone(weights, biases):
    return weights[:1]


@mistake(
    "total_cost.penalty-not-divided-by-n",
    step="penalty",
    title="The penalties lack the factor 1/n",
    explain=f"{_L1} {_L2} Here n is the number of samples in the data.",
    hints=("Which factors do the penalties have in the contract?", "Where do you divide by `len(data)`?"),
)
def penalty_not_divided_by_n(right, weights, biases, lmbda_L1, lmbda_L2, n):
    return right(weights, biases, lmbda_L1, lmbda_L2, 1)


@mistake(
    "total_cost.penalty-missing",
    step="penalty",
    title="The penalties are missing from the cost",
    explain="The cost contains $\\frac{\\lambda_1}{n} \\sum |w| + \\frac{\\lambda_2}{2n} \\sum w^2$.",
    hints=("Does your cost change with λ?", "Where are `lmbda_L1` and `lmbda_L2` used?"),
)
def penalty_missing(weights, biases, lmbda_L1, lmbda_L2, n):
    return 0.0


@mistake(
    "total_cost.penalty-subtracted",
    step="penalty",
    title="The penalties are subtracted from the cost",
    explain="A penalty makes the cost larger.",
    hints=("Does your cost grow with λ?", "`+` or `-`?"),
)
def penalty_subtracted(right, weights, biases, lmbda_L1, lmbda_L2, n):
    return -right(weights, biases, lmbda_L1, lmbda_L2, n)


@mistake(
    "total_cost.penalties-swapped",
    step="penalty",
    title="λ₁ and λ₂ are swapped in the cost",
    explain="$\\lambda_1$ belongs to $|w|$ and $\\lambda_2$ to $w^2$.",
    hints=("What happens with λ₁ alone?", "Compare the order of the two in the signature and where they are used."),
)
def penalties_swapped_in_cost(right, weights, biases, lmbda_L1, lmbda_L2, n):
    return right(weights, biases, lmbda_L2, lmbda_L1, n)
