"""Known mistakes of this assignment; those of networks of columns and of sigmoid outputs are in the catalogue."""

import numpy as np

from assignments.catalogue import column_gradients, column_network, gradient_descent, sigmoid, sigmoid_output
from grader.assignments import Place, mistake, shared

MISTAKES = shared(
    sigmoid.sign,
    sigmoid.missing_parentheses,
    sigmoid.tanh_instead,
    sigmoid.derivative_returned,
    sigmoid.applied_twice,
    sigmoid.relu_instead,
    sigmoid.identity,
    column_network.bias_missing,
    column_network.bias_subtracted,
    column_network.bias_summed,
    column_network.output_not_squashed,
    column_network.without_the_other_outputs,
    column_network.cross_entropy_without_minus,
    column_network.averaged_over_outputs,
    sigmoid_output,
    column_gradients,
    gradient_descent,
)

# Leaky ReLU

_LEAKY = "The leaky unit gives z where it is positive and 0.01·z elsewhere."


@mistake(
    "lrelu.without-leak",
    step="lrelu",
    title="The unit does not leak: negative values become 0",
    explain=f"{_LEAKY} With 0 there it is the plain ReLU, whose units can die.",
    hints=("What should become of −2?", "Where is the slope 0.01?"),
)
def without_leak(z):
    return np.maximum(z, 0)


@mistake(
    "lrelu.another-slope",
    step="lrelu",
    title="The slope for negative values is 0.1 instead of 0.01",
    explain=_LEAKY,
    hints=("What should become of −2?", "Count the zeros of the slope."),
)
def another_slope(z):
    return np.where(z > 0, z, 0.1 * z)


@mistake(
    "lrelu.constant-for-negative-values",
    step="lrelu",
    title="Negative values become the constant 0.01 instead of 0.01·z",
    explain=f"{_LEAKY} `np.maximum(z, 0.01)` and `np.where(z > 0, z, 0.01)` lose z.",
    hints=("What should become of −2, and what of −4?", "By what is 0.01 to be multiplied?"),
)
def constant_for_negative_values(z):
    return np.where(z > 0, z, 0.01)


@mistake(
    "lrelu.sign",
    step="lrelu",
    title="Negative values come out positive",
    explain=f"{_LEAKY} Yours is $0.01 \\, |z|$ there.",
    hints=("What should become of −2?", "Look at the sign of the slope."),
)
def lrelu_sign(z):
    return np.where(z > 0, z, -0.01 * z)


@mistake(
    "lrelu.sides-exchanged",
    step="lrelu",
    title="The slope 0.01 is on the side of the positive values",
    explain=_LEAKY,
    hints=("Which side should pass unchanged?", "`np.maximum` or `np.minimum`? `>` or `<`?"),
)
def sides_exchanged(z):
    return np.where(z > 0, 0.01 * z, z)


_SLOPE = "The slope of the leaky unit is 1 where a is positive and 0.01 elsewhere."


@mistake(
    "lreluDer.without-leak",
    step="lreluDer",
    title="The slope is 0 for negative values: that is the plain ReLU's",
    explain=f"{_SLOPE} The forward pass lets 1 % of negative values through, so the gradient passes there too.",
    hints=("What is the slope of 0.01·z?", "Do `lrelu` and `lreluDer` belong together?"),
)
def slope_without_leak(a):
    return np.where(a > 0, 1.0, 0.0)


@mistake(
    "lreluDer.value",
    step="lreluDer",
    title="The leaky unit itself is returned instead of its slope",
    explain=_SLOPE,
    hints=("Which values can the slope have?", "Is a factor z left over?"),
)
def slope_value(a):
    return np.where(a > 0, a, 0.01 * a)


@mistake(
    "lreluDer.sides-exchanged",
    step="lreluDer",
    title="The slopes of the two sides are exchanged",
    explain=_SLOPE,
    hints=("On which side is the unit steep?", "`>` or `<`?"),
)
def slopes_exchanged(a):
    return np.where(a > 0, 0.01, 1.0)


