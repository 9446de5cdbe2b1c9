"""The penalty in the cost."""

import numpy as np

from grader.assignments import Place, Quantities
from grader.assignments.knowledge import number
from grader.checks import expect
from operations.l2_penalty.operation import HALVED, SHARED, SOME_LAYERS, UNSHARED, WHOLE, l2_penalty
from operations.lessons import penalties as lessons
from operations.networks import DEEP, LAM, network
from operations.texts import BIASES_PENALISED

_SUM = "<its_sum>"
_COST = ".*([rR]eg|[pP]enalty|[lL]2).*"


def among(n, shared):
    """The number of samples, where the penalty is divided by it."""
    return (n,) if shared else ()


@l2_penalty.check("l2_penalty", share=3, title="Three layers, λ = 0.37")
def values(student, solution, rng, *, shared):
    given = network(rng, DEEP), LAM, *among(9, shared)
    expect(student.l2_penalty(*given), "the penalty").close_to(solution.l2_penalty(*given))


@l2_penalty.check("l2_penalty", share=1, title="Biases are not penalised")
def biases(student, rng, *, shared):
    params = {key: value if key.startswith("b") else 0 * value for key, value in network(rng, DEEP).items()}
    penalty = student.l2_penalty(params, LAM, *among(9, shared))
    expect(penalty, "the penalty of weights that are all 0").close_to(0.0)


@l2_penalty.check("l2_penalty", share=2, title="One layer and five, other values of λ")
def depths(student, solution, rng, *, shared):
    for sizes, lam in [((3, 2), 2.5), ((3, 4, 2, 5, 3, 6), 0.01), ((4, 3), 0.0)]:
        given = network(rng, sizes), lam, *among(5, shared)
        penalty = student.l2_penalty(*given)
        expect(penalty, f"the penalty of {len(sizes) - 1} layers, λ = {lam}").close_to(solution.l2_penalty(*given))


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


@l2_penalty.by_hand("l2_penalty", only=UNSHARED)
def penalty_by_hand(arguments, path, index, *, weight, halved):
    """The square of every weight."""
    params, lam = arguments
    weights = np.concatenate([W.ravel() for W in _weights(params, weight)])
    return f"{number(lam)}{' / 2' * halved} * ({' + '.join(f'{number(w)}**2' for w in weights)})"


def _weights(params, weight):
    return [value for key, value in params.items() if key.startswith(weight)]


@l2_penalty.mistake(
    "l2_penalty.half-missing",
    step="penalty_factor",
    title="The factor ½ of <penalty> is missing",
    explain="<its_cost> Without the ½ it is twice as much, and the gradient $<rate> <w>$ has a 2 in front.",
    hints=("What is the derivative of your penalty?", "Compare the factor in front of the sum."),
    place=Place(assigns=_COST),
    only=HALVED,
)
def half_missing(right, lam, n):
    return 2 * right(lam, n)


@l2_penalty.mistake(
    "l2_penalty.halved",
    step="penalty_factor",
    title="<Penalty> has a factor ½ that the task's has not",
    explain="<its_cost> Yours is half as much. With a ½ the gradient would have no 2; that of the task has one.",
    hints=("What is your penalty for a single weight of 1?", "Compare the factor in front of the sum."),
    place=Place(assigns=_COST),
    only=WHOLE,
)
def halved_penalty(right, lam, n):
    return right(lam, n) / 2


@l2_penalty.mistake(
    "l2_penalty.not-divided-by-the-samples",
    step="penalty_factor",
    title="<Penalty> is not divided by the number of samples: <unshared_factor> instead of <plain_factor>",
    explain="<its_cost> Yours is <n> times too strong.",
    hints=("Does your penalty change with the number of samples?", "Look at what stands before the sum of squares."),
    place=Place(assigns=_COST),
    only=SHARED,
)
def not_divided_by_the_samples(right, lam, n):
    return n * right(lam, n)


@l2_penalty.mistake(
    "l2_penalty.lambda-alone",
    step="penalty_factor",
    title="The factor of <penalty> is λ, instead of λ/(2<n>)",
    explain="<its_cost> Yours has neither the ½ nor the division by <n>.",
    hints=("Does your penalty change with the number of samples?", "Look at what stands before the sum of squares."),
    place=Place(assigns=_COST),
    only=SHARED | HALVED,
)
def lambda_alone(lam, n):
    return lam


@l2_penalty.mistake(
    "l2_penalty.multiplied-by-the-samples",
    step="penalty_factor",
    title="<Penalty> is multiplied by the number of samples: `<lam> / 2 * <n>` instead of `<lam> / (2 * <n>)`",
    explain="<its_cost> Without parentheses Python divides by 2 and then multiplies by <n>.",
    hints=("Should the penalty grow or shrink with <n>?", "In which order does Python compute `a / 2 * <n>`?"),
    place=Place(assigns=_COST),
    only=SHARED | HALVED,
)
def multiplied_by_the_samples(lam, n):
    return lam / 2 * n


@l2_penalty.mistake(
    "l2_penalty.divided-by-the-samples-twice",
    step="penalty_factor",
    title="<Penalty> is divided by the number of samples twice",
    explain="<its_cost> Yours has $<n>^2$: one $1/<n>$ stands before the penalty, and one before the whole cost.",
    hints=("How often is your λ term divided by <n>?", "Which parts of the cost are inside your `1/<n> * (…)`?"),
    place=Place(assigns=_COST),
    only=SHARED,
)
def divided_by_the_samples_twice(right, lam, n):
    return right(lam, n) / n


