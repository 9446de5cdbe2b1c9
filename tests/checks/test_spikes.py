"""Jumps of a settled cost curve, and weights that change sign."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.spikes import cost_spikes, flipped_share
from tests import library


def test_a_jump_of_a_settled_curve_is_a_spike():
    costs = [5.0, 2.0, 1.0, 0.5, 0.5, 0.5, 3.0, 0.7, 0.5]
    spikes = cost_spikes(costs)
    assert spikes.epochs == (6,)
    assert spikes.largest == 3.0
    assert spikes.median == 0.5
    assert spikes.settled_epochs == 6


def test_the_way_down_from_a_spike_is_no_other_spike():
    assert cost_spikes([9.0, 4.0, 1.0, 1.0, 1.0, 1.0, 8.0, 5.0, 3.0, 1.0, 1.0, 1.0]).epochs == (6,)


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=50))
def test_a_curve_that_only_falls_has_no_spike(values):
    spikes = cost_spikes(sorted(values, reverse=True))
    assert spikes.epochs == ()
    assert spikes.largest == 0.0


@pytest.mark.parametrize("costs", [[], [1.0]])
def test_a_curve_of_no_length_has_no_spike(costs):
    assert cost_spikes(costs).epochs == ()


def test_zero_is_on_neither_side():
    before = np.array([[1.0, -1.0, 0.0, 2.0]])
    after = np.array([[-1.0, -2.0, 3.0, 0.0]])
    assert flipped_share(before, after) == 0.25


def test_what_is_said_of_a_curve_without_spikes():
    checks = {check.id: check for check in library.assignment("nielsen-network").checks}
    words = checks["NN2.stochastic_gradient_descent.l1-run"].run.__globals__
    assert "settles at 0.7" in words["_without_spikes"]([3.0, 1.0, 0.7], 0.7)
    assert "hardly falls" in words["_without_spikes"]([3.4, 3.3, 3.3], 3.3)
    assert "does not fall" in words["_without_spikes"]([5.0, 300.0, 340.0], 336.0)
    assert words["_told_apart"](63.12, 63.14) == "is 63.12 instead of 63.14"
    assert words["_told_apart"](63.1, 63.1) == "is 63.1 as before"
