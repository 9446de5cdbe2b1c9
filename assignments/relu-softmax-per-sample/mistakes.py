"""Known mistakes of this assignment; those of rectifiers, softmax and cross-entropy come from the shared catalogue."""

import numpy as np

from assignments.catalogue import cross_entropy, forward, relu, softmax
from grader.assignments import Place, mistake, probe, shared

MISTAKES = shared(
    relu,
    softmax.overflow,
    softmax.applied_twice,
    softmax.sigmoid_instead,
    softmax.not_normalised,
    softmax.logarithm_returned,
    softmax.sign_of_logits,
    cross_entropy,
    forward.bias_missing,
    forward.bias_subtracted,
    forward.bias_summed,
    forward.weights_transposed,
    forward.no_hidden_activation,
    forward.sigmoid_in_hidden_layers,
    forward.tanh_in_hidden_layers,
    forward.relu_before_softmax,
    forward.no_softmax,
    forward.relu_at_the_output,
    forward.sigmoid_at_the_output,
)

_DELTA = ".*(error|delta|term|d[zZ]).*"
_BIAS = ".*bias.*|d?b\\d?.*"


def jacobian(p):
    return np.diag(p) - np.outer(p, p)


# Softmax of a vector

_SOFTMAX = "Softmax is $p_i = e^{z_i} / \\sum_j e^{z_j}$."


@mistake(
    "softmax.exponential-missing",
    step="softmax",
    title="Softmax divides the logits by their sum, without the exponential",
    explain=f"{_SOFTMAX} Logits may be negative, and their sum may be 0; exponentials are positive.",
    hints=("Can your probabilities be negative?", "What has to be done to z before it is divided?"),
)
def exponential_missing(z):
    return z / np.sum(z)


@mistake(
    "softmax.sum-inside-the-exponential",
    step="softmax",
    title="Softmax divides inside the exponential",
    explain=f"{_SOFTMAX} Yours is $e^{{z_i / \\sum_j e^{{z_j}}}}$, which does not sum to 1.",
    hints=("To what do your probabilities sum?", "What is divided by the sum: z, or its exponential?"),
)
def sum_inside_the_exponential(z):
    return np.exp(z / np.sum(np.exp(z)))


@mistake(
    "softmax.largest-only",
    step="softmax",
    title="Softmax returns 1 for the largest logit and 0 for the others",
    explain=f"{_SOFTMAX} A hard maximum has no derivative to learn from.",
    hints=("What should two equal logits get?", "Where is `argmax` or `max` compared?"),
)
def largest_only(z):
    return (z == np.max(z)).astype(float)


# The output error

_OUTPUT = (
    "For softmax with cross-entropy the derivatives of the softmax and of the logarithm cancel, and what goes back "
    "from the output is $y - p$ itself."
)


@mistake(
    "train.squared-error-gradient",
    step="output_error",
    title="The softmax Jacobian is applied to y − p: that is the gradient of the squared error, not of cross-entropy",
    explain=f"{_OUTPUT} The Jacobian $J_{{ij}} = p_i (\\delta_{{ij}} - p_j)$ belongs to the derivative at the outputs, "
    "which is $y/p$ for cross-entropy: $J (y/p) = y - p$, so in $y - p$ it is used up already. $J (y - p)$ is the "
    "gradient of $\\frac{1}{2} \\sum (y - p)^2$. It almost vanishes where the network is sure and wrong, so that these "
    "samples are never corrected; accuracy may still rise, while the cross-entropy that you plot rises too.",
    hints=(
        "Which cost does your gradient belong to? Derive the cross-entropy with respect to the logits.",
        "What is the derivative of $-\\ln p_t$ with respect to $p$, and what does the Jacobian make of it?",
    ),
    place=Place(calls="dsoftmax"),
)
def squared_error_gradient(p, y):
    return (y - p) @ jacobian(p)


@mistake(
    "train.diagonal-of-the-jacobian",
    step="output_error",
    title="y − p is multiplied by p(1 − p) at the output",
    explain=f"{_OUTPUT} $p (1 - p)$ is the derivative of a sigmoid, or the diagonal of the softmax Jacobian; with "
    "cross-entropy neither belongs there.",
    hints=("Derive the cross-entropy with respect to the logits.", "What does the factor $p (1 - p)$ stand for?"),
    place=Place(assigns=_DELTA),
)
def diagonal_of_the_jacobian(p, y):
    return (y - p) * p * (1 - p)


