from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.arrays import one_hot
from reference.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from reference.networks import Sequential, multilayer_perceptron
from reference.optimizers import SGD
from reference.training import Examples, measure, minibatches, training_epochs, training_steps

SETTINGS = {"optimizer": SGD(0.1), "epochs": 8, "batch_size": 16, "seed": 3}


def spirals(n, seed):
    """Three arms of a spiral: no linear classifier gets beyond about 55 %."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 3, n)
    radius = rng.uniform(0.1, 1, n)
    angle = 2 * np.pi * labels / 3 + 3.5 * radius + rng.normal(0, 0.1, n)
    X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return Examples(3 * X, one_hot(labels, 3))


def run(network, *, n=300, **changed):
    parameters = network.initialize(np.random.default_rng(1))
    return list(training_epochs(network, parameters, spirals(n, 1), spirals(200, 2), **SETTINGS | changed))


@given(n=st.integers(1, 60), batch_size=st.integers(1, 70), epochs=st.integers(0, 4), seed=st.integers(0, 99))
def test_every_epoch_visits_every_sample_once(n, batch_size, epochs, seed):
    batches = list(minibatches(n, batch_size, epochs, seed))
    assert [batch.step for batch in batches] == list(range(1, len(batches) + 1))
    for epoch in range(1, epochs + 1):
        own = [batch for batch in batches if batch.epoch == epoch]
        assert sorted(np.concatenate([batch.rows for batch in own])) == list(range(n))
        assert [len(batch.rows) for batch in own[:-1]] == [batch_size] * (len(own) - 1)
        assert [batch.ends_epoch for batch in own] == [False] * (len(own) - 1) + [True]


def test_the_seed_decides_the_batches_and_epochs_differ():
    first, again, other = ([batch.rows.tolist() for batch in minibatches(40, 8, 2, seed)] for seed in (5, 5, 6))
    assert first == again != other
    assert first[:5] != first[5:]


@pytest.mark.parametrize(("n", "batch_size"), [(0, 4), (4, 0)])
def test_empty_sizes_are_refused(n, batch_size):
    with pytest.raises(ValueError, match=f"n_samples={n} and batch_size={batch_size}"):
        next(minibatches(n, batch_size, 1, 0))


def test_inputs_without_targets_are_refused():
    with pytest.raises(ValueError, match="there are 3 and 2"):
        Examples(np.zeros((3, 2)), np.zeros((2, 2)))


def test_training_learns_what_a_linear_classifier_cannot():
    learned = run(multilayer_perceptron([2, 32, 3]), epochs=60, optimizer=SGD(0.2, momentum=0.9))[-1]
    assert learned.train.accuracy > 0.98
    assert learned.test.accuracy > 0.95
    assert run(multilayer_perceptron([2, 3]), epochs=20)[-1].test.accuracy < 0.7


def test_a_convolutional_network_learns_where_a_bar_lies(rng):
    labels = rng.integers(0, 2, 200)
    X = rng.normal(0, 0.2, (200, 1, 8, 8))
    for image, label, position in zip(X[:, 0], labels, rng.integers(0, 8, 200), strict=True):
        (image if label else image.T)[position] += 1
    convolution = Conv2D(1, 8, window=(3, 3), padding=1)
    network = Sequential((convolution, ReLU(), MaxPool2D((3, 3), stride=2), Flatten(), Dense(8 * 3 * 3, 2)))
    examples = Examples(X, one_hot(labels, 2))
    epochs = training_epochs(
        network, network.initialize(rng), examples[:120], examples[120:],
        optimizer=SGD(0.05, momentum=0.9), epochs=20, batch_size=8, seed=0,
    )  # fmt: skip
    assert list(epochs)[-1].test.accuracy > 0.95


def test_two_runs_are_equal_to_the_last_bit():
    first, second, other = (run(multilayer_perceptron([2, 8, 3]), seed=seed) for seed in (3, 3, 4))
    for a, b in zip(first, second, strict=True):
        assert (a.number, a.train, a.test) == (b.number, b.train, b.test)
        for name in a.parameters:
            np.testing.assert_array_equal(a.parameters[name], b.parameters[name])
    assert first[-1].train != other[-1].train


def test_epochs_report_what_a_measurement_of_their_parameters_finds():
    network = multilayer_perceptron([2, 8, 3])
    history = run(network)
    assert [epoch.number for epoch in history] == list(range(1, 9))
    last = history[-1]
    assert last.train == measure(network, last.parameters, spirals(300, 1))
    assert last.test == measure(network, last.parameters, spirals(200, 2))
    predicted = network.predict(last.parameters, spirals(200, 2).X)
    assert last.test.accuracy == np.mean(predicted == spirals(200, 2).Y.argmax(axis=1))
    assert last.train.cost < history[0].train.cost


def test_without_a_test_set_only_the_training_set_is_measured():
    network = multilayer_perceptron([2, 3])
    parameters = network.initialize(np.random.default_rng(1))
    (epoch,) = training_epochs(network, parameters, spirals(50, 1), **SETTINGS | {"epochs": 1})
    assert epoch.test is None


def test_steps_can_be_followed_with_other_code_on_the_same_batches():
    network, train = multilayer_perceptron([2, 8, 3]), spirals(50, 1)
    start = network.initialize(np.random.default_rng(1))
    steps = list(training_steps(network, start, train, **SETTINGS))
    assert len(steps) == 8 * 4
    parameters = start
    for batch, step in zip(minibatches(50, 16, 8, seed=3), steps, strict=True):
        np.testing.assert_array_equal(batch.rows, step.batch.rows)
        X, Y = train.X[batch.rows], train.Y[batch.rows]
        assert step.cost == network.cost(parameters, X, Y)
        _, gradients = network.gradients(parameters, X, Y)
        parameters = {name: value - 0.1 * gradients[name] for name, value in parameters.items()}
        for name, value in parameters.items():
            np.testing.assert_allclose(step.parameters[name], value, rtol=1e-12, atol=1e-15)


def test_training_streams_and_can_be_stopped():
    network = multilayer_perceptron([2, 8, 3])
    start = network.initialize(np.random.default_rng(1))
    endless = training_epochs(network, start, spirals(50, 1), **SETTINGS | {"epochs": 10**9})
    assert [epoch.number for epoch in islice(endless, 2)] == [1, 2]


def test_the_initial_parameters_stay_as_they_are():
    network = multilayer_perceptron([2, 8, 3])
    start = network.initialize(np.random.default_rng(1))
    before = {name: value.copy() for name, value in start.items()}
    list(training_epochs(network, start, spirals(50, 1), **SETTINGS))
    for name, value in start.items():
        np.testing.assert_array_equal(value, before[name])
