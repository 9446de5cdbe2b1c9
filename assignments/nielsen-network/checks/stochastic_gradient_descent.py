"""`NN2.stochastic_gradient_descent`: batches, curves, order and accuracy."""

import numpy as np

from grader.checks import accuracy, check, expect, fail, note_own_training, remark, uses_every_sample

from .networks import ETA, L1, L2, SEED, SHALLOW, network, parameters, samples

CURVES = ("epoch", "train_accuracy", "test_accuracy", "train_cost", "test_cost")


def trained(implementation, state, training, test, *options, **named):
    net = network(implementation, state)
    return net, net.stochastic_gradient_descent(training, test, *options, **named)


@check("NN2.stochastic_gradient_descent", points=3, title="Mini-batches of all samples: the weights follow the formula")
def nn2_stochastic_gradient_descent_full_batches(student, solution, rng):
    state, training, test = parameters(rng, SHALLOW), samples(rng, 9, SHALLOW), samples(rng, 5, SHALLOW)
    (found, _), (right, _) = (
        trained(implementation, state, training, test, 2, 9, ETA, L1, L2) for implementation in (student, solution)
    )
    expect(found.weights, "the weights after 2 epochs").close_to(right.weights)
    expect(found.biases, "the biases after 2 epochs").close_to(right.biases)


@check(
    "NN2.stochastic_gradient_descent", points=2, title="The last, smaller mini-batch counts too, and n is that of all"
)
def nn2_stochastic_gradient_descent_last_batch(student, solution, rng):
    state, (sample,) = parameters(rng, SHALLOW), samples(rng, 1, SHALLOW)
    (found, _), (right, _) = (
        # Seven times the same sample: the order does not matter, the number of steps does.
        trained(implementation, state, [sample] * 7, [sample], 2, 3, ETA, L1, L2)
        for implementation in (student, solution)
    )
    expect(found.weights, "the weights after 2 epochs of 3 steps").close_to(right.weights)
    (found, _), (right, _) = (
        trained(implementation, state, [sample] * 7, [sample], 2, 10, ETA, L1, L2)
        for implementation in (student, solution)
    )
    expect(found.weights, "the weights after 2 epochs with 7 samples in mini-batches of 10").close_to(right.weights)


@check("NN2.stochastic_gradient_descent", points=3, title="Five curves, measured after each epoch on all of the data")
def nn2_stochastic_gradient_descent_curves(student, solution, rng):
    state, training, test = parameters(rng, SHALLOW), samples(rng, 9, SHALLOW), samples(rng, 5, SHALLOW)
    found, right = (
        trained(implementation, state, training, test, 3, 9, ETA, L1, L2)[1] for implementation in (student, solution)
    )
    if not isinstance(found, dict):
        fail("stochastic_gradient_descent must return a dict of curves")
        return
    if found.get("epoch") == [1, 2, 3]:
        remark("epochs are counted from 1; the contract counts from 0")
        found = {**found, "epoch": right["epoch"]}
    expect(found, "the result").close_to({name: right[name] for name in CURVES})


@check("NN2.stochastic_gradient_descent", points=1, title="The curves tell the truth about the trained network")
def nn2_stochastic_gradient_descent_true_curves(student, solution, rng):
    state, training, test = parameters(rng, SHALLOW), samples(rng, 11, SHALLOW), samples(rng, 5, SHALLOW)
    net, curves = trained(student, state, training, test, 2, 3, ETA, 0.0, L2)
    final = network(solution, (net.weights, net.biases))
    measured = {"train_cost": final.total_cost(training), "test_accuracy": final.accuracy(test)}
    # By a message, not by a comparison: in a random order nothing here can be computed again.
    for name, value in measured.items():
        if not np.isclose(curves[name][-1], value, rtol=1e-6):
            fail(f"the last {name} is {float(curves[name][-1]):.4g}, but the network that was left has {value:.4g}")


