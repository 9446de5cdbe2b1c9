"""Mistakes in the gradient of an L2 penalty λ/2·Σ‖W‖².

Steps: `weight_penalty_gradient(W, lam, n)` and `bias_penalty_gradient(b, lam, n)`, n the number of samples.
"""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "The penalty $\\frac{\\lambda}{2} \\sum W^2$ adds $\\lambda W$ to the gradient of each weight matrix."
_DW = "d[wW]\\d*|W|W\\d+|grad_[wW]\\d*|[wW]_grad.*"
_DB = "db\\d*|b|b\\d+|grad_b\\d*|b_grad.*"


@mistake(
    "backward.penalty-missing",
    step="weight_penalty_gradient",
    title="The L2 penalty is missing from the gradient",
    explain=f"{_RULE} Yours does not change with λ, so the weights are never drawn towards 0 although the cost says "
    "they "
    "should be.",
    hints=("Does your gradient change when λ does?", "Which part of the cost has not been derived?"),
)
def penalty_missing(W, lam, n):
    return 0 * W


@mistake(
    "backward.penalty-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λW instead of λW",
    explain=f"{_RULE} The ½ of the penalty cancels the 2 of the square's derivative.",
    hints=("What is the derivative of $\\frac{\\lambda}{2} w^2$?", "Where does the 2 come from?"),
    place=Place(assigns=_DW),
)
def penalty_doubled(W, lam, n):
    return 2 * lam * W


@mistake(
    "backward.penalty-halved",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λW/2 instead of λW",
    explain=f"{_RULE} The 2 of the square's derivative cancels the ½.",
    hints=("What is the derivative of $\\frac{\\lambda}{2} w^2$?", "Is the ½ still there after deriving?"),
    place=Place(assigns=_DW),
)
def penalty_halved(W, lam, n):
    return lam / 2 * W


@mistake(
    "backward.penalty-divided-by-samples",
    step="weight_penalty_gradient",
    title="The penalty's gradient is divided by the number of samples",
    explain=f"{_RULE} In this task the penalty is added to the mean cost as it is, without a $1/n$. Divided by the "
    "size of a "
    "mini-batch, its strength depends on the batch size.",
    hints=(
        "Does the penalty in the task depend on the number of samples?",
        "Which parts of the sum does your `/ n` divide?",
    ),
)
def penalty_divided_by_samples(W, lam, n):
    return lam / n * W


@mistake(
    "backward.penalty-divided-by-samples-and-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λW/n instead of λW",
    explain=f"{_RULE} There is neither a 2 nor a $1/n$ in the task's formula.",
    hints=("Derive the penalty of the task.", "Which factors of your term are not in that derivative?"),
)
def penalty_divided_by_samples_and_doubled(W, lam, n):
    return 2 * lam / n * W


@mistake(
    "backward.penalty-times-samples",
    step="weight_penalty_gradient",
    title="The penalty's gradient is multiplied by the number of samples",
    explain=f"{_RULE} It is added once, not once for each sample: in a loop over samples it belongs behind the loop.",
    hints=(
        "How often is the penalty added for a batch of n samples?",
        "Is the term inside a loop or a sum over samples?",
    ),
)
def penalty_times_samples(W, lam, n):
    return n * lam * W


@mistake(
    "backward.penalty-sum-of-weights",
    step="weight_penalty_gradient",
    title="The penalty adds λ·ΣW to every weight's gradient",
    explain=f"{_RULE} Each weight's own value is needed. `np.sum(W)` is one number, the same for all.",
    hints=("Is the penalty's part the same for all weights?", "Which `sum` of the cost does not survive deriving?"),
    place=Place(assigns=_DW, calls="sum"),
)
def penalty_sum_of_weights(W, lam, n):
    return lam * np.sum(W) * np.ones_like(W)


@mistake(
    "backward.penalty-sign",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the wrong sign",
    explain=f"{_RULE} With −λW each step makes the weights larger instead of smaller.",
    hints=("Should the penalty make the weights larger or smaller?", "Look at the sign of the λ term."),
    place=Place(assigns=_DW),
)
def penalty_sign(W, lam, n):
    return -lam * W


@mistake(
    "backward.penalty-of-unsquared-norm",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of the norm, not of its square",
    explain=f"{_RULE} Yours is $\\lambda \\frac{{W}}{{\\lVert W \\rVert}}$, the derivative of $\\lambda \\lVert W "
    "\\rVert$.",
    hints=("How does the penalty's gradient grow when all weights double?", "Look for a norm in the λ term."),
    place=Place(calls="norm"),
)
def penalty_of_unsquared_norm(W, lam, n):
    return lam * W / np.linalg.norm(W)


@mistake(
    "backward.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has W² where W belongs",
    explain=f"{_RULE} Yours adds the penalty's own terms, $\\lambda W^2$, without deriving them; negative weights "
    "are pushed the "
    "wrong way.",
    hints=("What is the derivative of a square?", "Has the λ term been derived?"),
)
def penalty_squared_weights(W, lam, n):
    return lam * W**2


@mistake(
    "backward.penalty-l1",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of an L1 penalty, λ·sign(W)",
    explain=f"{_RULE} $\\lambda \\, \\text{{sign}}(W)$ is the derivative of $\\lambda \\sum |W|$.",
    hints=("Should large weights be drawn to 0 more strongly than small ones?", "`sign(W)` or W?"),
    place=Place(calls="sign"),
)
def penalty_l1(W, lam, n):
    return lam * np.sign(W)


@mistake(
    "backward.penalty-absolute-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the absolute values of the weights",
    explain=f"{_RULE} With $|W|$ negative weights are pushed further away from 0.",
    hints=("In which direction should a negative weight be pushed?", "Look for an `abs` in the λ term."),
    place=Place(calls="abs|absolute"),
)
def penalty_absolute_weights(W, lam, n):
    return lam * np.abs(W)


@mistake(
    "backward.penalty-constant",
    step="weight_penalty_gradient",
    title="The penalty adds λ itself to every weight's gradient",
    explain=f"{_RULE} The factor W is missing, so that all weights are pushed in one direction.",
    hints=(
        "Should a positive and a negative weight be pushed in the same direction?",
        "λ has to be multiplied by what?",
    ),
    place=Place(assigns=_DW),
)
def penalty_constant(W, lam, n):
    return lam * np.ones_like(W)


@mistake(
    "backward.penalty-without-lambda",
    step="weight_penalty_gradient",
    title="The penalty's gradient is W, without λ",
    explain=f"{_RULE} Without the factor λ the penalty is as strong for λ = 0 as for any other.",
    hints=("What should the penalty add for λ = 0?", "Where does `lam` appear in your formula?"),
    place=Place(assigns=_DW),
)
def penalty_without_lambda(W, lam, n):
    return W


@mistake(
    "backward.penalty-on-biases",
    step="bias_penalty_gradient",
    title="The biases are penalised as well: their gradient has an extra λb",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of `db`."),
    place=Place(assigns=_DB),
)
def penalty_on_biases(b, lam, n):
    return lam * b
