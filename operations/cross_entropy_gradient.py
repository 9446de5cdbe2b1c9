"""What goes wrong in the gradient of a cross-entropy in the probabilities themselves."""

from grader.assignments import Operation
from reference import cross_entropy_gradient as formula

cross_entropy_gradient = Operation(formula)

_SLOPE = (
    "The gradient in the probabilities is $-\\frac{y}{n \\, p}$: $-\\frac1n$ over the probability at the true classes."
)


def known(code, step, title, explain, *hints):
    return cross_entropy_gradient.mistake(
        f"backward.{code}", step=step, title=title, explain=f"{_SLOPE} {explain}".strip(), hints=hints
    )


@known(
    "logarithms-not-averaged",
    "samples_of_the_gradient",
    "The gradient of the cross-entropy is not divided by the number of samples",
    "",
    "What becomes of it when every sample is given twice?",
    "What is divided by in the cost?",
)
def not_averaged(Y):
    return 1


@known(
    "logarithms-averaged-over-entries",
    "samples_of_the_gradient",
    "The gradient is divided by the number of all entries, not of the samples",
    "",
    "What is divided by in the cost?",
    "How many samples are there?",
)
def averaged_over_entries(Y):
    return Y.size


@known(
    "logarithms-sign",
    "slope_of_logarithms",
    "The sign of the gradient of the cross-entropy is wrong",
    "Yours is positive.",
    "Does the cost fall or grow with the probability of the true class?",
    "Where is the minus?",
)
def sign(right, probs, Y):
    return -right(probs, Y)


@known(
    "logarithms-probability-missing",
    "slope_of_logarithms",
    "The gradient is not divided by the probability",
    "",
    "What is the derivative of the logarithm?",
    "Is a gradient of 1 right for every probability?",
)
def probability_missing(probs, Y):
    return -Y


@known(
    "logarithms-with-a-softmax",
    "slope_of_logarithms",
    "This is the gradient at the logits, not in the probabilities",
    "Yours is $p - y$, what is left of it behind a softmax.",
    "In what is the derivative taken: in what goes into a softmax, or in what comes out?",
    "Where is a division by the probability?",
)
def with_a_softmax(probs, Y):
    return probs - Y