@mistake(
    "train.output-error-sign",
    step="output_error",
    title="The error has the wrong sign: training goes uphill",
    explain=f"{_OUTPUT} With $p - y$ one has to subtract the change; added, it makes the cost rise.",
    hints=("Does the cost fall from step to step?", "`y - p` with `+=`, or `p - y` with `-=`?"),
)
def output_error_sign(p, y):
    return p - y


@mistake(
    "train.labels-ignored",
    step="output_error",
    title="The error does not depend on the labels",
    explain=f"{_OUTPUT} Yours is $-p$ alone.",
    hints=("Does the change depend on the labels?", "What is missing beside the probabilities?"),
)
def labels_ignored(p, y):
    return -p


@mistake(
    "train.error-at-the-probabilities",
    step="output_error",
    title="The error is the derivative at the probabilities, not at the logits",
    explain=f"{_OUTPUT} Yours is $y / p$, the derivative of the cost in p; the softmax Jacobian is still missing.",
    hints=("With respect to which quantity have you derived?", "Which link of the chain rule is missing?"),
)
def error_at_the_probabilities(p, y):
    return y / p


@mistake(
    "train.error-of-the-prediction",
    step="output_error",
    title="The error is computed from the predicted class instead of the probabilities",
    explain=f"{_OUTPUT} With 0 and 1 in the place of p, samples that are classified rightly teach nothing.",
    hints=("Which values can your error have?", "Where is `argmax` or `round` used?"),
)
def error_of_the_prediction(p, y):
    return y - (p == p.max())


# Going back

_CHAIN = "A hidden layer's error is the next layer's error times its weights, times the slope of ReLU."


@mistake(
    "train.slope-missing",
    step="hidden_error",
    title="The slope of ReLU is missing on the way back",
    explain=f"{_CHAIN} Yours leaves the slope out: units that were off are corrected as if they had taken part.",
    hints=("Which units had no influence on the output?", "What stands between one layer's error and the next?"),
)
def slope_missing(upstream, a):
    return upstream


@mistake(
    "train.slope-of-the-error",
    step="hidden_error",
    title="The slope of ReLU is taken from the error instead of from the forward pass",
    explain=f"{_CHAIN} Whether a unit was on is decided by its own activation. Yours drops every negative error.",
    hints=("Which quantity decides whether a unit is on?", "What is the argument of `activation_dReLU`?"),
    place=Place(calls="activation_dReLU"),
)
def slope_of_the_error(upstream, a):
    return upstream * (upstream > 0)


@mistake(
    "train.activation-for-slope",
    step="hidden_error",
    title="The error is multiplied by the activation instead of by the slope",
    explain=f"{_CHAIN} The slope is 0 or 1.",
    hints=("Which values can the slope of ReLU have?", "`activation_ReLU` or `activation_dReLU`?"),
    place=Place(calls="activation_ReLU"),
)
def activation_for_slope(upstream, a):
    return upstream * a


@mistake(
    "train.inputs-missing",
    step="weight_part",
    title="The weight changes leave out the layer's input",
    explain="A weight's change is the error at its unit times what came in through it. Yours has the same row for "
    "every input.",
    hints=("Does the change of a weight depend on its input?", "By what must the error be multiplied?"),
)
def inputs_missing(inputs, error):
    return np.tile(error, (len(inputs), 1))


# Sums over samples

_BIAS_RULE = (
    "A bias is added to its unit in every sample, so its change is the sum of that unit's errors: one number per unit."
)
_TOTAL = "The step uses the mean over all samples of the batch, so each sample has to be added to a running total."


@mistake(
    "train.bias-change-one-number",
    step="bias_part",
    title="`np.sum` makes one number of a layer's errors: all its biases move alike",
    explain=f"{_BIAS_RULE} For a single sample the error is a vector already; `np.sum(error, axis=0)` adds its "
    "entries up. (In a batch, where the errors are a matrix, axis 0 runs over the samples.) At the softmax that number "
    "is 0, since the entries of $y - p$ cancel.",
    hints=(
        "How many biases has the layer, and how many different changes do they get?",
        "What is the shape of the error inside the loop, and over what does `axis=0` sum then?",
    ),
    place=Place(assigns=_BIAS, calls="sum"),
)
def bias_change_one_number(error):
    return np.sum(error)


@mistake(
    "train.bias-change-of-last-sample",
    step="accumulated_biases",
    title="The bias changes are overwritten by each sample instead of accumulated",
    explain=f"{_TOTAL} `=` inside the loop keeps the last sample's; after the division by n the biases learn n times "
    "too slowly, and from one sample only.",
    hints=(
        "Does the step change when the first sample of the batch does?",
        "Compare the lines of the weights with those of the biases: `=` or `+=`?",
    ),
    place=Place(assigns=_BIAS),
)
def bias_change_of_last_sample(total, part):
    return total * 0 + part


