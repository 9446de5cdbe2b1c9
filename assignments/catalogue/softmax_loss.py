"""Mistakes in a softmax cross-entropy that gives the mean cost of scores (n, k) and labels (n,).

Steps: `shifted(scores)`, `log_normalised(scores)`, `log_probabilities(scores)` and `average_loss(log_p, y)`.
"""

import numpy as np

from grader.assignments import Place, mistake

_SOFTMAX = (
    "For each sample, $p_k = \\frac{e^{s_k}}{\\sum_j e^{s_j}}$, where the sum runs over the classes of that sample."
)
_COST = "The cost is $-\\frac{1}{n} \\sum_n \\log p_{n, y_n}$."


@mistake(
    "softmax_loss.normalised-over-the-batch",
    step="log_normalised",
    title="The softmax sums over the samples instead of the classes",
    explain=f"{_SOFTMAX} Rows are samples, so the sum runs along each row, `axis=1`.",
    hints=("What do the rows of your probabilities sum to?", "Look at the `axis` of the sum."),
)
def normalised_over_the_batch(scores):
    return scores - np.log(np.exp(scores).sum(axis=0, keepdims=True))


@mistake(
    "softmax_loss.normalised-over-everything",
    step="log_normalised",
    title="The softmax divides by one sum over the whole batch",
    explain=f"{_SOFTMAX} A sum without `axis` adds up the samples too.",
    hints=("What do the rows of your probabilities sum to?", "Which `axis` does the sum need?"),
)
def normalised_over_everything(scores):
    return scores - np.log(np.exp(scores).sum())


@mistake(
    "softmax_loss.overflow",
    step="shifted",
    title="The softmax overflows for large scores: the row maximum is not subtracted",
    explain="$e^{1000}$ is `inf`, and `inf/inf` is `nan`. A number that is subtracted from all scores of a row "
    "cancels, so subtract the largest.",
    hints=("What is `np.exp(1000)`?", "Which number can be subtracted from a row without changing its probabilities?"),
    place=Place(calls="a?max|exp"),
)
def overflow(scores):
    return scores


@mistake(
    "softmax_loss.shifted-by-the-global-maximum",
    step="shifted",
    title="The maximum of the whole batch is subtracted, not that of each row",
    explain="A row far below the global maximum becomes `exp` of large negative numbers: all zeros, and 0/0 is `nan`.",
    hints=("What happens to a row that lies 1000 below another?", "Look at the `axis` of the maximum."),
    place=Place(calls="a?max|exp"),
)
def shifted_by_the_global_maximum(scores):
    return scores - scores.max()


@mistake(
    "softmax_loss.logarithm-of-zero",
    step="log_probabilities",
    title="The logarithm is taken of a probability that is 0",
    explain="A probability can underflow to 0, and its logarithm is minus infinity. Compute the logarithm directly, "
    "$s_k - \\log \\sum_j e^{s_j}$ of the shifted scores, or keep p above a tiny number.",
    hints=("What is `np.log(0.0)`?", "Can the logarithm be taken before the division?"),
)
def logarithm_of_zero(right, scores):
    return np.log(np.exp(right(scores)))


@mistake(
    "softmax_loss.softmax-applied-twice",
    step="log_probabilities",
    title="The softmax is applied twice",
    explain="The second softmax sees numbers between 0 and 1 and makes them nearly equal: with $k$ classes no "
    "probability exceeds $\\frac{e}{e + k - 1}$.",
    hints=("How large can your largest probability become?", "Are the scores passed through a softmax before?"),
)
def softmax_applied_twice(right, scores):
    return right(np.exp(right(scores)))


@mistake(
    "softmax_loss.cost-summed",
    step="average_loss",
    title="The cost is summed over the samples, not averaged",
    explain=f"{_COST} A sum grows with the size of the batch.",
    hints=("What should the cost of a batch be that holds the same sample twice?", "`sum` or `mean`?"),
    place=Place(assigns="loss|cost"),
)
def cost_summed(right, log_p, y):
    return right(log_p, y) * len(y)


