import numpy as np
import pytest

from reference.regularizers import L1, L2, ActivityRegularizer, ElasticNet

PENALTIES = [
    L1(0.3),
    L2(0.7),
    ElasticNet(0.3, 0.7),
    ActivityRegularizer(L1(0.3)),
    ActivityRegularizer(L2(0.7), reduction="sum"),
    ActivityRegularizer(ElasticNet(0.3, 0.7), reduction="mean"),
]


@pytest.mark.parametrize("regularizer", PENALTIES, ids=repr)
def test_gradient_by_differences(regularizer, rng, assert_gradient):
    x = rng.uniform(0.01, 2, (5, 3, 2)) * rng.choice([-1, 1], (5, 3, 2))
    assert_gradient(regularizer.penalty, x, regularizer.gradient(x))


@pytest.mark.parametrize("regularizer", PENALTIES, ids=repr)
def test_precision_of_gradients_is_kept(regularizer):
    x = np.array([[-1.5, 2.0]], np.float32)
    assert regularizer.gradient(x).dtype == np.float32


def test_values_by_hand():
    x = np.array([[3.0, -4.0], [0.0, 1.0]])
    assert L1(0.5).penalty(x) == 4.0
    assert L2(0.5).penalty(x) == 6.5
    assert ElasticNet(0.5, 0.5).penalty(x) == 10.5
    assert ActivityRegularizer(L2(0.5)).penalty(x) == 3.25
    assert ActivityRegularizer(L2(0.5), reduction="sum").penalty(x) == 6.5


def test_a_weight_at_zero_is_left_there():
    zero = np.zeros((2, 2))
    for regularizer in (L1(2.0), L2(2.0), ElasticNet(2.0, 2.0)):
        np.testing.assert_array_equal(regularizer.gradient(zero), zero)


def test_mean_activity_does_not_depend_on_the_batch_size(rng):
    x = rng.normal(size=(4, 3))
    mean, total = ActivityRegularizer(L2(0.1)), ActivityRegularizer(L2(0.1), reduction="sum")
    twice = np.concatenate([x, x])
    assert mean.penalty(twice) == pytest.approx(mean.penalty(x))
    assert total.penalty(twice) == pytest.approx(2 * total.penalty(x))
