"""`predict`."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "predict.over-the-batch",
    step="most_probable",
    title="The best image of each class is found, not the best class of each image",
    explain="Rows are images: `argmax` must run along the classes, `axis=1`.",
    hints=("How many numbers does `predict` return?", "Look at the `axis` of `argmax`."),
)
def most_probable_over_the_batch(scores):
    return np.argmax(scores, axis=0)


@mistake(
    "predict.counted-from-one",
    step="most_probable",
    title="The labels are counted from 1",
    explain="Labels are 0 … k−1, as `argmax` gives them.",
    hints=("Which label does the first class have?", "Is something added to `argmax`?"),
)
def most_probable_counted_from_one(right, scores):
    return right(scores) + 1


@mistake(
    "predict.least-probable",
    step="most_probable",
    title="The class with the lowest score is returned",
    explain="The most probable class has the highest score; a minus sign or `argmin` turns it round.",
    hints=("Which class has the highest probability?", "`argmax` or `argmin`?"),
)
def least_probable(scores):
    return np.argmin(scores, axis=1)
