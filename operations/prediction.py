"""The predicted classes."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from operations.conventions import LAYOUT
from operations.lessons import training as lessons
from operations.texts import layout_words
from reference import prediction as formula


def words(*, layout):
    return layout_words(layout)


prediction = Operation(formula, words=words, values={"layout": LAYOUT})

_RULE = "The predicted class of a sample is the <cross> with the largest probability in its <line>."


@prediction.check("most_probable", share=1, title="The most probable class of each sample")
def most_probable_classes(student, solution, rng, *, layout, called):
    for n, k in ((9, 4), (1, 3), (4, 4)):
        outputs = rng.random((k, n) if layout == "columns" else (n, k))
        found = student.most_probable(outputs)
        expect(found, f"{called('most_probable')} of {n} samples").equals(solution.most_probable(outputs))


@prediction.mistake(
    "predict.over-the-batch",
    step="most_probable",
    title="`argmax` runs along the <crosses>: over the samples instead of the classes",
    explain=f"{_RULE} With `axis=<sample_axis>` it looks for the sample with the largest probability in each class: k "
    "numbers, where <n> are asked for.",
    hints=("How many labels come out for 7 samples and 4 classes?", "Look at the `axis` of `argmax`."),
    place=Place(calls="argmax"),
)
def over_the_batch(outputs, *, layout):
    return np.argmax(outputs, axis=1 if layout == "columns" else 0)


@prediction.mistake(
    "predict.over-everything",
    step="most_probable",
    title="`argmax` without `axis` returns one position in the whole matrix",
    explain=f"{_RULE} Without `axis`, numpy flattens the array first and returns a single number.",
    hints=("How many labels come out for 7 samples?", "`argmax` needs an `axis`."),
    place=Place(calls="argmax"),
)
def over_everything(outputs):
    return np.argmax(outputs)


@prediction.mistake(
    "predict.least-probable",
    step="most_probable",
    title="The least probable class is returned",
    explain=f"{_RULE} Yours is the smallest.",
    hints=("Which class should win?", "`argmin` or `argmax`? Is something negated?"),
    place=Place(calls="argmin|argmax"),
)
def least_probable(right, outputs):
    return right(-outputs)


@prediction.mistake(
    "predict.probabilities-returned",
    step="most_probable",
    title="The outputs for all classes are returned instead of the predicted class",
    explain=f"{_RULE} The number of that <cross> is asked for.",
    hints=(
        "Which shape must the result have for n samples?",
        "Which numpy function gives the place of the largest entry?",
    ),
)
def probabilities_returned(outputs):
    return outputs


@prediction.mistake(
    "predict.largest-probability-returned",
    step="most_probable",
    title="The largest output is returned instead of its class",
    explain=f"{_RULE} `max` gives the value; `argmax` gives the place.",
    hints=("Are your results whole numbers?", "`max` or `argmax`?"),
    place=Place(calls="max|amax"),
)
def largest_probability_returned(outputs, *, layout):
    return np.max(outputs, axis=0 if layout == "columns" else 1)


@prediction.mistake(
    "predict.one-hot-returned",
    step="most_probable",
    title="The classes are returned one-hot instead of as numbers",
    explain=f"{_RULE} The result is one whole number for each sample, shape (n,).",
    hints=("Which shape must the result have for n samples?", "Leave the labels as `argmax` gives them."),
)
def one_hot_returned(right, outputs, *, layout):
    rows = np.eye(outputs.shape[0 if layout == "columns" else 1])[right(outputs)]
    return rows.T if layout == "columns" else rows


@prediction.mistake(
    "predict.counted-from-one",
    step="most_probable",
    title="The classes are counted from 1 instead of 0",
    explain=f"{_RULE} <Crosses> are counted from 0, as `argmax` does.",
    hints=("Which label belongs to the first <cross>?", "Look for a `+ 1`."),
    place=Place(calls="argmax"),
)
def counted_from_one(right, outputs):
    return right(outputs) + 1


prediction.teach(
    {
        "predict.over-the-batch": lessons.OVER_THE_BATCH,
    }
)
