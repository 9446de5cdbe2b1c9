"""What goes wrong at the output, and in the mean of a mini-batch."""

from grader.assignments import Place, mistake


@mistake(
    "backprop.quadratic-delta",
    step="cross_entropy_delta",
    title="The output error is multiplied by σ', which belongs to the quadratic cost",
    explain="With the cross-entropy $\\sigma'$ cancels: $\\delta^L = a^L - y$.",
    hints=("Which cost does this network have?", "What cancels when the cross-entropy is derived?"),
    place=Place(assigns="delta"),
)
def quadratic_delta(a, y):
    return (a - y) * a * (1 - a)


@mistake(
    "backprop.error-of-the-wrong-sign",
    step="cross_entropy_delta",
    title="The output error has the wrong sign",
    explain="$\\delta^L = a^L - y$. Yours is $y - a^L$, and subtracting it lets the cost rise.",
    hints=("If an output is too small, is its error positive or negative?", "Which is subtracted from which?"),
    place=Place(assigns="delta"),
)
def error_of_the_wrong_sign(a, y):
    return y - a


@mistake(
    "update_mini_batch.summed",
    step="batch_mean",
    title="The gradients of a mini-batch are summed, not averaged",
    explain="A step goes along the mean, $\\frac{\\eta}{m} \\sum_x \\nabla$, m being the size of the mini-batch.",
    hints=("What should change when each sample is in the mini-batch twice?", "Where is the division by m?"),
)
def summed(total, samples):
    return total


@mistake(
    "accuracy.least-output",
    step="is_right",
    title="The smallest output is taken for the answer",
    explain="The answer of the network is the class with the largest output.",
    hints=("Which output should win?", "`argmin` or `argmax`?"),
    place=Place(calls="argmin"),
)
def least_output(output, y):
    return output.argmin() == y


@mistake(
    "update_mini_batch.penalty-over-the-mini-batch",
    step="samples_of_the_penalty",
    title="λ is divided by the size of the mini-batch instead of the training set",
    explain="The penalty is $\\frac{\\lambda}{2n} \\sum w^2$ with n the number of *all* training samples.",
    hints=("What does n stand for?", "By which number is lmbda divided?"),
)
def penalty_over_the_mini_batch(n, samples):
    return samples
