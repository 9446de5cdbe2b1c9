import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from autograd import elementwise_grad, grad
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from reference.activations import (
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    log_softmax,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_vjp,
    tanh,
    tanh_derivative,
)

# name: (function, derivative, the same function written for autograd)
ELEMENTWISE = {
    "sigmoid": (sigmoid, sigmoid_derivative, lambda z: 1 / (1 + anp.exp(-z))),
    "tanh": (tanh, tanh_derivative, anp.tanh),
    "relu": (relu, relu_derivative, lambda z: anp.where(z > 0, z, 0.0)),
    "leaky_relu": (leaky_relu, leaky_relu_derivative, lambda z: anp.where(z > 0, z, 0.01 * z)),
    "leaky_relu 0.2": (
        lambda z: leaky_relu(z, 0.2),
        lambda z: leaky_relu_derivative(z, 0.2),
        lambda z: anp.where(z > 0, z, 0.2 * z),
    ),
    "elu": (elu, elu_derivative, lambda z: anp.where(z > 0, z, anp.exp(z) - 1)),
    "elu 1.7": (
        lambda z: elu(z, 1.7),
        lambda z: elu_derivative(z, 1.7),
        lambda z: anp.where(z > 0, z, 1.7 * (anp.exp(z) - 1)),
    ),
}
elementwise = pytest.mark.parametrize(
    ("function", "derivative", "independent"), ELEMENTWISE.values(), ids=list(ELEMENTWISE)
)
any_logits = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(-1e3, 1e3))


def away_from_zero(rng, shape):
    return rng.uniform(0.01, 4, shape) * rng.choice([-1, 1], shape)


@elementwise
def test_derivative_by_differences(function, derivative, independent, rng, assert_gradient):
    z, upstream = away_from_zero(rng, (5, 4)), rng.normal(size=(5, 4))
    assert_gradient(lambda z: np.sum(upstream * function(z)), z, upstream * derivative(z))


@elementwise
def test_value_and_derivative_against_autograd(function, derivative, independent, rng):
    z = away_from_zero(rng, (3, 5, 2))
    np.testing.assert_allclose(function(z), independent(z), rtol=1e-12)
    np.testing.assert_allclose(derivative(z), elementwise_grad(independent)(z), rtol=1e-12)


@elementwise
@given(z=any_logits)
def test_finite_and_silent_at_extreme_inputs(function, derivative, independent, z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert np.isfinite(function(z)).all()
        assert np.isfinite(derivative(z)).all()


@elementwise
def test_precision_and_arguments_are_kept(function, derivative, independent, rng):
    z = rng.normal(size=(4, 3)).astype(np.float32)
    before = z.copy()
    assert function(z).dtype == np.float32
    assert derivative(z).dtype == np.float32
    np.testing.assert_array_equal(z, before)


@elementwise
def test_nan_is_not_hidden(function, derivative, independent):
    assert np.isnan(function(np.array([np.nan]))).all()


def test_sigmoid_keeps_relative_precision_in_both_tails():
    z = np.array([-700.0, -40.0, -1e-9, 0.0, 1e-9, 40.0, 700.0])
    np.testing.assert_allclose(sigmoid(z), scipy.special.expit(z), rtol=1e-14)
    np.testing.assert_allclose(sigmoid_derivative(z), sigmoid_derivative(-z), rtol=1e-14)
    np.testing.assert_allclose(sigmoid_derivative(np.array([40.0])), np.exp(-40.0), rtol=1e-14)


def test_derivatives_at_the_kink_are_those_of_the_left_side():
    zero = np.zeros(1)
    assert relu_derivative(zero) == 0
    assert leaky_relu_derivative(zero, 0.3) == 0.3
    assert elu_derivative(zero, 0.5) == 0.5


def test_elu_keeps_relative_precision_near_zero():
    np.testing.assert_allclose(elu(np.array([-1e-15])), [-1e-15], rtol=1e-12)


@given(z=any_logits)
def test_softmax_is_a_distribution_over_the_chosen_axis(z):
    for axis in (0, 1, -1):
        p = softmax(z, axis)
        assert (p >= 0).all()
        np.testing.assert_allclose(p.sum(axis=axis), 1, rtol=1e-13)
        np.testing.assert_allclose(p, scipy.special.softmax(z, axis), rtol=1e-13, atol=1e-300)


@given(z=any_logits, shift=st.floats(-1e3, 1e3))
def test_softmax_ignores_a_shift(z, shift):
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=1e-9, atol=1e-12)


@given(z=any_logits)
def test_columns_as_samples_are_rows_transposed(z):
    np.testing.assert_array_equal(softmax(z, axis=0), softmax(z.T).T)
    np.testing.assert_array_equal(log_softmax(z, axis=0), log_softmax(z.T).T)


@given(z=any_logits)
def test_log_softmax_is_finite_where_softmax_underflows(z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        np.testing.assert_allclose(log_softmax(z), scipy.special.log_softmax(z, axis=1), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_vjp_by_differences_and_autograd(axis, rng, assert_gradient):
    z, upstream = rng.normal(size=(2, 7, 4))

    def independent(z):
        powers = anp.exp(z)
        return anp.sum(upstream * powers / anp.sum(powers, axis=axis, keepdims=True))

    analytic = softmax_vjp(softmax(z, axis), upstream, axis)
    assert_gradient(lambda z: np.sum(upstream * softmax(z, axis)), z, analytic)
    np.testing.assert_allclose(analytic, grad(independent)(z), rtol=1e-10, atol=1e-15)


@given(z=any_logits)
def test_softmax_vjp_is_orthogonal_to_a_shift(z):
    upstream = np.arange(z.size, dtype=float).reshape(z.shape)
    np.testing.assert_allclose(softmax_vjp(softmax(z), upstream).sum(axis=1), 0, atol=1e-12)
