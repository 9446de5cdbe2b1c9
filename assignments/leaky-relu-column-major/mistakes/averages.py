"""Means over samples, which are columns."""

import numpy as np

from grader.assignments import Place, mistake


@mistake(
    "training.features-taken-for-samples",
    step="number_of_samples",
    title="m is the number of features, not of samples: `X.shape[0]` instead of `X.shape[1]`",
    explain="Columns are samples here, so X has the shape (d, m). With 784 pixels in the place of the samples cost and "
    "gradients are m/784 times what they should be: the learning rate means something else, and the cost cannot be "
    "compared with anything.",
    hints=(
        "What is the shape of X, and which of the two numbers counts the samples?",
        "Does your cost stay the same when every sample is given twice?",
    ),
    place=Place(assigns="m|n|N|samples"),
)
def features_taken_for_samples(X):
    return X.shape[0]


@mistake(
    "cost.summed-over-samples",
    step="average",
    title="The cost is summed over the samples, not averaged",
    explain="Divided by m the cost of a network is the same for a few images and for many.",
    hints=("How does the cost change when every sample is given twice?", "Where is the division by m?"),
)
def cost_summed_over_samples(costs, m):
    return np.sum(costs)


@mistake(
    "cost.of-the-last-sample",
    step="average",
    title="The cost is that of the last sample alone",
    explain="The mean over all samples is asked for; in a loop over samples, `=` instead of `+=` keeps the last one.",
    hints=("Does the cost change when the first sample does?", "What does your loop do with its total?"),
)
def cost_of_the_last_sample(costs, m):
    return costs[-1]
