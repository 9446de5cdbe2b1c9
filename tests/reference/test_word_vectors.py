"""Losses of word vectors against central differences, and steps that are known otherwise."""

import numpy as np
import pytest

from reference import word_vectors
from reference.adagrad import adagrad
from reference.rate_decay import decayed_rate, scheduled_rate
from reference.softmax import softmax
from reference.softmax_jacobian import softmax_backward

DRAWN = [3, 1, 3, 0]


@pytest.mark.parametrize("loss", [word_vectors.naive_softmax, word_vectors.negative_sampling])
def test_the_gradients_of_a_word(loss, rng):
    center, vectors = rng.normal(size=4), rng.normal(size=(5, 4))
    _, in_center, in_vectors = loss(center, 1, vectors, DRAWN)
    change_of_center, change = rng.normal(size=4), rng.normal(size=(5, 4))
    ahead, behind = (loss(center + h * change_of_center, 1, vectors + h * change, DRAWN)[0] for h in (1e-5, -1e-5))
    slope = np.sum(in_center * change_of_center) + np.sum(in_vectors * change)
    assert (ahead - behind) / 2e-5 == pytest.approx(slope, rel=1e-7)


def test_samples_are_never_the_outside_word():
    assert word_vectors.negatives(DRAWN, 3, 3) == [1, 0, 1]


def test_the_way_back_through_a_softmax(rng, assert_gradient):
    z, g = rng.normal(size=(2, 3, 4))
    assert_gradient(lambda z: np.sum(g * softmax(z)), z, softmax_backward(g, z))


def test_the_first_step_of_adagrad_is_its_rate(rng):
    w, dw = rng.normal(size=(2, 5))
    np.testing.assert_allclose(adagrad(w, dw, np.zeros(5), 0.1)[0], w - 0.1 * np.sign(dw), rtol=1e-4)


def test_rates_decay_with_epochs_or_with_intervals():
    assert decayed_rate(0.5, 4, 0.25) == 0.25
    assert [scheduled_rate(0.5, epoch, 1.0, 10) for epoch in (9, 10, 29)] == [0.5, 0.25, 0.5 / 3]
