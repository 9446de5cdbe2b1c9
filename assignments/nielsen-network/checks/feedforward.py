"""`NN2.feedforward`."""

import numpy as np

from grader.checks import check, expect

from .networks import DEEP, network, parameters


def expect_output(student, solution, state, x, label="the output", **options):
    found = network(student, state, **options).feedforward(x)
    expect(found, label).close_to(network(solution, state, **options).feedforward(x))


@check("NN2.feedforward", points=4, title="One layer: σ(w·a + b)")
def nn2_feedforward_one_layer(student, solution, rng):
    expect_output(student, solution, parameters(rng, (6, 4)), rng.normal(size=(6, 1)))


@check("NN2.feedforward", points=4, title="Several layers of sigmoids")
def nn2_feedforward_deep(student, solution, rng):
    for sizes in [(6, 5, 4), (6, 7, 5, 8, 3, 4)]:
        expect_output(student, solution, parameters(rng, sizes), rng.normal(size=(6, 1)), f"the output of {sizes}")


@check("NN2.feedforward", points=4, title="ReLU in the hidden layers, a sigmoid at the end")
def nn2_feedforward_relu(student, solution, rng):
    expect_output(student, solution, parameters(rng, DEEP), rng.normal(size=(6, 1)), activation="relu")


@check("NN2.feedforward", points=2, title="Finite for large inputs, 0 and 1 where the sigmoid is")
def nn2_feedforward_saturated(student, solution):
    state = ([np.diag([1.0, -1.0, 0.5])], [np.zeros((3, 1))])
    expect_output(student, solution, state, np.array([[900.0], [900.0], [0.4]]))


@check("NN2.feedforward", points=1, title="Called twice it gives the same, and it changes nothing")
def nn2_feedforward_is_a_function(student, rng):
    state, x = parameters(rng, DEEP), rng.normal(size=(6, 1))
    net = network(student, state)
    first, again = net.feedforward(x), net.feedforward(x)
    expect(again, "the output of the second call").close_to(first)
    expect(net.weights, "the weights after two calls").close_to(state[0])