@mistake(
    "lreluDer.always-one",
    step="lreluDer",
    title="The slope is 1 everywhere",
    explain=_SLOPE,
    hints=("What is the slope of 0.01·z?", "A comparison with 0 is missing."),
)
def slope_always_one(a):
    return np.ones_like(a)


@mistake(
    "lreluDer.sign",
    step="lreluDer",
    title="The slope is −0.01 for negative values",
    explain=_SLOPE,
    hints=("Does the leaky unit fall anywhere?", "Look at the sign."),
)
def slope_sign(a):
    return np.where(a > 0, 1.0, -0.01)


# Forward

_LAYERS = "Hidden layers are leaky rectified units, the last layer has sigmoids."


@mistake(
    "forward.no-hidden-activation",
    step="hidden_activation",
    title="The hidden layers have no activation",
    explain=f"{_LAYERS} Without it all layers together are one linear map.",
    hints=("What can two linear layers do that one cannot?", "What happens to z in the hidden layers?"),
)
def no_hidden_activation(z):
    return z


@mistake(
    "forward.sigmoid-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers have the sigmoid",
    explain=_LAYERS,
    hints=("Which activation do the hidden layers have?", "Look at the loop over the layers."),
    place=Place(calls="sigmoid"),
)
def sigmoid_in_hidden_layers(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "forward.leaky-output",
    step="output_activation",
    title="The last layer has leaky rectified units instead of sigmoids",
    explain=f"{_LAYERS} Outputs outside 0 … 1 make the logarithms of the cost NaN.",
    hints=("Which values may the outputs have?", "Up to which layer does your loop go?"),
)
def leaky_output(z):
    return np.where(z > 0, z, 0.01 * z)


@mistake(
    "forward.softmax-output",
    step="output_activation",
    title="The last layer has softmax instead of sigmoids",
    explain=f"{_LAYERS} Softmax makes the outputs of a sample sum to 1, and belongs to another cost.",
    hints=("Do the outputs of a sample have to sum to 1?", "Which activation does the last layer have?"),
)
def softmax_output(z):
    exponentials = np.exp(z - z.max(axis=0))
    return exponentials / exponentials.sum(axis=0)


# Backward

_CHAIN = "Going back, $\\delta_{l-1} = (w_l^T \\delta_l) \\odot f'(a_{l-1})$."


@mistake(
    "backward.slope-missing",
    step="hidden_delta",
    title="The slope of the leaky unit is missing on the way back",
    explain=_CHAIN,
    hints=("Which links has the chain between two layers?", "What stands between one layer's dz and the next?"),
)
def slope_missing(upstream, a):
    return upstream


@mistake(
    "backward.slope-of-the-gradient",
    step="hidden_delta",
    title="The slope is taken at the gradient instead of at the activations",
    explain=f"{_CHAIN} Whether a unit was on is decided in the forward pass.",
    hints=("Which quantity decides the slope?", "What is the argument of `lreluDer`?"),
    place=Place(calls="lreluDer"),
)
def slope_of_the_gradient(upstream, a):
    return upstream * np.where(upstream > 0, 1.0, 0.01)


@mistake(
    "backward.activation-for-slope",
    step="hidden_delta",
    title="The gradient is multiplied by the activation instead of the slope",
    explain=_CHAIN,
    hints=("Which values can the slope have?", "`lrelu` or `lreluDer`?"),
    place=Place(calls="lrelu"),
)
def activation_for_slope(upstream, a):
    return upstream * a


@mistake(
    "update.biases-never-changed",
    step="update",
    title="The biases are never changed",
    explain="A step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which entries of `param` are different after a step?", "Look at the loop that makes the step."),
)
def biases_never_changed(right, value, gradient, rate):
    return value if value.shape[1] == 1 else right(value, gradient, rate)


# Samples and features


