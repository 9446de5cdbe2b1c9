"""The penalty in the cost."""

from grader.assignments import mistake

from .penalty_gradient import SHARE


@mistake(
    "cost.penalty-shared-among-the-batch",
    step="penalty_factor",
    title="The cost's penalty is divided by the number of samples at hand instead of the training set's size",
    explain=SHARE + " Yours gives another penalty for the same weights whenever the batch has another size.",
    hints=(
        "Do the same weights cost the same in a batch of 10 and of 100?",
        "By which number is the sum of squares divided: `x.shape[0]`, or the training set's size?",
    ),
)
def cost_penalty_shared_among_the_batch(lambd, training_size, batch_size):
    return lambd / (2 * batch_size)


@mistake(
    "cost.penalty-not-shared",
    step="penalty_factor",
    title="The cost's penalty is not divided by the size of the training set",
    explain=SHARE,
    hints=("By what is the sum of squares divided in the task?", "Look at the λ term of the cost."),
)
def cost_penalty_not_shared(lambd, training_size, batch_size):
    return lambd / 2


@mistake(
    "cost.half-missing",
    step="penalty_factor",
    title="The ½ of the penalty is missing",
    explain="The penalty is $\\frac{\\lambda}{2n} \\sum w^2$, so that its derivative is $\\frac{\\lambda}{n} w$.",
    hints=("What is the derivative of your penalty?", "Look at the factor before the sum of squares."),
)
def cost_half_missing(lambd, training_size, batch_size):
    return lambd / training_size


@mistake(
    "cost.penalty-missing",
    step="penalty_factor",
    title="The cost does not hold the penalty",
    explain="The cost is the mean cross-entropy plus $\\frac{\\lambda}{2n} \\sum w^2$; yours is the same for every λ.",
    hints=("Does your cost change when λ does?", "Where is `lambd` used?"),
)
def cost_penalty_missing(lambd, training_size, batch_size):
    return 0.0


@mistake(
    "cost.penalty-sign",
    step="penalty_factor",
    title="The penalty is subtracted from the cost",
    explain="With a minus large weights would be rewarded.",
    hints=("Should large weights be expensive or cheap?", "Look at the sign before λ."),
)
def cost_penalty_sign(lambd, training_size, batch_size):
    return -lambd / (2 * training_size)


@mistake(
    "cost.biases-penalised",
    step="penalised",
    title="The biases are in the penalty",
    explain="Only the weights are in the penalty of this task.",
    hints=("Which parameters does the task penalise?", "What does your loop over the parameters go through?"),
)
def biases_penalised(parameters):
    return list(parameters.values())


@mistake(
    "cost.last-layer-penalised-alone",
    step="penalised",
    title="The weights of the last layer alone are in the penalty",
    explain="The penalty sums the squares of the weights of all layers.",
    hints=("Does the cost change with each layer's weights?", "Is it a sum over layers?"),
)
def last_layer_penalised_alone(parameters):
    return [parameters[max(name for name in parameters if name.startswith("w"))]]
