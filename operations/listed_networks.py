"""Networks that hold weights and biases in lists and take columns, as in Nielsen's book: what their checks are made of.

Weights and biases are set before a network is asked; all sizes differ.
"""

import itertools

import numpy as np

from grader.assignments import Place, mistake
from grader.checks import expect, fail
from operations.network_checks import expect_both_signs

SIZES = [(5, 4, 3), (4, 6, 5, 3)]


def network(side, state):
    weights, biases = state
    net = side.Network([weights[0].shape[1], *(len(b) for b in biases)])
    net.weights, net.biases = weights, biases
    return net


def problem(rng, sizes, n=1):
    """Weights and biases, and samples with one-hot labels."""
    pairs = list(itertools.pairwise(sizes))
    state = [rng.normal(size=(b, a)) for a, b in pairs], [rng.normal(size=(b, 1)) for _, b in pairs]
    labels = np.eye(sizes[-1])[:, rng.integers(sizes[-1], size=n)]
    return state, [(rng.normal(size=(sizes[0], 1)), labels[:, [i]]) for i in range(n)]


def expect_shapes(student):
    net = student.Network([6, 5, 4])
    found = [np.shape(value) for value in (*net.weights, *net.biases)]
    if found != [(5, 6), (4, 5), (5, 1), (4, 1)]:
        fail(f"the shapes are {found}, expected (5, 6), (4, 5), (5, 1) and (4, 1)")
        return
    for layer, w in enumerate(net.weights):
        expect_both_signs(f"weights[{layer}]", w)


def expect_outputs(student, solution, rng):
    for sizes in SIZES:
        state, ((x, _),) = problem(rng, sizes)
        expect(network(student, state).feedforward(x), "the output").close_to(network(solution, state).feedforward(x))


def expect_sample_gradients(student, solution, rng):
    for sizes in SIZES:
        state, ((x, y),) = problem(rng, sizes)
        found, right = (network(side, state).backprop(x, y) for side in (student, solution))
        for name, one, other in zip(("nabla_b", "nabla_w"), found, right, strict=True):
            expect(one, name).close_to(other)


def expect_steps(student, solution, rng, *arguments):
    """Weights and biases after `update_mini_batch(data, …)`, for each network with arguments of its own.

    Two mini-batches follow each other: the sums of one have no place in the next.
    """
    for sizes, more in zip(SIZES, arguments, strict=True):
        state, data = problem(rng, sizes, 7)
        nets = [network(side, state) for side in (student, solution)]
        for step, batch in (("a step", data), ("a second step", data[:4])):
            for net in nets:
                net.update_mini_batch(batch, *more)
            for name in ("weights", "biases"):
                expect(getattr(nets[0], name), f"{name} after {step}").close_to(getattr(nets[1], name))


def expect_count(student, solution, rng, method):
    """How many samples are answered right."""
    state, data = problem(rng, (4, 6, 3), 41)
    data = [(x, int(y.argmax())) for x, y in data]
    found, right = (getattr(network(side, state), method)(data) for side in (student, solution))
    expect(found, "the count").close_to(right)


def expect_training(student, solution, rng, arguments, cost, at_most):
    """The share of the `cost(net, data)` that is left after `SGD(data, …)`, for thirty samples of three classes."""
    state, _ = problem(rng, (6, 8, 3))
    centres, labels = 2 * rng.normal(size=(6, 3)), np.tile(np.arange(3), 10)
    data = [(centres[:, [k]] + 0.3 * rng.normal(size=(6, 1)), np.eye(3)[:, [k]]) for k in labels]
    net, judge = network(student, state), network(solution, state)
    before = cost(judge, data)
    net.SGD.map([(data, *arguments)])  # which does not look at what is shuffled in place
    judge.weights, judge.biases = list(net.weights), list(net.biases)
    expect(cost(judge, data), "the cost afterwards").is_at_most(at_most * before)


def expect_every_batch(student, rng, *arguments):
    """That one epoch with three samples in mini-batches of two makes two steps: with two of them, and with the third.

    Which two come first is chance, and the third may be taken along; the steps are the submission's own.
    """
    state, data = problem(rng, (4, 3, 3), 3)
    net = network(student, state)
    net.SGD.map([(list(data), 1, 2, *arguments)])
    for batches in ([data], *([data[:last] + data[last + 1 :], [data[last]]] for last in range(3))):
        by_steps = network(student, state)
        for batch in batches:
            by_steps.update_mini_batch(batch, *arguments, *([len(data)] if arguments[1:] else []))
        if all(np.allclose(a, b, rtol=1e-9) for a, b in zip(net.weights, by_steps.weights, strict=True)):
            return
    fail("an epoch of 3 samples in mini-batches of 2 is not a step with two of them and a step with the third")


def expect_random_order(student, rng, *arguments):
    """That one epoch of `SGD(data, 1, 1, …)` leaves other weights than a step for each sample as they come does.

    The steps are the submission's own: how these are made is no matter here.
    """
    state, data = problem(rng, (4, 3, 3), 12)
    net, in_order = network(student, state), network(student, state)
    net.SGD.map([(list(data), 1, 1, *arguments)])
    for sample in data:
        in_order.update_mini_batch([sample], *arguments, *([len(data)] if arguments[1:] else []))
    if all(np.allclose(a, b, rtol=1e-9) for a, b in zip(net.weights, in_order.weights, strict=True)):
        fail("the samples are taken in the order in which they come")


def least_output_taken(function):
    """The mistake of a function that counts right answers by the step `is_right`."""

    @mistake(
        f"{function}.least-output",
        step="is_right",
        title="The smallest output is taken for the answer",
        explain="The answer of the network is the class with the largest output.",
        hints=("Which output should win?", "`argmin` or `argmax`?"),
        place=Place(calls="argmin"),
    )
    def least_output(output, y):
        return output.argmin() == y

    return least_output
