"""Mistakes in propagating an error back through layers.

Steps: `layer_input(cache, layer)`, `propagate(delta, W)`, `activation_derivative(upstream, z)` for ReLU,
`weight_gradient(inputs, delta)`, `bias_gradient(delta)`, and `backward(params, cache, Y, lam)` itself.
"""

import numpy as np

from grader.assignments import Place, mistake

_CHAIN = "Going back through a hidden layer, $\\delta_{l-1} = (\\delta_l W_l^T) \\odot f'(z_{l-1})$."
_SLOPE = "Going back through ReLU, what arrives is multiplied by its derivative at z, $\\delta = g \\odot f'(z)$."
_WEIGHTS = "The gradient of a layer's weights is $x^T \\delta$: what came in times what goes back, summed over samples."
_BIASES = "The bias is added to every sample, so its gradient is the sum of $\\delta$ over the samples, one per unit."
_DB = "db\\d*|b|b\\d+|grad_b\\d*|b_grad.*"
_DW = "d[wW]\\d*|W|W\\d+|grad_[wW]\\d*|[wW]_grad.*"


# The derivative of the activation


@mistake(
    "backward.activation-derivative-missing",
    step="activation_derivative",
    title="The derivative of ReLU is missing on the way back",
    explain=f"{_SLOPE} For ReLU $f'$ is 1 where $z > 0$ and 0 elsewhere. Without it the units that were switched off "
    "in the "
    "forward pass are corrected as if they had taken part.",
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


# Weights


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


# Biases


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


# The result


@mistake(
    "backward.negated",
    step="backward",
    title="All gradients have the wrong sign",
    explain="Every gradient, the penalty's part included, is −1 times the right one. The function returns the "
    "gradient, the "
    "direction in which the cost grows; the minus sign belongs to the update, $W - \\eta \\, dW$.",
    hints=("In which direction does the cost grow?", "Where does the minus sign of gradient descent belong?"),
)
def negated(right, params, cache, Y, lam):
    return {key: -gradient for key, gradient in right(params, cache, Y, lam).items()}


@mistake(
    "backward.always-zero",
    step="backward",
    title="All gradients are 0",
    explain="The arrays are made and never filled, or everything is cut off on the way: by integer arrays, by a mask "
    "that is "
    "never true, or because the results go into other variables than those that are returned.",
    hints=("At which line does δ become 0?", "Is what you compute what you return?"),
)
def always_zero(right, params, cache, Y, lam):
    return {key: np.zeros_like(gradient) for key, gradient in right(params, cache, Y, lam).items()}


@mistake(
    "backward.returns-the-parameters",
    step="backward",
    title="The parameters are returned instead of their gradients",
    explain="The result has the right keys and shapes, and holds the weights and biases themselves.",
    hints=("Compare what you return with `params`.", "Which dict do you fill, and which do you return?"),
)
def returns_the_parameters(params, cache, Y, lam):
    return dict(params)


@mistake(
    "backward.keys-with-d",
    step="backward",
    title="The keys of the result are `dW1`, `db1`, …; the task asks for `W1`, `b1`, …",
    explain="The gradients are right. The result must have the keys of `params`, so that the two can be walked through "
    "together: `params[key] - lr * grads[key]`.",
    hints=("Which keys does the docstring promise?", "Drop the d from the keys."),
)
def keys_with_d(right, params, cache, Y, lam):
    return {f"d{key}": gradient for key, gradient in right(params, cache, Y, lam).items()}


@mistake(
    "backward.weights-and-biases-exchanged",
    step="backward",
    title="The weight and bias gradients of each layer are exchanged",
    explain="What is stored under the key of the weights is the gradient of the biases, and the reverse: two "
    "returned values "
    "were taken in the other order.",
    hints=(
        'Which shape does `grads["W1"]` have, and which `W1`?',
        "In which order are `dW` and `db` returned and taken?",
    ),
)
def weights_and_biases_exchanged(right, params, cache, Y, lam):
    exchanged = {"W": "b", "b": "W"}
    gradients = right(params, cache, Y, lam)
    return {key: gradients[exchanged[key[0]] + key[1:]] for key in gradients}
