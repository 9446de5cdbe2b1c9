"""Mistakes in the gradients of a whole network.

Step: `backward(params, cache, Y, lam)` itself.
"""

import numpy as np

from grader.assignments import mistake


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
