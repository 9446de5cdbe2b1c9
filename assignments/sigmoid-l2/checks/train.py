"""`NeuralNetwork.train`."""

import math

import numpy as np

from grader.checks import (
    TrainingEvidence,
    accuracy,
    check,
    expect,
    fail,
    note_own_training,
    one_hot,
    uses_every_sample,
    weight_matrices,
)
from operations.batch_training.kinds_of_steps import OTHER_SETTINGS, RATE, are_of_another_kind

from .networks import LAMBD, batch, network, random_parameters

TRAINING = {"epochs": 3, "batch_size": 10, "learning_rate": 0.5, "lambd": 2.0}
SIZES = (784, 30, 10)
ACCURACY_SHARE = 0.9  # of the reference's, on the test images


@check("NeuralNetwork.train", points=4, title="Accuracy on test images with λ = 2, in batches of 10")
def train_accuracy(student, solution, rng, dataset):
    def right():
        return solution.remembered(("train_accuracy", dataset.X_train), lambda: trained(solution, solution, dataset))

    with solution.meanwhile(right):
        run = trained(student, solution, dataset)
    reference = right()
    wanted = accuracy(reference["labels"], dataset.y_test)
    if accuracy(run["labels"], dataset.y_test) < ACCURACY_SHARE * wanted and are_no_plain_steps(student, solution, rng):
        others = [trained(student, solution, dataset, **settings) for settings in OTHER_SETTINGS]
        run = max([run, *others], key=lambda other: accuracy(other["labels"], dataset.y_test))
    note_own_training(
        "NeuralNetwork.train",
        dataset,
        {"train_cost": run["costs"]},
        {"train_cost": reference["costs"]},
        test_accuracy=accuracy(run["labels"], dataset.y_test),
        reference_test_accuracy=accuracy(reference["labels"], dataset.y_test),
        evidence=TrainingEvidence(
            outputs="sigmoids",
            class_shares=np.bincount(dataset.y_train, minlength=10) / len(dataset.y_train),
            weights_before=weight_matrices(run["before"]),
            weights_after=weight_matrices(run["after"]),
            predicted=run["labels"],
        ),
    )
    expect(accuracy(run["labels"], dataset.y_test), "the accuracy on test images").is_at_least(
        ACCURACY_SHARE * wanted, what=f"{ACCURACY_SHARE:.0%} of the reference's {wanted:.3f}"
    )


def are_no_plain_steps(student, solution, rng):
    """Whether steps are Adam's, say, which want a smaller learning rate: no mistake, though it is not asked for."""
    sizes, n = (5, 9, 3), 24
    start = random_parameters(rng, sizes)
    x, y = batch(rng, n, sizes)

    def weights(epochs):
        net = network(student, start, sizes, n)
        net.train(x, y, epochs, n, RATE, 0.0)
        return net.parameters

    gradient = network(solution, start, sizes, n).calculate_gradients(x, y, 0.0)
    return are_of_another_kind((start, weights(1), weights(2)), gradient)


def trained(implementation, solution, dataset, rate=1.0, epochs=1):
    """An implementation's own training: its costs, its parameters before and after, what it says of the test images."""
    net = implementation.NeuralNetwork(list(SIZES), len(dataset.X_train))
    before = net.parameters
    options = TRAINING | {"epochs": epochs * TRAINING["epochs"], "learning_rate": rate * TRAINING["learning_rate"]}
    costs = net.train(dataset.X_train, one_hot(dataset.y_train), *options.values())
    after = net.parameters
    return {"costs": costs, "before": before, "after": after, "labels": labels(solution, after, dataset.X_test)}


def labels(solution, parameters, images):
    """What the solution says with these parameters; None if they are no such parameters."""
    net = network(solution, parameters, SIZES)
    try:
        return net.predict(images)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


@check("NeuralNetwork.train", points=3, title="One number per epoch: the cost of the whole training set")
def train_costs(student, solution, rng):
    sizes = (5, 6, 3)
    x, y = batch(rng, 40, sizes)
    net = student.NeuralNetwork(list(sizes), len(x))
    costs = net.train(x, y, 4, 7, 0.3, LAMBD)
    right = network(solution, net.parameters, sizes, len(x)).cost(x, y, LAMBD)
    if not isinstance(costs, list | tuple) or len(costs) != 4:
        fail("training for 4 epochs must return a list of 4 costs")
    else:
        expect(costs[-1], "the cost after the last epoch").close_to(right)


@check("NeuralNetwork.train", points=1, title="An epoch makes as many steps as there are mini-batches")
def train_batches(student, solution, rng):
    sizes, n = (5, 6, 3), 11
    parameters = random_parameters(rng, sizes)
    x, y = (np.repeat(row, n, axis=0) for row in batch(rng, 1, sizes))  # all alike, so that their order is nothing
    found, right = (network(side, parameters, sizes, n) for side in (student, solution))
    for batch_size in (4, 20):
        for net in (found, right):
            net.parameters = parameters
            net.train(x, y, 2, batch_size, 0.3, LAMBD)
        wanted = right.parameters
        if not are_alike(found.parameters, wanted) and are_no_plain_steps(student, solution, rng):
            own = network(student, parameters, sizes, n)  # as many of its own steps, on all samples each
            own.train(x, y, 2 * math.ceil(n / batch_size), n, 0.3, LAMBD)
            wanted = own.parameters
        label = f"parameters after two epochs of {n} samples in mini-batches of {batch_size}"
        expect(found.parameters, label).close_to(wanted)


def are_alike(found, right):
    return all(np.allclose(found[name], right[name]) for name in right)


@check("NeuralNetwork.train", points=1, title="Every epoch goes through all samples")
def train_uses_every_sample(student, solution, rng):
    n, k = 12, 3
    sizes = (n, k)  # every sample has an input, and so a row of weights, of its own: whatever is used is learnt
    x, y = np.eye(n), one_hot(rng.permutation(np.arange(n) % k), k)
    net = network(student, {"w1": np.zeros((n, k)), "b1": np.zeros((1, k))}, sizes, n)
    net.train(x, y, 100, 4, 1.0, 0.0)
    outputs = network(solution, net.parameters, sizes, n).gather_backprop_data(x, y)[1][-1]
    uses_every_sample("NeuralNetwork.train", np.sum(outputs * y, axis=1), 100)


@check("NeuralNetwork.train", points=1, title="Every parameter is trained")
def train_moves_everything(student, rng):
    sizes = (5, 6, 4, 3)
    net = student.NeuralNetwork(list(sizes), 40)
    before = net.parameters
    net.train(*batch(rng, 40, sizes), 2, 7, 0.3, 0.0)
    after = net.parameters
    if still := [name for name in before if np.array_equal(before[name], after.get(name))]:
        fail(f"{', '.join(still)} {'is' if len(still) == 1 else 'are'} the same before and after training")
