"""One-hot labels that have not a column for each class, in the step `score_gradient(p, y)` of a softmax loss."""

import numpy as np

from grader.assignments import Place, mistake

_COLUMNS = "There is a column for each class, and the number of classes is that of the scores, `scores.shape[1]`."
_HINTS = (
    "How many columns do your one-hot labels have, and how many have the scores?",
    "Where does the number come from?",
)


@mistake(
    "softmax_loss.one-hot-of-the-classes-that-occur",
    step="score_gradient",
    title="The one-hot labels have as many columns as the largest label asks for, not one for each class",
    explain=f"{_COLUMNS} A batch need not have a sample of the last class: `np.max(y) + 1`, `np.bincount(y)` and "
    "`np.unique(y)` only tell what occurs.",
    hints=("What happens in a batch without the last class?", _HINTS[1]),
    place=Place(looks=r"max\(y|y\w*\.max\(|bincount|unique"),
)
def one_hot_of_the_classes_that_occur(p, y):
    return (p - np.eye(y.max() + 1)[y]) / len(y)


@mistake(
    "softmax_loss.one-hot-of-distinct-labels",
    step="score_gradient",
    title="The one-hot labels have a column for each class that occurs in the batch only",
    explain=f"{_COLUMNS} `np.unique(y)` holds the labels of this batch, in which some classes may be missing.",
    hints=("What happens in a batch in which a class is missing?", _HINTS[1]),
    place=Place(looks=r"unique"),
)
def one_hot_of_distinct_labels(p, y):
    return (p - (y[:, np.newaxis] == np.unique(y))) / len(y)


def of_a_fixed_size(name, columns):
    """Declare one-hot labels with a number of columns that is written into the code, as in a course's example."""
    declare = mistake(
        f"softmax_loss.one-hot-of-{name}-classes",
        step="score_gradient",
        title=f"The one-hot labels always have {columns} columns, whatever the number of classes",
        explain=f"{_COLUMNS} It is {columns} in the example that you tried it with, and another number elsewhere.",
        hints=_HINTS,
        place=Place(looks=rf"tile|\b{columns}\b"),
    )
    return declare(lambda p, y: (p - (y[:, np.newaxis] == np.arange(columns))) / len(y))


one_hot_of_ten_classes = of_a_fixed_size("ten", 10)
one_hot_of_three_classes = of_a_fixed_size("three", 3)
