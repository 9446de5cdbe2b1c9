"""`linear_activation_forward`."""

from grader.checks import check, expect

from .networks import LAYERS, layer, output


def expect_activations(student, solution, rng, activation, sizes):
    for size in sizes:
        given = *layer(rng, *size), activation
        expect(output(student.linear_activation_forward, *given), "A").close_to(
            solution.linear_activation_forward(*given)[0]
        )


@check("linear_activation_forward", points=5, title='With "relu"')
def linear_activation_forward_relu(student, solution, rng):
    expect_activations(student, solution, rng, "relu", LAYERS)


@check("linear_activation_forward", points=5, title='With "sigmoid"')
def linear_activation_forward_sigmoid(student, solution, rng):
    expect_activations(student, solution, rng, "sigmoid", LAYERS)
