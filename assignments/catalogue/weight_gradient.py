"""Mistakes in the gradient of a layer's weights.

Steps: `weight_gradient(inputs, delta)` and `layer_input(cache, layer)`.
"""

import numpy as np

from grader.assignments import Place, mistake

_WEIGHTS = "The gradient of a layer's weights is $x^T \\delta$: what came in times what goes back, summed over samples."
_DW = "d[wW]\\d*|W|W\\d+|grad_[wW]\\d*|[wW]_grad.*"


@mistake(
    "backward.weight-gradient-averaged-again",
    step="weight_gradient",
    title="The weight gradients are divided by the number of samples once more",
    explain=f"{_WEIGHTS} The factor $1/n$ is in δ already; yours has it twice.",
    hints=("Where does the $1/n$ of the mean come in, and how often?", "Look at the division in the lines of `dW`."),
    place=Place(assigns=_DW),
)
def weight_gradient_averaged_again(inputs, delta):
    return inputs.T @ delta / len(delta)


@mistake(
    "backward.weight-gradient-transposed",
    step="weight_gradient",
    title="The weight gradients are transposed",
    explain=f"{_WEIGHTS} Yours is $\\delta^T x$, with rows and columns exchanged.",
    hints=("Which shape must the gradient of W have?", "Which factor stands first in the product?"),
    place=Place(assigns=_DW),
)
def weight_gradient_transposed(inputs, delta):
    return delta.T @ inputs


@mistake(
    "backward.weight-gradient-of-last-sample",
    step="weight_gradient",
    title="The weight gradients hold the last sample's part only",
    explain=f"{_WEIGHTS} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=(
        "Does the gradient change when the first sample does?",
        "Look at what your loop does with its running total.",
    ),
    place=Place(assigns=_DW),
)
def weight_gradient_of_last_sample(inputs, delta):
    return np.outer(inputs[-1], delta[-1])


@mistake(
    "backward.weight-gradient-of-first-sample",
    step="weight_gradient",
    title="The weight gradients hold the first sample's part only",
    explain=f"{_WEIGHTS} A `return` or `break` inside the loop over samples ends it after the first, or an index "
    "stays 0.",
    hints=("Does the gradient change when the last sample does?", "When does your loop end?"),
    place=Place(assigns=_DW),
)
def weight_gradient_of_first_sample(inputs, delta):
    return np.outer(inputs[0], delta[0])


@mistake(
    "backward.mean-input-times-summed-error",
    step="weight_gradient",
    title="Inputs and errors are averaged separately before they are multiplied",
    explain=f"{_WEIGHTS} The product has to be made for each sample and then summed. A product of averages loses which "
    "input belongs to which error; the result has rank 1.",
    hints=("Which is done first: the product, or the sum over samples?", "Is there a mean or sum on each factor?"),
)
def mean_input_times_summed_error(inputs, delta):
    return np.outer(inputs.mean(axis=0), delta.sum(axis=0))


@mistake(
    "backward.input-missing-in-weight-gradient",
    step="weight_gradient",
    title="The weight gradients leave out the layer's input",
    explain=f"{_WEIGHTS} Yours has the same row for every input, the sum of δ: that is the bias's gradient.",
    hints=("Does the gradient of W change when the inputs double?", "By what must δ be multiplied?"),
    place=Place(assigns=_DW),
)
def input_missing_in_weight_gradient(inputs, delta):
    return np.tile(delta.sum(axis=0), (inputs.shape[1], 1))


@mistake(
    "backward.pre-activation-as-input",
    step="layer_input",
    title="The weight gradients use z instead of the activation a of the layer before",
    explain=f"{_WEIGHTS} What came in is the activation $a = f(z)$ of the layer before, not z.",
    hints=(
        "What did this layer's weights multiply in the forward pass?",
        "z or a: which of them do you take from the cache?",
    ),
    place=Place(assigns=_DW),
)
def pre_activation_as_input(cache, layer):
    inputs, pre_activations = cache
    return inputs[0] if layer == 1 else pre_activations[layer - 2]


@mistake(
    "backward.own-activation-as-input",
    step="layer_input",
    title="The weight gradients use the layer's own output instead of its input",
    explain=f"{_WEIGHTS} The activations are one layer too far: index $l$ instead of $l - 1$.",
    hints=(
        "What did this layer's weights multiply in the forward pass?",
        "Look at the layer's index of the activation.",
    ),
    place=Place(assigns=_DW),
)
def own_activation_as_input(cache, layer):
    inputs, _ = cache
    return inputs[layer]
