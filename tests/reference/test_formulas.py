"""The gradients of the formulas that solutions are composed of are those of their values, by two other methods."""

import numpy as np
import pytest

from reference import (
    adam,
    batch_norm,
    batch_training,
    binary_cross_entropy,
    cross_entropy,
    dense,
    dropout,
    gradient_check,
    l1_penalty,
    l2_penalty,
    output_error,
    penalty_terms,
    perceptron,
    sigmoid,
    softmax,
    softmax_loss,
)
from reference.one_hot import one_hot

SIZES = [4, 5, 3]


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_dense(rng, layout, assert_gradient):
    x, W, b, delta = (rng.normal(size=shape) for shape in ((6, 4), (4, 3), (1, 3), (6, 3)))
    if layout == "columns":
        x, W, b, delta = x.T, W.T, b.T, delta.T

    def value(x, W, b):
        return np.sum(dense.affine(x, W, b, layout=layout) * delta)

    assert_gradient(lambda W: value(x, W, b), W, dense.product(x.T, delta, layout=layout))
    assert_gradient(lambda x: value(x, W, b), x, dense.product(delta, W.T, layout=layout))
    assert_gradient(lambda b: value(x, W, b), b, dense.bias_gradient(delta, 6, layout=layout, keepdims=True))


def test_batch_norm(rng, assert_gradient):
    given = [rng.normal(size=shape) for shape in ((6, 4), 4, 4)]
    dout = rng.normal(size=(6, 4))
    found = batch_norm.batch_norm_backward(dout, batch_norm.batch_norm(*given)[1])
    for place, gradient in enumerate(found):

        def value(array, place=place):
            return np.sum(batch_norm.batch_norm(*given[:place], array, *given[place + 1 :])[0] * dout)

        assert_gradient(value, given[place], gradient, by_complex_step=False)


def test_dropout(rng, assert_gradient):
    x, dout, mask = rng.normal(size=(5, 3)), rng.normal(size=(5, 3)), np.arange(15).reshape(5, 3) % 3 > 0
    backward = dropout.dropout_backward(dout, mask, keep=0.7)
    assert_gradient(lambda x: np.sum(dropout.dropout(x, mask, keep=0.7) * dout), x, backward)


def test_softmax_loss(rng, assert_gradient):
    scores, y = rng.normal(size=(5, 4)), np.array([0, 3, 1, 1, 2])
    cost, gradient = softmax_loss.softmax_loss(scores, y)
    assert cost == pytest.approx(cross_entropy.cross_entropy(softmax.softmax(scores), one_hot(y, 4)))
    assert_gradient(lambda s: softmax_loss.softmax_loss(s, y)[0], scores, gradient, by_complex_step=False)


@pytest.mark.parametrize(
    ("activation", "cost"),
    [(softmax.softmax, cross_entropy.cross_entropy), (sigmoid.sigmoid, binary_cross_entropy.binary_cross_entropy)],
)
def test_the_error_at_the_output(activation, cost, rng, assert_gradient):
    z, Y = rng.normal(size=(6, 3)), one_hot(rng.integers(3, size=6), 3)
    delta = output_error.output_delta(activation(z), Y)
    assert_gradient(lambda z: cost(activation(z), Y), z, delta, by_complex_step=False)


def test_confident_mistakes_cost_much_but_not_infinity():
    wrong, truth = np.array([[1.0, 0, 0]]), np.array([[0.0, 0, 1]])
    largest = -np.log(np.finfo(float).tiny)
    assert cross_entropy.cross_entropy(wrong, truth) == pytest.approx(largest)
    assert binary_cross_entropy.binary_cross_entropy(wrong, truth) == pytest.approx(2 * largest)
    assert cross_entropy.cross_entropy(truth, truth) == 0


@pytest.mark.parametrize("n", [1, 7])
def test_penalties(rng, n, assert_gradient):
    W, params = rng.normal(size=(3, 2)), {"b1": np.ones(2)}
    factor = {"shared": True}
    assert_gradient(
        lambda W: l1_penalty.l1_norm(W) * 0.3 / n,
        W,
        l1_penalty.l1_gradient(W, 0.3, n, **factor),
        by_complex_step=False,
    )
    assert_gradient(
        lambda W: l2_penalty.penalty_factor(0.3, n, **factor) * l2_penalty.squared_norm(W),
        W,
        l2_penalty.weight_penalty_gradient(W, 0.3, n, **factor),
    )
    assert_gradient(
        lambda W: penalty_terms.penalty_terms({**params, "W1": W}, 0.3, n)[0],
        W,
        penalty_terms.penalty_terms({**params, "W1": W}, 0.3, n)[1]["W1"],
    )


def test_the_gradient_of_a_whole_network(rng, assert_gradient):
    X, Y = rng.normal(size=(6, 4)), one_hot(rng.integers(3, size=6), 3)
    params = batch_training.initial_params(SIZES, rng)
    grads = batch_training.gradients(params, X, Y, 0.37)

    def cost(params):
        probs, _ = perceptron.forward(params, X)
        return cross_entropy.cross_entropy(probs, Y) + l2_penalty.l2_penalty(params, 0.37)

    for name, value in params.items():
        assert_gradient(lambda v, name=name: cost({**params, name: v}), value, grads[name], by_complex_step=False)


def test_training_learns_what_a_linear_classifier_cannot():
    """Three arms of a spiral: no linear classifier gets beyond about 55 %."""
    rng = np.random.default_rng(1)
    labels, radius = rng.integers(0, 3, 300), rng.uniform(0.1, 1, 300)
    angle = 2 * np.pi * labels / 3 + 3.5 * radius + rng.normal(0, 0.1, 300)
    X, Y = 3 * np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), one_hot(labels, 3)
    _, history = batch_training.train(X, Y, [2, 32, 3], 150, 16, 0.3, 0.0, 1)
    assert history[-1]["accuracy"] > 0.98
    _, history = batch_training.train(X, Y, [2, 3], 20, 16, 0.3, 0.0, 1)
    assert history[-1]["accuracy"] < 0.7


def test_adam_goes_its_rate_per_step_whatever_the_size_of_the_gradient():
    for size in (1e-3, 1e3):
        w, m, v = (np.zeros(2) for _ in range(3))
        for t in (1, 2, 3):
            w, m, v = adam.adam(w, np.array([size, -size]), m, v, t, 0.1)
        np.testing.assert_allclose(w, [-0.3, 0.3], rtol=1e-4)


def test_the_check_of_a_gradient_by_differences(rng):
    theta, direction = rng.normal(size=(2, 5))

    def slope(entry):
        costs = [np.sin(point) @ direction for point in gradient_check.below_and_above(theta, entry, 1e-5)]
        return gradient_check.slope_between(costs[1], costs[0], 1e-5)

    slopes = np.array([slope(entry) for entry in range(5)])
    right = direction * np.cos(theta)
    assert gradient_check.relative_difference(right, slopes) < 1e-9
    np.testing.assert_allclose(gradient_check.relative_difference(3 * right, right), 0.5)
