"""Mistakes in propagating an error back through a hidden layer.

Steps: `propagate(delta, W)` and `activation_derivative(upstream, z)` for ReLU.
"""

import numpy as np

from grader.assignments import Place, mistake

_CHAIN = "Going back through a hidden layer, $\\delta_{l-1} = (\\delta_l W_l^T) \\odot f'(z_{l-1})$."
_SLOPE = "Going back through ReLU, what arrives is multiplied by its derivative at z, $\\delta = g \\odot f'(z)$."


# The derivative of the activation


@mistake(
    "backward.activation-derivative-missing",
    step="activation_derivative",
    title="The derivative of ReLU is missing on the way back",
    explain=f"{_SLOPE} For ReLU $f'$ is 1 where $z > 0$ and 0 elsewhere. Without it the units that were switched off "
    "in the forward pass are corrected as if they had taken part.",
    hints=(
        "Which units had no influence on the output for a given sample? What is their gradient?",
        "What stands between one layer's δ and the next?",
    ),
)
def activation_derivative_missing(upstream, z):
    return upstream


@mistake(
    "backward.mask-from-the-gradient",
    step="activation_derivative",
    title="ReLU's mask is taken from the gradient instead of from the forward pass",
    explain=f"{_SLOPE} $f'(z)$ asks whether z was positive in the forward pass. Yours asks whether the gradient is "
    "positive, "
    "and drops every negative correction.",
    hints=("Which quantity decided in the forward pass whether a unit is on?", "What do you compare with 0?"),
)
def mask_from_the_gradient(upstream, z):
    return upstream * (upstream > 0)


@mistake(
    "backward.mask-inverted",
    step="activation_derivative",
    title="ReLU's mask is inverted: the gradient flows where the units were off",
    explain=f"{_SLOPE} $f'(z)$ is 1 where $z > 0$. Yours is 1 where $z < 0$.",
    hints=("Through which units did the signal pass on its way forward?", "Look at the direction of the `<` or `>`."),
)
def mask_inverted(upstream, z):
    return upstream * (z < 0)


@mistake(
    "backward.activation-instead-of-derivative",
    step="activation_derivative",
    title="The gradient is multiplied by ReLU itself instead of by its derivative",
    explain=f"{_SLOPE} $f'(z)$ is 0 or 1 for ReLU. Yours multiplies with $\\max(0, z)$, the value.",
    hints=("Which values can the derivative of ReLU have?", "`relu(z)` or `z > 0`?"),
    place=Place(calls="relu|maximum"),
)
def activation_instead_of_derivative(upstream, z):
    return upstream * np.maximum(z, 0)


@mistake(
    "backward.multiplied-by-z",
    step="activation_derivative",
    title="The gradient is multiplied by z instead of by the derivative of ReLU",
    explain=f"{_SLOPE} $f'(z)$ is 0 or 1 for ReLU; yours is z.",
    hints=("Which values can the derivative of ReLU have?", "A comparison with 0 is missing."),
)
def multiplied_by_z(upstream, z):
    return upstream * z


@mistake(
    "backward.sigmoid-derivative-of-z",
    step="activation_derivative",
    title="The derivative of the sigmoid is used for ReLU layers",
    explain=f"{_SLOPE} Yours has $\\sigma(z) (1 - \\sigma(z))$, but the hidden layers use ReLU, with $f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
)
def sigmoid_derivative_of_z(upstream, z):
    s = 1 / (1 + np.exp(-z))
    return upstream * s * (1 - s)


@mistake(
    "backward.sigmoid-derivative-of-a",
    step="activation_derivative",
    title="The derivative of the sigmoid, $a (1 - a)$, is used for ReLU layers",
    explain=f"{_SLOPE} $a (1 - a)$ is the derivative of a sigmoid, written with its output. The hidden layers use "
    "ReLU, with "
    "$f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
)
def sigmoid_derivative_of_a(upstream, z):
    a = np.maximum(z, 0)
    return upstream * a * (1 - a)


@mistake(
    "backward.tanh-derivative",
    step="activation_derivative",
    title="The derivative of tanh is used for ReLU layers",
    explain=f"{_SLOPE} Yours has $1 - a^2$, the derivative of tanh; the hidden layers use ReLU, with $f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
)
def tanh_derivative(upstream, z):
    return upstream * (1 - np.maximum(z, 0) ** 2)


@mistake(
    "backward.tanh-derivative-of-z",
    step="activation_derivative",
    title="The derivative of tanh, $1 - \\tanh(z)^2$, is used for ReLU layers",
    explain=f"{_SLOPE} The hidden layers use ReLU, with $f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
    place=Place(calls="tanh"),
)
def tanh_derivative_of_z(upstream, z):
    return upstream * (1 - np.tanh(z) ** 2)


@mistake(
    "backward.leaky-derivative",
    step="activation_derivative",
    title="The derivative of the leaky ReLU is used: 0.01 where it should be 0",
    explain=f"{_SLOPE} The forward pass uses the plain ReLU, whose derivative for negative z is 0.",
    hints=("What does a unit that is off contribute?", "Look for the slope 0.01."),
)
def leaky_derivative(upstream, z):
    return upstream * np.where(z > 0, 1, 0.01)


# From layer to layer


@mistake(
    "backward.weights-not-transposed",
    step="propagate",
    title="The weights are not transposed on the way back",
    explain=f"{_CHAIN} W has the shape (n_in, n_out); δ has n_out columns, so it meets $W^T$.",
    hints=("Write the shapes of δ and W beside each other: which dimensions meet?", "A `.T` is missing."),
)
def weights_not_transposed(delta, W):
    return delta @ W


@mistake(
    "backward.averaged-at-every-layer",
    step="propagate",
    title="The gradient is divided by the number of samples again at every layer",
    explain="The factor $1/n$ of the mean comes in once, at the output, and is in every δ from then on. Dividing "
    "again at "
    "each layer makes the first layers' gradients $n$, $n^2$, … times too small; they hardly learn.",
    hints=(
        "Is the last layer's gradient right? How many times too small is the one before?",
        "Look for `/ n` in the loop.",
    ),
)
def averaged_at_every_layer(delta, W):
    return delta @ W.T / len(delta)
