"""Backpropagation: going back through a layer, and the mean over the samples."""

import numpy as np

from assignments.catalogue.sigmoid import logistic
from grader.assignments import Place, mistake

from .penalty_gradient import DW

_CHAIN = "Going back through a hidden layer, $\\delta_{l-1} = (\\delta_l w_l^T) \\odot \\sigma'(z_{l-1})$."


@mistake(
    "gradient.activation-derivative-missing",
    step="hidden_delta",
    title="The derivative of the sigmoid is missing on the way back",
    explain=f"{_CHAIN} Yours leaves $\\sigma'$ out.",
    hints=("Which links has the chain between two layers?", "What stands between one layer's δ and the next?"),
)
def activation_derivative_missing(upstream, z):
    return upstream


@mistake(
    "gradient.value-for-derivative",
    step="hidden_delta",
    title="The gradient is multiplied by the activation instead of the sigmoid's derivative",
    explain=f"{_CHAIN} Yours has $\\sigma(z)$ in the place of $\\sigma'(z)$.",
    hints=("Which function belongs beside the propagated error?", "`sigmoid` or `sigmoid_derivative`?"),
    place=Place(calls="sigmoid"),
)
def value_for_derivative(upstream, z):
    return upstream * logistic(z)


@mistake(
    "gradient.derivative-at-the-activations",
    step="hidden_delta",
    title="The sigmoid's derivative is taken at the activations instead of the pre-activations",
    explain=f"{_CHAIN} `sigmoid_derivative` wants z; given $a = \\sigma(z)$ it applies the sigmoid a second time, and "
    "every slope comes out between 0.197 and 0.25.",
    hints=("Which argument does `sigmoid_derivative` want?", "`zs` or `activations`?"),
    place=Place(calls="sigmoid_derivative"),
)
def derivative_at_the_activations(upstream, z):
    a = logistic(logistic(z))
    return upstream * a * (1 - a)


@mistake(
    "gradient.weights-not-transposed",
    step="propagate",
    title="The weights are not transposed on the way back",
    explain=f"{_CHAIN} δ has n_out columns and w the shape (n_in, n_out), so they meet as $\\delta w^T$.",
    hints=("Write the shapes of δ and w beside each other.", "A `.T` is missing."),
)
def weights_not_transposed(delta, W):
    return delta @ W


_MEAN = "The cost is a mean over the mini-batch, so its gradient is one as well."


@mistake(
    "gradient.weights-summed",
    step="weight_gradient",
    title="The weight gradients are summed over the mini-batch, not averaged",
    explain=f"{_MEAN} Yours is m times too large, like a learning rate that grows with the batch.",
    hints=("How does the gradient change when every sample is given twice?", "Where is the division by m?"),
    place=Place(assigns=DW),
)
def weights_summed(inputs, delta):
    return inputs.T @ delta


@mistake(
    "gradient.weights-averaged-twice",
    step="weight_gradient",
    title="The weight gradients are divided by the size of the mini-batch twice",
    explain=_MEAN,
    hints=("How often do you divide by m?", "Is there a division in the output error as well?"),
    place=Place(assigns=DW),
)
def weights_averaged_twice(inputs, delta):
    return inputs.T @ delta / len(delta) ** 2


@mistake(
    "gradient.weights-of-last-sample",
    step="weight_gradient",
    title="The weight gradients hold the last sample's part only",
    explain=f"{_MEAN} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the gradient change when the first sample does?", "What does your loop do with its total?"),
    place=Place(assigns=DW),
)
def weights_of_last_sample(inputs, delta):
    return np.outer(inputs[-1], delta[-1]) / len(delta)


@mistake(
    "gradient.biases-summed",
    step="bias_gradient",
    title="The bias gradients are summed over the mini-batch, not averaged",
    explain=f"{_MEAN} `np.sum` makes yours m times too large.",
    hints=("How does the gradient change when every sample is given twice?", "`sum` or `mean`?"),
    place=Place(calls="sum"),
)
def biases_summed(delta):
    return delta.sum(axis=0, keepdims=True)


@mistake(
    "gradient.biases-over-the-wrong-axis",
    step="bias_gradient",
    title="The bias gradients are averaged over the units instead of the samples",
    explain=f"{_MEAN} `axis=1` gives one number per sample; a bias needs one per unit.",
    hints=("How many numbers must the gradient of b have?", "Look at the `axis`."),
    place=Place(calls="mean|sum"),
)
def biases_over_the_wrong_axis(delta):
    return np.mean(delta, axis=1, keepdims=True)


@mistake(
    "gradient.biases-one-number",
    step="bias_gradient",
    title="The bias gradients are averaged to one number",
    explain=f"{_MEAN} Without `axis` everything is put together, and all biases move alike.",
    hints=("How many numbers must the gradient of b have?", "An `axis` is missing."),
    place=Place(calls="mean|sum"),
)
def biases_one_number(delta):
    return np.mean(delta)


@mistake(
    "gradient.biases-of-last-sample",
    step="bias_gradient",
    title="The bias gradients hold the last sample's part only",
    explain=f"{_MEAN} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the gradient change when the first sample does?", "What does your loop do with its total?"),
)
def biases_of_last_sample(delta):
    return delta[-1:] / len(delta)