@mistake(
    "train.weight-change-of-last-sample",
    step="accumulated_weights",
    title="The weight changes are overwritten by each sample instead of accumulated",
    explain=f"{_TOTAL} `=` inside the loop keeps the last sample's.",
    hints=("Does the step change when the first sample of the batch does?", "`=` or `+=`?"),
    place=Place(assigns=".*weight.*|d?[wW]\\d?.*"),
)
def weight_change_of_last_sample(total, part):
    return part


@mistake(
    "train.biases-never-changed",
    step="updated_bias",
    title="The biases are never changed",
    explain="The step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which of your attributes are different after a step?", "Look at the end of `train`."),
)
def biases_never_changed(value, change, lr):
    return value


@mistake(
    "train.weights-never-changed",
    step="updated_weights",
    title="The weights are never changed",
    explain="The step changes weights and biases alike; yours leaves the weights where they were.",
    hints=("Which of your attributes are different after a step?", "Look at the end of `train`."),
)
def weights_never_changed(value, change, lr):
    return value


@mistake(
    "train.summed-over-samples",
    step="averaged",
    title="The changes are summed over the samples, not averaged",
    explain="The cost is a mean over the batch, and so is its gradient; yours grows with the batch.",
    hints=("How does the step change when every sample is given twice?", "Where is the division by n?"),
)
def summed_over_samples(total, samples):
    return total


@mistake(
    "train.averaged-twice",
    step="averaged",
    title="The changes are divided by the number of samples twice",
    explain="The cost is a mean over the batch; one division by n makes it one.",
    hints=("How often do you divide by n?", "Is there a division inside the loop as well?"),
)
def averaged_twice(total, samples):
    return total / samples**2


@mistake(
    "train.learning-rate-ignored",
    step="change_of",
    title="The learning rate is not used",
    explain="A step is the learning rate times the mean change; yours takes the whole change.",
    hints=("What is different when `lr` is?", "Where does `self.lr` appear?"),
)
def learning_rate_ignored(mean, lr):
    return mean


@mistake(
    "train.learning-rate-twice",
    step="change_of",
    title="The learning rate is multiplied in twice",
    explain="A step is the learning rate times the mean change; yours has the square of it.",
    hints=("How does the step change when `lr` doubles?", "Where does `self.lr` appear?"),
)
def learning_rate_twice(mean, lr):
    return lr**2 * mean


# The slope of ReLU

_SLOPE = "The slope of ReLU is 1 where its argument is positive and 0 elsewhere."


@mistake(
    "activation_dReLU.one-at-zero",
    step="relu_slope",
    title="The slope of ReLU is 1 at 0 as well",
    explain=f"{_SLOPE} Given activations, `x >= 0` is true everywhere, since activations are never negative: units "
    "that are off get gradients as if they were on.",
    hints=("What is the activation of a unit that is off?", "`>` or `>=`?"),
)
def slope_one_at_zero(x):
    return np.where(x >= 0, 1.0, 0.0)


@mistake(
    "activation_dReLU.value",
    step="relu_slope",
    title="ReLU itself is returned instead of its slope",
    explain=_SLOPE,
    hints=("Which values can the slope have?", "Is a comparison missing?"),
)
def slope_value(x):
    return np.maximum(x, 0)


@mistake(
    "activation_dReLU.inverted",
    step="relu_slope",
    title="The slope of ReLU is 1 where it should be 0",
    explain=_SLOPE,
    hints=("On which side does ReLU rise?", "Look at the direction of the comparison."),
)
def slope_inverted(x):
    return np.where(x < 0, 1.0, 0.0)


@mistake(
    "activation_dReLU.always-one",
    step="relu_slope",
    title="The slope of ReLU is always 1",
    explain=f"{_SLOPE} With 1 everywhere ReLU is treated like the identity on the way back.",
    hints=("What is the slope where ReLU is flat?", "A comparison with 0 is missing."),
)
def slope_always_one(x):
    return np.ones_like(x)


@mistake(
    "activation_dReLU.sign",
    step="relu_slope",
    title="The slope is −1 for negative arguments",
    explain=f"{_SLOPE} `np.sign` is the slope of the absolute value.",
    hints=("Does ReLU fall anywhere?", "Which function has the slope `np.sign(x)`?"),
    place=Place(calls="sign"),
)
def slope_sign(x):
    return np.sign(x)


