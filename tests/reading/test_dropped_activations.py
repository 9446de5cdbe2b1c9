"""Activations of which dropout has set entries to zero, as their values tell."""

import numpy as np

from grader.reading.recorded.activations import RELU, recognise_dropped

Z = np.random.default_rng(3).normal(size=(20, 12))
KEPT = (np.random.default_rng(4).random(Z.shape) < 0.8) / 0.8


def test_a_relu_with_entries_dropped_is_read_with_its_mask():
    read = recognise_dropped(Z, np.maximum(Z, 0) * KEPT)
    assert read is not None
    activation, mask = read
    assert activation is RELU
    np.testing.assert_allclose(mask[Z > 0], KEPT[Z > 0])


def test_an_elu_with_entries_dropped_is_no_relu():
    assert recognise_dropped(Z, np.where(Z > 0, Z, np.exp(Z) - 1) * KEPT) is None
