"""The gradients of what recurrent layers are made of, by two other methods."""

import numpy as np
import pytest

from reference import embedding, lstm_step, recurrence
from reference.value_slope import value_slope


@pytest.mark.parametrize(("of", "squashed"), [("sigmoid", lambda z: 1 / (1 + np.exp(-z))), ("tanh", np.tanh)])
def test_the_slope_by_the_value(of, squashed, rng, assert_gradient):
    z, g = rng.normal(size=(2, 4, 3))
    assert_gradient(lambda z: np.sum(g * squashed(z)), z, g * value_slope(squashed(z), of=of))


def test_the_gradients_of_a_step_in_its_gates_and_its_cell(rng, assert_gradient):
    i, f, o, g, c, dh, dc = rng.normal(size=(7, 4, 3))

    def cost(i, f, o, g, c):
        cell = lstm_step.next_cell(i, f, g, c)
        return np.sum(dc * cell + dh * lstm_step.next_hidden(o, cell))

    cell = lstm_step.next_cell(i, f, g, c)
    dcell = lstm_step.cell_gradient(dh, dc, o, cell)
    assert_gradient(lambda v: cost(v, f, o, g, c), i, lstm_step.input_gate_gradient(dcell, g))
    assert_gradient(lambda v: cost(i, v, o, g, c), f, lstm_step.forget_gate_gradient(dcell, c))
    assert_gradient(lambda v: cost(i, f, v, g, c), o, lstm_step.output_gate_gradient(dh, cell))
    assert_gradient(lambda v: cost(i, f, o, v, c), g, lstm_step.candidate_gradient(dcell, i))
    assert_gradient(lambda v: cost(i, f, o, g, v), c, lstm_step.previous_cell_gradient(dcell, f))


def test_rows_and_columns_make_the_same_step(rng):
    x, h, b = rng.normal(size=(4, 3)), rng.normal(size=(4, 5)), rng.normal(size=5)
    Wx, Wh = rng.normal(size=(3, 5)), rng.normal(size=(5, 5))
    rows = recurrence.pre_activation(x, h, Wx, Wh, b)
    columns = recurrence.from_inputs(x.T, Wx.T, layout="columns") + recurrence.from_state(h.T, Wh.T, layout="columns")
    np.testing.assert_allclose(columns.T + b, rows)


def test_words_that_are_repeated_add_up(rng, assert_gradient):
    words, W, g = rng.integers(3, size=(2, 5)), rng.normal(size=(4, 3)), rng.normal(size=(2, 5, 3))
    gradient = embedding.scattered(g, words, W.shape)
    assert_gradient(lambda W: np.sum(g * embedding.looked_up(words, W)), W, gradient)
