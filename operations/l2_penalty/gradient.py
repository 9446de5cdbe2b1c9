"""The penalty's part of the gradients."""

import numpy as np

from grader.assignments import Place
from operations.l2_penalty.operation import HALVED, SHARED, UNSHARED, l2_penalty
from operations.lessons import penalties as lessons
from operations.texts import BIASES_PENALISED, DB, DW


@l2_penalty.mistake(
    "backward.penalty-missing",
    step="weight_penalty_gradient",
    title="<L2_penalty> is missing from the gradient",
    explain="<its_gradient> Yours does not change with λ, so what is penalised is never drawn towards 0 although the "
    "cost says that it should be.",
    hints=("Does your gradient change when λ does?", "Which part of the cost has not been derived?"),
)
def penalty_missing(right, W, lam, n):
    return 0 * right(W, lam, n)


@l2_penalty.mistake(
    "backward.penalty-doubled",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is 2<slope> instead of <slope>: the 2 of the square has a ½ to cancel",
    explain="<its_gradient> The ½ of the penalty cancels the 2 of the square's derivative.",
    hints=("What is the derivative of $<factor> <w>^2$?", "Where does the 2 come from?"),
    place=Place(assigns=DW),
    only=HALVED,
)
def penalty_doubled(right, W, lam, n):
    return 2 * right(W, lam, n)


@l2_penalty.mistake(
    "backward.penalty-halved",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is <half_slope> instead of <slope>: <why_half>",
    explain="<its_gradient> <half>",
    hints=("What is the derivative of $<factor> <w>^2$?", "<where_half>"),
    place=Place(assigns=DW),
)
def penalty_halved(right, W, lam, n):
    return right(W, lam, n) / 2


@l2_penalty.mistake(
    "backward.penalty-divided-by-samples",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is divided by the number of samples",
    explain="<its_gradient> In this task the penalty is added to the mean cost as it is, without a $1/n$. Divided by "
    "the size of a mini-batch, its strength depends on the batch size.",
    hints=(
        "Does the penalty in the task depend on the number of samples?",
        "Which parts of the sum does your `/ n` divide?",
    ),
    only=UNSHARED,
)
def penalty_divided_by_samples(right, W, lam, n):
    return right(W, lam, n) / n


@l2_penalty.mistake(
    "backward.penalty-divided-by-samples-and-doubled",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is 2λW/n instead of λW",
    explain="<its_gradient> There is neither a 2 nor a $1/n$ in the task's formula.",
    hints=("Derive the penalty of the task.", "Which factors of your term are not in that derivative?"),
    only=UNSHARED | HALVED,
)
def penalty_divided_by_samples_and_doubled(right, W, lam, n):
    return 2 * right(W, lam, n) / n


@l2_penalty.mistake(
    "backward.penalty-times-samples",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is multiplied by the number of samples",
    explain="<its_gradient> It is added once, not once for each sample: in a loop over samples it belongs behind the "
    "loop.",
    hints=(
        "How often is the penalty added for a batch of n samples?",
        "Is the term inside a loop or a sum over samples?",
    ),
    only=UNSHARED,
)
def penalty_times_samples(right, W, lam, n):
    return n * right(W, lam, n)


@l2_penalty.mistake(
    "backward.penalty-not-divided-by-the-samples",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is not divided by the number of samples: <unshared_slope> instead of <slope>",
    explain="<its_gradient> In the cost the penalty stands beside a mean, with $\\frac{1}{<n>}$ before both.",
    hints=("What is the derivative of $<factor> <w>^2$?", "Look at the λ term in the lines of `dW`."),
    place=Place(assigns=DW),
    only=SHARED,
)
def penalty_not_divided_by_the_samples(right, W, lam, n):
    return n * right(W, lam, n)


@l2_penalty.mistake(
    "backward.penalty-divided-by-the-samples-twice",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is divided by the number of samples twice",
    explain="<its_gradient> Yours has $<n>^2$: the λ term stands in a parenthesis that is divided by <n> once more.",
    hints=("How often is your λ term divided by <n>?", "Which terms does your `1/<n> * (…)` hold?"),
    place=Place(assigns=DW),
    only=SHARED,
)
def penalty_divided_by_the_samples_twice(right, W, lam, n):
    return right(W, lam, n) / n


@l2_penalty.mistake(
    "backward.penalty-halved-and-not-divided",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is λ/2·W instead of λ/<n>·W",
    explain="<its_gradient> The 2 that comes down from the square cancels the ½, and the division by <n> stays.",
    hints=("What is the derivative of $<factor> <w>^2$?", "Look at the λ term in the lines of `dW`."),
    place=Place(assigns=DW),
    only=SHARED | HALVED,
)
def penalty_halved_and_not_divided(right, W, lam, n):
    return n * right(W, lam, n) / 2


@l2_penalty.mistake(
    "backward.penalty-sum-of-weights",
    step="weight_penalty_gradient",
    title="<Penalty> adds the sum of all weights to every weight's gradient",
    explain="<its_gradient> Each weight's own value is needed. `np.sum(W)` is one number, the same for all.",
    hints=("Is the penalty's part the same for all weights?", "Which `sum` of the cost does not survive deriving?"),
    place=Place(assigns=DW, calls="sum"),
)
def penalty_sum_of_weights(right, W, lam, n):
    return right(np.full_like(W, np.sum(W)), lam, n)


