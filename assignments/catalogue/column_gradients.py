"""Mistakes in the gradients of a layer of columns whose cost is a mean over the samples.

Steps: `propagate(delta, w)`, `weight_gradient(delta, a, m)` and `bias_gradient(delta, m)`. `delta` is the gradient of
each sample's cost, so that the division by the m samples is made here.
"""

import numpy as np

from grader.assignments import Place, mistake

_CHAIN = "Going back, the gradient in a layer's inputs is $w^T \\delta$."
_MEAN = "The cost is a mean over the m samples (columns), so its gradient is one as well."
_DW = "d[wW].*"
_DB = "db.*"


@mistake(
    "backward.weights-not-transposed",
    step="propagate",
    title="The weights are not transposed on the way back",
    explain=f"{_CHAIN} w has the shape (n_out, n_in) and δ has n_out rows, so they meet as $w^T \\delta$.",
    hints=("Write the shapes of w and δ beside each other.", "A `.T` is missing."),
)
def weights_not_transposed(delta, w):
    return w @ delta


@mistake(
    "backward.weight-gradient-summed",
    step="weight_gradient",
    title="The weight gradients are summed over the samples, not averaged",
    explain=_MEAN,
    hints=("How does the gradient change when every sample is given twice?", "Where is the division by m?"),
    place=Place(assigns=_DW),
)
def weight_gradient_summed(delta, a, m):
    return delta @ a.T


@mistake(
    "backward.weight-gradient-averaged-twice",
    step="weight_gradient",
    title="The weight gradients are divided by the number of samples twice",
    explain=_MEAN,
    hints=("How often do you divide by m?", "Is there a division in `dz` as well?"),
    place=Place(assigns=_DW),
)
def weight_gradient_averaged_twice(delta, a, m):
    return delta @ a.T / m**2


@mistake(
    "backward.weight-gradient-over-the-units",
    step="weight_gradient",
    title="The weight gradients are divided by the number of units instead of the samples",
    explain=f"{_MEAN} With columns as samples m is `shape[1]`; `shape[0]` is the number of units.",
    hints=("Which dimension counts the samples?", "`shape[0]` or `shape[1]`?"),
)
def weight_gradient_over_the_units(delta, a, m):
    return delta @ a.T / delta.shape[0]


@mistake(
    "backward.weight-gradient-transposed",
    step="weight_gradient",
    title="The weight gradients are transposed",
    explain="The gradient of w has the shape of w, (n_out, n_in): $\\delta a^T / m$.",
    hints=("Which shape must the gradient of w have?", "Which factor stands first?"),
    place=Place(assigns=_DW),
)
def weight_gradient_transposed(delta, a, m):
    return a @ delta.T / m


@mistake(
    "backward.bias-gradient-summed",
    step="bias_gradient",
    title="The bias gradients are summed over the samples, not averaged",
    explain=_MEAN,
    hints=("How does the gradient change when every sample is given twice?", "Where is the division by m?"),
    place=Place(assigns=_DB),
)
def bias_gradient_summed(delta, m):
    return delta.sum(axis=1, keepdims=True)


@mistake(
    "backward.bias-gradient-one-number",
    step="bias_gradient",
    title="The bias gradients are summed to one number",
    explain=f"{_MEAN} `np.sum` without an axis adds up the units too, and all biases of a layer move alike.",
    hints=("How many numbers must the gradient of b have?", "An `axis` is missing."),
    place=Place(assigns=_DB, calls="sum"),
)
def bias_gradient_one_number(delta, m):
    return np.sum(delta) / m


@mistake(
    "backward.bias-gradient-over-the-units",
    step="bias_gradient",
    title="The bias gradients are summed over the units instead of the samples",
    explain=f"{_MEAN} Columns are samples, so the sum runs along axis 1.",
    hints=("How many numbers must the gradient of b have?", "`axis=0` or `axis=1`?"),
    place=Place(assigns=_DB, calls="sum"),
)
def bias_gradient_over_the_units(delta, m):
    return delta.sum(axis=0, keepdims=True) / m


@mistake(
    "backward.bias-gradient-of-last-sample",
    step="bias_gradient",
    title="The bias gradients hold the last sample's part only",
    explain=f"{_MEAN} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the gradient change when the first sample does?", "What does your loop do with its total?"),
    place=Place(assigns=_DB),
)
def bias_gradient_of_last_sample(delta, m):
    return delta[:, -1:] / m


@mistake(
    "backward.bias-gradient-averaged-twice",
    step="bias_gradient",
    title="The bias gradients are divided by the number of samples twice",
    explain=_MEAN,
    hints=("How often do you divide by m?", "Is there a division around a `mean`, or in `dZ` as well?"),
    place=Place(assigns=_DB),
)
def bias_gradient_averaged_twice(delta, m):
    return delta.sum(axis=1, keepdims=True) / m**2


@mistake(
    "backward.bias-gradient-not-summed",
    step="bias_gradient",
    title="The bias gradients are not summed over the samples",
    explain=f"{_MEAN} The bias is added to every sample, so its gradient has a sum over all of them. Yours still has "
    "a column for each.",
    hints=("How many numbers must the gradient of b have?", "A sum is missing in the lines of `db`."),
    place=Place(assigns=_DB),
)
def bias_gradient_not_summed(delta, m):
    return delta / m


@mistake(
    "backward.bias-gradient-zero",
    step="bias_gradient",
    title="The bias gradients are always 0",
    explain="With a gradient of 0 the biases never move.",
    hints=("Does your code ever write into the gradient of b?", "Print `db` before the return."),
    place=Place(assigns=_DB),
)
def bias_gradient_zero(delta, m):
    return np.zeros((len(delta), 1))


@mistake(
    "backward.weight-gradient-of-last-sample",
    step="weight_gradient",
    title="The weight gradients hold the last sample's part only",
    explain=f"{_MEAN} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the gradient change when the first sample does?", "What does your loop do with its total?"),
    place=Place(assigns=_DW),
)
def weight_gradient_of_last_sample(delta, a, m):
    return delta[:, -1:] @ a[:, -1:].T / m


@mistake(
    "backward.averaged-on-the-way-back",
    step="propagate",
    title="What goes back to the layer before is divided by the number of samples, too",
    explain=f"{_CHAIN} {_MEAN} That division is made once, in the gradients of weights and biases; here it would come "
    "in again at each layer, and the first layers would hardly learn.",
    hints=("By how much do the gradients shrink from layer to layer?", "Which of your lines divide by m?"),
    place=Place(assigns="d[aA].*"),
)
def averaged_on_the_way_back(delta, w):
    return w.T @ delta / delta.shape[1]
