"""From one sigmoid output to one of two classes."""

import numpy as np

from grader.assignments import Operation
from reference import decision as formula

decision = Operation(formula)

_RULE = "The predicted class is 1 where the output is above 0.5, else 0."


def known(what, title, explain, hints):
    return decision.mistake(f"predict.{what}", step="decided", title=title, explain=f"{_RULE} {explain}", hints=hints)


@known(
    "classes-reversed",
    "The two classes are exchanged",
    "Yours is 1 where the output is below 0.5.",
    ("Which class does an output of 0.9 stand for?", "Look at the comparison."),
)
def classes_reversed(outputs):
    return np.where(outputs > 0.5, 0.0, 1.0)


@known(
    "probabilities-returned",
    "The outputs are returned instead of the classes",
    "Yours are the probabilities themselves: they are never compared with 0.5.",
    ("Which values may a prediction have?", "Is what you compute what you return?"),
)
def probabilities_returned(outputs):
    return outputs


@known(
    "threshold-zero",
    "The outputs are compared with 0 instead of 0.5: every sample is called 1",
    "A sigmoid is always above 0; it is the pre-activation that changes its sign between the classes.",
    ("Between which numbers do the outputs lie?", "With what are they compared?"),
)
def threshold_zero(outputs):
    return np.where(outputs > 0, 1.0, 0.0)


@known(
    "always-zero",
    "Every sample is called 0",
    "Yours gives 0 whatever the outputs are.",
    ("Which samples are called 1?", "Is the comparison one of outputs, and is its result stored?"),
)
def always_zero(outputs):
    return np.zeros(outputs.shape)


@known(
    "of-the-first-sample",
    "All samples get the class of the first",
    "Each sample has an output of its own.",
    ("Which output is compared for the second sample?", "Which index stands in the loop?"),
)
def of_the_first_sample(outputs):
    return np.full(outputs.shape, 1.0 if outputs.flat[0] > 0.5 else 0.0)


@known(
    "mean-as-threshold",
    "The outputs are compared with their mean instead of 0.5",
    "Yours depends on which other samples are in the batch.",
    ("Does the class of a sample change with the others?", "With what are the outputs compared?"),
)
def mean_as_threshold(outputs):
    return np.where(outputs > outputs.mean(), 1.0, 0.0)
