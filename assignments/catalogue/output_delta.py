"""Mistakes in the step `output_delta(probs, Y)`: the gradient of the mean cross-entropy with respect to the logits."""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "For a softmax with mean cross-entropy the gradient at the logits is $\\delta = \\frac{p - y}{n}$."
_DELTA = "[dD].*|.*delta.*|err.*|grad.*"


@mistake(
    "backward.not-averaged",
    step="output_delta",
    title="The gradient is not divided by the number of samples",
    explain=f"{_RULE} The cost is a mean over n samples, so its gradient has the factor 1/n. Without it every "
    "gradient is n "
    "times too large, and the learning rate means something else for every batch size.",
    hints=(
        "What should the gradient of a batch be that holds the same sample twice?",
        "The cost has a factor $1/n$. Where is it in the gradient?",
    ),
)
def not_averaged(probs, Y):
    return probs - Y


@mistake(
    "backward.averaged-twice",
    step="output_delta",
    title="The gradient is divided by the number of samples twice",
    explain=f"{_RULE} Yours has the factor $1/n^2$: the division was done once at the output already, or is in the "
    "mean of "
    "the cost and again in a later line.",
    hints=(
        "How many factors $1/n$ does the gradient of a mean have?",
        "Look for every division by n, and every `mean`.",
    ),
)
def averaged_twice(probs, Y):
    return (probs - Y) / len(Y) ** 2


@mistake(
    "backward.divided-by-classes",
    step="output_delta",
    title="The gradient is divided by the number of classes instead of the number of samples",
    explain=f"{_RULE} `Y.shape[1]` is the number of classes k; rows are samples, so n is `Y.shape[0]`.",
    hints=("By which number do you divide, and what does it count?", "Which axis of `Y` holds the samples?"),
)
def divided_by_classes(probs, Y):
    return (probs - Y) / Y.shape[1]


@mistake(
    "backward.divided-by-entries",
    step="output_delta",
    title="The gradient is divided by n·k, the number of entries, instead of the number of samples",
    explain=f"{_RULE} `np.mean` over all entries, or `Y.size`, has k too many in the divisor.",
    hints=("By which number do you divide, and what does it count?", "The mean is over samples, not over entries."),
)
def divided_by_entries(probs, Y):
    return (probs - Y) / Y.size


@mistake(
    "backward.sign",
    step="output_delta",
    title="The gradient of the cost has the wrong sign: $y - p$ instead of $p - y$",
    explain=f"{_RULE} With $y - p$ the gradient points downhill, and subtracting it walks uphill: the cost grows.",
    hints=(
        "If the probability of the true class is too small, must its logit's gradient be positive or negative?",
        "Which is subtracted from which at the output?",
    ),
    place=Place(assigns=_DELTA),
)
def sign(probs, Y):
    return (Y - probs) / len(Y)


@mistake(
    "backward.doubled",
    step="output_delta",
    title="The gradient of the cost has a factor 2 too much",
    explain=f"{_RULE} A 2 comes from a squared error; the cross-entropy has none.",
    hints=("Where does the 2 in your gradient come from?", "Derive $-\\log p$ once more."),
)
def doubled(probs, Y):
    return 2 * (probs - Y) / len(Y)


@mistake(
    "backward.sigmoid-derivative-at-output",
    step="output_delta",
    title="The output error is multiplied by $p (1 - p)$, which the cross-entropy cancels",
    explain=f"{_RULE} The factor $p (1 - p)$ is the derivative of a sigmoid. It belongs to the squared error; with "
    "cross-entropy it cancels, which is why the two are used together. With it, confident mistakes are hardly "
    "corrected.",
    hints=(
        "Derive cross-entropy of a softmax by hand for one sample: what cancels?",
        "Look at the factors beside $p - y$.",
    ),
)
def sigmoid_derivative_at_output(probs, Y):
    return (probs - Y) * probs * (1 - probs) / len(Y)


@mistake(
    "backward.softmax-jacobian-of-difference",
    step="output_delta",
    title="The softmax's Jacobian is applied to $p - y$: the gradient of the squared error",
    explain=f"{_RULE} The Jacobian is in that formula already: $p - y$ is what it makes of the derivative $-y/p$ of "
    "the "
    "cross-entropy. Applying it to $p - y$ again gives the gradient of $\\frac{1}{2} \\sum (p - y)^2$.",
    hints=(
        "Of which cost is $p - y$ the derivative with respect to p, and of which with respect to the logits?",
        "The derivative of the softmax is applied once too often.",
    ),
)
def softmax_jacobian_of_difference(probs, Y):
    difference = probs * (probs - Y)
    return (difference - probs * difference.sum(axis=1, keepdims=True)) / len(Y)


