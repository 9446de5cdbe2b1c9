import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from autograd.scipy.signal import convolve

from reference.activations import softmax
from reference.arrays import one_hot
from reference.layers import (
    ELU,
    Conv2D,
    Dense,
    Flatten,
    LeakyReLU,
    MaxPool2D,
    PenalizeActivity,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from reference.losses import BINARY_CROSS_ENTROPY, CROSS_ENTROPY, QUADRATIC, SIGMOID_CROSS_ENTROPY
from reference.networks import Sequential, multilayer_perceptron
from reference.regularizers import L1, L2, ActivityRegularizer, ElasticNet

activity = PenalizeActivity(ActivityRegularizer(L2(0.1)))
CONVOLUTIONAL = Sequential(
    (
        Conv2D(1, 2, window=(3, 3), padding=1), activity, ELU(), MaxPool2D((2, 2), stride=2),
        Conv2D(2, 3, window=(2, 2)), activity, ELU(), MaxPool2D((2, 2), stride=1),
        Flatten(), Dense(3, 5), ELU(), Dense(5, 4),
    ),
    regularizer=L2(0.3),
)  # fmt: skip

# name: (network, shape of X)
NETWORKS = {
    "one layer": (multilayer_perceptron([5, 4]), (7, 5)),
    "relu, elastic net": (multilayer_perceptron([5, 6, 3, 4], regularizer=ElasticNet(0.2, 0.3)), (7, 5)),
    "leaky relu, sigmoid outputs": (
        multilayer_perceptron([5, 6, 4], activation=LeakyReLU(0.1), loss=SIGMOID_CROSS_ENTROPY),
        (7, 5),
    ),
    "tanh, L1, activity": (
        Sequential(
            (Dense(5, 6), Tanh(), PenalizeActivity(ActivityRegularizer(L1(0.2), "sum")), Dense(6, 4)),
            regularizer=L1(0.1),
        ),
        (7, 5),
    ),
    "sigmoids, quadratic": (
        Sequential((Dense(5, 6), Sigmoid(), Dense(6, 4), Sigmoid()), QUADRATIC),
        (7, 5),
    ),
    "sigmoids, binary": (
        Sequential((Dense(5, 6), Sigmoid(), Dense(6, 4), Sigmoid()), BINARY_CROSS_ENTROPY),
        (7, 5),
    ),
    "softmax layer": (Sequential((Dense(5, 6), ReLU(), Dense(6, 4), Softmax()), CROSS_ENTROPY), (7, 5)),
    "convolutional": (CONVOLUTIONAL, (3, 1, 6, 6)),
}
every_network = pytest.mark.parametrize(("network", "shape"), NETWORKS.values(), ids=list(NETWORKS))


def draw(network, shape, rng):
    """Parameters with non-zero biases, inputs and one-hot targets."""
    parameters = {name: value + rng.normal(0, 0.1, value.shape) for name, value in network.initialize(rng).items()}
    return parameters, rng.normal(size=shape), one_hot(rng.integers(0, 4, shape[0]), 4)


@every_network
def test_gradients_by_differences(network, shape, rng, assert_gradient):
    parameters, X, Y = draw(network, shape, rng)
    cost, gradients = network.gradients(parameters, X, Y)
    assert cost == network.cost(parameters, X, Y)
    assert set(gradients) == set(parameters)
    for name, gradient in gradients.items():
        assert_gradient(
            lambda value, name=name: network.cost(parameters | {name: value}, X, Y), parameters[name], gradient
        )


def assert_equal_gradients(network, parameters, X, Y, independent_cost):
    """Cost and gradients of a network against the same cost written for autograd."""
    cost, gradients = network.gradients(parameters, X, Y)
    assert cost == pytest.approx(independent_cost(parameters), rel=1e-12)
    for name, expected in grad(independent_cost)(parameters).items():
        np.testing.assert_allclose(gradients[name], expected, rtol=1e-9, atol=1e-12, err_msg=name)


def independent_cross_entropy(logits, Y):
    return anp.mean(anp.log(anp.sum(anp.exp(logits), axis=1)) - anp.sum(Y * logits, axis=1))


def test_perceptron_against_autograd(rng):
    network = multilayer_perceptron([5, 6, 3, 4], regularizer=L2(0.3))
    parameters, X, Y = draw(network, (7, 5), rng)

    def cost(p):
        hidden = X
        for layer in "12":
            hidden = anp.maximum(anp.dot(hidden, p["W" + layer]) + p["b" + layer], 0.0)
        logits = anp.dot(hidden, p["W3"]) + p["b3"]
        return independent_cross_entropy(logits, Y) + 0.15 * sum(anp.sum(p[name] ** 2) for name in ("W1", "W2", "W3"))

    assert_equal_gradients(network, parameters, X, Y, cost)


def test_convolutional_network_with_activity_penalty_against_autograd(rng):
    parameters, X, Y = draw(CONVOLUTIONAL, (3, 1, 6, 6), rng)
    padded = np.pad(X, ((0, 0), (0, 0), (1, 1), (1, 1)))

    def convolution(images, W, b):
        flipped = W[:, :, ::-1, ::-1]
        maps = convolve(images, flipped, axes=([2, 3], [2, 3]), dot_axes=([1], [1]), mode="valid")
        return maps + anp.reshape(b, (1, -1, 1, 1))

    def elu(z):
        return anp.where(z > 0, z, anp.exp(z) - 1)

    def largest(a, b, c, d):
        return anp.maximum(anp.maximum(a, b), anp.maximum(c, d))

    def pool_every(step, x):
        height, width = x.shape[2] - 1, x.shape[3] - 1
        corners = [(i, j) for i in (0, 1) for j in (0, 1)]
        return largest(*(x[:, :, i : i + height : step, j : j + width : step] for i, j in corners))

    def cost(p):
        first = convolution(padded, p["W1"], p["b1"])
        second = convolution(pool_every(2, elu(first)), p["W2"], p["b2"])
        flat = anp.reshape(pool_every(1, elu(second)), (3, -1))
        logits = anp.dot(elu(anp.dot(flat, p["W3"]) + p["b3"]), p["W4"]) + p["b4"]
        activity = 0.05 * (anp.sum(first**2) + anp.sum(second**2)) / 3
        weights = 0.15 * sum(anp.sum(p[name] ** 2) for name in ("W1", "W2", "W3", "W4"))
        return independent_cross_entropy(logits, Y) + activity + weights

    assert_equal_gradients(CONVOLUTIONAL, parameters, X, Y, cost)


def test_parameters_are_numbered_over_layers_that_have_any(rng):
    shapes = {name: value.shape for name, value in CONVOLUTIONAL.initialize(rng).items()}
    assert shapes == {
        "W1": (2, 1, 3, 3), "b1": (2,), "W2": (3, 2, 2, 2), "b2": (3,),
        "W3": (3, 5), "b3": (5,), "W4": (5, 4), "b4": (4,),
    }  # fmt: skip


def test_biases_are_not_penalized(rng):
    network = multilayer_perceptron([5, 4], regularizer=L2(2.0))
    parameters, X, Y = draw(network, (7, 5), rng)
    free = multilayer_perceptron([5, 4])
    cost, gradients = network.gradients(parameters, X, Y)
    free_cost, free_gradients = free.gradients(parameters, X, Y)
    assert cost - free_cost == pytest.approx(np.sum(parameters["W1"] ** 2))
    np.testing.assert_allclose(gradients["W1"] - free_gradients["W1"], 2 * parameters["W1"], rtol=1e-12)
    np.testing.assert_array_equal(gradients["b1"], free_gradients["b1"])


def test_logits_and_softmax_layer_are_the_same_network(rng):
    logits = multilayer_perceptron([5, 6, 4])
    probabilities = Sequential((*logits.layers, Softmax()), CROSS_ENTROPY)
    parameters, X, Y = draw(logits, (7, 5), rng)
    np.testing.assert_allclose(probabilities.outputs(parameters, X), softmax(logits.outputs(parameters, X)))
    np.testing.assert_array_equal(probabilities.predict(parameters, X), logits.predict(parameters, X))
    cost, gradients = logits.gradients(parameters, X, Y)
    same_cost, same_gradients = probabilities.gradients(parameters, X, Y)
    assert cost == pytest.approx(same_cost)
    for name in parameters:
        np.testing.assert_allclose(gradients[name], same_gradients[name], rtol=1e-9, atol=1e-14)


@every_network
def test_a_batch_of_one(network, shape, rng):
    parameters, X, Y = draw(network, (1, *shape[1:]), rng)
    assert network.predict(parameters, X).shape == (1,)
    _, gradients = network.gradients(parameters, X, Y)
    assert {name: value.shape for name, value in gradients.items()} == {
        name: value.shape for name, value in parameters.items()
    }


def test_a_perceptron_starts_with_the_given_initializer_and_activation(rng):
    network = multilayer_perceptron([2, 3, 2], activation=Tanh(), initializer=lambda rng, shape: np.ones(shape))
    parameters = network.initialize(rng)
    np.testing.assert_array_equal(parameters["W2"], np.ones((3, 2)))
    outputs = network.outputs(parameters, np.array([[0.5, -0.2]]))
    np.testing.assert_allclose(outputs, np.full((1, 2), 3 * np.tanh(0.3)), rtol=1e-14)


def test_a_perceptron_needs_two_sizes():
    with pytest.raises(ValueError, match=r"inputs and classes, but they are \[784\]"):
        multilayer_perceptron([784])
