"""Mistakes in the steps of an L2 penalty λ/2·Σ‖W‖²: `penalty_factor(lam)`, `squared_norm(W)`, `penalised(params)`."""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "The penalty is $\\frac{\\lambda}{2} \\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every layer."
_SUM = "The sum of the penalty is $\\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every layer."


@mistake(
    "l2_penalty.half-missing",
    step="penalty_factor",
    title="The factor ½ of the penalty is missing",
    explain=f"{_RULE} Yours has λ in front, twice as much. The ½ is there so that the gradient is λ·W, without a 2.",
    hints=("What is the derivative of your penalty?", "Compare the factor in front of the sum."),
)
def half_missing(lam):
    return lam


@mistake(
    "l2_penalty.lambda-missing",
    step="penalty_factor",
    title="The penalty does not depend on λ",
    explain=f"{_RULE} Yours is the same for every λ, and not 0 for λ = 0.",
    hints=("What should the penalty be for λ = 0?", "Where does `lam` appear in your formula?"),
)
def lambda_missing(lam):
    return 0.5


@mistake(
    "l2_penalty.sign",
    step="penalty_factor",
    title="The penalty is negative",
    explain=f"{_RULE} It is added to the cost so that large weights cost something; yours rewards them.",
    hints=("Should large weights make the cost larger or smaller?", "Look at the sign in front."),
)
def sign(lam):
    return -lam / 2


@mistake(
    "l2_penalty.always-zero",
    step="penalty_factor",
    title="The penalty is always 0",
    explain=f"{_RULE} Yours is 0 whatever the weights: the sum never receives anything, or its keys are never found.",
    hints=("Which keys does your loop run over, and which are in `params`?", "Print what is added in each turn."),
)
def always_zero(lam):
    return 0.0


@mistake(
    "l2_penalty.not-squared",
    step="squared_norm",
    title="The weights are not squared: this is an L1 penalty",
    explain=f"{_SUM} Yours adds up absolute values.",
    hints=("By how much should the penalty grow when all weights double?", "`abs` or a square?"),
    place=Place(calls="abs|absolute"),
)
def not_squared(W):
    return np.sum(np.abs(W))


@mistake(
    "l2_penalty.plain-sum",
    step="squared_norm",
    title="The weights are added up without being squared",
    explain=f"{_SUM} In a plain sum positive and negative weights cancel.",
    hints=("Can a penalty be negative?", "What should a weight of −2 add to the sum?"),
    place=Place(calls="sum"),
)
def plain_sum(W):
    return np.sum(W)


@mistake(
    "l2_penalty.norm-not-squared",
    step="squared_norm",
    title="The norm of each weight matrix is added, not its square",
    explain=f"{_SUM} `np.linalg.norm(W)` takes the square root of the sum, $\\lVert W \\rVert$; the penalty has its "
    "square.",
    hints=("By how much should the penalty grow when all weights double?", "What does `np.linalg.norm` return?"),
    place=Place(calls="norm|sqrt"),
)
def norm_not_squared(W):
    return np.linalg.norm(W)


@mistake(
    "l2_penalty.square-of-the-sum",
    step="squared_norm",
    title="The sum of the weights is squared, instead of each weight",
    explain=f"{_SUM} $(\\sum W)^2$ is not $\\sum W^2$: before squaring, weights of opposite sign cancel.",
    hints=("Which is done first in your line, the square or the sum?", "Try the weights 1 and −1."),
    place=Place(calls="sum"),
)
def square_of_the_sum(W):
    return np.sum(W) ** 2


@mistake(
    "l2_penalty.mean-of-squares",
    step="squared_norm",
    title="The squares are averaged instead of summed",
    explain=f"{_SUM} `np.mean` divides by the number of weights, so that a large layer counts no more than a small "
    "one, and a gradient in proportion to W does not belong to it.",
    hints=("Should a layer with more weights have a larger penalty?", "`mean` or `sum`?"),
    place=Place(calls="mean"),
)
def mean_of_squares(W):
    return np.mean(W**2)


@mistake(
    "l2_penalty.matrix-product",
    step="squared_norm",
    title="The weights are multiplied as a matrix product instead of entry by entry",
    explain=f"{_SUM} `W.T @ W` holds the products of every two columns as well; only its diagonal has the squares.",
    hints=("Which products should be in the sum?", "`@` or `*`?"),
    place=Place(calls="dot|matmul|sum"),
)
def matrix_product(W):
    return np.sum(W.T @ W)


@mistake(
    "l2_penalty.biases-included",
    step="penalised",
    title="The biases are penalised as well",
    explain=f"{_SUM} Biases are left out: they shift an activation and do not make the function steeper.",
    hints=("Which entries of `params` does your loop visit?", "Only keys that begin with W belong in the sum."),
)
def biases_included(params):
    return list(params.values())


@mistake(
    "l2_penalty.last-layer-only",
    step="penalised",
    title="Only the last layer's weights are in the penalty",
    explain=f"{_SUM} In a loop, `=` instead of `+=` keeps the last layer's part alone.",
    hints=("Does the penalty change when W1 does?", "Look at what your loop does with its running total."),
)
def last_layer_only(params):
    return [params[f"W{sum(key.startswith('W') for key in params)}"]]


@mistake(
    "l2_penalty.first-layer-only",
    step="penalised",
    title="Only the first layer's weights are in the penalty",
    explain=f"{_SUM} A `return` inside the loop, or a single key, leaves the other layers out.",
    hints=("Does the penalty change when W2 does?", "When does your loop end?"),
)
def first_layer_only(params):
    return [params["W1"]]


@mistake(
    "l2_penalty.last-layer-left-out",
    step="penalised",
    title="The last layer's weights are left out of the penalty",
    explain=f"{_SUM} `range(1, L)` ends before L.",
    hints=("Does the penalty change when the last layer's weights do?", "Where does your `range` end?"),
    place=Place(calls="range"),
)
def last_layer_left_out(params):
    depth = sum(key.startswith("W") for key in params)
    return [params[f"W{layer}"] for layer in range(1, depth)]


@mistake(
    "l2_penalty.two-layers-only",
    step="penalised",
    title="The penalty is written for two layers: W1 and W2 are named in the code",
    explain=f"{_SUM} A network may have any number of layers. With one there is no W2, and with three the third is "
    "left out.",
    hints=("What does your function do with a network of one layer, and of three?", "Count the layers from `params`."),
    place=Place(calls="sum"),
)
def two_layers_only(params):
    return [params["W1"], params["W2"]]
