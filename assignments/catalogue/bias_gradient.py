"""Mistakes in the gradient of a layer's biases.

Step: `bias_gradient(delta)`.
"""

import numpy as np

from grader.assignments import Place, mistake

_BIASES = "The bias is added to every sample, so its gradient is the sum of $\\delta$ over the samples, one per unit."
_DB = "db\\d*|b|b\\d+|grad_b\\d*|b_grad.*"


@mistake(
    "backward.bias-gradient-averaged-again",
    step="bias_gradient",
    title="The bias gradients are averaged once more",
    explain=f"{_BIASES} The factor $1/n$ is in δ already, so it is `sum`, not `mean`.",
    hints=("Where does the $1/n$ of the mean come in, and how often?", "`sum` or `mean` in the lines of `db`?"),
    place=Place(assigns=_DB),
)
def bias_gradient_averaged_again(delta):
    return delta.mean(axis=0)


@mistake(
    "backward.bias-gradient-per-sample",
    step="bias_gradient",
    title="The bias gradients are summed over the wrong axis",
    explain=f"{_BIASES} With `axis=1` the units of each sample are added up: one number per sample. At the output "
    "these are "
    "all 0, since the rows of $p - y$ sum to 0.",
    hints=("How many numbers must the gradient of b have?", "Look at the `axis` of the sum."),
    place=Place(assigns=_DB),
)
def bias_gradient_per_sample(delta):
    return delta.sum(axis=1)


@mistake(
    "backward.bias-gradient-one-number",
    step="bias_gradient",
    title="The bias gradients are summed to one number",
    explain=f"{_BIASES} `np.sum` without `axis` adds up everything. At the output that is 0, since the rows of $p - "
    "y$ sum to "
    "0, so the bias never moves; elsewhere all units get the same.",
    hints=("How many numbers must the gradient of b have?", "The sum needs an `axis`."),
    place=Place(assigns=_DB),
)
def bias_gradient_one_number(delta):
    return delta.sum()


@mistake(
    "backward.bias-gradient-not-summed",
    step="bias_gradient",
    title="The bias gradients are not summed over the samples",
    explain=f"{_BIASES} Yours is δ itself, one row per sample.",
    hints=("How many numbers must the gradient of b have?", "A sum is missing in the lines of `db`."),
    place=Place(assigns=_DB),
)
def bias_gradient_not_summed(delta):
    return delta


@mistake(
    "backward.bias-gradient-of-last-sample",
    step="bias_gradient",
    title="The bias gradients hold the last sample's part only",
    explain=f"{_BIASES} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=(
        "Does the gradient change when the first sample does?",
        "Look at what your loop does with its running total.",
    ),
    place=Place(assigns=_DB),
)
def bias_gradient_of_last_sample(delta):
    return delta[-1]


@mistake(
    "backward.bias-gradient-of-last-sample-not-averaged",
    step="bias_gradient",
    title="The bias gradients hold the last sample's part only, and are not divided by the number of samples",
    explain=f"{_BIASES} Yours is $p - y$ of the last sample, carried back to the layer: neither the sum over the "
    "samples nor the factor $1/n$ of the mean is in it. The weights' gradients have both.",
    hints=(
        "Does the gradient change when the first sample does?",
        "What do the lines of `dW` do with the samples and with $1/n$ that those of `db` do not?",
    ),
    place=Place(assigns=_DB),
)
def bias_gradient_of_last_sample_not_averaged(delta):
    return delta[-1] * len(delta)


@mistake(
    "backward.bias-gradient-of-first-sample",
    step="bias_gradient",
    title="The bias gradients hold the first sample's part only",
    explain=f"{_BIASES} Yours is `delta[0]`.",
    hints=("Does the gradient change when the last sample does?", "Is `delta[0]` a sum over axis 0?"),
    place=Place(assigns=_DB),
)
def bias_gradient_of_first_sample(delta):
    return delta[0]


@mistake(
    "backward.bias-gradient-zero",
    step="bias_gradient",
    title="The bias gradients are always 0",
    explain=f"{_BIASES} With 0 the biases never move.",
    hints=("Does your code ever write into the gradient of b?", "Print `db` before the return."),
    place=Place(assigns=_DB),
)
def bias_gradient_zero(delta):
    return np.zeros(delta.shape[1])
