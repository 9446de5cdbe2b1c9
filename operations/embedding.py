"""What goes wrong when the vectors of words are looked up."""

import numpy as np

from grader.assignments import Operation
from reference import embedding as formula

embedding = Operation(formula)

_RULE = "A word that stands at several places gets the sum of what arrives at all of them."


def known(what, title, explain, *hints):
    return embedding.mistake(
        f"backward.{what}", step="scattered", title=title, explain=f"{_RULE} {explain}", hints=hints
    )


@known(
    "repeated-words-count-once",
    "A word that stands at several places gets the gradient of one of them",
    "`dW[x] += dout` writes once for each word, whatever the number of its places; `np.add.at` adds up.",
    "What is `a` after `a = np.zeros(2); a[[0, 0]] += 1`?",
    "Which function of numpy adds up where an index is repeated?",
)
def repeated_words_count_once(dout, x, shape):
    dW = np.zeros(shape)
    dW[x] += dout
    return dW


@known(
    "averaged-over-the-places",
    "A word gets the mean of what arrives at its places",
    "Yours divides by the number of places.",
    "What should change when a sentence is given twice?",
    "`sum` or `mean`?",
)
def averaged_over_the_places(right, dout, x, shape):
    places = np.bincount(x.ravel(), minlength=shape[0])
    return right(dout, x, shape) / np.maximum(places, 1)[:, np.newaxis]
