"""An L2 penalty λ/2·Σ‖W‖², and its part of the gradients."""

import numpy as np

from grader.assignments import Operation, Place, Quantities
from grader.checks import expect
from operations.networks import DEEP, LAM, network
from operations.texts import DB, DW
from reference import l2_penalty as formula

l2_penalty = Operation(formula)

_RULE = "The penalty is $\\frac{\\lambda}{2} \\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every layer."
_SUM = "The sum of the penalty is $\\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every layer."
_GRADIENT = "The penalty $\\frac{\\lambda}{2} \\sum W^2$ adds $\\lambda W$ to the gradient of each weight matrix."


@l2_penalty.check("l2_penalty", share=3, title="Three layers, λ = 0.37")
def values(student, solution, rng):
    params = network(rng, DEEP)
    expect(student.l2_penalty(params, LAM), "the penalty").close_to(solution.l2_penalty(params, LAM))


@l2_penalty.check("l2_penalty", share=1, title="Biases are not penalised")
def biases(student, rng):
    params = {key: value if key.startswith("b") else 0 * value for key, value in network(rng, DEEP).items()}
    expect(student.l2_penalty(params, LAM), "the penalty of weights that are all 0").close_to(0.0)


@l2_penalty.check("l2_penalty", share=2, title="One layer and five, other values of λ")
def depths(student, solution, rng):
    for sizes, lam in [((3, 2), 2.5), ((3, 4, 2, 5, 3, 6), 0.01), ((4, 3), 0.0)]:
        params = network(rng, sizes)
        penalty = student.l2_penalty(params, lam)
        expect(penalty, f"the penalty of {len(sizes) - 1} layers, λ = {lam}").close_to(solution.l2_penalty(params, lam))


@l2_penalty.quantities("l2_penalty")
def in_a_penalty(solution, params, lam, *, weight):
    """λ and the number of layers; the squares of weights and of biases."""
    weights = _weights(params, weight)
    others = [value for key, value in params.items() if not key.startswith(weight)]
    terms = {
        "the sum of the squared weights": sum(np.sum(W**2) for W in weights),
        "the sum of the squared biases": sum(np.sum(b**2) for b in others),
    }
    return Quantities({"λ": float(lam), "L": float(len(weights))}, terms)


def _weights(params, weight):
    return [value for key, value in params.items() if key.startswith(weight)]


@l2_penalty.mistake(
    "l2_penalty.half-missing",
    step="penalty_factor",
    title="The factor ½ of the penalty is missing",
    explain=f"{_RULE} Yours has λ in front, twice as much. The ½ is there so that the gradient is λ·W, without a 2.",
    hints=("What is the derivative of your penalty?", "Compare the factor in front of the sum."),
)
def half_missing(lam):
    return lam


@l2_penalty.mistake(
    "l2_penalty.lambda-missing",
    step="penalty_factor",
    title="The penalty does not depend on λ",
    explain=f"{_RULE} Yours is the same for every λ, and not 0 for λ = 0.",
    hints=("What should the penalty be for λ = 0?", "Where does `lam` appear in your formula?"),
)
def lambda_missing(lam):
    return 0.5


@l2_penalty.mistake(
    "l2_penalty.sign",
    step="penalty_factor",
    title="The penalty is negative",
    explain=f"{_RULE} It is added to the cost so that large weights cost something; yours rewards them.",
    hints=("Should large weights make the cost larger or smaller?", "Look at the sign in front."),
)
def sign(lam):
    return -lam / 2


@l2_penalty.mistake(
    "l2_penalty.always-zero",
    step="penalty_factor",
    title="The penalty is always 0",
    explain=f"{_RULE} Yours is 0 whatever the weights: the sum never receives anything, or its keys are never found.",
    hints=("Which keys does your loop run over, and which are in `params`?", "Print what is added in each turn."),
)
def always_zero(lam):
    return 0.0


@l2_penalty.mistake(
    "l2_penalty.not-squared",
    step="squared_norm",
    title="The weights are not squared: this is an L1 penalty",
    explain=f"{_SUM} Yours adds up absolute values.",
    hints=("By how much should the penalty grow when all weights double?", "`abs` or a square?"),
    place=Place(calls="abs|absolute"),
)
def not_squared(W):
    return np.sum(np.abs(W))


@l2_penalty.mistake(
    "l2_penalty.plain-sum",
    step="squared_norm",
    title="The weights are added up without being squared",
    explain=f"{_SUM} In a plain sum positive and negative weights cancel.",
    hints=("Can a penalty be negative?", "What should a weight of −2 add to the sum?"),
    place=Place(calls="sum"),
)
def plain_sum(W):
    return np.sum(W)


