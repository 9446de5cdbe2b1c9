"""`L_model_backward`: the derivative of the cost in the network's output."""

from grader.assignments import Place, mistake

_OUTPUT = "The derivative of $-y \\ln a - (1 - y) \\ln(1 - a)$ in a is $-\\frac{y}{a} + \\frac{1 - y}{1 - a}$."
_DAL = "dA.*"


@mistake(
    "backward.output-gradient-sign",
    step="output_gradient",
    title="dAL has the wrong sign",
    explain=f"{_OUTPUT} Yours is −1 times that: with it, descent climbs.",
    hints=("If an output is too small for the label 1, must its gradient be positive or negative?", "Derive the cost."),
    place=Place(assigns=_DAL, calls="divide"),
)
def output_gradient_sign(AL, Y):
    return Y / AL - (1 - Y) / (1 - AL)


@mistake(
    "backward.output-gradient-terms-of-one-sign",
    step="output_gradient",
    title="Both terms of dAL have a minus: the parentheses are missing or hold a plus",
    explain=f"{_OUTPUT} Yours is $-\\frac{{y}}{{a}} - \\frac{{1 - y}}{{1 - a}}$.",
    hints=("What does $\\ln(1 - a)$ give when it is derived?", "Which sign has your gradient where the label is 0?"),
    place=Place(assigns=_DAL, calls="divide"),
)
def output_gradient_terms_of_one_sign(AL, Y):
    return -(Y / AL + (1 - Y) / (1 - AL))


@mistake(
    "backward.output-gradient-of-positive-labels",
    step="output_gradient",
    title="dAL lacks its second term: samples labelled 0 have no gradient",
    explain=_OUTPUT,
    hints=("What is your gradient where the label is 0?", "How many terms has the cost?"),
    place=Place(assigns=_DAL),
)
def output_gradient_of_positive_labels(AL, Y):
    return -Y / AL


@mistake(
    "backward.output-gradient-of-negative-labels",
    step="output_gradient",
    title="dAL lacks its first term: samples labelled 1 have no gradient",
    explain=_OUTPUT,
    hints=("What is your gradient where the label is 1?", "How many terms has the cost?"),
    place=Place(assigns=_DAL),
)
def output_gradient_of_negative_labels(AL, Y):
    return (1 - Y) / (1 - AL)


@mistake(
    "backward.output-gradient-is-that-of-z",
    step="output_gradient",
    title="dAL is AL − Y: that is dZ of the last layer already",
    explain=f"{_OUTPUT} Times the sigmoid's derivative it becomes $a - y$. Passed on as dAL, it is multiplied by that "
    "derivative once more, as for the squared error.",
    hints=("In which quantity is $a - y$ the derivative of the cost?", "What does `linear_activation_backward` get?"),
    place=Place(assigns=_DAL),
)
def output_gradient_is_that_of_z(AL, Y):
    return AL - Y


@mistake(
    "backward.output-gradient-of-squared-error",
    step="output_gradient",
    title="dAL is the derivative of the squared error, 2(AL − Y)",
    explain=_OUTPUT,
    hints=("Which cost has $2 (a - y)$ as its derivative?", "Derive the cross-entropy."),
    place=Place(assigns=_DAL),
)
def output_gradient_of_squared_error(AL, Y):
    return 2 * (AL - Y)


@mistake(
    "backward.output-gradient-averaged",
    step="output_gradient",
    title="dAL is divided by m: the division is made once more in `linear_backward`",
    explain="The mean of the cost has one factor $\\frac{1}{m}$. `linear_backward` has it for all layers; dAL is the "
    "gradient of each sample's own cost.",
    hints=("How often is your gradient divided by m?", "Look at the line of `dAL`."),
    place=Place(assigns=_DAL),
)
def output_gradient_averaged(right, AL, Y):
    return right(AL, Y) / Y.shape[1]


@mistake(
    "backward.output-gradient-denominators-exchanged",
    step="output_gradient",
    title="The denominators of dAL are exchanged",
    explain=_OUTPUT,
    hints=("What is the derivative of $\\ln a$?", "Which denominator belongs to y?"),
    place=Place(assigns=_DAL),
)
def output_gradient_denominators_exchanged(AL, Y):
    return (1 - Y) / AL - Y / (1 - AL)