@check(
    "NN2.stochastic_gradient_descent", points=2, title="Shuffled, without losing samples, and reproducible by the seed"
)
def nn2_stochastic_gradient_descent_order(student, solution, rng):
    state, training = parameters(rng, SHALLOW), samples(rng, 8, SHALLOW)
    first, again = (trained(student, state, training, training[:2], 1, 1, ETA)[0].weights for _ in range(2))
    expect(again, "the weights of a second run with the same seed").close_to(first)
    in_order = network(solution, state)
    for sample in training:
        in_order.update_mini_batch([sample], ETA, 0.0, 0.0, len(training))
    if all(np.allclose(a, b, rtol=1e-9) for a, b in zip(first, in_order.weights, strict=True)):
        fail("the samples are taken in the order in which they come; shuffle them in every epoch")
    n, k = 12, 3  # every sample has an input, and so a column of weights, of its own: whatever is used is learnt
    own = [(x[:, np.newaxis], y[:, np.newaxis]) for x, y in zip(np.eye(n), np.eye(k)[np.arange(n) % k], strict=True)]
    net, _ = trained(student, ([np.zeros((k, n))], [np.zeros((k, 1))]), own, own[:2], 60, 4, 2.0)
    judge = network(solution, (net.weights, net.biases))
    certainties = [float(np.sum(judge.feedforward(x) * y)) for x, y in own]
    uses_every_sample("NN2.stochastic_gradient_descent", np.array(certainties), 60)


@check("NN2.stochastic_gradient_descent", points=1, title="Without monitoring it trains alike")
def nn2_stochastic_gradient_descent_unmonitored(student, solution, rng):
    state, training = parameters(rng, SHALLOW), samples(rng, 9, SHALLOW)
    found, _ = trained(student, state, training, training[:2], 2, 9, ETA, monitoring=False)
    right, _ = trained(solution, state, training, training[:2], 2, 9, ETA, monitoring=False)
    expect(found.weights, "the weights after 2 epochs").close_to(right.weights)


ACCURACY_SHARE = 0.88  # of the reference's, on the test images: other initial weights learn more slowly


@check("NN2.stochastic_gradient_descent", points=3, title="Accuracy on test images comes near the reference's")
def nn2_stochastic_gradient_descent_accuracy(student, solution, dataset):
    trained_on, shown = 3 * len(dataset.y_train) // 4, 7 * len(dataset.y_train) // 8
    samples_of_run = as_samples(dataset, 0, trained_on), as_samples(dataset, trained_on, shown)
    run = ([784, 30, 10], *samples_of_run, (5, 10, 0.5, 0.0, 1.0))

    def right():
        return solution.remembered("digits", lambda: learn(solution, dataset, *run))

    with solution.meanwhile(right):
        reached, curves = learn(student, dataset, *run)
    wanted, reference_curves = right()
    note_own_training("NN2.stochastic_gradient_descent", dataset, curves, reference_curves)
    expect(reached, "the accuracy on test images").is_at_least(
        ACCURACY_SHARE * wanted, what=f"{ACCURACY_SHARE:.0%} of the reference's {wanted:.3f}"
    )


def as_samples(dataset, start, stop, pixels=slice(None)):
    """Training images as columns with one-hot labels; the labels of the test set never leave the grader."""
    labels = np.eye(10)[dataset.y_train[start:stop]]
    images = dataset.X_train[start:stop, pixels]
    return [(x[:, np.newaxis], y[:, np.newaxis]) for x, y in zip(images, labels, strict=True)]


def learn(implementation, dataset, sizes, training, held_out, options):
    """Test accuracy, judged here from the outputs, and the curves that the run gave."""
    net = implementation.NN2(sizes, SEED)
    curves = net.stochastic_gradient_descent(training, held_out, *options)
    outputs = net.feedforward.map([(x[:, np.newaxis],) for x in dataset.X_test])
    predicted = np.array([int(np.argmax(output)) if np.size(output) == 10 else -1 for output in outputs])
    return accuracy(predicted, dataset.y_test), curves
