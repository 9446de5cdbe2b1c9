"""Mistakes in the gradients of L1 and L2 penalties, in a step of gradient descent.

Steps: `l1_gradient(w, lmbda, n)`, `l2_gradient(w, lmbda, n)`, `bias_penalty_gradient(b, lmbda_L1, lmbda_L2, n)`.
"""

import numpy as np

from grader.assignments import Place, mistake

_L1 = "The penalty $\\frac{\\lambda_1}{n} \\sum |w|$ has the gradient $\\frac{\\lambda_1}{n} sign(w)$."
_L2 = "The penalty $\\frac{\\lambda_2}{2n} \\sum w^2$ has the gradient $\\frac{\\lambda_2}{n} w$."
_N = "Here n is the number of samples in the whole training set, not in the mini-batch."


@mistake(
    "update_mini_batch.l1-constant",
    step="l1_gradient",
    title="The L1 penalty pulls every weight in the same direction: sign(w) is missing",
    explain=f"{_L1} Yours is the constant $\\lambda_1 / n$: negative weights are driven away from zero.",
    hints=("What does the penalty do to a negative weight?", "Derive $|w|$ for negative w."),
    place=Place(assigns="weights"),
)
def l1_constant(w, lmbda, n):
    return np.full_like(w, lmbda / n)


@mistake(
    "update_mini_batch.l1-absolute-value",
    step="l1_gradient",
    title="The L1 penalty's gradient is |w| in the place of sign(w)",
    explain=_L1,
    hints=("Derive $|w|$.", "`np.abs` or `np.sign`?"),
    place=Place(assigns="weights"),
)
def l1_absolute_value(w, lmbda, n):
    return lmbda / n * np.abs(w)


@mistake(
    "update_mini_batch.l1-proportional",
    step="l1_gradient",
    title="The L1 penalty shrinks weights in proportion: that is an L2 penalty",
    explain=f"{_L1} Its pull has the same size for every weight.",
    hints=("Does the pull depend on the size of the weight?", "Where is `sign`?"),
    place=Place(assigns="weights"),
)
def l1_proportional(w, lmbda, n):
    return lmbda / n * w


@mistake(
    "update_mini_batch.l1-divided-by-absolute-value",
    step="l1_gradient",
    title="The sign is computed as w/|w|, which is nan for a weight of 0",
    explain=f"{_L1} A weight that is exactly 0 stays where it is: `np.sign(0)` is 0, `0 / 0` is `nan`.",
    hints=("What is `0.0 / 0.0`?", "Which numpy function gives the sign?"),
    place=Place(assigns="weights"),
)
def l1_divided_by_absolute_value(w, lmbda, n):
    return lmbda / n * w / np.abs(w)


@mistake(
    "update_mini_batch.l1-sign-of-zero",
    step="l1_gradient",
    title="A weight of 0 is pulled as if it were negative",
    explain=f"{_L1} At 0 the pull must be 0; `np.where(w > 0, 1, -1)` counts 0 with the negative numbers.",
    hints=("What does your penalty do to a weight that is 0?", "Which values does your sign have?"),
    place=Place(assigns="weights"),
)
def l1_sign_of_zero(w, lmbda, n):
    return lmbda / n * np.where(w > 0, 1.0, -1.0)


@mistake(
    "update_mini_batch.l1-sign-of-zero-positive",
    step="l1_gradient",
    title="A weight of 0 is pulled as if it were positive",
    explain=f"{_L1} At 0 the pull must be 0; `np.where(w >= 0, 1, -1)` counts 0 with the positive numbers.",
    hints=("What does your penalty do to a weight that is 0?", "Which values does your sign have?"),
    place=Place(assigns="weights"),
)
def l1_sign_of_zero_positive(w, lmbda, n):
    return lmbda / n * np.where(w >= 0, 1.0, -1.0)


@mistake(
    "update_mini_batch.l1-summed",
    step="l1_gradient",
    title="The sum of all signs is taken off every weight",
    explain=f"{_L1} Each weight feels its own sign alone.",
    hints=("Is the pull the same for all weights of a layer?", "Is there a `sum` in it?"),
    place=Place(assigns="weights"),
)
def l1_summed(w, lmbda, n):
    return np.full_like(w, lmbda / n * np.sign(w).sum())


@mistake(
    "update_mini_batch.l1-halved",
    step="l1_gradient",
    title="The L1 penalty's gradient is halved",
    explain=f"{_L1} The factor ½ belongs to squares.",
    hints=("Derive $|w|$.", "Where does the ½ come from?"),
    place=Place(assigns="weights"),
)
def l1_halved(right, w, lmbda, n):
    return right(w, lmbda, n) / 2


@mistake(
    "update_mini_batch.l1-not-divided-by-n",
    step="l1_gradient",
    title="The L1 penalty's step lacks the factor 1/n",
    explain=f"{_L1} {_N}",
    hints=("By which factor is the pull too strong?", "Where is `n` used?"),
    place=Place(assigns="weights"),
)
def l1_not_divided_by_n(w, lmbda, n):
    return lmbda * np.sign(w)


@mistake(
    "update_mini_batch.l1-sign",
    step="l1_gradient",
    title="The L1 penalty pushes weights away from zero",
    explain=f"{_L1} It is subtracted like every gradient.",
    hints=("Do weights grow or shrink with λ₁?", "`+` or `-`?"),
    place=Place(assigns="weights"),
)
def l1_sign(right, w, lmbda, n):
    return -right(w, lmbda, n)


