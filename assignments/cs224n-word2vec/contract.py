"""What a submission to this assignment implements: losses of word vectors. A vector is (d,); of many, each is a row."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments import made

Array = NDArray[np.float64]


class _Words(list):
    """Numbers of words, which are drawn one after the other."""

    def sampleTokenIdx(self):
        self.append(self.pop(0))
        return self[-1]


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), entry by entry, for a number or an array of any shape."""


def naiveSoftmaxLossAndGradient(
    centerWordVec: Array, outsideWordIdx: int, outsideVectors: Array, dataset: Any
) -> tuple[float, Array, Array]:
    """The loss of one outside word, -log p, and its gradients; p is the softmax of u·v over all words.

    Args:
        centerWordVec: vector v of the centre word, shape (d,).
        outsideWordIdx: number of the outside word.
        outsideVectors: vectors u of all words, shape (V, d), one in each row.
        dataset: not used here.

    Returns:
        (loss, gradCenterVec, gradOutsideVecs): one number, and arrays of the shapes (d,) and (V, d).
    """


@made(dataset=_Words)
def negSamplingLossAndGradient(
    centerWordVec: Array, outsideWordIdx: int, outsideVectors: Array, dataset: Any, K: int = 10
) -> tuple[float, Array, Array]:
    """The loss -log σ(u·v) of one outside word, and -log σ(-u·v) of K sampled words; its gradients.

    Args:
        centerWordVec: vector v of the centre word, shape (d,).
        outsideWordIdx: number of the outside word.
        outsideVectors: vectors u of all words, shape (V, d), one in each row.
        dataset: an object whose `sampleTokenIdx()` draws the number of a word. The outside word is drawn anew.
        K: how many words are sampled; one that is drawn several times counts as often.

    Returns:
        (loss, gradCenterVec, gradOutsideVecs): one number, and arrays of the shapes (d,) and (V, d).
    """


def skipgram(
    currentCenterWord: str,
    windowSize: int,
    outsideWords: list[str],
    word2Ind: dict[str, int],
    centerWordVectors: Array,
    outsideVectors: Array,
    dataset: Any,
    word2vecLossAndGradient: Any = None,
) -> tuple[float, Array, Array]:
    """The loss of a window, the sum over its outside words, and its gradients.

    Args:
        currentCenterWord: the word in the middle.
        windowSize: not used here.
        outsideWords: the words around it; one may stand there several times.
        word2Ind: the numbers of words.
        centerWordVectors: vectors v of all words, shape (V, d).
        outsideVectors: vectors u of all words, shape (V, d).
        dataset: handed on.
        word2vecLossAndGradient: gives the loss of one outside word and its gradients; if none is named,
            `naiveSoftmaxLossAndGradient` does.

    Returns:
        (loss, gradCenterVecs, gradOutsideVectors): one number, and two arrays of shape (V, d).
    """
