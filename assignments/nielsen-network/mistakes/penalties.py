"""Both penalties together."""

from grader.assignments import mistake

_L1 = "The L1 penalty is $\\frac{\\lambda_1}{n} \\sum |w|$."
_L2 = "The L2 penalty is $\\frac{\\lambda_2}{2n} \\sum w^2$."


@mistake(
    "total_cost.penalty-not-divided-by-n",
    step="penalty",
    title="The penalties lack the factor 1/n",
    explain=f"{_L1} {_L2} Here n is the number of samples in the data.",
    hints=("Which factors do the penalties have in the contract?", "Where do you divide by `len(data)`?"),
)
def penalty_not_divided_by_n(right, params, lmbda_L1, lmbda_L2, n):
    return right(params, lmbda_L1, lmbda_L2, 1)


@mistake(
    "total_cost.penalty-missing",
    step="penalty",
    title="The penalties are missing from the cost",
    explain="The cost contains $\\frac{\\lambda_1}{n} \\sum |w| + \\frac{\\lambda_2}{2n} \\sum w^2$.",
    hints=("Does your cost change with λ?", "Where are `lmbda_L1` and `lmbda_L2` used?"),
)
def penalty_missing(params, lmbda_L1, lmbda_L2, n):
    return 0.0


@mistake(
    "total_cost.penalty-subtracted",
    step="penalty",
    title="The penalties are subtracted from the cost",
    explain="A penalty makes the cost larger.",
    hints=("Does your cost grow with λ?", "`+` or `-`?"),
)
def penalty_subtracted(right, params, lmbda_L1, lmbda_L2, n):
    return -right(params, lmbda_L1, lmbda_L2, n)


@mistake(
    "total_cost.penalties-swapped",
    step="penalty",
    title="λ₁ and λ₂ are swapped in the cost",
    explain="$\\lambda_1$ belongs to $|w|$ and $\\lambda_2$ to $w^2$.",
    hints=("What happens with λ₁ alone?", "Compare the order of the two in the signature and where they are used."),
)
def penalties_swapped_in_cost(right, params, lmbda_L1, lmbda_L2, n):
    return right(params, lmbda_L2, lmbda_L1, n)
