"""What goes wrong at the output and in the count."""

from grader.assignments import Place, mistake
from operations.listed_networks import least_output_taken

_OUTPUT = "With the quadratic cost $\\delta^L = (a^L - y) \\odot \\sigma'(z^L)$."


@mistake(
    "backprop.output-slope-missing",
    step="output_error",
    title="The factor σ' is missing in the output error",
    explain=f"{_OUTPUT} Without it the error belongs to the cross-entropy.",
    hints=("Which cost does this network have?", "Which functions lie between $z^L$ and the cost?"),
    place=Place(assigns="delta"),
)
def output_slope_missing(slope, z):
    return slope


@mistake(
    "backprop.hidden-slope-missing",
    step="hidden_error",
    title="The factor σ' is missing in the hidden layers",
    explain="$\\delta^l = (w^{l+1})^T \\delta^{l+1} \\odot \\sigma'(z^l)$. Yours lacks the last factor.",
    hints=("Which functions lie between $z^l$ and the next layer?", "What does the loop over the hidden layers do?"),
    place=Place(assigns="delta"),
)
def hidden_slope_missing(upstream, z):
    return upstream


@mistake(
    "cost_derivative.wrong-sign",
    step="quadratic_slope",
    title="The sign of the cost's gradient is wrong",
    explain="The gradient of $\\frac12 \\|a - y\\|^2$ is $a - y$, which a step subtracts. Yours is $y - a$: a step "
    "that adds it goes down as well, and has to be turned together with it.",
    hints=("If an output is too small, is its gradient positive or negative?", "Which is subtracted from which?"),
)
def wrong_sign(a, y):
    return y - a


@mistake(
    "cost_derivative.doubled",
    step="quadratic_slope",
    title="The cost's gradient is twice as large",
    explain="The cost is $\\frac12 \\|a - y\\|^2$: the ½ and the 2 of the square's derivative cancel.",
    hints=("What is the derivative of $\\frac12 a^2$?",),
)
def doubled(a, y):
    return 2 * (a - y)


least_output = least_output_taken("evaluate")


@mistake(
    "evaluate.share",
    step="told",
    title="The share of right answers is returned, not their number",
    explain="`evaluate` counts.",
    hints=("Is your result a whole number?",),
)
def share(count, samples):
    return count / samples
