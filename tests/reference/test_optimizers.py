import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.networks import multilayer_perceptron
from reference.optimizers import SGD
from reference.regularizers import L2


def test_the_plain_step_by_hand():
    parameters = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([3.0])}
    gradients = {"W1": np.array([[10.0, 20.0]]), "b1": np.array([-5.0])}
    optimizer = SGD(learning_rate=0.1)
    moved, _ = optimizer.step(parameters, gradients, optimizer.start(parameters))
    np.testing.assert_allclose(moved["W1"], [[0.0, -4.0]], atol=1e-15)
    np.testing.assert_allclose(moved["b1"], [3.5])
    np.testing.assert_array_equal(parameters["W1"], [[1.0, -2.0]])


@given(momentum=st.floats(0, 0.99), steps=st.integers(1, 20))
def test_momentum_sums_a_geometric_series(momentum, steps):
    parameters, gradients = {"W1": np.zeros((1, 1))}, {"W1": np.ones((1, 1))}
    optimizer = SGD(learning_rate=0.5, momentum=momentum)
    velocity = optimizer.start(parameters)
    for _ in range(steps):
        parameters, velocity = optimizer.step(parameters, gradients, velocity)
    speeds = [0.5 * sum(momentum**j for j in range(i + 1)) for i in range(steps)]
    assert parameters["W1"].item() == pytest.approx(-sum(speeds))


def test_old_parameters_and_velocity_stay_as_they_are():
    parameters, gradients, velocity = ({"W1": np.full((2, 2), value)} for value in (1.0, 2.0, 3.0))
    SGD(0.1, momentum=0.9, weight_decay=0.1).step(parameters, gradients, velocity)
    for before, value in [(parameters, 1.0), (gradients, 2.0), (velocity, 3.0)]:
        np.testing.assert_array_equal(before["W1"], np.full((2, 2), value))


def test_weight_decay_is_an_l2_penalty_of_the_same_strength(rng):
    sizes = [5, 6, 4]
    free, penalized = multilayer_perceptron(sizes), multilayer_perceptron(sizes, regularizer=L2(0.3))
    parameters = {name: value + 0.1 for name, value in free.initialize(rng).items()}
    X, Y = rng.normal(size=(7, 5)), np.eye(4)[rng.integers(0, 4, 7)]
    results = []
    for network, optimizer in [(free, SGD(0.1, weight_decay=0.3)), (penalized, SGD(0.1))]:
        _, gradients = network.gradients(parameters, X, Y)
        results.append(optimizer.step(parameters, gradients, optimizer.start(parameters))[0])
    for name in parameters:
        np.testing.assert_allclose(results[0][name], results[1][name], rtol=1e-12)


def test_precision_is_kept():
    parameters = {"W1": np.ones((2, 2), np.float32)}
    optimizer = SGD(0.1, momentum=0.9, weight_decay=0.1)
    moved, velocity = optimizer.step(parameters, parameters, optimizer.start(parameters))
    assert moved["W1"].dtype == velocity["W1"].dtype == np.float32


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be positive, but it is 0.0"),
        ({"learning_rate": float("nan")}, "learning_rate must be positive"),
        ({"learning_rate": 0.1, "momentum": 1.0}, "momentum must be at least 0 and below 1"),
        ({"learning_rate": 0.1, "weight_decay": -1.0}, "weight_decay must not be negative"),
    ],
)
def test_settings_that_cannot_descend_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        SGD(**settings)
