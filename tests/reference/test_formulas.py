"""The gradients of the formulas that solutions are composed of are those of their values, by central differences."""

import numpy as np
import pytest

from reference import (
    batch_norm,
    convolution_layer,
    dense,
    dropout,
    elu,
    l2_penalty,
    leaky_relu,
    max_pooling,
    relu,
    sigmoid,
    softmax_loss,
)


def numerical(value, x, step=1e-6):
    """The gradient of a number in the array x, which `value` reads."""
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        kept = x[place]
        x[place] = kept + step
        above = value()
        x[place] = kept - step
        below = value()
        x[place] = kept
        gradient[place] = (above - below) / (2 * step)
    return gradient


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.mark.parametrize(
    ("value", "backward"),
    [
        (relu.relu, relu.relu_backward),
        (leaky_relu.leaky_relu, leaky_relu.leaky_relu_backward),
        (sigmoid.sigmoid, sigmoid.sigmoid_backward),
        (sigmoid.sigmoid, lambda g, z: g * sigmoid.sigmoid_derivative(z, by_value=False)),
        (lambda z: elu.elu(z, 0.7), lambda g, z: g * elu.elu_derivative(z, 0.7)),
        (lambda z: dropout.dropout(z, MASK), lambda g, z: dropout.dropout_backward(g, MASK)),
    ],
)
def test_element_by_element(rng, value, backward):
    z, upstream = rng.normal(size=(2, 5, 3))
    expected = numerical(lambda: np.sum(value(z) * upstream), z)
    assert np.allclose(backward(upstream, z), expected, atol=1e-7)


MASK = (np.arange(15).reshape(5, 3) % 3 > 0).astype(float)


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_dense(rng, layout):
    x, W, b = rng.normal(size=(6, 4)), rng.normal(size=(4, 3)), rng.normal(size=(1, 3))
    delta = rng.normal(size=(6, 3))
    if layout == "columns":
        x, W, b, delta = x.T.copy(), W.T.copy(), b.T.copy(), delta.T.copy()

    def value():
        return np.sum(dense.affine(x, W, b, layout=layout) * delta)

    product = dense.product(x.T, delta, layout=layout)
    assert np.allclose(product, numerical(value, W), atol=1e-7)
    assert np.allclose(dense.product(delta, W.T, layout=layout), numerical(value, x), atol=1e-7)
    found = dense.bias_gradient(delta, 6, layout=layout, keepdims=True)
    assert np.allclose(found, numerical(value, b), atol=1e-7)


def test_batch_norm(rng):
    x, gamma, beta, dout = rng.normal(size=(6, 4)), rng.normal(size=4), rng.normal(size=4), rng.normal(size=(6, 4))
    found = batch_norm.batch_norm_backward(dout, batch_norm.batch_norm(x, gamma, beta)[1])
    for array, gradient in zip((x, gamma, beta), found, strict=True):
        expected = numerical(lambda: np.sum(batch_norm.batch_norm(x, gamma, beta)[0] * dout), array)
        assert np.allclose(gradient, expected, atol=1e-7)


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (2, 1)])
def test_convolution(rng, stride, pad):
    x, w, b = rng.normal(size=(2, 2, 5, 6)), rng.normal(size=(3, 2, 3, 2)), rng.normal(size=3)
    dout = rng.normal(size=convolution_layer.convolved(x, w, b, stride, pad).shape)
    found = convolution_layer.convolution_gradients(dout, x, w, stride, pad)
    for array, gradient in zip((x, w, b), found, strict=True):
        expected = numerical(lambda: np.sum(convolution_layer.convolved(x, w, b, stride, pad) * dout), array)
        assert np.allclose(gradient, expected, atol=1e-6)


def test_max_pooling_with_windows_that_overlap(rng):
    x = rng.normal(size=(2, 2, 5, 6))
    dout = rng.normal(size=max_pooling.pooled(x, 3, 2, 1).shape)
    expected = numerical(lambda: np.sum(max_pooling.pooled(x, 3, 2, 1) * dout), x)
    assert np.allclose(max_pooling.pooling_gradient(dout, x, 3, 2, 1), expected, atol=1e-7)


def test_softmax_loss(rng):
    scores, y = rng.normal(size=(5, 4)), np.array([0, 3, 1, 1, 2])
    expected = numerical(lambda: softmax_loss.softmax_loss(scores, y)[0], scores)
    assert np.allclose(softmax_loss.softmax_loss(scores, y)[1], expected, atol=1e-7)


def test_l2_penalty(rng):
    W = rng.normal(size=(3, 2))
    expected = numerical(lambda: l2_penalty.l2_penalty({"W1": W, "b1": np.ones(2)}, 0.3), W)
    assert np.allclose(l2_penalty.weight_penalty_gradient(W, 0.3, 1), expected, atol=1e-7)
