import numpy as np
import pytest

from reference.initializers import (
    fans,
    glorot_normal,
    glorot_uniform,
    he_normal,
    he_uniform,
    lecun_normal,
    normal,
    zeros,
)

DENSE, FILTERS = (300, 200), (40, 30, 5, 3)

# The variance that each promises, from fan-in and fan-out.
VARIANCES = {
    "lecun_normal": (lecun_normal, lambda n_in, n_out: 1 / n_in),
    "glorot_normal": (glorot_normal, lambda n_in, n_out: 2 / (n_in + n_out)),
    "glorot_uniform": (glorot_uniform, lambda n_in, n_out: 2 / (n_in + n_out)),
    "he_normal": (he_normal, lambda n_in, n_out: 2 / n_in),
    "he_uniform": (he_uniform, lambda n_in, n_out: 2 / n_in),
    "normal": (normal(0.2), lambda n_in, n_out: 0.04),
}
by_variance = pytest.mark.parametrize(("initializer", "variance"), VARIANCES.values(), ids=list(VARIANCES))


def test_fans():
    assert fans(DENSE) == (300, 200)
    assert fans(FILTERS) == (30 * 15, 40 * 15)
    with pytest.raises(ValueError, match=r"the shape is \(3,\)"):
        fans((3,))


@by_variance
@pytest.mark.parametrize("shape", [DENSE, FILTERS])
def test_mean_and_variance(initializer, variance, shape, rng):
    weights = initializer(rng, shape)
    assert weights.shape == shape
    expected = variance(*fans(shape))
    assert weights.var() == pytest.approx(expected, rel=0.05)
    assert abs(weights.mean()) < 4 * (expected / weights.size) ** 0.5


@by_variance
def test_the_generator_decides(initializer, variance):
    draws = [initializer(np.random.default_rng(seed), (5, 4)) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(draws[0], draws[1])
    assert (draws[0] != draws[2]).any()


@pytest.mark.parametrize("initializer", [glorot_uniform, he_uniform])
def test_uniform_weights_are_bounded(initializer, rng):
    weights = initializer(rng, DENSE)
    assert np.abs(weights).max() <= np.sqrt(3 * weights.var()) * 1.05


def test_zeros(rng):
    np.testing.assert_array_equal(zeros(rng, (3,)), [0, 0, 0])
