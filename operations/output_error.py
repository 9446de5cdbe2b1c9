"""The gradient of a cross-entropy in the pre-activations of the output, where the activation's derivative cancels."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import one_of
from grader.checks import expect
from operations.conventions import LAYOUT_OR_SAMPLE, MEAN
from operations.lessons import output_error as lessons
from operations.texts import DELTA, GRADIENT_AVERAGED_TWICE, layout_words, summed_not_averaged
from reference import output_error as formula

_OUTPUTS = {
    "softmax": "For a softmax with mean cross-entropy",
    "sigmoid": "For sigmoid outputs with binary cross-entropy",
}


def words(*, mean, layout, output, added):
    """`added`: a course that adds what it takes back through the network has $y - p$ in the place of the gradient."""
    difference, opposite = ("y - p", "p - y") if added else ("p - y", "y - p")
    formula = f"\\frac{{{difference}}}{{<n>}}" if mean == "delta" else difference
    what = "minus the gradient at the logits, which is added," if added else "the gradient at the logits"
    return {
        **layout_words(layout),
        "difference": difference,
        "opposite": opposite,
        "at_outputs": "y/p" if added else "-y/p",
        "rule": f"{_OUTPUTS.get(str(output), _OUTPUTS['softmax'])} {what} is $\\delta = {formula}$.",
        "uphill": "With $p - y$ one has to subtract the change; added, it walks uphill: the cost grows."
        if added
        else "With $y - p$ the gradient points downhill, and subtracting it walks uphill: the cost grows.",
    }


output_error = Operation(
    formula,
    words=words,
    conventions={"output": "softmax", "outputs": "many", "added": False},
    values={
        "mean": MEAN,
        "layout": LAYOUT_OR_SAMPLE,
        "output": one_of("softmax", "sigmoid"),
        "outputs": one_of("many", "one"),
    },
)

_SIGMOID = (
    "For sigmoid outputs with binary cross-entropy $\\sigma'$ cancels, and the gradient at the pre-activations is "
    "$\\delta = a - y$."
)


def _class_axis(layout):
    return 1 if layout == "rows" else 0


def _classes(targets, layout):
    return targets.shape[_class_axis(layout)]


def _samples(targets, layout):
    return targets.shape[1 - _class_axis(layout)]


def _averaged(delta, mean, layout):
    return delta / _samples(delta, layout) if mean == "delta" else delta


@output_error.check("output_delta", share=1, title="The gradient for random outputs, for several batches")
def output_delta_values(student, solution, rng, *, layout, output, outputs):
    for n, k in ((7, 4), (5, 5), (1, 3)):
        if outputs == "one":
            given = rng.random((n, 1)), (rng.random((n, 1)) < 0.4).astype(float)
        else:
            activations = rng.random((n, k))
            if output == "softmax":
                activations /= activations.sum(axis=1, keepdims=True)
            given = activations, np.eye(k)[rng.integers(k, size=n)]
        if layout != "rows":
            given = tuple(one.T if layout == "columns" else one[0] for one in given)
        found, right = student.output_delta(*given), solution.output_delta(*given)
        expect(found, f"δ of {n} {'sample' if n == 1 else 'samples'}").close_to(right)


@output_error.mistake(
    "backward.not-averaged",
    step="output_delta",
    explain="<rule> The cost is a mean over n samples, so its gradient has the factor 1/n. Without it every "
    "gradient is n "
    "times too large, and the learning rate means something else for every batch size.",
    **summed_not_averaged("The gradient is", "The cost has a factor $1/n$. Where is it in the gradient?"),
    only={"mean": "delta"},
)
def not_averaged(outputs, targets):
    return outputs - targets


@output_error.mistake(
    "backward.averaged-twice",
    step="output_delta",
    explain="<rule> Yours has the factor $1/n^2$: the division was done once at the output already, or is in the mean "
    "of the cost and again in a later line.",
    only={"mean": "delta"},
    **GRADIENT_AVERAGED_TWICE,
)
def averaged_twice(right, outputs, targets, *, layout):
    return right(outputs, targets) / _samples(targets, layout)


@output_error.mistake(
    "backward.divided-by-classes",
    step="output_delta",
    title="The gradient is divided by the number of classes instead of the number of samples",
    explain="<rule> `Y.shape[<unit_axis>]` is the number of classes k; <lines> are samples, so n is "
    "`Y.shape[<sample_axis>]`.",
    hints=("By which number do you divide, and what does it count?", "Which axis of `Y` holds the samples?"),
    only={"mean": "delta", "outputs": "many"},
)
def divided_by_classes(outputs, targets, *, layout):
    return (outputs - targets) / _classes(targets, layout)


@output_error.mistake(
    "backward.divided-by-entries",
    step="output_delta",
    title="The gradient is divided by <n>·k, the number of entries, instead of the number of samples",
    explain="<rule> `np.mean` over all entries, or `Y.size`, has k too many in the divisor.",
    hints=("By which number do you divide, and what does it count?", "The mean is over samples, not over entries."),
    only={"mean": "delta", "outputs": "many"},
)
def divided_by_entries(outputs, targets):
    return (outputs - targets) / targets.size


@output_error.mistake(
    "backward.sign",
    step="output_delta",
    title="The gradient of the cost has the wrong sign: $<opposite>$ instead of $<difference>$",
    explain="<rule> <uphill>",
    hints=(
        "If the probability of the true class is too small, must its logit's gradient be positive or negative?",
        "Which is subtracted from which at the output?",
    ),
    place=Place(assigns=DELTA),
    only={"output": "softmax"},
)
def sign(right, outputs, targets):
    return -right(outputs, targets)


@output_error.mistake(
    "backward.doubled",
    step="output_delta",
    title="The gradient of the cost has a factor 2 too much",
    explain="<rule> A 2 comes from a squared error; the cross-entropy has none.",
    hints=("Where does the 2 in your gradient come from?", "Derive $-\\log p$ once more."),
    only={"output": "softmax"},
)
def doubled(right, outputs, targets):
    return 2 * right(outputs, targets)


@output_error.mistake(
    "backward.sigmoid-derivative-at-output",
    step="output_delta",
    title="The output error is multiplied by $p (1 - p)$, which the cross-entropy cancels",
    explain="<rule> The factor $p (1 - p)$ is the derivative of a sigmoid. It belongs to the squared error; with "
    "cross-entropy it cancels, which is why the two are used together. With it, confident mistakes are hardly "
    "corrected.",
    hints=(
        "Derive cross-entropy of a softmax by hand for one sample: what cancels?",
        "Look at the factors beside $<difference>$.",
    ),
    only={"output": "softmax"},
)
def sigmoid_derivative_at_output(right, outputs, targets):
    return right(outputs, targets) * outputs * (1 - outputs)


@output_error.mistake(
    "backward.softmax-jacobian-of-difference",
    step="output_delta",
    title="The softmax's Jacobian is applied to $<difference>$: the gradient of the squared error",
    explain="<rule> The Jacobian is in that formula already: $<difference>$ is what it makes of the derivative "
    "$<at_outputs>$ of the cross-entropy. Applying it to $<difference>$ again gives the gradient of "
    "$\\frac{1}{2} \\sum (<difference>)^2$. It almost vanishes where the network is sure and wrong, so that these "
    "samples are never corrected; accuracy may still rise, while the cross-entropy rises too.",
    hints=(
        "Of which cost is $<difference>$ the derivative with respect to p, and of which with respect to the logits?",
        "The derivative of the softmax is applied once too often.",
    ),
    only={"output": "softmax"},
)
def softmax_jacobian_of_difference(right, outputs, targets, *, layout):
    difference = outputs * right(outputs, targets)
    return difference - outputs * difference.sum(axis=_class_axis(layout), keepdims=True)


@output_error.mistake(
    "backward.squared-error-of-sigmoids",
    step="output_delta",
    title="The gradient is that of the squared error of sigmoid outputs, $2 (<difference>) p (1 - p)$",
    explain="<rule> Yours is derived from another cost, $\\sum (<difference>)^2$, and another output, for which "
    "$p (1 - p)$ is the derivative. Cost and gradient must belong together: here confident mistakes are hardly "
    "corrected, since $p (1 - p)$ is near 0 for them.",
    hints=(
        "Of which cost is your line the derivative? Which one does the task name?",
        "Derive the cross-entropy of a softmax by hand for one sample: which factors are left beside $<difference>$?",
    ),
    place=Place(assigns=DELTA),
    only={"output": "softmax"},
)
def squared_error_of_sigmoids(right, outputs, targets):
    return 2 * right(outputs, targets) * outputs * (1 - outputs)


@output_error.mistake(
    "backward.squared-error-of-softmax",
    step="output_delta",
    title="The gradient is that of the squared error: the softmax's Jacobian applied to $2 (<difference>)$",
    explain="<rule> Yours is the gradient of $\\sum (<difference>)^2$. The Jacobian of the softmax is in "
    "$<difference>$ already, and the 2 is the square's; cost and gradient must belong together.",
    hints=(
        "Of which cost is your line the derivative? Which one does the task name?",
        "The derivative of the softmax is applied once too often, and the 2 comes from a square.",
    ),
    place=Place(assigns=DELTA),
    only={"output": "softmax"},
)
def squared_error_of_softmax(right, outputs, targets, *, layout):
    return 2 * softmax_jacobian_of_difference(right, outputs, targets, layout=layout)


@output_error.mistake(
    "backward.labels-not-subtracted",
    step="output_delta",
    title="The labels are not subtracted from the probabilities",
    explain="<rule> Yours is made of p alone: every class is pushed down, the true one as well.",
    hints=("Does your gradient change when the labels do?", "What is left of $<difference>$ in your line?"),
    only={"output": "softmax"},
)
def labels_not_subtracted(right, outputs, targets):
    return right(outputs, 0 * targets)


@output_error.mistake(
    "backward.softmax-derivative-missing",
    step="output_delta",
    title="The derivative of the softmax is missing: the gradient is taken at the probabilities",
    explain="<rule> $-\\frac{y}{p}$ is the derivative of the cost with respect to the probabilities. The chain "
    "rule "
    "still asks for the softmax between them and the logits; both together give $<difference>$.",
    hints=(
        "With respect to which quantity did you derive the cost?",
        "One link of the chain is missing at the output.",
    ),
    only={"output": "softmax"},
)
def softmax_derivative_missing(outputs, targets, *, mean, layout):
    return _averaged(-targets / outputs, mean, layout)


@output_error.mistake(
    "backward.diagonal-jacobian",
    step="output_delta",
    title="Only the diagonal of the softmax's Jacobian is used",
    explain="$\\frac{\\partial p_i}{\\partial z_j}$ is $p_i (1 - p_i)$ for $i = j$ and $-p_i p_j$ otherwise: every "
    "logit "
    "changes every probability, through the sum in the denominator. With the diagonal alone the gradient is 0 for "
    "every class but the true one. Both together give $<difference>$.",
    hints=(
        "What is the gradient for a class that is not the true one: 0?",
        "Each probability depends on all logits, through the denominator.",
    ),
    only={"output": "softmax"},
)
def diagonal_jacobian(outputs, targets, *, mean, layout):
    return _averaged(outputs * targets - targets, mean, layout)


@output_error.mistake(
    "backward.rounded-predictions",
    step="output_delta",
    title="The gradient is made from the chosen classes instead of the probabilities",
    explain="<rule> Yours has `argmax` or rounding in it: right predictions give no gradient at all, however "
    "unsure they "
    "are.",
    hints=(
        "What is your gradient for a sample that is classified rightly but barely?",
        "Look for `argmax` or `round`.",
    ),
    place=Place(calls="argmax|round|rint"),
    only={"output": "softmax"},
)
def rounded_predictions(right, outputs, targets, *, layout):
    chosen = np.eye(_classes(targets, layout))[np.argmax(outputs, axis=_class_axis(layout))]
    return right(chosen.T if layout == "columns" else chosen, targets)


@output_error.mistake(
    "backward.labels-shifted",
    step="output_delta",
    title="The labels are shifted by one class",
    explain="<rule> Your numbers are those for labels that are one class further: counted from 1 instead of 0, or "
    "rolled. The network learns, and predicts the neighbour of every class.",
    hints=("Which column of `Y` stands for class 0?", "Do your class numbers begin at 0 or at 1?"),
    only={"output": "softmax"},
)
def labels_shifted(right, outputs, targets, *, layout):
    return right(outputs, np.roll(targets, 1, axis=_class_axis(layout)))


@output_error.mistake(
    "output_delta.sign-of-sigmoid-output",
    step="output_delta",
    title="The output error has the wrong sign",
    explain=f"{_SIGMOID} Yours is $y - a$, the direction in which the cost falls; subtracted as a gradient it makes "
    "the cost rise.",
    hints=("Does the cost grow or fall along your gradient?", "Which comes first, the output or the label?"),
    place=Place(assigns=DELTA),
    only={"output": "sigmoid"},
)
def sign_of_sigmoid_output(right, outputs, targets):
    return -right(outputs, targets)


@output_error.mistake(
    "output_delta.squared-error-of-sigmoid-output",
    step="output_delta",
    title="The output error is that of the squared error, not of cross-entropy",
    explain=f"{_SIGMOID} The factor $a (1 - a)$ in yours belongs to the squared error. It vanishes where an output is "
    "certain, so that confident mistakes are hardly corrected.",
    hints=("Which cost has $(a - y) \\, a (1 - a)$ as its gradient?", "What does $\\sigma'$ cancel with?"),
    place=Place(assigns=DELTA),
    only={"output": "sigmoid"},
)
def squared_error(right, outputs, targets):
    return right(outputs, targets) * outputs * (1 - outputs)


@output_error.mistake(
    "output_delta.gradient-at-the-outputs",
    step="output_delta",
    title="The output error is the gradient at the outputs, before the sigmoid's derivative",
    explain=f"{_SIGMOID} Yours is $(a - y) / (a (1 - a))$, the gradient in the activation a. The factor "
    "$\\sigma' = a (1 - a)$ of the chain rule is still missing.",
    hints=("With respect to which quantity have you derived?", "Which link of the chain rule is missing?"),
    place=Place(assigns=DELTA),
    only={"output": "sigmoid"},
)
def gradient_at_the_outputs(right, outputs, targets):
    return right(outputs, targets) / (outputs * (1 - outputs))


@output_error.mistake(
    "output_delta.positive-labels-alone",
    step="output_delta",
    title="The output error comes from the labels that are 1 alone",
    explain=f"{_SIGMOID} Yours is $-y (1 - a)$, the gradient of $-y \\ln a$. The other half of binary cross-entropy, "
    "$-(1 - y) \\ln(1 - a)$, pushes the other outputs down.",
    hints=("What is your error where the label is 0?", "How many terms has the cost, and how many your gradient?"),
    place=Place(assigns=DELTA),
    only={"output": "sigmoid"},
)
def positive_labels_alone(outputs, targets, *, mean, layout):
    return _averaged(-targets * (1 - outputs), mean, layout)


@output_error.mistake(
    "output_delta.labels-ignored",
    step="output_delta",
    title="The labels are not subtracted from the outputs",
    explain=f"{_SIGMOID} Yours is a alone, which pushes every output down whatever the label.",
    hints=("Does your gradient depend on the labels?", "What is missing beside the outputs?"),
    place=Place(assigns=DELTA),
    only={"output": "sigmoid"},
)
def labels_ignored(right, outputs, targets):
    return right(outputs, 0 * targets)


@output_error.mistake(
    "output_delta.doubled-for-sigmoid-output",
    step="output_delta",
    title="The output error is twice as large as it should be",
    explain=f"{_SIGMOID} A factor 2 comes from deriving a square; there is none here.",
    hints=("Where does your factor 2 come from?", "Derive $-y \\ln a - (1 - y) \\ln(1 - a)$."),
    place=Place(assigns=DELTA),
    only={"output": "sigmoid"},
)
def doubled_for_sigmoid_output(right, outputs, targets):
    return 2 * right(outputs, targets)


@output_error.mistake(
    "output_delta.rounded-outputs",
    step="output_delta",
    title="The output error is computed from rounded outputs",
    explain=f"{_SIGMOID} With 0 or 1 in the place of a, the error is 0 wherever the output is on the right side of ½, "
    "and learning stops there.",
    hints=("Which values can your error have?", "Where are the outputs rounded or compared with ½?"),
    only={"output": "sigmoid"},
)
def rounded_outputs(right, outputs, targets):
    return right(np.round(outputs), targets)


output_error.teach(
    {
        "backward.not-averaged": lessons.NOT_AVERAGED,
        "backward.averaged-twice": lessons.AVERAGED_TWICE,
        "backward.divided-by-classes": lessons.BY_CLASSES,
        "backward.divided-by-entries": lessons.BY_ENTRIES,
        "backward.sign": lessons.SIGN,
        "backward.doubled": lessons.DOUBLED,
        "backward.sigmoid-derivative-at-output": lessons.SQUARED_ERROR,
        "backward.softmax-jacobian-of-difference": lessons.SQUARED_ERROR,
        "backward.squared-error-of-sigmoids": lessons.SQUARED_ERROR,
        "backward.squared-error-of-softmax": lessons.SQUARED_ERROR,
        "backward.labels-not-subtracted": lessons.LABELS_MISSING,
        "backward.softmax-derivative-missing": lessons.SOFTMAX_MISSING,
        "backward.rounded-predictions": lessons.ROUNDED,
        "backward.labels-shifted": lessons.SHIFTED,
        "output_delta.sign-of-sigmoid-output": lessons.SIGN,
        "output_delta.squared-error-of-sigmoid-output": lessons.SQUARED_ERROR,
        "output_delta.labels-ignored": lessons.LABELS_MISSING,
        "output_delta.rounded-outputs": lessons.ROUNDED,
    }
)