@mistake(
    "softmax_loss.cost-averaged-over-entries",
    step="average_loss",
    title="The cost is divided by n·k instead of n",
    explain=f"{_COST} A mean over all entries of the matrix divides by the number of classes too.",
    hints=("By which number do you divide, and what does it count?", "Over what does `np.mean` run?"),
    place=Place(assigns="loss|cost"),
)
def cost_averaged_over_entries(right, log_p, y):
    return right(log_p, y) / log_p.shape[1]


@mistake(
    "softmax_loss.cost-without-minus",
    step="average_loss",
    title="The minus sign of the cross-entropy is missing",
    explain=f"{_COST} Logarithms of probabilities are negative, the cost is positive.",
    hints=("Can a cross-entropy be negative?", "Compare with the formula."),
    place=Place(assigns="loss|cost"),
)
def cost_without_minus(right, log_p, y):
    return -right(log_p, y)


@mistake(
    "softmax_loss.logarithm-to-base-2",
    step="average_loss",
    title="The logarithm has base 2",
    explain=f"{_COST} The natural logarithm is meant: only its derivative is 1/p.",
    hints=("What is the cost of ten equal probabilities?", "`np.log` or `np.log2`?"),
    place=Place(assigns="loss|cost"),
)
def logarithm_to_base_2(right, log_p, y):
    return right(log_p, y) / np.log(2)


@mistake(
    "softmax_loss.logarithm-to-base-10",
    step="average_loss",
    title="The logarithm has base 10",
    explain=f"{_COST} The natural logarithm is meant: only its derivative is 1/p.",
    hints=("What is the cost of ten equal probabilities?", "`np.log` or `np.log10`?"),
    place=Place(assigns="loss|cost"),
)
def logarithm_to_base_10(right, log_p, y):
    return right(log_p, y) / np.log(10)


@mistake(
    "softmax_loss.probability-without-logarithm",
    step="average_loss",
    title="The probabilities of the true classes are averaged without a logarithm",
    explain=_COST,
    hints=("What is the cost of a perfect prediction?", "Which function of p is missing?"),
    place=Place(assigns="loss|cost"),
)
def probability_without_logarithm(log_p, y):
    return -np.mean(np.exp(log_p[np.arange(len(y)), y]))


@mistake(
    "softmax_loss.every-pair-of-row-and-label",
    step="average_loss",
    title="`p[:, y]` picks n×n entries instead of one for each sample",
    explain=f"{_COST} `p[:, y]` gives every row the columns of all labels; `p[np.arange(n), y]` pairs row i with label "
    "i.",
    hints=("Which shape has `p[:, y]`?", "How do you pick one entry from each row?"),
    place=Place(looks=r"\[:, y\w*\]", first=True),
)
def every_pair_of_row_and_label(log_p, y):
    return -np.mean(log_p[:, y])


@mistake(
    "softmax_loss.every-pair-of-row-and-label-summed",
    step="average_loss",
    title="`p[:, y]` picks n×n entries instead of one for each sample",
    explain=f"{_COST} `p[:, y]` gives every row the columns of all labels; `p[np.arange(n), y]` pairs row i with label "
    "i.",
    hints=("Which shape has `p[:, y]`?", "How do you pick one entry from each row?"),
    place=Place(looks=r"\[:, y\w*\]", first=True),
)
def every_pair_of_row_and_label_summed(log_p, y):
    return -np.sum(log_p[:, y]) / len(y)


@mistake(
    "softmax_loss.entropy-of-the-prediction",
    step="average_loss",
    title="This is the entropy of the prediction: the labels are not used",
    explain=f"{_COST} Yours is $-\\sum_k p_k \\log p_k$; it does not know which class is right.",
    hints=("Does your cost change with the labels?", "Where are the labels in your formula?"),
    place=Place(assigns="loss|cost"),
)
def entropy_of_the_prediction(log_p, y):
    return -np.mean(np.sum(np.exp(log_p) * log_p, axis=1))
