"""`softmax_loss_naive`: the labels that its loops look up."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "softmax_loss_naive.label-of-the-class-index",
    step="naive_score_gradient",
    title="The loop over classes looks up `y[j]`, the label of another sample: `y[i]` is meant",
    explain="i counts samples and j classes; the label of sample i is `y[i]`. `y[j]` is the label of sample number j, "
    "and there is none when there are more classes than samples.",
    hints=("What does each of your indices count?", "Look at the comparison with the label."),
)
def label_of_the_class_index(p, y):
    return (p - np.array([float(j == y[j]) for j in range(p.shape[1])])) / len(p)
