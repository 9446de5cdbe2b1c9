"""`NeuralNetwork.gather_backprop_data`: pre-activations and activations of every layer."""

from grader.checks import check, expect

from .networks import DEEP, batch, pair


def expect_forward(student, solution, rng, m, sizes):
    found, right = pair(student, solution, rng, sizes)
    x, y = batch(rng, m, sizes)
    _, activations, zs = found.gather_backprop_data(x, y)
    _, right_activations, right_zs = right.gather_backprop_data(x, y)
    expect(activations, "activations").close_to(right_activations)
    expect(zs, "zs").close_to(right_zs)


@check("NeuralNetwork.gather_backprop_data", points=5, title="One layer: sigmoid of x·w1 + b1")
def gather_one_layer(student, solution, rng):
    expect_forward(student, solution, rng, 9, (6, 4))


@check("NeuralNetwork.gather_backprop_data", points=7, title="Three layers")
def gather_three_layers(student, solution, rng):
    expect_forward(student, solution, rng, 9, DEEP)


@check("NeuralNetwork.gather_backprop_data", points=2, title="A single sample; as many samples as inputs")
def gather_other_batches(student, solution, rng):
    for m in (1, 6):
        expect_forward(student, solution, rng, m, DEEP)
