"""Mistakes in the step `most_probable(probs)`: the class of each row."""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "The predicted class of a sample is the column with the largest probability in its row."


@mistake(
    "predict.over-the-batch",
    step="most_probable",
    title="`argmax` runs down the columns: over the samples instead of the classes",
    explain=f"{_RULE} With `axis=0` it looks for the sample with the largest probability in each class: k numbers, "
    "where n "
    "are asked for.",
    hints=("How many labels come out for 7 samples and 4 classes?", "Look at the `axis` of `argmax`."),
    place=Place(calls="argmax"),
)
def over_the_batch(probs):
    return np.argmax(probs, axis=0)


@mistake(
    "predict.over-everything",
    step="most_probable",
    title="`argmax` without `axis` returns one position in the whole matrix",
    explain=f"{_RULE} Without `axis`, numpy flattens the array first and returns a single number.",
    hints=("How many labels come out for 7 samples?", "`argmax` needs an `axis`."),
    place=Place(calls="argmax"),
)
def over_everything(probs):
    return np.argmax(probs)


@mistake(
    "predict.least-probable",
    step="most_probable",
    title="The least probable class is returned",
    explain=f"{_RULE} Yours is the smallest.",
    hints=("Which class should win?", "`argmin` or `argmax`? Is something negated?"),
    place=Place(calls="argmin|argmax"),
)
def least_probable(probs):
    return np.argmin(probs, axis=1)


@mistake(
    "predict.probabilities-returned",
    step="most_probable",
    title="The probabilities are returned instead of the classes",
    explain=f"{_RULE} The number of that column is asked for.",
    hints=(
        "Which shape must the result have for n samples?",
        "Which numpy function gives the place of the largest entry?",
    ),
)
def probabilities_returned(probs):
    return probs


@mistake(
    "predict.largest-probability-returned",
    step="most_probable",
    title="The largest probability is returned instead of its class",
    explain=f"{_RULE} `max` gives the value; `argmax` gives the place.",
    hints=("Are your results whole numbers?", "`max` or `argmax`?"),
    place=Place(calls="max|amax"),
)
def largest_probability_returned(probs):
    return np.max(probs, axis=1)


@mistake(
    "predict.one-hot-returned",
    step="most_probable",
    title="The classes are returned one-hot instead of as numbers",
    explain=f"{_RULE} The result is one whole number for each sample, shape (n,).",
    hints=("Which shape must the result have for n samples?", "Leave the labels as `argmax` gives them."),
)
def one_hot_returned(probs):
    return np.eye(probs.shape[1])[np.argmax(probs, axis=1)]


@mistake(
    "predict.counted-from-one",
    step="most_probable",
    title="The classes are counted from 1 instead of 0",
    explain=f"{_RULE} Columns are counted from 0, as `argmax` does.",
    hints=("Which label belongs to the first column?", "Look for a `+ 1`."),
    place=Place(calls="argmax"),
)
def counted_from_one(probs):
    return np.argmax(probs, axis=1) + 1
