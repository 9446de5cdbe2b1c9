"""The penalty in the gradient: its factor and its form."""

import numpy as np

from grader.assignments import Place, mistake

GRADIENT = "The penalty adds $\\frac{\\lambda}{m} W_l$ to the gradient of each weight matrix, and nothing to biases."
LINE = "Look at the λ term in the lines of `dW1`, `dW2` and `dW3`."
DW = "d?[wW]\\d.*|gradients"
_DB = "db\\d?"


@mistake(
    "gradient.penalty-missing",
    step="weight_penalty_gradient",
    title="The penalty is missing from the gradients",
    explain=f"{GRADIENT} Yours do not change with λ, so the weights never feel it.",
    hints=("What changes in your gradients when `lambd` doubles?", LINE),
)
def gradient_missing(W, lambd, m):
    return 0 * W


@mistake(
    "gradient.penalty-not-divided-by-the-samples",
    step="weight_penalty_gradient",
    title="The penalty's gradient is not divided by the number of samples: λW instead of λ/m·W",
    explain=f"{GRADIENT} In the cost the penalty stands beside a mean, with $\\frac{{1}}{{m}}$ before both.",
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", LINE),
    place=Place(assigns=DW),
)
def gradient_not_divided(W, lambd, m):
    return lambd * W


@mistake(
    "gradient.penalty-divided-by-the-samples-twice",
    step="weight_penalty_gradient",
    title="The penalty's gradient is divided by the number of samples twice",
    explain=f"{GRADIENT} Yours has $m^2$: λ/m W stands inside a parenthesis that is divided by m once more.",
    hints=("How often is your λ term divided by m?", "Which terms does your `1/m * (…)` hold?"),
    place=Place(assigns=DW),
)
def gradient_divided_twice(W, lambd, m):
    return lambd / m**2 * W


@mistake(
    "gradient.penalty-halved",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λ/(2m)·W: the ½ of the cost was not cancelled",
    explain=f"{GRADIENT} The derivative of $\\frac{{1}}{{2}} w^2$ is w: the 2 that comes down cancels the ½.",
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", LINE),
    place=Place(assigns=DW),
)
def gradient_halved(W, lambd, m):
    return lambd / (2 * m) * W


@mistake(
    "gradient.penalty-halved-and-not-divided",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λ/2·W instead of λ/m·W",
    explain=f"{GRADIENT} The 2 that comes down from the square cancels the ½, and the division by m stays.",
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", LINE),
    place=Place(assigns=DW),
)
def gradient_halved_and_not_divided(W, lambd, m):
    return lambd / 2 * W


@mistake(
    "gradient.penalty-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λ/m·W: the 2 of the square has a ½ to cancel",
    explain=GRADIENT,
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", LINE),
    place=Place(assigns=DW),
)
def gradient_doubled(W, lambd, m):
    return 2 * lambd / m * W


@mistake(
    "gradient.penalty-sign",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the wrong sign",
    explain=f"{GRADIENT} With a minus sign the weights grow without bound.",
    hints=("Should the penalty make the weights smaller or larger?", LINE),
    place=Place(assigns=DW),
)
def gradient_sign(W, lambd, m):
    return -lambd / m * W


@mistake(
    "gradient.penalty-without-lambda",
    step="weight_penalty_gradient",
    title="λ is missing from the penalty's gradient: W/m instead of λ/m·W",
    explain=f"{GRADIENT} Yours is the same for every λ, and not 0 for λ = 0.",
    hints=("What should the penalty's part be for λ = 0?", LINE),
    place=Place(assigns=DW),
)
def gradient_without_lambda(W, lambd, m):
    return W / m


@mistake(
    "gradient.penalty-constant",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λ/m itself: the weights are missing in it",
    explain=f"{GRADIENT} Each weight is drawn towards 0 in proportion to itself, negative ones upwards.",
    hints=("Should a weight of −2 and one of 2 get the same push?", LINE),
    place=Place(assigns=DW),
)
def gradient_constant(W, lambd, m):
    return lambd / m


@mistake(
    "gradient.penalty-sum-of-weights",
    step="weight_penalty_gradient",
    title="The sum of all weights is added to every entry of the gradient",
    explain=f"{GRADIENT} Each weight has its own derivative; nothing is summed in the gradient.",
    hints=("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the λ term."),
    place=Place(assigns=DW, calls="sum"),
)
def gradient_sum_of_weights(W, lambd, m):
    return lambd / m * np.sum(W)


@mistake(
    "gradient.penalty-sum-of-squares",
    step="weight_penalty_gradient",
    title="The penalty itself, a sum of squares, is added to every entry of the gradient",
    explain=f"{GRADIENT} What belongs there is the penalty's derivative, not the penalty.",
    hints=("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the λ term."),
    place=Place(assigns=DW, calls="sum"),
)
def gradient_sum_of_squares(W, lambd, m):
    return lambd / (2 * m) * np.sum(W**2)


@mistake(
    "gradient.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has W² where W belongs",
    explain=f"{GRADIENT} The square was not derived: it loses the sign, and negative weights are pushed away from 0.",
    hints=("What is the derivative of $w^2$?", LINE),
    place=Place(assigns=DW),
)
def gradient_squared_weights(W, lambd, m):
    return lambd / m * W**2


@mistake(
    "gradient.penalty-of-absolute-values",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of an L1 penalty: the sign of W instead of W",
    explain=f"{GRADIENT} $\\frac{{\\lambda}}{{m}} \\, sign(W)$ is the derivative of $\\frac{{\\lambda}}{{m}} \\sum "
    "|W|$.",
    hints=("Should large weights be pushed more than small ones?", LINE),
    place=Place(calls="sign"),
)
def gradient_of_absolute_values(W, lambd, m):
    return lambd / m * np.sign(W)


@mistake(
    "gradient.biases-penalised",
    step="bias_penalty_gradient",
    title="The biases are penalised: λ/m·b is added to their gradients",
    explain=f"{GRADIENT} The cost has no biases in its penalty, so their gradients do not change with λ.",
    hints=("Does any gradient of a bias change with λ?", "Which of your lines have a λ term?"),
    place=Place(assigns=_DB),
)
def biases_penalised(b, lambd, m):
    return lambd / m * b
