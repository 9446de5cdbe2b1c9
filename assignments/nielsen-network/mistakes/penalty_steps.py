"""Both penalties in a step."""

import numpy as np

from grader.assignments import Place, mistake

_L1 = "The penalty $\\frac{\\lambda_1}{n} \\sum |w|$ has the gradient $\\frac{\\lambda_1}{n} sign(w)$."
_L2 = "The penalty $\\frac{\\lambda_2}{2n} \\sum w^2$ has the gradient $\\frac{\\lambda_2}{n} w$."


@mistake(
    "update_mini_batch.penalties-swapped",
    step="strengths",
    title="λ₁ and λ₂ are swapped: the L1 strength is used for the squares, and the other way round",
    explain=f"{_L1} {_L2}",
    hints=("What happens with λ₁ alone?", "Compare the order of the two in the signature and where they are used."),
)
def penalties_swapped(lmbda_L1, lmbda_L2):
    return lmbda_L2, lmbda_L1


@mistake(
    "update_mini_batch.biases-penalised-by-both",
    step="bias_penalty",
    title="Both penalties act on the biases too",
    explain="The penalties are on the weights alone: a bias feels the mean gradient and nothing else.",
    hints=("Do the biases change with λ₁ and λ₂?", "Which parameters does the contract penalise?"),
    place=Place(assigns="biases"),
)
def biases_penalised_by_both(b, lmbda_L1, lmbda_L2, n):
    return lmbda_L1 / n * np.sign(b) + lmbda_L2 / n * b