@l2_penalty.mistake(
    "backward.penalty-sum-of-squares",
    step="weight_penalty_gradient",
    title="<Penalty> itself, a sum of squares, is added to every entry of the gradient",
    explain="<its_gradient> What belongs there is the penalty's derivative, not the penalty.",
    hints=("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the λ term."),
    place=Place(assigns=DW, calls="sum"),
)
def penalty_sum_of_squares(right, W, lam, n):
    return right(np.full_like(W, np.sum(W**2) / 2), lam, n)


@l2_penalty.mistake(
    "backward.penalty-sign",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient has the wrong sign",
    explain="<its_gradient> With a minus sign each step makes what is penalised larger instead of smaller.",
    hints=("Should the penalty make what it is on larger or smaller?", "Look at the sign of the λ term."),
    place=Place(assigns=DW),
)
def penalty_sign(right, W, lam, n):
    return -right(W, lam, n)


@l2_penalty.mistake(
    "backward.penalty-of-unsquared-norm",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is that of the norm, not of its square",
    explain="<its_gradient> Yours has $\\frac{W}{\\lVert W \\rVert}$, the derivative of $\\lVert W \\rVert$.",
    hints=("How does the penalty's gradient grow when all weights double?", "Look for a norm in the λ term."),
    place=Place(calls="norm"),
)
def penalty_of_unsquared_norm(right, W, lam, n):
    return right(W / np.linalg.norm(W), lam, n)


@l2_penalty.mistake(
    "backward.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient has W² where W belongs",
    explain="<its_gradient> Yours adds the penalty's own terms without deriving them; negative weights are pushed the "
    "wrong way.",
    hints=("What is the derivative of a square?", "Has the λ term been derived?"),
)
def penalty_squared_weights(right, W, lam, n):
    return right(W**2, lam, n)


@l2_penalty.mistake(
    "backward.penalty-l1",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient is that of an L1 penalty: the sign of <w> instead of <w>",
    explain="<its_gradient> $sign(<w>)$ is the derivative of $\\sum |<w>|$.",
    hints=("Should large values be drawn to 0 more strongly than small ones?", "`sign(<w>)` or <w>?"),
    place=Place(calls="sign"),
)
def penalty_l1(right, W, lam, n):
    return right(np.sign(W), lam, n)


@l2_penalty.mistake(
    "backward.penalty-absolute-weights",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient has the absolute values of the weights",
    explain="<its_gradient> With $|W|$ negative weights are pushed further away from 0.",
    hints=("In which direction should a negative weight be pushed?", "Look for an `abs` in the λ term."),
    place=Place(calls="abs|absolute"),
)
def penalty_absolute_weights(right, W, lam, n):
    return right(np.abs(W), lam, n)


@l2_penalty.mistake(
    "backward.penalty-constant",
    step="weight_penalty_gradient",
    title="<Penalty> adds <rate_alone> itself to every weight's gradient: the weights are missing in it",
    explain="<its_gradient> The factor W is missing, so that all weights are pushed in one direction.",
    hints=(
        "Should a positive and a negative weight be pushed in the same direction?",
        "λ has to be multiplied by what?",
    ),
    place=Place(assigns=DW),
)
def penalty_constant(right, W, lam, n):
    return right(np.ones_like(W), lam, n)


@l2_penalty.mistake(
    "backward.penalty-without-lambda",
    step="weight_penalty_gradient",
    title="<Penalty>'s gradient does not depend on λ",
    explain="<its_gradient> Without the factor λ the penalty is as strong for λ = 0 as for any other.",
    hints=("What should the penalty add for λ = 0?", "Where does `<lam>` appear in your formula?"),
    place=Place(assigns=DW),
)
def penalty_without_lambda(right, W, lam, n):
    return right(W, 1, n)


@l2_penalty.mistake(
    "backward.penalty-on-biases",
    step="bias_penalty_gradient",
    title=f"{BIASES_PENALISED}: their gradient has an extra λ term",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of `db`."),
    place=Place(assigns=DB),
)
def penalty_on_biases(b, lam, n, *, shared, halved):
    return (1 if halved else 2) * (lam / n if shared else lam) * b


l2_penalty.teach(
    {
        "backward.penalty-missing": lessons.MISSING_IN_GRADIENT,
        "backward.penalty-doubled": lessons.GRADIENT_FACTOR,
        "backward.penalty-halved": lessons.GRADIENT_FACTOR,
        "backward.penalty-divided-by-samples": lessons.GRADIENT_PER_BATCH,
        "backward.penalty-times-samples": lessons.GRADIENT_PER_BATCH,
        "backward.penalty-sum-of-weights": lessons.GRADIENT_ONE_NUMBER,
        "backward.penalty-sign": lessons.SIGN,
        "backward.penalty-on-biases": lessons.ON_BIASES,
    }
)
