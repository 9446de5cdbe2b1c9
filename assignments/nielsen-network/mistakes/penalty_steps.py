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


@mistake(
    "update_mini_batch.l2-over-the-mini-batch",
    step="samples_behind_the_l2_step",
    title="The L2 penalty is divided by the mini-batch's size, not by n: it is n/m times too strong",
    explain=f"{_L2} Here n counts the samples of the whole training set: λ₂ is meant for all of it, and each of its "
    "mini-batches of m samples takes its share.",
    hints=("Is the pull of λ₂ the same in a mini-batch of 1 and of 10?", "`n` or the length of the mini-batch?"),
    place=Place(assigns="weights"),
)
def l2_over_the_mini_batch(training_size, batch_size):
    return batch_size
