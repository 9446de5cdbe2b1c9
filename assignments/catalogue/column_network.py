"""Mistakes in the forward pass of a network of columns, its costs and its accuracy.

Steps: `sigmoid(z)`, `relu(z)`, `weighted_input(w, a, b)`, `hidden_activation(z, activation)`, `output_activation(z)`,
`guarded_log(p)`, `cross_entropy(a, y)`, `quadratic(a, y)`, `average(costs)`, `is_right(output, y)`. Samples are
columns; costs have one number for each of them.
"""

import numpy as np

from grader.assignments import Place, mistake

_LAYER = "A layer computes $a' = f(w a + b)$."
_SIGMOID = "$\\sigma(z) = \\frac{1}{1 + e^{-z}}$."
_CROSS_ENTROPY = "The cost of a sample is $-\\sum_j [y_j \\ln a_j + (1 - y_j) \\ln(1 - a_j)]$, summed over the outputs."
_QUADRATIC = "The cost of a sample is $\\frac{1}{2} \\sum_j (a_j - y_j)^2$."


def _plain_sigmoid(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "feedforward.bias-missing",
    step="weighted_input",
    title="The biases are not added",
    explain=_LAYER,
    hints=("Does the output change with the biases?", "Where are the biases used?"),
)
def bias_missing(w, a, b):
    return w @ a


@mistake(
    "feedforward.bias-subtracted",
    step="weighted_input",
    title="The biases are subtracted",
    explain=_LAYER,
    hints=("Does a larger bias make an output larger?", "Look at the sign before the bias."),
)
def bias_subtracted(w, a, b):
    return w @ a - b


@mistake(
    "feedforward.bias-summed",
    step="weighted_input",
    title="The sum of all biases is added to every neuron",
    explain=f"{_LAYER} Each neuron has its own bias.",
    hints=("Does each output have its own bias?", "Is there a `sum` around the bias?"),
)
def bias_summed(w, a, b):
    return w @ a + b.sum()


@mistake(
    "feedforward.sigmoid-of-minus-z",
    step="sigmoid",
    title="The sigmoid has the wrong sign in the exponent",
    explain=f"{_SIGMOID} Yours is $\\frac{{1}}{{1 + e^{{z}}}} = 1 - \\sigma(z)$, which falls.",
    hints=("Is your sigmoid of 10 near 1 or near 0?", "Look at the sign inside `exp`."),
    place=Place(calls="exp"),
)
def sigmoid_of_minus_z(right, z):
    return right(-z)


@mistake(
    "feedforward.sigmoid-without-parentheses",
    step="sigmoid",
    title="The denominator of the sigmoid lacks its parentheses",
    explain=f"{_SIGMOID} `1 / 1 + np.exp(-z)` is $1 + e^{{-z}}$: the division comes first.",
    hints=("Are your values between 0 and 1?", "In which order does Python compute `1 / 1 + x`?"),
    place=Place(calls="exp"),
)
def sigmoid_without_parentheses(z):
    return 1 + np.exp(-z)


@mistake(
    "feedforward.tanh-instead-of-sigmoid",
    step="sigmoid",
    title="tanh is computed in the place of the sigmoid",
    explain=f"{_SIGMOID} tanh runs from −1 to 1.",
    hints=("Between which numbers do your activations lie?", "What is the sigmoid of 0?"),
)
def tanh_instead_of_sigmoid(z):
    return np.tanh(z)


@mistake(
    "feedforward.sigmoid-of-hidden-layers-missing",
    step="hidden_activation",
    title="The hidden layers have no activation",
    explain=f"{_LAYER} Without f, several layers are one linear layer.",
    hints=("Are your hidden activations bounded?", "Is the activation applied in every layer?"),
)
def activation_of_hidden_layers_missing(z, activation):
    return z


@mistake(
    "feedforward.output-not-squashed",
    step="output_activation",
    title="The output layer has no sigmoid",
    explain=f"{_LAYER} The output layer's activation is the sigmoid too; without it outputs are not between 0 and 1.",
    hints=("Between which numbers do your outputs lie?", "Does your loop stop one layer too early?"),
)
def output_not_squashed(z):
    return z


@mistake(
    "feedforward.output-squashed-twice",
    step="output_activation",
    title="The sigmoid is applied twice to the outputs",
    explain="The sigmoid of a number between 0 and 1 lies between 0.5 and 0.731.",
    hints=("Can your output be smaller than 0.5?", "Is the sigmoid applied inside the loop and after it?"),
)
def output_squashed_twice(right, z):
    return right(right(z))


