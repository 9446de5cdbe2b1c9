"""The operation and its words."""

from grader.assignments import Operation
from reference import l2_penalty as formula


def words(*, shared):
    return {
        "factor": "\\frac{\\lambda}{2 <n>}" if shared else "\\frac{\\lambda}{2}",
        "rate": "\\frac{\\lambda}{<n>}" if shared else "\\lambda",
        "slope": "λ/<n>·W" if shared else "λW",
        "half_slope": "λ/(2<n>)·W" if shared else "λW/2",
        "rate_alone": "λ/<n>" if shared else "λ",
        "of_samples": ", <n> the number of samples" if shared else "",
        "w": "W",
        "penalty": "the penalty",
        "l2_penalty": "the L2 penalty",
        "its_cost": "The penalty is $<factor> \\sum_l \\sum_{ij} W_{l,ij}^2$, over the weights of every "
        "layer<of_samples>.",
        "its_gradient": "The penalty $<factor> \\sum W^2$ adds $<rate> W$ to the gradient of each weight matrix.",
        "lam": "lam",
        "n": "n",
    }


l2_penalty = Operation(formula, words=words)

SHARED = {"shared": True}
UNSHARED = {"shared": False}
