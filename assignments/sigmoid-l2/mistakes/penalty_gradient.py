"""Among how many samples the penalty is shared, and in which layers it is."""

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
DW = "d?[wW]\\d*|gradients"
_EVERY_LAYER = (
    "The weights of every layer are in the penalty, so each of their gradients has its own $\\frac{\\lambda}{n} w$."
)


@mistake(
    "cost.penalty-shared-among-the-batch",
    step="samples_behind_the_cost",
    title="The cost's penalty is divided by the number of samples at hand instead of the training set's size",
    explain=SHARE + " Yours gives another penalty for the same weights whenever the batch has another size.",
    hints=(
        "Do the same weights cost the same in a batch of 10 and of 100?",
        "By which number is the sum of squares divided: `x.shape[0]`, or the training set's size?",
    ),
)
def cost_penalty_shared_among_the_batch(training_size, batch_size):
    return batch_size


@mistake(
    "gradient.penalty-shared-among-the-batch",
    step="samples_behind_the_gradient",
    title="The penalty is divided by the mini-batch's size, not the training set's: it is n/m times too strong",
    explain=SHARE + _COLLAPSE,
    hints=(
        "How does the penalty's part of your gradient change when the mini-batch is twice as large?",
        "Which number does `x.shape[0]` stand for in training, and which one is λ to be divided by?",
    ),
    place=Place(assigns=DW),
)
def penalty_shared_among_the_batch(training_size, batch_size):
    return batch_size


@mistake(
    "gradient.penalty-on-biases-shared-among-the-batch",
    step="penalty_gradients",
    title="The biases are penalised as well, with λ divided by the size of the mini-batch",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of the bias gradients."),
    place=Place(assigns="d?b\\d*|gradients"),
)
def penalty_on_biases_shared_among_the_batch(right, parameters, lambd, training_size, batch_size):
    biases = {name: lambd / batch_size * value for name, value in parameters.items() if name.startswith("b")}
    return right(parameters, lambd, training_size, batch_size) | biases


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
