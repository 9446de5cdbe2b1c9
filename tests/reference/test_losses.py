from math import log

import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reference import losses
from reference.activations import sigmoid, sigmoid_derivative, softmax, softmax_vjp

N, K = 7, 4


def logits(rng):
    return rng.normal(size=(N, K))


def distributions(rng):
    return softmax(logits(rng))


def rates(rng):
    return sigmoid(logits(rng))


def autograd_softmax_cross_entropy(z, y):
    return -anp.mean(anp.sum(y * (z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True))), axis=1))


def autograd_sigmoid_cross_entropy(z, y):
    return anp.mean(anp.sum(anp.log(1 + anp.exp(z)) - y * z, axis=1))


def autograd_binary_cross_entropy(p, y):
    return -anp.mean(anp.sum(y * anp.log(p) + (1 - y) * anp.log(1 - p), axis=1))


# name: (cost, gradient, how outputs are drawn, how targets are drawn, the cost written for autograd)
LOSSES = {
    "softmax_cross_entropy": (
        losses.softmax_cross_entropy,
        losses.softmax_cross_entropy_gradient,
        logits,
        distributions,
        autograd_softmax_cross_entropy,
    ),
    "cross_entropy": (
        losses.cross_entropy,
        losses.cross_entropy_gradient,
        distributions,
        distributions,
        lambda p, y: -anp.mean(anp.sum(y * anp.log(p), axis=1)),
    ),
    "sigmoid_cross_entropy": (
        losses.sigmoid_cross_entropy,
        losses.sigmoid_cross_entropy_gradient,
        logits,
        rates,
        autograd_sigmoid_cross_entropy,
    ),
    "binary_cross_entropy": (
        losses.binary_cross_entropy,
        losses.binary_cross_entropy_gradient,
        rates,
        rates,
        autograd_binary_cross_entropy,
    ),
    "quadratic": (
        losses.quadratic,
        losses.quadratic_gradient,
        logits,
        logits,
        lambda a, y: 0.5 * anp.mean(anp.sum((a - y) ** 2, axis=1)),
    ),
}
every_loss = pytest.mark.parametrize(
    ("cost", "gradient", "draw_outputs", "draw_targets", "independent"), LOSSES.values(), ids=list(LOSSES)
)
extreme_logits = arrays(np.float64, (N, K), elements=st.floats(-1e3, 1e3))
labels = arrays(np.int64, N, elements=st.integers(0, K - 1))
no_overflow = {"over": "raise", "divide": "raise", "invalid": "raise"}


@every_loss
def test_gradient_by_differences(cost, gradient, draw_outputs, draw_targets, independent, rng, assert_gradient):
    outputs, targets = draw_outputs(rng), draw_targets(rng)
    assert_gradient(lambda a: cost(a, targets), outputs, gradient(outputs, targets))


@every_loss
def test_cost_and_gradient_against_autograd(cost, gradient, draw_outputs, draw_targets, independent, rng):
    outputs, targets = draw_outputs(rng), draw_targets(rng)
    assert cost(outputs, targets) == pytest.approx(independent(outputs, targets), rel=1e-13)
    np.testing.assert_allclose(gradient(outputs, targets), grad(independent)(outputs, targets), rtol=1e-11, atol=1e-15)


@every_loss
def test_columns_as_samples(cost, gradient, draw_outputs, draw_targets, independent, rng):
    outputs, targets = draw_outputs(rng), draw_targets(rng)
    assert cost(outputs.T, targets.T, axis=0) == pytest.approx(cost(outputs, targets), rel=1e-14)
    np.testing.assert_allclose(
        gradient(outputs.T, targets.T, axis=0), gradient(outputs, targets).T, rtol=1e-14, atol=1e-300
    )


@every_loss
def test_average_over_samples(cost, gradient, draw_outputs, draw_targets, independent, rng):
    outputs, targets = draw_outputs(rng), draw_targets(rng)
    one_by_one = [cost(output, target) for output, target in zip(outputs, targets, strict=True)]
    assert cost(outputs, targets) == pytest.approx(np.mean(one_by_one), rel=1e-13)
    first = gradient(outputs[0], targets[0])
    np.testing.assert_allclose(gradient(outputs, targets)[0], first / N, rtol=1e-13)


@every_loss
def test_precision_of_gradients_is_kept(cost, gradient, draw_outputs, draw_targets, independent, rng):
    outputs, targets = draw_outputs(rng).astype(np.float32), draw_targets(rng).astype(np.float32)
    assert gradient(outputs, targets).dtype == np.float32


