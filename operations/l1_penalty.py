"""An L1 penalty on weights, and its part of the gradients."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from operations.texts import DW, SHARED_AMONG_THE_BATCH
from reference import l1_penalty as formula


def words(*, shared):
    return {"rate": "\\frac{\\lambda_1}{n}" if shared else "\\lambda_1"}


l1_penalty = Operation(formula, words=words)

_RULE = "The penalty $<rate> \\sum |w|$ has the gradient $<rate> sign(w)$."
_COST = "The L1 penalty is $<rate> \\sum |w|$."


def weights(rng):
    """Of both signs, one of them 0, where |w| has no derivative and the pull is 0."""
    w = rng.normal(size=(4, 3))
    w[1, 2] = 0.0
    return w


@l1_penalty.check("l1_norm", share=1, title="The sum of the absolute values")
def l1_norm_values(student, solution, rng):
    w = weights(rng)
    expect(student.l1_norm(w), "Σ|w|").close_to(solution.l1_norm(w))


@l1_penalty.check("l1_gradient", share=2, title="The pull on weights of both signs, and on one that is 0")
def l1_gradient_values(student, solution, rng):
    for lam, n in ((0.37, 7), (2.5, 3)):
        w = weights(rng)
        expect(student.l1_gradient(w, lam, n), f"the gradient for λ = {lam}").close_to(solution.l1_gradient(w, lam, n))


@l1_penalty.mistake(
    "backward.l1-constant",
    step="l1_gradient",
    title="The L1 penalty pulls every weight in the same direction: sign(w) is missing",
    explain=f"{_RULE} Yours is the constant $\\lambda_1 / n$: negative weights are driven away from zero.",
    hints=("What does the penalty do to a negative weight?", "Derive $|w|$ for negative w."),
    place=Place(assigns=DW),
)
def l1_constant(right, w, lam, n):
    return right(np.ones_like(w), lam, n)


@l1_penalty.mistake(
    "backward.l1-absolute-value",
    step="l1_gradient",
    title="The L1 penalty's gradient is |w| in the place of sign(w)",
    explain=_RULE,
    hints=("Derive $|w|$.", "`np.abs` or `np.sign`?"),
    place=Place(assigns=DW),
)
def l1_absolute_value(right, w, lam, n):
    return right(np.ones_like(w), lam, n) * np.abs(w)


@l1_penalty.mistake(
    "backward.l1-proportional",
    step="l1_gradient",
    title="The L1 penalty shrinks weights in proportion: that is an L2 penalty",
    explain=f"{_RULE} Its pull has the same size for every weight.",
    hints=("Does the pull depend on the size of the weight?", "Where is `sign`?"),
    place=Place(assigns=DW),
)
def l1_proportional(right, w, lam, n):
    return right(np.ones_like(w), lam, n) * w


@l1_penalty.mistake(
    "backward.l1-divided-by-absolute-value",
    step="l1_gradient",
    title="The sign is computed as w/|w|, which is nan for a weight of 0",
    explain=f"{_RULE} A weight that is exactly 0 stays where it is: `np.sign(0)` is 0, `0 / 0` is `nan`.",
    hints=("What is `0.0 / 0.0`?", "Which numpy function gives the sign?"),
    place=Place(assigns=DW),
)
def l1_divided_by_absolute_value(right, w, lam, n):
    return right(np.ones_like(w), lam, n) * w / np.abs(w)


@l1_penalty.mistake(
    "backward.l1-sign-of-zero",
    step="l1_gradient",
    title="A weight of 0 is pulled as if it were negative",
    explain=f"{_RULE} At 0 the pull must be 0; yours counts it as negative, as `np.where(w > 0, 1, -1)` does.",
    hints=("What does your penalty do to a weight that is 0?", "Which values does your sign have?"),
    place=Place(assigns=DW),
)
def l1_sign_of_zero(right, w, lam, n):
    return right(np.where(w > 0, 1.0, -1.0), lam, n)


@l1_penalty.mistake(
    "backward.l1-sign-of-zero-positive",
    step="l1_gradient",
    title="A weight of 0 is pulled as if it were positive",
    explain=f"{_RULE} At 0 the pull must be 0; yours counts it as positive, as `np.where(w >= 0, 1, -1)` does.",
    hints=("What does your penalty do to a weight that is 0?", "Which values does your sign have?"),
    place=Place(assigns=DW),
)
def l1_sign_of_zero_positive(right, w, lam, n):
    return right(np.where(w >= 0, 1.0, -1.0), lam, n)


@l1_penalty.mistake(
    "backward.l1-summed",
    step="l1_gradient",
    title="The sum of all signs is taken off every weight",
    explain=f"{_RULE} Each weight feels its own sign alone.",
    hints=("Is the pull the same for all weights of a layer?", "Is there a `sum` in it?"),
    place=Place(assigns=DW),
)
def l1_summed(right, w, lam, n):
    return np.full_like(w, right(w, lam, n).sum())


@l1_penalty.mistake(
    "backward.l1-halved",
    step="l1_gradient",
    title="The L1 penalty's gradient is halved",
    explain=f"{_RULE} The factor ½ belongs to squares.",
    hints=("Derive $|w|$.", "Where does the ½ come from?"),
    place=Place(assigns=DW),
)
def l1_halved(right, w, lam, n):
    return right(w, lam, n) / 2


@l1_penalty.mistake(
    "backward.l1-not-divided-by-n",
    step="l1_gradient",
    title="The L1 penalty's gradient lacks the factor 1/n",
    explain=f"{_RULE} Here n is the number of samples in the whole training set, not in the mini-batch.",
    hints=("By which factor is the pull too strong?", "Where is `n` used?"),
    place=Place(assigns=DW),
    only={"shared": True},
)
def l1_not_divided_by_n(right, w, lam, n):
    return n * right(w, lam, n)


@l1_penalty.mistake(
    "backward.l1-shared-among-the-batch",
    step="samples_behind_the_l1_gradient",
    title=f"The L1 penalty is {SHARED_AMONG_THE_BATCH}",
    explain=f"{_RULE} Here n counts the samples of the whole training set: λ₁ is meant for all of it, and each of "
    "its mini-batches of m samples takes its share. Divided by m every step of a weight is n/m times too long.",
    hints=("Is the pull of λ₁ the same in a mini-batch of 1 and of 10?", "`n` or the length of the mini-batch?"),
    place=Place(assigns=DW),
    only={"shared": True},
)
def l1_shared_among_the_batch(training_size, batch_size):
    return batch_size


@l1_penalty.mistake(
    "backward.l1-sign",
    step="l1_gradient",
    title="The L1 penalty pushes weights away from zero",
    explain=f"{_RULE} It is subtracted like every gradient.",
    hints=("Do weights grow or shrink with λ₁?", "`+` or `-`?"),
    place=Place(assigns=DW),
)
def l1_sign(right, w, lam, n):
    return -right(w, lam, n)


@l1_penalty.mistake(
    "backward.l1-missing",
    step="l1_gradient",
    title="The L1 penalty is missing from the gradient",
    explain=_RULE,
    hints=("Does your step depend on λ₁?", "Where is λ₁ used?"),
    place=Place(assigns=DW),
)
def l1_missing(right, w, lam, n):
    return 0 * right(w, lam, n)


@l1_penalty.mistake(
    "l1_penalty.without-absolute-value",
    step="l1_norm",
    title="The L1 penalty sums the weights without taking absolute values",
    explain=f"{_COST} Positive and negative weights cancel in your sum, and it may become negative.",
    hints=("Can your penalty be negative?", "Which function is missing?"),
)
def l1_without_absolute_value(w):
    return np.sum(w)


@l1_penalty.mistake(
    "l1_penalty.halved",
    step="l1_norm",
    title="The L1 penalty has a factor ½",
    explain=f"{_COST} The ½ belongs to squares.",
    hints=("By which factor is your penalty too small?", "Compare the factors with the contract's."),
)
def l1_cost_halved(right, w):
    return right(w) / 2


@l1_penalty.mistake(
    "l1_penalty.of-squares",
    step="l1_norm",
    title="The L1 penalty sums squares",
    explain=_COST,
    hints=("How does your penalty grow when the weights double?", "Squares or absolute values?"),
)
def l1_of_squares(w):
    return np.sum(w**2)


@l1_penalty.mistake(
    "backward.l1-without-lambda",
    step="l1_gradient",
    title="The L1 penalty's gradient does not depend on λ",
    explain=f"{_RULE} In yours the strength of the penalty is missing.",
    hints=("What does the gradient become if λ is doubled?", "Which factor stands before the sum in the penalty?"),
    place=Place(assigns=DW),
)
def l1_without_lambda(right, w, lam, n):
    return right(w, 1.0, n)
