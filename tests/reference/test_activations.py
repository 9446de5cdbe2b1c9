"""Activations and their slopes: against autograd and scipy, at extreme inputs, by properties."""

import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from reference.elu import elu, elu_derivative
from reference.leaky_relu import leaky_relu, leaky_relu_backward, leaky_relu_derivative
from reference.relu import relu, relu_backward, relu_derivative
from reference.sigmoid import sigmoid, sigmoid_backward, sigmoid_derivative
from reference.softmax import softmax
from reference.softmax_loss import log_probabilities

# name: (function, derivative, the same function written for autograd)
ELEMENTWISE = {
    "sigmoid": (sigmoid, sigmoid_derivative, lambda z: 1 / (1 + anp.exp(-z))),
    "sigmoid's slope by itself": (
        sigmoid,
        lambda z: sigmoid_derivative(z, by_value=False),
        lambda z: 1 / (1 + anp.exp(-z)),
    ),
    "relu": (relu, relu_derivative, lambda z: anp.where(z > 0, z, 0.0)),
    "leaky relu": (leaky_relu, leaky_relu_derivative, lambda z: anp.where(z > 0, z, 0.01 * z)),
    "leaky relu 0.2": (
        lambda z: leaky_relu(z, slope=0.2),
        lambda z: leaky_relu_derivative(z, slope=0.2),
        lambda z: anp.where(z > 0, z, 0.2 * z),
    ),
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


@elementwise
def test_value_and_derivative_against_autograd(function, derivative, independent, rng):
    z = rng.uniform(0.01, 4, (3, 5, 2)) * rng.choice([-1, 1], (3, 5, 2))
    np.testing.assert_allclose(function(z), independent(z), rtol=1e-12)
    np.testing.assert_allclose(derivative(z), elementwise_grad(independent)(z), rtol=1e-12)


@elementwise
@given(z=any_logits)
def test_finite_and_silent_at_extreme_inputs(function, derivative, independent, z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert np.isfinite(function(z)).all()
        assert np.isfinite(derivative(z)).all()


@pytest.mark.parametrize(
    ("backward", "derivative"),
    [
        (relu_backward, relu_derivative),
        (leaky_relu_backward, leaky_relu_derivative),
        (sigmoid_backward, sigmoid_derivative),
    ],
)
def test_the_way_back_is_the_slope_times_what_comes_back(backward, derivative, rng):
    z, upstream = rng.normal(size=(2, 5, 3))
    np.testing.assert_allclose(backward(upstream, z), upstream * derivative(z))


def test_sigmoid_keeps_relative_precision_in_both_tails():
    z = np.array([-700.0, -40.0, -1e-9, 0.0, 1e-9, 40.0, 700.0])
    np.testing.assert_allclose(sigmoid(z), scipy.special.expit(z), rtol=1e-14)
    slope = sigmoid_derivative(z, by_value=False)
    np.testing.assert_allclose(slope, slope[::-1], rtol=1e-14)


def test_derivatives_at_the_kink_are_those_of_the_left_side():
    zero = np.zeros(1)
    assert relu_derivative(zero) == 0
    assert leaky_relu_derivative(zero, slope=0.3) == 0.3
    assert elu_derivative(zero, 0.5) == 0.5


@given(z=any_logits, shift=st.floats(-1e3, 1e3))
def test_softmax_is_a_distribution_over_the_chosen_axis_whatever_is_added(z, shift):
    for axis in (0, 1):
        p = softmax(z, axis=axis)
        np.testing.assert_allclose(p, scipy.special.softmax(z, axis), rtol=1e-13, atol=1e-300)
        np.testing.assert_allclose(softmax(z + shift, axis=axis), p, rtol=1e-9, atol=1e-12)


@given(z=any_logits)
def test_the_logarithm_is_finite_where_softmax_underflows(z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        np.testing.assert_allclose(log_probabilities(z), scipy.special.log_softmax(z, axis=1), rtol=1e-13, atol=1e-15)