@mistake(
    "backward.squared-error-of-sigmoids",
    step="output_delta",
    title="The gradient is that of the squared error of sigmoid outputs, $2 (p - y) p (1 - p)$",
    explain=f"{_RULE} Yours is derived from another cost, $\\sum (p - y)^2$, and another output, for which "
    "$p (1 - p)$ is the derivative. Cost and gradient must belong together: here confident mistakes are hardly "
    "corrected, since $p (1 - p)$ is near 0 for them.",
    hints=(
        "Of which cost is your line the derivative? Which one does the task name?",
        "Derive the cross-entropy of a softmax by hand for one sample: what is left of the factors beside $p - y$?",
    ),
    place=Place(assigns=_DELTA),
)
def squared_error_of_sigmoids(probs, Y):
    return 2 * (probs - Y) * probs * (1 - probs) / len(Y)


@mistake(
    "backward.squared-error-of-softmax",
    step="output_delta",
    title="The gradient is that of the squared error: the softmax's Jacobian applied to $2 (p - y)$",
    explain=f"{_RULE} Yours is the gradient of $\\sum (p - y)^2$. The Jacobian of the softmax is in $p - y$ already, "
    "and the 2 is the square's; cost and gradient must belong together.",
    hints=(
        "Of which cost is your line the derivative? Which one does the task name?",
        "The derivative of the softmax is applied once too often, and the 2 comes from a square.",
    ),
    place=Place(assigns=_DELTA),
)
def squared_error_of_softmax(probs, Y):
    return 2 * softmax_jacobian_of_difference(probs, Y)


@mistake(
    "backward.labels-not-subtracted",
    step="output_delta",
    title="The labels are not subtracted from the probabilities",
    explain=f"{_RULE} Yours is $p/n$: every class is pushed down, the true one as well.",
    hints=("Does your gradient change when the labels do?", "What is left of $p - y$ in your line?"),
)
def labels_not_subtracted(probs, Y):
    return probs / len(Y)


@mistake(
    "backward.softmax-derivative-missing",
    step="output_delta",
    title="The derivative of the softmax is missing: the gradient is taken at the probabilities",
    explain=f"{_RULE} $-\\frac{{y}}{{p}}$ is the derivative of the cost with respect to the probabilities. The chain "
    "rule "
    "still asks for the softmax between them and the logits; both together give $p - y$.",
    hints=(
        "With respect to which quantity did you derive the cost?",
        "One link of the chain is missing at the output.",
    ),
)
def softmax_derivative_missing(probs, Y):
    return -Y / probs / len(Y)


@mistake(
    "backward.diagonal-jacobian",
    step="output_delta",
    title="Only the diagonal of the softmax's Jacobian is used",
    explain="$\\frac{\\partial p_i}{\\partial z_j}$ is $p_i (1 - p_i)$ for $i = j$ and $-p_i p_j$ otherwise: every "
    "logit "
    "changes every probability, through the sum in the denominator. With the diagonal alone the gradient is 0 for "
    "every class but the true one. Both together give $p - y$.",
    hints=(
        "What is the gradient for a class that is not the true one: 0?",
        "Each probability depends on all logits, through the denominator.",
    ),
)
def diagonal_jacobian(probs, Y):
    return (probs * Y - Y) / len(Y)


@mistake(
    "backward.rounded-predictions",
    step="output_delta",
    title="The gradient is made from the chosen classes instead of the probabilities",
    explain=f"{_RULE} Yours has `argmax` or rounding in it: right predictions give no gradient at all, however "
    "unsure they "
    "are.",
    hints=(
        "What is your gradient for a sample that is classified rightly but barely?",
        "Look for `argmax` or `round`.",
    ),
    place=Place(calls="argmax|round|rint"),
)
def rounded_predictions(probs, Y):
    return (np.eye(Y.shape[1])[np.argmax(probs, axis=1)] - Y) / len(Y)


@mistake(
    "backward.labels-shifted",
    step="output_delta",
    title="The labels are shifted by one class",
    explain=f"{_RULE} Your numbers are those for labels that are one class further: counted from 1 instead of 0, or "
    "rolled. The network learns, and predicts the neighbour of every class.",
    hints=("Which column of `Y` stands for class 0?", "Do your class numbers begin at 0 or at 1?"),
)
def labels_shifted(probs, Y):
    return (probs - np.roll(Y, 1, axis=1)) / len(Y)
