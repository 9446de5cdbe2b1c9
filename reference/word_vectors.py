"""Losses of word vectors, by a softmax over all words and by negative sampling, and their gradients.

Mikolov et al. 2013, "Distributed representations of words and phrases and their compositionality". A word has a vector
as the centre of a window, v, and one as an outside word, u; of many, each is a row.
"""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from reference.arrays import Array, Labels
from reference.sigmoid import sigmoid


def naive_softmax(center: Array, outside: int, vectors: Array, dataset: Any = None) -> tuple[float, Array, Array]:
    """-log p of one outside word, p being the softmax of u·v over all words; gradients in v and in all u."""
    p = word_probabilities(scores(center, vectors))
    error = softmax_error(p, outside)
    return float(word_loss(p, outside)), center_gradient(error, vectors), outside_gradients(error, center)


def scores(center: Array, vectors: Array) -> Array:
    """u·v of every word."""
    return vectors @ center


def word_probabilities(z: Array) -> Array:
    """The softmax of all words' scores."""
    decayed = np.exp(z - z.max())
    return decayed / decayed.sum()


def word_loss(p: Array, outside: int) -> np.floating[Any]:
    """Minus the logarithm of the true outside word's probability."""
    return -np.log(p[outside])


def softmax_error(p: Array, outside: int) -> Array:
    """p - y: gradient in the scores."""
    return p - (np.arange(len(p)) == outside)


def center_gradient(error: Array, vectors: Array) -> Array:
    """Gradient in v."""
    return vectors.T @ error


def outside_gradients(error: Array, center: Array) -> Array:
    """Gradients in all u, a row for each word."""
    return np.outer(error, center)


def negative_sampling(
    center: Array, outside: int, vectors: Array, dataset: Iterable[int], K: int = 10
) -> tuple[float, Array, Array]:
    """-log σ(u·v) of the true outside word, and -log σ(-u·v) of K others, which come from the data set."""
    words = np.array([outside, *negatives(dataset, outside, K)])
    signs = np.where(np.arange(len(words)) == 0, 1.0, -1.0)
    agreement = sigmoid(signed(signs, vectors[words] @ center))
    errors = sampling_errors(signs, agreement)
    return (
        float(sampled_loss(agreement)),
        sampled_center_gradient(errors, vectors[words]),
        added_at(words, np.outer(errors, center), vectors.shape),
    )


def negatives(dataset: Iterable[int], outside: int, K: int) -> list[int]:
    """The first K words that are drawn and are not the outside word; a word may come several times."""
    return list(itertools.islice((word for word in itertools.cycle(dataset) if word != outside), K))


def signed(signs: Array, products: Array) -> Array:
    """u·v of the true word, -u·v of the others."""
    return signs * products


def sampled_loss(agreement: Array) -> np.floating[Any]:
    """Of the true word, which comes first, and of the others."""
    return -np.log(agreement[0]) - negative_terms(agreement[1:])


def negative_terms(agreement: Array) -> np.floating[Any]:
    """What the others give."""
    return np.sum(np.log(agreement))


def sampling_errors(signs: Array, agreement: Array) -> Array:
    """Gradient in u·v: σ - 1 of the true word, 1 - σ(-u·v) of the others."""
    return signs * (agreement - 1)


def sampled_center_gradient(errors: Array, vectors: Array) -> Array:
    """Gradient in v."""
    return vectors.T @ errors


def added_at(words: Labels, gradients: Array, shape: tuple[int, ...]) -> Array:
    """Gradients in all u: a word that was drawn several times gets the sum."""
    found = np.zeros(shape)
    np.add.at(found, words, gradients)
    return found


def window_loss(losses: Sequence[float]) -> float:
    """The loss of a window, from those of its outside words."""
    return sum(losses)


def window_center_gradients(gradients: Sequence[Array], center: int, shape: tuple[int, ...]) -> Array:
    """Gradients in all v: the centre's is the sum over the outside words, the others' are 0."""
    found = np.zeros(shape)
    found[center] = sum(gradients)
    return found


def window_outside_gradients(gradients: Sequence[Array]) -> Array:
    """Gradients in all u."""
    return np.sum(gradients, axis=0)
