"""Known mistakes of this assignment; those of its kind of network are in the catalogue that assignments share."""

import numpy as np

from assignments.catalogue import forward, gradient_descent, l2_penalty, predict, sigmoid, sigmoid_output
from assignments.catalogue.sigmoid import logistic
from grader.assignments import Place, mistake, probe, shared

MISTAKES = shared(
    sigmoid,
    forward.bias_missing,
    forward.bias_subtracted,
    forward.bias_summed,
    forward.no_hidden_activation,
    forward.tanh_in_hidden_layers,
    forward.weights_transposed,
    forward.elementwise_product,
    sigmoid_output,
    gradient_descent,
    l2_penalty.not_squared,
    l2_penalty.plain_sum,
    l2_penalty.norm_not_squared,
    l2_penalty.square_of_the_sum,
    l2_penalty.mean_of_squares,
    predict,
)

_SHARE = (
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
_DW = "d?[wW]\\d*|gradients"


# The penalty in the gradient


@mistake(
    "gradient.penalty-shared-among-the-batch",
    step="weight_penalty_gradient",
    title="The penalty is divided by the mini-batch's size, not the training set's: it is n/m times too strong",
    explain=_SHARE + _COLLAPSE,
    hints=(
        "How does the penalty's part of your gradient change when the mini-batch is twice as large?",
        "Which number does `x.shape[0]` stand for in training, and which one is λ to be divided by?",
    ),
    place=Place(assigns=_DW),
)
def penalty_shared_among_the_batch(W, lambd, training_size, batch_size):
    return lambd / batch_size * W


@mistake(
    "gradient.penalty-not-shared",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λw: it is not divided by the size of the training set",
    explain=_SHARE + " Yours leaves the 1/n out, so that λ is n times too strong.",
    hints=("By what is the sum of squares divided in the cost?", _LINE),
    place=Place(assigns=_DW),
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
    place=Place(assigns=_DW),
)
def penalty_doubled(W, lambd, training_size, batch_size):
    return 2 * lambd / training_size * W


@mistake(
    "gradient.penalty-halved",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λw/(2n) instead of λw/n",
    explain=f"{_GRADIENT} The 2 of the square's derivative cancels the ½ of the penalty.",
    hints=("What is the derivative of $\\frac{\\lambda}{2n} w^2$?", _LINE),
    place=Place(assigns=_DW),
)
def penalty_halved(W, lambd, training_size, batch_size):
    return lambd / (2 * training_size) * W


@mistake(
    "gradient.penalty-sign",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the wrong sign",
    explain=f"{_GRADIENT} With a minus each step makes the weights larger.",
    hints=("Should the penalty make the weights larger or smaller?", "Look at the sign of the λ term."),
    place=Place(assigns=_DW),
)
def penalty_sign(W, lambd, training_size, batch_size):
    return -lambd / training_size * W


@mistake(
    "gradient.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has w² where w belongs",
    explain=f"{_GRADIENT} Yours adds the penalty's own terms without deriving them.",
    hints=("What is the derivative of a square?", "Has the λ term been derived?"),
    place=Place(assigns=_DW),
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


# The penalty in the cost


@mistake(
    "cost.penalty-shared-among-the-batch",
    step="penalty_factor",
    title="The cost's penalty is divided by the number of samples at hand instead of the training set's size",
    explain=_SHARE + " Yours gives another penalty for the same weights whenever the batch has another size.",
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
    explain=_SHARE,
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


# Cross-entropy


@mistake(
    "cost.positive-labels-alone",
    step="sample_costs",
    title="The cross-entropy lacks the outputs whose label is 0",
    explain="Each sigmoid output is a yes or no of its own: $-[y \\ln a + (1 - y) \\ln(1 - a)]$. Yours has the first "
    "half, which belongs to softmax; with it an output that is 1 for every image costs nothing.",
    hints=("What does an output of 0.9 cost where the label is 0?", "How many terms has the cost of one output?"),
)
def positive_labels_alone(outputs, y):
    return -np.sum(y * np.log(outputs), axis=1)


@mistake(
    "cost.sign",
    step="sample_costs",
    title="The minus sign of the cross-entropy is missing",
    explain="Logarithms of numbers below 1 are negative; the minus makes a cost of them.",
    hints=("Can a cost be negative?", "Look at the sign before the sum."),
)
def cost_sign(right, outputs, y):
    return -right(outputs, y)


@mistake(
    "cost.squared-error",
    step="sample_costs",
    title="The cost is the squared error, not the cross-entropy",
    explain="Cross-entropy is $-\\sum [y \\ln a + (1 - y) \\ln(1 - a)]$; yours is $\\frac{1}{2} \\sum (a - y)^2$.",
    hints=("Is there a logarithm in your cost?", "Which cost does the task ask for?"),
)
def squared_error(outputs, y):
    return 0.5 * np.sum((outputs - y) ** 2, axis=1)


@mistake(
    "cost.summed",
    step="average",
    title="The cross-entropy is summed over the samples, not averaged",
    explain="Divided by the number of samples the cost, and with it the learning rate, means the same for any batch.",
    hints=("How does the cost change when every sample is given twice?", "`sum` or `mean`?"),
)
def cost_summed(costs, outputs):
    return np.sum(costs)


@mistake(
    "cost.averaged-over-outputs",
    step="average",
    title="The cross-entropy is averaged over the outputs as well: it is k times too small",
    explain="The costs of a sample's outputs are added; the mean is over samples alone. `np.mean` of the whole matrix "
    "divides by both.",
    hints=("By how many numbers does `np.mean` divide?", "Which axis is the mean to be taken over?"),
)
def averaged_over_outputs(costs, outputs):
    return np.sum(costs) / outputs.size


@mistake(
    "cost.log-of-zero",
    step="guarded_log",
    title="log(0) is not guarded against",
    explain="A sigmoid output can be exactly 0 or 1 in floating point. Then one logarithm is −∞, and 0 · (−∞) is NaN, "
    "which stays in every sum. `np.clip(a, 1e-12, 1 - 1e-12)` keeps it finite.",
    hints=("What is the cost when an output is exactly 1?", "What does `0 * np.log(0)` give?"),
    place=Place(calls="log"),
)
def log_of_zero(p):
    return np.log(p)


# Outputs


@mistake(
    "forward.softmax-output",
    step="output_activation",
    title="The output layer has softmax instead of the sigmoid",
    explain="In this task each output is a sigmoid of its own; softmax makes them sum to 1.",
    hints=("Do the outputs of a sample have to sum to 1?", "Which activation does the last layer have?"),
)
def softmax_output(z):
    exponentials = np.exp(z - z.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@mistake(
    "forward.no-output-activation",
    step="output_activation",
    title="The output layer has no activation",
    explain="The outputs are sigmoids, between 0 and 1; yours are the pre-activations z.",
    hints=("Which values can your outputs have?", "What happens to z in the last layer?"),
)
def no_output_activation(z):
    return z


@mistake(
    "forward.output-sigmoid-twice",
    step="output_activation",
    title="The sigmoid is applied twice in the output layer",
    explain="All outputs lie between 0.5 and 0.731 then, and the cost cannot fall far.",
    hints=("What is the smallest output that is possible?", "Where is the sigmoid applied?"),
)
def output_sigmoid_twice(z):
    return logistic(logistic(z))


# Backpropagation

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
    place=Place(assigns=_DW),
)
def weights_summed(inputs, delta):
    return inputs.T @ delta


@mistake(
    "gradient.weights-averaged-twice",
    step="weight_gradient",
    title="The weight gradients are divided by the size of the mini-batch twice",
    explain=_MEAN,
    hints=("How often do you divide by m?", "Is there a division in the output error as well?"),
    place=Place(assigns=_DW),
)
def weights_averaged_twice(inputs, delta):
    return inputs.T @ delta / len(delta) ** 2


@mistake(
    "gradient.weights-of-last-sample",
    step="weight_gradient",
    title="The weight gradients hold the last sample's part only",
    explain=f"{_MEAN} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the gradient change when the first sample does?", "What does your loop do with its total?"),
    place=Place(assigns=_DW),
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


# The network and its training


@mistake(
    "update.biases-never-changed",
    step="update",
    title="The biases are never changed",
    explain="A step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which of the parameters are different after a step?", "Over what does the loop of the step run?"),
)
def biases_never_changed(right, value, gradient, rate):
    return value if value.shape[0] == 1 else right(value, gradient, rate)


_SYMMETRY = "Units that begin alike get the same gradients and stay alike for ever; random weights tell them apart."


@mistake(
    "NeuralNetwork.zero-weights",
    step="initial_weights",
    title="All weights are 0 at first",
    explain=_SYMMETRY,
    hints=("In what do two hidden units of your network differ?", "Look at where the weights are made."),
    place=Place(calls="zeros"),
)
def zero_weights(n_in, n_out, rng):
    return np.zeros((n_in, n_out))


@mistake(
    "NeuralNetwork.equal-weights",
    step="initial_weights",
    title="All weights of a layer are the same at first",
    explain=_SYMMETRY,
    hints=("In what do two hidden units of your network differ?", "Look at where the weights are made."),
)
def equal_weights(n_in, n_out, rng):
    return np.full((n_in, n_out), 0.01)


@mistake(
    "NeuralNetwork.shape-exchanged",
    step="initial_weights",
    title="The shapes of the weights are (n_out, n_in) instead of (n_in, n_out)",
    explain="Rows are samples here: x of shape (m, n_in) is multiplied from the right by w of shape (n_in, n_out).",
    hints=("With which dimension of w does x meet in x·w?", "In which order do the sizes stand?"),
)
def shape_exchanged(right, n_in, n_out, rng):
    return right(n_out, n_in, rng)


@mistake(
    "NeuralNetwork.positive-weights",
    step="initial_weights",
    title="All weights are positive at first",
    explain="`rand` draws from 0 … 1, `randn` from both sides of 0. With positive weights and inputs every sum is "
    "large and positive, and sigmoids begin saturated.",
    hints=("Which sign do your weights have?", "`rand` or `randn`?"),
    place=Place(calls="rand|random|uniform"),
)
def positive_weights(n_in, n_out, rng):
    return rng.random((n_in, n_out)) / np.sqrt(n_in)


@mistake(
    "NeuralNetwork.biases-not-zero",
    step="initial_biases",
    title="The biases are not 0 at first",
    explain="The task asks for biases that begin at 0; nothing has to tell units apart beside their weights.",
    hints=("What are your biases before training?", "Look at where the biases are made."),
)
def biases_not_zero(n_out, rng):
    return np.ones((1, n_out))


@mistake(
    "train.last-batch-lost",
    step="batches",
    title="The last, smaller mini-batch is left out",
    explain="An epoch goes through all samples. Where the batch size does not divide their number, `n // size` batches "
    "lose the rest.",
    hints=("How many steps are there for 11 samples in batches of 4?", "Floor or ceiling?"),
)
def last_batch_lost(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size + 1, batch_size)]


@mistake(
    "train.one-batch-per-epoch",
    step="batches",
    title="Each epoch makes one step only",
    explain="An epoch goes through all samples, one mini-batch after the other; yours takes the first and ends.",
    hints=("How many steps are there for 11 samples in batches of 4?", "Is there a `return` or `break` in the loop?"),
)
def one_batch_per_epoch(order, batch_size):
    return [order[:batch_size]]


@mistake(
    "train.cost-without-penalty",
    step="reported_cost",
    title="The costs that are returned lack the penalty",
    explain="`train` returns `cost` for the λ that it was given; yours is the cost for λ = 0.",
    hints=("Do the returned costs change with λ?", "With which λ is `cost` called?"),
)
def cost_without_penalty(network, x, y, last_batch, lambd):
    return network.cost(x, y, 0.0)


@mistake(
    "train.cost-of-last-batch",
    step="reported_cost",
    title="The costs that are returned are those of the last mini-batch",
    explain="A mini-batch is a small sample, and its cost jumps from epoch to epoch; the whole training set "
    "is asked for.",
    hints=("Over how many samples is your cost a mean?", "What is handed to `cost` at the end of an epoch?"),
)
def cost_of_last_batch(network, x, y, last_batch, lambd):
    return network.cost(x[last_batch], y[last_batch], lambd)


@probe("NeuralNetwork")
def facts_about_initial_parameters(student, rng):
    """What a right constructor gives whatever its random numbers are."""
    first, other = (student.NeuralNetwork([8, 6, 5], 53, seed).parameters for seed in (1, 2))
    facts = {}
    for name, value in first.items():
        facts[f"shape of {name}"] = np.array(value.shape)
        facts[f"some of {name} are not 0"] = np.array(float(np.any(value)))
        facts[f"some of {name} are negative"] = np.array(float(np.any(value < 0)))
        if name.startswith("w"):
            facts[f"units in {name} differ"] = np.array(float(len(np.unique(value, axis=1).T) == value.shape[1]))
            facts[f"{name} depends on the seed"] = np.array(float(not np.array_equal(value, other[name])))
    return facts


@probe("NeuralNetwork.train")
def training_without_chance(student, rng):
    """Training in which order does not matter: on the whole set at once, and on samples that are all alike."""
    sizes, n = (5, 6, 3), 11
    parameters = {
        name: rng.normal(size=shape) for name, shape in {"w1": (5, 6), "b1": (1, 6), "w2": (6, 3), "b2": (1, 3)}.items()
    }
    x, y = rng.normal(size=(n, 5)), np.eye(3)[rng.integers(3, size=n)]
    found = {}
    for name, (images, labels, size) in {
        "at once": (x, y, n),
        "alike": (np.repeat(x[:1], n, axis=0), np.repeat(y[:1], n, axis=0), 4),
    }.items():
        net = student.NeuralNetwork(list(sizes), n)
        net.parameters = parameters
        found[f"costs, {name}"] = np.array(net.train(images, labels, 2, size, 0.3, 0.7))
        found |= {f"{key}, {name}": value for key, value in net.parameters.items()}
    net = student.NeuralNetwork(list(sizes), n)
    net.parameters = parameters
    (reported,) = net.train(x, y, 1, 4, 0.0, 0.7)
    found["cost of all samples"] = np.array(reported)
    return found
