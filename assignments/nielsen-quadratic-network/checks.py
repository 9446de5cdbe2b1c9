"""What is verified: weights and biases are set before a network is asked; sizes differ, η is an odd number."""

import itertools

import numpy as np

from grader.checks import check, expect, fail

SIZES = [(5, 4, 3), (4, 6, 5, 3)]


def network(implementation, state):
    weights, biases = state
    net = implementation.Network([weights[0].shape[1], *(len(b) for b in biases)])
    net.weights, net.biases = weights, biases
    return net


def problem(rng, sizes, n):
    """Weights and biases, and samples with one-hot labels."""
    pairs = list(itertools.pairwise(sizes))
    state = [rng.normal(size=(b, a)) for a, b in pairs], [rng.normal(size=(b, 1)) for _, b in pairs]
    labels = np.eye(sizes[-1])[:, rng.integers(sizes[-1], size=n)]
    return state, [(rng.normal(size=(sizes[0], 1)), labels[:, [i]]) for i in range(n)]


@check("Network", points=8, title="Shapes of the initial weights and biases")
def network_shapes(student):
    net = student.Network([6, 5, 4])
    found = [np.shape(value) for value in (*net.weights, *net.biases)]
    if found != [(5, 6), (4, 5), (5, 1), (4, 1)]:
        fail(f"the shapes are {found}, expected (5, 6), (4, 5), (5, 1) and (4, 1)")


@check("Network.feedforward", points=20, title="The outputs of networks of two and three layers")
def network_feedforward(student, solution, rng):
    for sizes in SIZES:
        state, ((x, _),) = problem(rng, sizes, 1)
        expect(network(student, state).feedforward(x), "the output").close_to(network(solution, state).feedforward(x))


@check("Network.cost_derivative", points=8, title="The gradient in the outputs")
def network_cost_derivative(student, solution, rng):
    state, ((_, y),) = problem(rng, (4, 3), 1)
    a = rng.random((3, 1))
    found, right = (network(side, state).cost_derivative(a, y) for side in (student, solution))
    expect(found, "the gradient").close_to(right)


@check("Network.backprop", points=30, title="The gradients of one sample's cost")
def network_backprop(student, solution, rng):
    for sizes in SIZES:
        state, ((x, y),) = problem(rng, sizes, 1)
        found, right = (network(side, state).backprop(x, y) for side in (student, solution))
        for name, one, other in zip(("nabla_b", "nabla_w"), found, right, strict=True):
            expect(one, name).close_to(other)


@check("Network.update_mini_batch", points=18, title="Weights and biases after a step")
def network_update(student, solution, rng):
    for sizes in SIZES:
        state, data = problem(rng, sizes, 7)
        nets = [network(side, state) for side in (student, solution)]
        for net in nets:
            net.update_mini_batch(data, 2.7)
        for name in ("weights", "biases"):
            expect(getattr(nets[0], name), f"{name} after a step").close_to(getattr(nets[1], name))


@check("Network.evaluate", points=6, title="The number of right answers")
def network_evaluate(student, solution, rng):
    state, data = problem(rng, (4, 6, 3), 41)
    data = [(x, int(y.argmax())) for x, y in data]
    found, right = (network(side, state).evaluate(data) for side in (student, solution))
    expect(found, "the count").close_to(right)


@check("Network.SGD", points=10, title="Sixty epochs bring the cost down")
def network_sgd(student, solution, rng):
    state, _ = problem(rng, (6, 8, 3), 1)
    centres, labels = 2 * rng.normal(size=(6, 3)), np.tile(np.arange(3), 10)
    data = [(centres[:, [k]] + 0.3 * rng.normal(size=(6, 1)), np.eye(3)[:, [k]]) for k in labels]

    def cost(net):
        return float(np.mean([np.sum((net.feedforward(x) - y) ** 2) for x, y in data]))

    net, judge = network(student, state), network(solution, state)
    before = cost(judge)
    net.SGD.map([(data, 60, 4, 1.5)])  # which does not look at what is shuffled in place
    judge.weights, judge.biases = list(net.weights), list(net.biases)
    expect(cost(judge), "the cost afterwards").is_at_most(0.5 * before)