@mistake(
    "update_mini_batch.l1-missing",
    step="l1_gradient",
    title="The L1 penalty is missing from the step",
    explain=_L1,
    hints=("Does your step depend on λ₁?", "Where is `lmbda_L1` used?"),
    place=Place(assigns="weights"),
)
def l1_missing(w, lmbda, n):
    return np.zeros_like(w)


@mistake(
    "update_mini_batch.l2-doubled",
    step="l2_gradient",
    title="The L2 penalty's gradient has a factor 2 too much",
    explain=f"{_L2} The ½ of the cost cancels the 2 of the derivative.",
    hints=("Derive $\\frac{1}{2} w^2$.", "Where does the 2 come from?"),
    place=Place(assigns="weights"),
)
def l2_doubled(right, w, lmbda, n):
    return 2 * right(w, lmbda, n)


@mistake(
    "update_mini_batch.l2-halved",
    step="l2_gradient",
    title="The L2 penalty's gradient is halved",
    explain=f"{_L2} The ½ of the cost is used up by the derivative.",
    hints=("Derive $\\frac{1}{2} w^2$.", "Is the cost's ½ in the gradient too?"),
    place=Place(assigns="weights"),
)
def l2_halved(right, w, lmbda, n):
    return right(w, lmbda, n) / 2


@mistake(
    "update_mini_batch.l2-not-divided-by-n",
    step="l2_gradient",
    title="The L2 penalty's step lacks the factor 1/n",
    explain=f"{_L2} {_N}",
    hints=("By which factor is the decay too strong?", "Where is `n` used?"),
    place=Place(assigns="weights"),
)
def l2_not_divided_by_n(w, lmbda, n):
    return lmbda * w


@mistake(
    "update_mini_batch.l2-grows",
    step="l2_gradient",
    title="The weights grow with λ₂: the decay factor is 1 + ηλ/n",
    explain=f"{_L2} It is subtracted: the factor before w is $1 - \\eta \\lambda_2 / n$.",
    hints=("Do weights grow or shrink with λ₂?", "`+` or `-`?"),
    place=Place(assigns="weights"),
)
def l2_grows(right, w, lmbda, n):
    return -right(w, lmbda, n)


@mistake(
    "update_mini_batch.l2-missing",
    step="l2_gradient",
    title="The L2 penalty is missing from the step",
    explain=_L2,
    hints=("Does your step depend on λ₂?", "Where is `lmbda_L2` used?"),
    place=Place(assigns="weights"),
)
def l2_missing(w, lmbda, n):
    return np.zeros_like(w)


@mistake(
    "update_mini_batch.l2-summed",
    step="l2_gradient",
    title="The sum of the weights is taken off every weight",
    explain=f"{_L2} Each weight feels itself alone.",
    hints=("Is the pull the same for all weights of a layer?", "Is there a `sum` in it?"),
    place=Place(assigns="weights"),
)
def l2_summed(w, lmbda, n):
    return np.full_like(w, lmbda / n * w.sum())


@mistake(
    "update_mini_batch.l2-is-l1",
    step="l2_gradient",
    title="The L2 penalty pulls every weight equally: that is an L1 penalty",
    explain=f"{_L2} Its pull is in proportion to the weight.",
    hints=("Does the pull depend on the size of the weight?", "Where does `sign` belong?"),
    place=Place(assigns="weights"),
)
def l2_is_l1(w, lmbda, n):
    return lmbda / n * np.sign(w)


@mistake(
    "update_mini_batch.penalties-swapped",
    step="NN2.update_mini_batch",
    title="λ₁ and λ₂ are swapped: the L1 strength is used for the squares, and the other way round",
    explain=f"{_L1} {_L2}",
    hints=("What happens with λ₁ alone?", "Compare the order of the two in the signature and where they are used."),
)
def penalties_swapped(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
    weights, biases = self.weights, self.biases
    nabla_b, nabla_w = self.backprop(*(np.hstack(part) for part in zip(*mini_batch, strict=True)))
    m = len(mini_batch)
    self.weights = [
        w - eta * (lmbda_L2 / n * np.sign(w) + lmbda_L1 / n * w + dw / m)
        for w, dw in zip(weights, nabla_w, strict=True)
    ]
    self.biases = [b - eta * db / m for b, db in zip(biases, nabla_b, strict=True)]


@mistake(
    "update_mini_batch.biases-penalised",
    step="bias_penalty_gradient",
    title="The L2 penalty shrinks the biases too",
    explain="The penalties are on the weights alone: a bias feels the mean gradient and nothing else.",
    hints=("Do the biases change with λ₂?", "Which parameters does the contract penalise?"),
    place=Place(assigns="biases"),
)
def biases_penalised(b, lmbda_L1, lmbda_L2, n):
    return lmbda_L2 / n * b


@mistake(
    "update_mini_batch.biases-penalised-by-both",
    step="bias_penalty_gradient",
    title="Both penalties act on the biases too",
    explain="The penalties are on the weights alone: a bias feels the mean gradient and nothing else.",
    hints=("Do the biases change with λ₁ and λ₂?", "Which parameters does the contract penalise?"),
    place=Place(assigns="biases"),
)
def biases_penalised_by_both(b, lmbda_L1, lmbda_L2, n):
    return lmbda_L1 / n * np.sign(b) + lmbda_L2 / n * b