@l2_penalty.mistake(
    "l2_penalty.quarter",
    step="penalty_factor",
    title="<Penalty> is halved twice",
    explain="<its_cost>",
    hints=(
        "By which number does what λ adds differ from the formula?",
        "Look at what stands before the sum of squares.",
    ),
    place=Place(assigns=_COST),
    only=HALVED,
)
def quarter(right, lam, n):
    return right(lam, n) / 2


@l2_penalty.mistake(
    "l2_penalty.lambda-missing",
    step="penalty_factor",
    title="<Penalty> does not depend on λ",
    explain="<its_cost> Yours is the same for every λ, and not 0 for λ = 0.",
    hints=("What should the penalty be for λ = 0?", "Where does `<lam>` appear in your formula?"),
    place=Place(assigns=_COST),
)
def lambda_missing(right, lam, n):
    return right(1, n)


@l2_penalty.mistake(
    "l2_penalty.sign",
    step="penalty_factor",
    title="<Penalty> is negative: it is subtracted from the cost",
    explain="<its_cost> It is added to the cost so that large weights cost something; yours rewards them.",
    hints=("Should large weights make the cost larger or smaller?", "Look at the sign in front."),
    place=Place(assigns=_COST),
)
def sign(right, lam, n):
    return -right(lam, n)


@l2_penalty.mistake(
    "l2_penalty.always-zero",
    step="penalty_factor",
    title="<Penalty> is 0, or next to it, whatever λ is",
    explain="<its_cost> Either what is summed is far less than that, or the sum never receives anything, or it is not "
    "added to what is returned.",
    hints=("What changes in your result when λ doubles?", "Print what is added in each turn, and what is returned."),
)
def always_zero(right, lam, n):
    return 0.0 * right(lam, n)


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
    title=BIASES_PENALISED,
    explain=f"{_SUM} Biases are left out: they shift an activation and do not make the function steeper.",
    hints=("Does your penalty change when a bias does?", "Only the weights belong in the sum."),
)
def biases_included(params):
    return list(params.values())


@l2_penalty.mistake(
    "l2_penalty.last-layer-only",
    step="penalised",
    title="Only the last layer's weights are in the penalty",
    explain=f"{_SUM} In a loop, `=` instead of `+=` keeps the last layer's part alone.",
    hints=("Does the penalty change when W1 does?", "Look at what your loop does with its running total."),
    family=SOME_LAYERS,
)
def last_layer_only(params, *, weight):
    return _weights(params, weight)[-1:]


@l2_penalty.mistake(
    "l2_penalty.first-layer-only",
    step="penalised",
    title="Only the first layer's weights are in the penalty",
    explain=f"{_SUM} A loop that ends in its first turn leaves the other layers out, and so does a single key.",
    hints=("Does the penalty change when W2 does?", "When does your loop end?"),
    family=SOME_LAYERS,
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
    family=SOME_LAYERS,
)
def last_layer_left_out(params, *, weight):
    return _weights(params, weight)[:-1]


@l2_penalty.mistake(
    "l2_penalty.second-layer-left-out",
    step="penalised",
    title="The second layer's weights are left out of the penalty",
    explain=f"{_SUM} Yours has those of the other layers alone.",
    hints=("Does the penalty change when W2 does?", "Which names are in your sum?"),
    family=SOME_LAYERS,
)
def second_layer_left_out(params, *, weight):
    first, *others = _weights(params, weight)
    return [first, *others[1:]]


@l2_penalty.mistake(
    "l2_penalty.two-layers-only",
    step="penalised",
    title="<Penalty> is written for two layers: W1 and W2 are named in the code",
    explain=f"{_SUM} A network may have any number of layers. With one there is no W2, and with three the third is "
    "left out.",
    hints=("What does your function do with a network of one layer, and of three?", "Count the layers from `params`."),
    place=Place(calls="sum"),
)
def two_layers_only(params, *, weight):
    return [params[f"{weight}1"], params[f"{weight}2"]]


@l2_penalty.mistake(
    "l2_penalty.first-two-layers-alone",
    step="penalised",
    title="Only the weights of the first two layers are in the penalty",
    explain=f"{_SUM} A network may have more than two, and its other weights are then free to grow.",
    hints=("Which weights of a network of three layers are in your penalty?", "Are names of layers written out?"),
    family=SOME_LAYERS,
)
def first_two_layers_alone(right, params):
    return right(params)[:2]


@l2_penalty.mistake(
    "l2_penalty.first-layer-left-out",
    step="penalised",
    title="The first layer's weights are left out of the penalty",
    explain=f"{_SUM} Yours begins with the second layer.",
    hints=("Does the penalty change when W1 does?", "Where does your sum, or your `range`, begin?"),
    family=SOME_LAYERS,
)
def first_layer_left_out(params, *, weight):
    return _weights(params, weight)[1:]


l2_penalty.teach(
    {
        "l2_penalty.half-missing": lessons.FACTOR,
        "l2_penalty.quarter": lessons.FACTOR,
        "l2_penalty.not-divided-by-the-samples": lessons.NOT_SHARED,
        "l2_penalty.lambda-missing": lessons.WITHOUT_LAMBDA,
        "l2_penalty.sign": lessons.SIGN,
        "l2_penalty.always-zero": lessons.ALWAYS_ZERO,
        "l2_penalty.not-squared": lessons.NOT_SQUARED,
        "l2_penalty.norm-not-squared": lessons.NOT_SQUARED,
        "l2_penalty.biases-included": lessons.BIASES_INCLUDED,
        "l2_penalty.last-layer-only": lessons.SOME_LAYERS,
        "l2_penalty.first-layer-only": lessons.SOME_LAYERS,
        "l2_penalty.last-layer-left-out": lessons.SOME_LAYERS,
        "l2_penalty.first-layer-left-out": lessons.SOME_LAYERS,
    }
)