@l2_penalty.mistake(
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


@l2_penalty.mistake(
    "l2_penalty.square-of-the-sum",
    step="squared_norm",
    title="The sum of the weights is squared, instead of each weight",
    explain=f"{_SUM} $(\\sum W)^2$ is not $\\sum W^2$: before squaring, weights of opposite sign cancel.",
    hints=("Which is done first in your line, the square or the sum?", "Try the weights 1 and −1."),
    place=Place(calls="sum"),
)
def square_of_the_sum(W):
    return np.sum(W) ** 2


@l2_penalty.mistake(
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


@l2_penalty.mistake(
    "l2_penalty.matrix-product",
    step="squared_norm",
    title="The weights are multiplied as a matrix product instead of entry by entry",
    explain=f"{_SUM} `W.T @ W` holds the products of every two columns as well; only its diagonal has the squares.",
    hints=("Which products should be in the sum?", "`@` or `*`?"),
    place=Place(calls="dot|matmul|sum"),
)
def matrix_product(W):
    return np.sum(W.T @ W)


@l2_penalty.mistake(
    "l2_penalty.biases-included",
    step="penalised",
    title="The biases are penalised as well",
    explain=f"{_SUM} Biases are left out: they shift an activation and do not make the function steeper.",
    hints=("Which entries of `params` does your loop visit?", "Only keys that begin with W belong in the sum."),
)
def biases_included(params):
    return list(params.values())


@l2_penalty.mistake(
    "l2_penalty.last-layer-only",
    step="penalised",
    title="Only the last layer's weights are in the penalty",
    explain=f"{_SUM} In a loop, `=` instead of `+=` keeps the last layer's part alone.",
    hints=("Does the penalty change when W1 does?", "Look at what your loop does with its running total."),
)
def last_layer_only(params, *, weight):
    return _weights(params, weight)[-1:]


@l2_penalty.mistake(
    "l2_penalty.first-layer-only",
    step="penalised",
    title="Only the first layer's weights are in the penalty",
    explain=f"{_SUM} A `return` inside the loop, or a single key, leaves the other layers out.",
    hints=("Does the penalty change when W2 does?", "When does your loop end?"),
)
def first_layer_only(params, *, weight):
    return _weights(params, weight)[:1]


@l2_penalty.mistake(
    "l2_penalty.last-layer-left-out",
    step="penalised",
    title="The last layer's weights are left out of the penalty",
    explain=f"{_SUM} `range(1, L)` ends before L.",
    hints=("Does the penalty change when the last layer's weights do?", "Where does your `range` end?"),
    place=Place(calls="range"),
)
def last_layer_left_out(params, *, weight):
    return _weights(params, weight)[:-1]


@l2_penalty.mistake(
    "l2_penalty.two-layers-only",
    step="penalised",
    title="The penalty is written for two layers: W1 and W2 are named in the code",
    explain=f"{_SUM} A network may have any number of layers. With one there is no W2, and with three the third is "
    "left out.",
    hints=("What does your function do with a network of one layer, and of three?", "Count the layers from `params`."),
    place=Place(calls="sum"),
)
def two_layers_only(params, *, weight):
    return [params[f"{weight}1"], params[f"{weight}2"]]


@l2_penalty.mistake(
    "backward.penalty-missing",
    step="weight_penalty_gradient",
    title="The L2 penalty is missing from the gradient",
    explain=f"{_GRADIENT} Yours does not change with λ, so the weights are never drawn towards 0 although the cost "
    "says they should be.",
    hints=("Does your gradient change when λ does?", "Which part of the cost has not been derived?"),
)
def penalty_missing(W, lam, n):
    return 0 * W


@l2_penalty.mistake(
    "backward.penalty-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λW instead of λW",
    explain=f"{_GRADIENT} The ½ of the penalty cancels the 2 of the square's derivative.",
    hints=("What is the derivative of $\\frac{\\lambda}{2} w^2$?", "Where does the 2 come from?"),
    place=Place(assigns=DW),
)
def penalty_doubled(W, lam, n):
    return 2 * lam * W


@l2_penalty.mistake(
    "backward.penalty-halved",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λW/2 instead of λW",
    explain=f"{_GRADIENT} The 2 of the square's derivative cancels the ½.",
    hints=("What is the derivative of $\\frac{\\lambda}{2} w^2$?", "Is the ½ still there after deriving?"),
    place=Place(assigns=DW),
)
def penalty_halved(W, lam, n):
    return lam / 2 * W


@l2_penalty.mistake(
    "backward.penalty-divided-by-samples",
    step="weight_penalty_gradient",
    title="The penalty's gradient is divided by the number of samples",
    explain=f"{_GRADIENT} In this task the penalty is added to the mean cost as it is, without a $1/n$. Divided by the "
    "size of a "
    "mini-batch, its strength depends on the batch size.",
    hints=(
        "Does the penalty in the task depend on the number of samples?",
        "Which parts of the sum does your `/ n` divide?",
    ),
)
def penalty_divided_by_samples(W, lam, n):
    return lam / n * W


@l2_penalty.mistake(
    "backward.penalty-divided-by-samples-and-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λW/n instead of λW",
    explain=f"{_GRADIENT} There is neither a 2 nor a $1/n$ in the task's formula.",
    hints=("Derive the penalty of the task.", "Which factors of your term are not in that derivative?"),
)
def penalty_divided_by_samples_and_doubled(W, lam, n):
    return 2 * lam / n * W


@l2_penalty.mistake(
    "backward.penalty-times-samples",
    step="weight_penalty_gradient",
    title="The penalty's gradient is multiplied by the number of samples",
    explain=f"{_GRADIENT} It is added once, not once for each sample: in a loop over samples it belongs behind the "
    "loop.",
    hints=(
        "How often is the penalty added for a batch of n samples?",
        "Is the term inside a loop or a sum over samples?",
    ),
)
def penalty_times_samples(W, lam, n):
    return n * lam * W


@l2_penalty.mistake(
    "backward.penalty-sum-of-weights",
    step="weight_penalty_gradient",
    title="The penalty adds λ·ΣW to every weight's gradient",
    explain=f"{_GRADIENT} Each weight's own value is needed. `np.sum(W)` is one number, the same for all.",
    hints=("Is the penalty's part the same for all weights?", "Which `sum` of the cost does not survive deriving?"),
    place=Place(assigns=DW, calls="sum"),
)
def penalty_sum_of_weights(W, lam, n):
    return lam * np.sum(W) * np.ones_like(W)


@l2_penalty.mistake(
    "backward.penalty-sign",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the wrong sign",
    explain=f"{_GRADIENT} With −λW each step makes the weights larger instead of smaller.",
    hints=("Should the penalty make the weights larger or smaller?", "Look at the sign of the λ term."),
    place=Place(assigns=DW),
)
def penalty_sign(W, lam, n):
    return -lam * W


@l2_penalty.mistake(
    "backward.penalty-of-unsquared-norm",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of the norm, not of its square",
    explain=f"{_GRADIENT} Yours is $\\lambda \\frac{{W}}{{\\lVert W \\rVert}}$, the derivative of $\\lambda \\lVert W "
    "\\rVert$.",
    hints=("How does the penalty's gradient grow when all weights double?", "Look for a norm in the λ term."),
    place=Place(calls="norm"),
)
def penalty_of_unsquared_norm(W, lam, n):
    return lam * W / np.linalg.norm(W)


@l2_penalty.mistake(
    "backward.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has W² where W belongs",
    explain=f"{_GRADIENT} Yours adds the penalty's own terms, $\\lambda W^2$, without deriving them; negative weights "
    "are pushed the "
    "wrong way.",
    hints=("What is the derivative of a square?", "Has the λ term been derived?"),
)
def penalty_squared_weights(W, lam, n):
    return lam * W**2


@l2_penalty.mistake(
    "backward.penalty-l1",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of an L1 penalty, λ·sign(W)",
    explain=f"{_GRADIENT} $\\lambda \\, \\text{{sign}}(W)$ is the derivative of $\\lambda \\sum |W|$.",
    hints=("Should large weights be drawn to 0 more strongly than small ones?", "`sign(W)` or W?"),
    place=Place(calls="sign"),
)
def penalty_l1(W, lam, n):
    return lam * np.sign(W)


@l2_penalty.mistake(
    "backward.penalty-absolute-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the absolute values of the weights",
    explain=f"{_GRADIENT} With $|W|$ negative weights are pushed further away from 0.",
    hints=("In which direction should a negative weight be pushed?", "Look for an `abs` in the λ term."),
    place=Place(calls="abs|absolute"),
)
def penalty_absolute_weights(W, lam, n):
    return lam * np.abs(W)


@l2_penalty.mistake(
    "backward.penalty-constant",
    step="weight_penalty_gradient",
    title="The penalty adds λ itself to every weight's gradient",
    explain=f"{_GRADIENT} The factor W is missing, so that all weights are pushed in one direction.",
    hints=(
        "Should a positive and a negative weight be pushed in the same direction?",
        "λ has to be multiplied by what?",
    ),
    place=Place(assigns=DW),
)
def penalty_constant(W, lam, n):
    return lam * np.ones_like(W)


@l2_penalty.mistake(
    "backward.penalty-without-lambda",
    step="weight_penalty_gradient",
    title="The penalty's gradient is W, without λ",
    explain=f"{_GRADIENT} Without the factor λ the penalty is as strong for λ = 0 as for any other.",
    hints=("What should the penalty add for λ = 0?", "Where does `lam` appear in your formula?"),
    place=Place(assigns=DW),
)
def penalty_without_lambda(W, lam, n):
    return W


@l2_penalty.mistake(
    "backward.penalty-on-biases",
    step="bias_penalty_gradient",
    title="The biases are penalised as well: their gradient has an extra λb",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of `db`."),
    place=Place(assigns=DB),
)
def penalty_on_biases(b, lam, n):
    return lam * b