@mistake(
    "activation_dReLU.leaky",
    step="relu_slope",
    title="The slope is that of the leaky ReLU",
    explain=f"{_SLOPE} 0.01 belongs to a leaky unit.",
    hints=("What is the slope where ReLU is flat?", "Look for 0.01."),
)
def slope_leaky(x):
    return np.where(x > 0, 1.0, 0.01)


# The softmax Jacobian

_JACOBIAN = (
    "The Jacobian of softmax is $J_{ij} = p_i (\\delta_{ij} - p_j)$: $p_i (1 - p_i)$ on the diagonal, $-p_i p_j$ "
    "elsewhere."
)


@mistake(
    "dsoftmax.diagonal-only",
    step="softmax_jacobian",
    title="The softmax Jacobian has its diagonal only",
    explain=f"{_JACOBIAN} Each probability depends on all logits, since they share a denominator.",
    hints=("What happens to the other probabilities when one logit grows?", "What is $\\partial p_1/\\partial z_2$?"),
)
def jacobian_diagonal_only(p):
    return np.diag(p * (1 - p))


@mistake(
    "dsoftmax.sign-off-the-diagonal",
    step="softmax_jacobian",
    title="The softmax Jacobian has the wrong sign off the diagonal",
    explain=f"{_JACOBIAN} When one logit grows the other probabilities shrink.",
    hints=("What happens to the other probabilities when one logit grows?", "To what must each row sum?"),
)
def jacobian_sign_off_the_diagonal(p):
    return np.diag(2 * p * (1 - p)) - jacobian(p)


@mistake(
    "dsoftmax.diagonal-missing",
    step="softmax_jacobian",
    title="The softmax Jacobian has $-p_i^2$ on its diagonal",
    explain=f"{_JACOBIAN} Yours is $-p_i p_j$ everywhere.",
    hints=("To what must each row sum?", "What does $\\delta_{ij}$ add?"),
)
def jacobian_diagonal_missing(p):
    return -np.outer(p, p)


@mistake(
    "dsoftmax.of-a-vector",
    step="softmax_jacobian",
    title="The derivative of softmax is returned as a vector",
    explain=f"{_JACOBIAN} $p (1 - p)$ is its diagonal, the part of each probability's own logit.",
    hints=("How many numbers tell how k probabilities change with k logits?", "What is $\\partial p_1/\\partial z_2$?"),
)
def jacobian_of_a_vector(p):
    return p * (1 - p)


@mistake(
    "dsoftmax.negated",
    step="softmax_jacobian",
    title="The softmax Jacobian has the wrong sign",
    explain=_JACOBIAN,
    hints=("Does a probability grow with its own logit?", "Look at the sign of the diagonal."),
)
def jacobian_negated(p):
    return -jacobian(p)


# The network

_SYMMETRY = "Units that begin alike get the same gradients and stay alike for ever; random weights tell them apart."


@mistake(
    "NeuralNetwork.zero-weights",
    step="initial_weights",
    title="All weights are 0 at first",
    explain=f"{_SYMMETRY} With ReLU it is worse: all activations are 0, and no error comes back.",
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
    explain="x of shape (n_in,) is multiplied from the right by weights of shape (n_in, n_out).",
    hints=("With which dimension of the weights does x meet?", "In which order do the sizes stand?"),
)
def shape_exchanged(right, n_in, n_out, rng):
    return right(n_out, n_in, rng)


@mistake(
    "NeuralNetwork.biases-not-zero",
    step="initial_biases",
    title="The biases are not 0 at first",
    explain="The task asks for biases that begin at 0.",
    hints=("What are your biases before training?", "Look at where the biases are made."),
)
def biases_not_zero(n_out):
    return np.ones(n_out)


@probe("NeuralNetwork")
def facts_about_initial_weights(student, rng):
    """What a right constructor gives whatever its random numbers are."""
    net = student.NeuralNetwork((8, 7, 6, 5), 0.37)
    facts = {"lr": np.array(net.lr)}
    for layer in ("i_to_h1", "h1_to_h2", "h2_to_o"):
        weights, bias = getattr(net, f"weights_{layer}"), getattr(net, f"bias_{layer}")
        facts[f"shape of weights_{layer}"] = np.array(weights.shape)
        facts[f"some of weights_{layer} are not 0"] = np.array(float(np.any(weights)))
        facts[f"units of weights_{layer} differ"] = np.array(
            float(len(np.unique(weights, axis=1).T) == weights.shape[1])
        )
        facts[f"shape of bias_{layer}"] = np.array(bias.shape)
        facts[f"bias_{layer}"] = bias
    return facts
