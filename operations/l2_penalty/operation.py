"""The operation and its words."""

from grader.assignments import Operation
from grader.assignments.allowed import beginning
from reference import l2_penalty as formula


def words(*, shared, halved):
    two = "" if halved else "2"
    lam = f"{two}\\lambda"
    return {
        "factor": ("\\frac{\\lambda}{2 <n>}" if halved else "\\frac{\\lambda}{<n>}")
        if shared
        else ("\\frac{\\lambda}{2}" if halved else "\\lambda"),
        "plain_factor": "λ/(2<n>)" if halved else "λ/<n>",
        "unshared_factor": "λ/2" if halved else "λ",
        "rate": f"\\frac{{{lam}}}{{<n>}}" if shared else lam,
        "slope": f"{two}λ/<n>·W" if shared else f"{two}λW",
        "unshared_slope": f"{two}λ<w>",
        "half_slope": ("λ/(2<n>)·W" if halved else "λ/<n>·W") if shared else ("λW/2" if halved else "λW"),
        "rate_alone": f"{two}λ/<n>" if shared else f"{two}λ",
        "unshared_rate": "\\frac{\\lambda}{2}" if halved else "\\lambda",
        "shared_rate": "\\frac{\\lambda}{2n}" if halved else "\\frac{\\lambda}{n}",
        "decay": f"{two}ηλ/m",
        "why_half": "the ½ of the cost was not cancelled" if halved else "the 2 of the square's derivative is missing",
        "half": "The 2 of the square's derivative cancels the ½."
        if halved
        else "This penalty has no ½ that would cancel the 2.",
        "where_half": "Is the ½ still there after deriving?"
        if halved
        else "Where does a 2 come from when a square is derived?",
        "of_samples": ", <n> the number of samples" if shared else "",
        "w": "W",
        "penalty": "the penalty",
        "l2_penalty": "the L2 penalty",
        "its_cost": "The penalty is $<factor> \\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every "
        "layer<of_samples>.",
        "its_sum": "The sum of the penalty is $\\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every layer.",
        "its_gradient": "The penalty $<factor> \\sum W^2$ adds $<rate> W$ to the gradient of each weight matrix.",
        "lam": "lam",
        "n": "n",
    }


l2_penalty = Operation(formula, words=words, values={"weight": beginning("W")})

SHARED = {"shared": True}
UNSHARED = {"shared": False}
HALVED = {"halved": True}
WHOLE = {"halved": False}

SOME_LAYERS = "some layers"  # the family of mistakes in which layers are penalised