@mistake(
    "feedforward.choice-of-activation-ignored",
    step="hidden_activation",
    title="The hidden layers are sigmoids, whatever the activation chosen",
    explain='With `activation="relu"` the hidden layers compute $\\max(0, z)$.',
    hints=("Does your output change with `activation`?", "Where is the choice used?"),
)
def choice_of_activation_ignored(z, activation):
    return _plain_sigmoid(z)


@mistake(
    "feedforward.relu-of-absolute-value",
    step="relu",
    title="The ReLU returns absolute values",
    explain="$relu(z) = \\max(0, z)$: negative numbers become 0, not positive.",
    hints=("What is the ReLU of −3?", "`abs` or `maximum`?"),
)
def relu_of_absolute_value(z):
    return np.abs(z)


@mistake(
    "feedforward.relu-is-a-step",
    step="relu",
    title="The ReLU returns 0 and 1",
    explain="$relu(z) = \\max(0, z)$; 0 and 1 are the values of its derivative.",
    hints=("What is the ReLU of 3?", "Is a comparison returned?"),
)
def relu_is_a_step(z):
    return (z > 0).astype(float)


@mistake(
    "total_cost.logarithm-of-zero",
    step="guarded_log",
    title="The logarithm of 0 makes the cost infinite or nan",
    explain="A sigmoid reaches 0 and 1 in floating point. There $0 \\cdot \\ln 0$ is `nan` and $\\ln 0$ minus "
    "infinity: keep the argument above a tiny number, or use `np.nan_to_num`.",
    hints=("What is `0 * np.log(0.0)`?", "What happens when an output is exactly 0 or 1?"),
    place=Place(calls="log"),
)
def logarithm_of_zero(p):
    return np.log(p)


@mistake(
    "total_cost.cross-entropy-without-the-other-outputs",
    step="cross_entropy",
    title="The cross-entropy has the output of the true class alone",
    explain=f"{_CROSS_ENTROPY} With sigmoids every output is a prediction of its own: those that should be 0 count, "
    "too.",
    hints=("Does your cost change when a wrong class's output grows?", "Which term has the factor $1 - y$?"),
    place=Place(calls="log"),
)
def without_the_other_outputs(a, y):
    return -np.sum(y * np.log(a), axis=0)


@mistake(
    "total_cost.cross-entropy-without-minus",
    step="cross_entropy",
    title="The cross-entropy lacks its minus sign",
    explain=f"{_CROSS_ENTROPY} Logarithms of numbers below 1 are negative, the cost is positive.",
    hints=("Can a cost be negative?", "Compare with the formula."),
    place=Place(calls="log"),
)
def cross_entropy_without_minus(right, a, y):
    return -right(a, y)


@mistake(
    "total_cost.cross-entropy-averaged-over-outputs",
    step="cross_entropy",
    title="The cross-entropy is averaged over the outputs",
    explain=f"{_CROSS_ENTROPY} `np.mean` divides by the number of outputs.",
    hints=("By which factor is your cost too small?", "`sum` or `mean` over the outputs?"),
)
def averaged_over_outputs(right, a, y):
    return right(a, y) / len(a)


@mistake(
    "total_cost.labels-and-outputs-swapped",
    step="cross_entropy",
    title="Labels and outputs are swapped in the cross-entropy",
    explain=f"{_CROSS_ENTROPY} The logarithm is of the outputs; of the labels it is minus infinity where they are 0.",
    hints=("Of which of the two is the logarithm taken?", "In which order does your function take its arguments?"),
    place=Place(calls="log"),
)
def labels_and_outputs_swapped(right, a, y):
    return right(y, a)


@mistake(
    "total_cost.logarithm-to-base-2",
    step="guarded_log",
    title="The logarithm has base 2",
    explain="The natural logarithm is meant: only its derivative is $1/a$.",
    hints=("By which factor is your cost too large?", "`np.log` or `np.log2`?"),
    place=Place(calls="log2"),
)
def logarithm_to_base_2(right, p):
    return right(p) / np.log(2)


@mistake(
    "total_cost.logarithm-to-base-10",
    step="guarded_log",
    title="The logarithm has base 10",
    explain="The natural logarithm is meant: only its derivative is $1/a$.",
    hints=("By which factor is your cost too small?", "`np.log` or `np.log10`?"),
    place=Place(calls="log10"),
)
def logarithm_to_base_10(right, p):
    return right(p) / np.log(10)


