"""Mistakes in the binary cross-entropy of one sigmoid output.

Steps: `cross_entropy(a, y)`, the cost of each sample, (m,), and `average(costs)`. Samples are columns.
"""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "The cost is $-\\frac{1}{m} \\sum_i [y_i \\ln a_i + (1 - y_i) \\ln(1 - a_i)]$."


def _of_samples(costs):
    return np.sum(costs, axis=0)


@mistake(
    "cost.term-of-negative-labels-missing",
    step="cross_entropy",
    title="The cost lacks its second term: samples labelled 0 cost nothing",
    explain=f"{_RULE} Yours has $y \\ln a$ alone. A network that always says 1 would have no cost at all.",
    hints=("What does your cost say about a sample with the label 0?", "Which term has the factor $1 - y$?"),
    place=Place(calls="log"),
)
def term_of_negative_labels_missing(a, y):
    return _of_samples(-y * np.log(a))


@mistake(
    "cost.term-of-positive-labels-missing",
    step="cross_entropy",
    title="The cost lacks its first term: samples labelled 1 cost nothing",
    explain=f"{_RULE} Yours has $(1 - y) \\ln(1 - a)$ alone.",
    hints=("What does your cost say about a sample with the label 1?", "Which term has the factor y?"),
    place=Place(calls="log"),
)
def term_of_positive_labels_missing(a, y):
    return _of_samples(-(1 - y) * np.log(1 - a))


@mistake(
    "cost.second-term-with-the-same-logarithm",
    step="cross_entropy",
    title="The second term has $\\ln a$ where $\\ln(1 - a)$ belongs",
    explain=f"{_RULE} In yours $y$ and $1 - y$ add up to 1, so that the labels have no part in the cost.",
    hints=("Does your cost change when the labels do?", "Of what is the second logarithm taken?"),
    place=Place(calls="log"),
)
def second_term_with_the_same_logarithm(a, y):
    return _of_samples(-np.log(a))


@mistake(
    "cost.terms-subtracted",
    step="cross_entropy",
    title="The two terms are subtracted from each other instead of added",
    explain=f"{_RULE} Yours is $-[y \\ln a - (1 - y) \\ln(1 - a)]$: samples labelled 0 make the cost smaller the more "
    "wrong they are.",
    hints=("Can your cost be negative?", "Which sign stands between the two terms?"),
    place=Place(calls="log"),
)
def terms_subtracted(a, y):
    return _of_samples(-(y * np.log(a) - (1 - y) * np.log(1 - a)))


@mistake(
    "cost.labels-reversed",
    step="cross_entropy",
    title="The labels are reversed: $1 - y$ stands where y belongs",
    explain=f"{_RULE} Yours rewards an output near 0 for the label 1.",
    hints=("What is your cost for the label 1 and an output near 1?", "Which label goes with $\\ln a$?"),
    place=Place(calls="log"),
)
def labels_reversed(a, y):
    return _of_samples(-((1 - y) * np.log(a) + y * np.log(1 - a)))


@mistake(
    "cost.minus-missing",
    step="cross_entropy",
    title="The minus sign of the cost is missing",
    explain=f"{_RULE} Logarithms of numbers below 1 are negative, a cost is positive.",
    hints=("Can a cost be negative?", "What stands in front of the sum?"),
)
def minus_missing(right, a, y):
    return -right(a, y)


@mistake(
    "cost.squared-error",
    step="cross_entropy",
    title="The cost is the squared error, not the cross-entropy",
    explain=f"{_RULE} Yours is the mean of $(a - y)^2$, which belongs to other gradients.",
    hints=("Which logarithms are in the formula?", "What does an output of 0.01 cost when the label is 1?"),
)
def squared_error(a, y):
    return _of_samples((a - y) ** 2)


@mistake(
    "cost.halved-squared-error",
    step="cross_entropy",
    title="The cost is half the squared error, not the cross-entropy",
    explain=f"{_RULE} Yours is the mean of $\\frac{{1}}{{2}} (a - y)^2$, which belongs to other gradients.",
    hints=("Which logarithms are in the formula?", "What does an output of 0.01 cost when the label is 1?"),
)
def halved_squared_error(a, y):
    return _of_samples((a - y) ** 2 / 2)


@mistake(
    "cost.halved",
    step="cross_entropy",
    title="The cost has a factor ½ that does not belong there",
    explain=f"{_RULE} The ½ comes from a squared error, where it cancels the 2 of the derivative.",
    hints=("By which factor is your cost too small?", "`1/m` or `1/(2*m)`?"),
)
def halved(right, a, y):
    return right(a, y) / 2


@mistake(
    "cost.logarithm-to-base-2",
    step="cross_entropy",
    title="The logarithms have base 2",
    explain=f"{_RULE} The natural logarithm is meant: only its derivative is $1/a$.",
    hints=("By which factor is your cost too large?", "`np.log` or `np.log2`?"),
    place=Place(calls="log2"),
)
def logarithm_to_base_2(right, a, y):
    return right(a, y) / np.log(2)


@mistake(
    "cost.logarithm-to-base-10",
    step="cross_entropy",
    title="The logarithms have base 10",
    explain=f"{_RULE} The natural logarithm is meant: only its derivative is $1/a$.",
    hints=("By which factor is your cost too small?", "`np.log` or `np.log10`?"),
    place=Place(calls="log10"),
)
def logarithm_to_base_10(right, a, y):
    return right(a, y) / np.log(10)


@mistake(
    "cost.every-output-with-every-label",
    step="cross_entropy",
    title="Every output meets every label: the product has m·m terms instead of m",
    explain=f"{_RULE} Sample i's label belongs to sample i's output. `np.dot(Y.T, …)` makes an (m, m) matrix of all "
    "pairs; `np.dot(Y, ….T)` and `Y * …` pair them as they should be.",
    hints=("How many terms has the sum for m samples?", "Which of the two factors is transposed in the product?"),
    place=Place(calls="dot|matmul|sum"),
)
def every_output_with_every_label(a, y):
    return -(y.T @ np.log(a) + (1 - y).T @ np.log(1 - a)).sum(axis=0)


@mistake(
    "cost.summed-over-samples",
    step="average",
    title="The cost is summed over the samples, not averaged",
    explain=f"{_RULE} Divided by m, the cost of a network is the same for a few samples and for many.",
    hints=("What should the cost of the same data taken twice be?", "Where is the division by m?"),
)
def summed_over_samples(costs):
    return np.sum(costs)


@mistake(
    "cost.averaged-twice",
    step="average",
    title="The cost is divided by the number of samples twice",
    explain=f"{_RULE} A mean has one division by m; `np.mean` has made it already.",
    hints=("What should the cost of the same data taken twice be?", "Is there a `1/m` beside a `np.mean`?"),
)
def averaged_twice(costs):
    return np.mean(costs) / len(costs)


@mistake(
    "cost.of-the-last-sample",
    step="average",
    title="The cost has the last sample's part only",
    explain=f"{_RULE} In a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does your cost change when the first sample does?", "What does your loop do with its total?"),
)
def of_the_last_sample(costs):
    return costs[-1] / len(costs)
