"""The cost of the data."""

import numpy as np

from grader.assignments import Place, mistake


@mistake(
    "cost.positive-labels-alone",
    step="sample_costs",
    title="The cross-entropy lacks the outputs whose label is 0",
    explain="Each sigmoid output is a yes or no of its own: $-[y \\ln a + (1 - y) \\ln(1 - a)]$. Yours has the first "
    "half, which belongs to softmax; with it an output that is 1 for every image costs nothing.",
    hints=("What does an output of 0.9 cost where the label is 0?", "How many terms has the cost of one output?"),
)
def positive_labels_alone(outputs, y):
    return -np.sum(y * np.log(outputs), axis=1)


@mistake(
    "cost.sign",
    step="sample_costs",
    title="The minus sign of the cross-entropy is missing",
    explain="Logarithms of numbers below 1 are negative; the minus makes a cost of them.",
    hints=("Can a cost be negative?", "Look at the sign before the sum."),
)
def cost_sign(right, outputs, y):
    return -right(outputs, y)


@mistake(
    "cost.squared-error",
    step="sample_costs",
    title="The cost is the squared error, not the cross-entropy",
    explain="Cross-entropy is $-\\sum [y \\ln a + (1 - y) \\ln(1 - a)]$; yours is $\\frac{1}{2} \\sum (a - y)^2$.",
    hints=("Is there a logarithm in your cost?", "Which cost does the task ask for?"),
)
def squared_error(outputs, y):
    return 0.5 * np.sum((outputs - y) ** 2, axis=1)


@mistake(
    "cost.summed",
    step="average",
    title="The cross-entropy is summed over the samples, not averaged",
    explain="Divided by the number of samples the cost, and with it the learning rate, means the same for any batch.",
    hints=("How does the cost change when every sample is given twice?", "`sum` or `mean`?"),
)
def cost_summed(costs, outputs):
    return np.sum(costs)


@mistake(
    "cost.averaged-over-outputs",
    step="average",
    title="The cross-entropy is averaged over the outputs as well: it is k times too small",
    explain="The costs of a sample's outputs are added; the mean is over samples alone. `np.mean` of the whole matrix "
    "divides by both.",
    hints=("By how many numbers does `np.mean` divide?", "Which axis is the mean to be taken over?"),
)
def averaged_over_outputs(costs, outputs):
    return np.sum(costs) / outputs.size


@mistake(
    "cost.log-of-zero",
    step="guarded_log",
    title="log(0) is not guarded against",
    explain="A sigmoid output can be exactly 0 or 1 in floating point. Then one logarithm is −∞, and 0 · (−∞) is NaN, "
    "which stays in every sum. `np.clip(a, 1e-12, 1 - 1e-12)` keeps it finite.",
    hints=("What is the cost when an output is exactly 1?", "What does `0 * np.log(0)` give?"),
    place=Place(calls="log"),
)
def log_of_zero(p):
    return np.log(p)