@mistake(
    "total_cost.quadratic-without-half",
    step="quadratic",
    title="The quadratic cost lacks the factor ½",
    explain=f"{_QUADRATIC} Its derivative is then $a - y$; without the ½ it is twice that.",
    hints=("Derive your cost. Which factor does it leave?", "Compare the factors with the contract's."),
)
def quadratic_without_half(right, a, y):
    return 2 * right(a, y)


@mistake(
    "total_cost.quadratic-averaged-over-outputs",
    step="quadratic",
    title="The quadratic cost is averaged over the outputs",
    explain=f"{_QUADRATIC} `np.mean` divides by the number of outputs.",
    hints=("By which factor is your cost too small?", "`sum` or `mean` over the outputs?"),
)
def quadratic_averaged_over_outputs(right, a, y):
    return right(a, y) / len(a)


@mistake(
    "total_cost.norm-not-squared",
    step="quadratic",
    title="The quadratic cost uses a norm that is not squared",
    explain=f"{_QUADRATIC} `np.linalg.norm` takes a root: square it.",
    hints=("How does your cost grow when the error doubles?", "Is there a root in it?"),
    place=Place(calls="norm"),
)
def norm_not_squared(a, y):
    return 0.5 * np.linalg.norm(a - y, axis=0)


@mistake(
    "total_cost.choice-of-cost-ignored",
    step="sample_costs",
    title="The cross-entropy is computed, whatever the cost chosen",
    explain=f'With `cost="quadratic"`: {_QUADRATIC}',
    hints=("Does your cost change with the choice of cost?", "Where is the choice used?"),
)
def choice_of_cost_ignored(right, a, y, cost):
    return right(a, y, "cross-entropy")


@mistake(
    "total_cost.summed-over-samples",
    step="average",
    title="The cost is summed over the samples, not averaged",
    explain="The cost of a data set is the mean of its samples' costs; a sum grows with their number.",
    hints=("What should the cost of the same data taken twice be?", "Where do you divide by the number of samples?"),
)
def summed_over_samples(costs):
    return np.sum(costs)


@mistake(
    "total_cost.last-sample-only",
    step="average",
    title="The cost is that of the last sample alone, divided by the number of samples",
    explain="In a loop over samples, `=` in the place of `+=` keeps the last one.",
    hints=("Does your cost change with the first sample?", "`=` or `+=`?"),
)
def last_sample_only(costs):
    return costs[-1] / len(costs)


@mistake(
    "accuracy.counted-not-shared",
    step="NN2.accuracy",
    title="The number of right answers is returned, not their share",
    explain="The contract wants a number between 0 and 1: divide by the number of samples.",
    hints=("What is the accuracy when all is right?", "By what do you divide?"),
)
def counted_not_shared(self, data):
    return sum(int(np.argmax(self.feedforward(x)) == np.argmax(y)) for x, y in data)


@mistake(
    "accuracy.percent",
    step="NN2.accuracy",
    title="The accuracy is in percent",
    explain="The contract wants a number between 0 and 1.",
    hints=("What is the accuracy when all is right?", "Is there a factor 100?"),
)
def percent(self, data):
    return 100 * float(np.mean([np.argmax(self.feedforward(x)) == np.argmax(y) for x, y in data]))


@mistake(
    "accuracy.entries-compared",
    step="is_right",
    title="Entries of rounded outputs and labels are compared one by one",
    explain="With k classes, k − 2 of the entries are right even for a wrong answer: at chance with ten classes the "
    "result is 0.82. A sample is right when the largest output is at the label's place.",
    hints=("What is your accuracy for outputs that are all wrong?", "How many comparisons are made for a sample?"),
)
def entries_compared(output, y):
    return y == np.eye(len(output))[np.argmax(output, axis=0)].T


@mistake(
    "accuracy.rounded-outputs",
    step="is_right",
    title="A sample counts as right only when its rounded outputs are the label",
    explain="The largest output decides, even when it is below 0.5 or when others are above it.",
    hints=("Is an answer with the outputs 0.3, 0.4, 0.2 right for class 1?", "Where is `argmax`?"),
)
def rounded_outputs(output, y):
    return np.all(np.round(output) == y, axis=0)