@mistake(
    "training.features-taken-for-samples",
    step="number_of_samples",
    title="m is the number of features, not of samples: `X.shape[0]` instead of `X.shape[1]`",
    explain="Columns are samples here, so X has the shape (d, m). With 784 pixels in the place of the samples cost and "
    "gradients are m/784 times what they should be: the learning rate means something else, and the cost cannot be "
    "compared with anything.",
    hints=(
        "What is the shape of X, and which of the two numbers counts the samples?",
        "Does your cost stay the same when every sample is given twice?",
    ),
    place=Place(assigns="m|n|N|samples"),
)
def features_taken_for_samples(X):
    return X.shape[0]


@mistake(
    "cost.summed-over-samples",
    step="average",
    title="The cost is summed over the samples, not averaged",
    explain="Divided by m the cost of a network is the same for a few images and for many.",
    hints=("How does the cost change when every sample is given twice?", "Where is the division by m?"),
)
def cost_summed_over_samples(costs, m):
    return np.sum(costs)


@mistake(
    "cost.of-the-last-sample",
    step="average",
    title="The cost is that of the last sample alone",
    explain="The mean over all samples is asked for; in a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the cost change when the first sample does?", "What does your loop do with its total?"),
)
def cost_of_the_last_sample(costs, m):
    return costs[-1]


# The script

_SYMMETRY = (
    "Units with the same weights get the same gradient and stay alike for ever, so that a layer of them is no more "
    "than one unit; with zeros it is worse: every activation of a hidden layer is 0, no error passes back, and the "
    "biases of the last layer alone are learnt. All images get the same outputs. The best of such outputs are the "
    "shares of the classes, near 0.1 for ten digits, and the cost falls from $10 \\ln 2 = 6.93$ (all outputs ½) to "
    "$10 \\, H(0.1) = 3.25$, whatever learning rate, layers and activations you try. The formulas have no part in it. "
    "Draw the weights at random, `np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)`; biases may stay 0."
)


@mistake(
    "training.zero-weights",
    step="initial_weights",
    title="All weights are 0 at first, so that the network never sees its input",
    explain=_SYMMETRY,
    hints=(
        "Your first cost is $10 \\ln 2$. Which outputs cost that much, and do they depend on the image?",
        "In what do two hidden units of your network differ before training, and in what afterwards?",
        "Look at where the weights are made.",
    ),
    place=Place(assigns="[wW]\\d*|.*weights?.*", calls="zeros"),
)
def zero_weights(n_out, n_in, rng):
    return np.zeros((n_out, n_in))


@mistake(
    "training.equal-weights",
    step="initial_weights",
    title="All weights of a layer are the same at first",
    explain=_SYMMETRY,
    hints=("In what do two hidden units of your network differ?", "Look at where the weights are made."),
)
def equal_weights(n_out, n_in, rng):
    return np.ones((n_out, n_in))


@mistake(
    "training.shape-exchanged",
    step="initial_weights",
    title="The shapes of the weights are (n_in, n_out) instead of (n_out, n_in)",
    explain="Columns are samples here: w of shape (n_out, n_in) stands before a of shape (n_in, m).",
    hints=("With which dimension of w does a meet in w·a?", "In which order do the sizes stand?"),
)
def shape_exchanged(right, n_out, n_in, rng):
    return right(n_in, n_out, rng)


@mistake(
    "training.every-cost-recorded",
    step="is_recorded",
    title="Every iteration's cost is in `costs`; every tenth is asked for",
    explain="`costs` holds the costs of iterations 0, 10, 20, …",
    hints=("How many entries should `costs` have after 25 iterations?", "Is the `append` inside the `if`?"),
)
def every_cost_recorded(iteration):
    return True


@mistake(
    "training.first-cost-missing",
    step="is_recorded",
    title="`costs` holds the costs of iterations 9, 19, … instead of 0, 10, …",
    explain="The cost before the first step is part of the picture: it shows what the initial weights are worth.",
    hints=("How many entries should `costs` have after 25 iterations?", "For which j is `j % 10 == 0`?"),
)
def first_cost_missing(iteration):
    return (iteration + 1) % 10 == 0