@every_loss
def test_shapes_that_would_broadcast_are_refused(cost, gradient, draw_outputs, draw_targets, independent):
    for function in (cost, gradient):
        with pytest.raises(ValueError, match=r"\(7, 1\) and \(7,\)"):
            function(np.full((7, 1), 0.5), np.full(7, 0.5))


@given(z=extreme_logits, labels=labels)
def test_cross_entropies_of_extreme_logits_are_exact(z, labels):
    targets = np.eye(K)[labels]
    with np.errstate(**no_overflow):
        softmax_cost = losses.softmax_cross_entropy(z, targets)
        sigmoid_cost = losses.sigmoid_cross_entropy(z, targets)
        assert np.abs(losses.softmax_cross_entropy_gradient(z, targets)).max() <= 1 / N
        assert np.abs(losses.sigmoid_cross_entropy_gradient(z, targets)).max() <= 1 / N
    expected = -np.sum(targets * scipy.special.log_softmax(z, axis=1)) / N
    assert softmax_cost == pytest.approx(expected, rel=1e-12, abs=1e-300)
    log_rates, log_rests = scipy.special.log_expit(z), scipy.special.log_expit(-z)
    expected = -np.sum(targets * log_rates + (1 - targets) * log_rests) / N
    assert sigmoid_cost == pytest.approx(expected, rel=1e-12, abs=1e-300)


@given(z=extreme_logits, labels=labels)
def test_costs_are_never_negative(z, labels):
    targets = np.eye(K)[labels]
    assert losses.softmax_cross_entropy(z, targets) >= 0
    assert losses.sigmoid_cross_entropy(z, targets) >= 0
    assert losses.cross_entropy(softmax(z), targets) >= 0
    assert losses.binary_cross_entropy(sigmoid(z), targets) >= 0
    assert losses.quadratic(z, targets) >= 0


@given(z=extreme_logits, labels=labels)
def test_gradient_rows_of_softmax_cross_entropy_sum_to_zero(z, labels):
    gradient = losses.softmax_cross_entropy_gradient(z, np.eye(K)[labels])
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)


@given(z=arrays(np.float64, (N, K), elements=st.floats(-15, 15)), labels=labels)
def test_logits_and_probabilities_agree(z, labels):
    targets = np.eye(K)[labels]
    p, rates = softmax(z), sigmoid(z)
    assert losses.cross_entropy(p, targets) == pytest.approx(
        losses.softmax_cross_entropy(z, targets), rel=1e-9, abs=1e-14
    )
    assert losses.binary_cross_entropy(rates, targets) == pytest.approx(
        losses.sigmoid_cross_entropy(z, targets), rel=1e-9, abs=1e-8
    )
    np.testing.assert_allclose(
        softmax_vjp(p, losses.cross_entropy_gradient(p, targets)),
        losses.softmax_cross_entropy_gradient(z, targets),
        rtol=1e-9,
        atol=1e-14,
    )
    np.testing.assert_allclose(
        sigmoid_derivative(z) * losses.binary_cross_entropy_gradient(rates, targets),
        losses.sigmoid_cross_entropy_gradient(z, targets),
        rtol=1e-8,
        atol=1e-14,
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_confident_mistakes_cost_much_but_not_infinity(dtype):
    wrong, truth = np.array([[1, 0, 0]], dtype), np.array([[0, 0, 1]], dtype)
    largest = -log(np.finfo(dtype).tiny)
    with np.errstate(**no_overflow):
        assert losses.cross_entropy(wrong, truth) == pytest.approx(largest)
        assert losses.binary_cross_entropy(wrong, truth) == pytest.approx(2 * largest)
        for gradient in (losses.cross_entropy_gradient, losses.binary_cross_entropy_gradient):
            assert np.isfinite(gradient(wrong, truth)).all()
            assert gradient(wrong, truth)[0, 2] < -1e30
    assert losses.cross_entropy(truth, truth) == 0
    assert losses.binary_cross_entropy(truth, truth) == 0


def test_landmarks_of_a_network_that_knows_nothing():
    one_of_ten = np.eye(10)
    assert losses.softmax_cross_entropy(np.zeros((10, 10)), one_of_ten) == pytest.approx(log(10))
    assert losses.sigmoid_cross_entropy(np.zeros((10, 10)), one_of_ten) == pytest.approx(10 * log(2))
    prior = np.full((10, 10), 0.1)
    assert losses.binary_cross_entropy(prior, one_of_ten) == pytest.approx(3.2508, abs=1e-4)
