"""The share of right answers."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "accuracy.counted-not-shared",
    step="NN2.accuracy",
    title="The number of right answers is returned, not their share",
    explain="The contract wants a number between 0 and 1: divide by the number of samples.",
    hints=("What is the accuracy when all is right?", "By what do you divide?"),
)
def counted_not_shared(right, self, data):
    return right(self, data) * len(data)


@mistake(
    "accuracy.percent",
    step="NN2.accuracy",
    title="The accuracy is in percent",
    explain="The contract wants a number between 0 and 1.",
    hints=("What is the accuracy when all is right?", "Is there a factor 100?"),
)
def percent(right, self, data):
    return 100 * right(self, data)


@mistake(
    "accuracy.entries-compared",
    step="is_right",
    title="Entries of rounded outputs and labels are compared one by one",
    explain="With k classes, k − 2 of the entries are right even for a wrong answer: at chance with ten classes the "
    "result is 0.82. A sample is right when the largest output is at the label's place.",
    hints=("What is your accuracy for outputs that are all wrong?", "How many comparisons are made for a sample?"),
)
def entries_compared(output, y):
    return y == np.eye(len(output))[np.argmax(output, axis=0)].T


@mistake(
    "accuracy.rounded-outputs",
    step="is_right",
    title="A sample counts as right only when its rounded outputs are the label",
    explain="The largest output decides, even when it is below 0.5 or when others are above it.",
    hints=("Is an answer with the outputs 0.3, 0.4, 0.2 right for class 1?", "Where is `argmax`?"),
)
def rounded_outputs(output, y):
    return np.all(np.round(output) == y, axis=0)
