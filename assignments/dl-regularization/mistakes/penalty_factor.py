"""The factor of the penalty in the cost."""

from grader.assignments import Place, mistake

PENALTY = "The penalty is $\\frac{\\lambda}{2m} (\\sum W_1^2 + \\sum W_2^2 + \\sum W_3^2)$, m the number of samples."
_FACTOR_HINTS = (
    "Print what λ adds to your cost: by which number does it differ from λ/(2m) times the sum of squares?",
    "Look at what stands before the sum of squares.",
)
COST = ".*([rR]eg|[pP]enalty|[lL]2).*"


@mistake(
    "penalty.not-divided-by-the-samples",
    step="penalty_factor",
    title="The penalty is not divided by the number of samples: λ/2 instead of λ/(2m)",
    explain=f"{PENALTY} Yours is m times too strong. (`Y.shape[0]` is 1 here: columns are samples, so m is "
    "`Y.shape[1]`.)",
    hints=("Does your penalty change with the number of samples?", *_FACTOR_HINTS),
    place=Place(assigns=COST),
)
def not_divided_by_the_samples(lambd, m):
    return lambd / 2


@mistake(
    "penalty.half-missing",
    step="penalty_factor",
    title="The ½ of the penalty is missing: λ/m instead of λ/(2m)",
    explain=f"{PENALTY} Yours is twice as much. The ½ is there so that the gradient is $\\frac{{\\lambda}}{{m}} W$, "
    "without a 2.",
    hints=("What is the derivative of your penalty in W?", *_FACTOR_HINTS),
    place=Place(assigns=COST),
)
def half_missing(lambd, m):
    return lambd / m


@mistake(
    "penalty.lambda-alone",
    step="penalty_factor",
    title="The factor of the penalty is λ, instead of λ/(2m)",
    explain=f"{PENALTY} Yours has neither the ½ nor the division by m.",
    hints=("Does your penalty change with the number of samples?", *_FACTOR_HINTS),
    place=Place(assigns=COST),
)
def lambda_alone(lambd, m):
    return lambd


@mistake(
    "penalty.multiplied-by-the-samples",
    step="penalty_factor",
    title="The penalty is multiplied by the number of samples: `lambd / 2 * m` instead of `lambd / (2 * m)`",
    explain=f"{PENALTY} Without parentheses Python divides by 2 and then multiplies by m.",
    hints=("Should the penalty grow or shrink with m?", "In which order does Python compute `a / 2 * m`?"),
    place=Place(assigns=COST),
)
def multiplied_by_the_samples(lambd, m):
    return lambd / 2 * m


@mistake(
    "penalty.divided-by-the-samples-twice",
    step="penalty_factor",
    title="The penalty is divided by the number of samples twice",
    explain=f"{PENALTY} Yours has $m^2$: one $1/m$ stands before the penalty, and one before the whole cost.",
    hints=("How often is your λ term divided by m?", "Which parts of the cost are inside your `1/m * (…)`?"),
    place=Place(assigns=COST),
)
def divided_by_the_samples_twice(lambd, m):
    return lambd / (2 * m * m)


@mistake(
    "penalty.quarter",
    step="penalty_factor",
    title="The penalty is halved twice: λ/(4m) instead of λ/(2m)",
    explain=PENALTY,
    hints=_FACTOR_HINTS,
    place=Place(assigns=COST),
)
def halved_twice(lambd, m):
    return lambd / (4 * m)


@mistake(
    "penalty.missing",
    step="penalty_factor",
    title="The penalty is missing from the cost",
    explain=f"{PENALTY} Your cost does not change with λ.",
    hints=("What changes in your cost when `lambd` doubles?", "Is what you compute added to what you return?"),
    place=Place(assigns="cost"),
)
def penalty_missing(lambd, m):
    return 0.0


@mistake(
    "penalty.without-lambda",
    step="penalty_factor",
    title="The penalty does not depend on λ: 1/(2m) stands before the sum",
    explain=f"{PENALTY} Without λ it is the same for every strength, and not 0 for λ = 0.",
    hints=("What should the penalty be for λ = 0?", "Where does `lambd` appear in your formula?"),
    place=Place(assigns=COST),
)
def without_lambda(lambd, m):
    return 1 / (2 * m)


@mistake(
    "penalty.subtracted",
    step="penalty_factor",
    title="The penalty is subtracted from the cost",
    explain=f"{PENALTY} It is added, so that large weights cost something; yours rewards them.",
    hints=("Should large weights make the cost larger or smaller?", "Which sign stands before the penalty?"),
    place=Place(assigns="cost"),
)
def subtracted(lambd, m):
    return -lambd / (2 * m)
