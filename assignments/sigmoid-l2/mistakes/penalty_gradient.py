"""The penalty in the gradient: its factor, its form, its layers."""

import numpy as np

from grader.assignments import Place, mistake

SHARE = (
    "λ is meant for the whole training set: the total cost is $\\sum_s C_s + \\frac{\\lambda}{2} \\sum w^2$ over its n "
    "samples. Divided by n it is a mean, $\\frac{1}{n} \\sum_s C_s + \\frac{\\lambda}{2n} \\sum w^2$, and a mini-batch "
    "estimates the first part only; the second is known exactly and keeps its n."
)
_COLLAPSE = (
    " Divided by the m samples of a mini-batch it is n/m times too strong. With m = 10 of 2 000 images every step "
    "takes ηλ/m of each weight away: the weights decay to almost nothing, all images look alike to the network, and it "
    "gives the same class to each of them."
)
_GRADIENT = "The penalty's part of a weight's gradient is $\\frac{\\lambda}{n} w$, n the size of the training set."
_LINE = "Look at the λ term in the lines of the weight gradients."
DW = "d?[wW]\\d*|gradients"


@mistake(
    "gradient.penalty-shared-among-the-batch",
    step="weight_penalty_gradient",
    title="The penalty is divided by the mini-batch's size, not the training set's: it is n/m times too strong",
    explain=SHARE + _COLLAPSE,
    hints=(
        "How does the penalty's part of your gradient change when the mini-batch is twice as large?",
        "Which number does `x.shape[0]` stand for in training, and which one is λ to be divided by?",
    ),
    place=Place(assigns=DW),
)
def penalty_shared_among_the_batch(W, lambd, training_size, batch_size):
    return lambd / batch_size * W


@mistake(
    "gradient.penalty-not-shared",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λw: it is not divided by the size of the training set",
    explain=SHARE + " Yours leaves the 1/n out, so that λ is n times too strong.",
    hints=("By what is the sum of squares divided in the cost?", _LINE),
    place=Place(assigns=DW),
)
def penalty_not_shared(W, lambd, training_size, batch_size):
    return lambd * W


@mistake(
    "gradient.penalty-missing",
    step="weight_penalty_gradient",
    title="The penalty is missing from the gradient",
    explain=f"{_GRADIENT} Yours does not change with λ.",
    hints=("Does your gradient change when λ does?", "Which part of the cost has not been derived?"),
)
def penalty_missing(W, lambd, training_size, batch_size):
    return np.zeros_like(W)


@mistake(
    "gradient.penalty-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λw/n instead of λw/n",
    explain=f"{_GRADIENT} The ½ of the penalty cancels the 2 of the square's derivative.",
    hints=("What is the derivative of $\\frac{\\lambda}{2n} w^2$?", _LINE),
    place=Place(assigns=DW),
)
def penalty_doubled(W, lambd, training_size, batch_size):
    return 2 * lambd / training_size * W


@mistake(
    "gradient.penalty-halved",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λw/(2n) instead of λw/n",
    explain=f"{_GRADIENT} The 2 of the square's derivative cancels the ½ of the penalty.",
    hints=("What is the derivative of $\\frac{\\lambda}{2n} w^2$?", _LINE),
    place=Place(assigns=DW),
)
def penalty_halved(W, lambd, training_size, batch_size):
    return lambd / (2 * training_size) * W


@mistake(
    "gradient.penalty-sign",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the wrong sign",
    explain=f"{_GRADIENT} With a minus each step makes the weights larger.",
    hints=("Should the penalty make the weights larger or smaller?", "Look at the sign of the λ term."),
    place=Place(assigns=DW),
)
def penalty_sign(W, lambd, training_size, batch_size):
    return -lambd / training_size * W


@mistake(
    "gradient.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has w² where w belongs",
    explain=f"{_GRADIENT} Yours adds the penalty's own terms without deriving them.",
    hints=("What is the derivative of a square?", "Has the λ term been derived?"),
    place=Place(assigns=DW),
)
def penalty_squared_weights(W, lambd, training_size, batch_size):
    return lambd / training_size * W**2


@mistake(
    "gradient.penalty-of-l1",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of an L1 penalty",
    explain=f"{_GRADIENT} $\\frac{{\\lambda}}{{n}} \\, \\text{{sign}}(w)$ is the derivative of the sum of $|w|$.",
    hints=("Should large weights be drawn to 0 more strongly than small ones?", "`sign(w)` or w?"),
    place=Place(calls="sign"),
)
def penalty_of_l1(W, lambd, training_size, batch_size):
    return lambd / training_size * np.sign(W)


@mistake(
    "gradient.penalty-sum-of-weights",
    step="weight_penalty_gradient",
    title="The penalty adds the sum of all weights to every weight's gradient",
    explain=f"{_GRADIENT} Each weight needs its own value; `np.sum(w)` is one number, the same for all.",
    hints=("Is the penalty's part the same for all weights?", "Which `sum` of the cost does not survive deriving?"),
    place=Place(calls="sum"),
)
def penalty_sum_of_weights(W, lambd, training_size, batch_size):
    return lambd / training_size * np.sum(W)


@mistake(
    "gradient.penalty-on-biases",
    step="bias_penalty_gradient",
    title="The biases are penalised as well",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of the bias gradients."),
    place=Place(assigns="d?b\\d*|gradients"),
)
def penalty_on_biases(b, lambd, training_size, batch_size):
    return lambd / training_size * b


@mistake(
    "gradient.penalty-on-biases-shared-among-the-batch",
    step="bias_penalty_gradient",
    title="The biases are penalised as well, with λ divided by the size of the mini-batch",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of the bias gradients."),
    place=Place(assigns="d?b\\d*|gradients"),
)
def penalty_on_biases_shared_among_the_batch(b, lambd, training_size, batch_size):
    return lambd / batch_size * b


_EVERY_LAYER = (
    "The weights of every layer are in the penalty, so each of their gradients has its own $\\frac{\\lambda}{n} w$."
)


def last_weights(parts):
    return max(name for name in parts if name.startswith("w"))


@mistake(
    "gradient.penalty-in-last-layer-only",
    step="penalty_gradients",
    title="The penalty is in the last layer's gradient only",
    explain=f"{_EVERY_LAYER} Here the hidden layers' have none: the λ term is missing inside the loop.",
    hints=(
        "Which of your weight gradients change when λ does?",
        "Compare the line before the loop with that inside it.",
    ),
)
def penalty_in_last_layer_only(right, parameters, lambd, training_size, batch_size):
    parts = right(parameters, lambd, training_size, batch_size)
    return {name: part if name == last_weights(parts) else 0 * part for name, part in parts.items()}


@mistake(
    "gradient.penalty-missing-in-last-layer",
    step="penalty_gradients",
    title="The penalty is missing from the last layer's gradient",
    explain=_EVERY_LAYER,
    hints=(
        "Which of your weight gradients change when λ does?",
        "Compare the line before the loop with that inside it.",
    ),
)
def penalty_missing_in_last_layer(right, parameters, lambd, training_size, batch_size):
    parts = right(parameters, lambd, training_size, batch_size)
    return {name: 0 * part if name == last_weights(parts) else part for name, part in parts.items()}
