"""`linear_activation_forward`."""

from grader.checks import check, expect, fail

from .networks import (
    ACTIVATIONS,
    LAYERS,
    called,
    gives_right_outputs,
    is_right,
    kept_by,
    layer,
    layer_cache,
    misleads,
    output,
)


def expect_activations(student, solution, rng, activation, sizes):
    for size in sizes:
        given = *layer(rng, *size), activation
        expect(output(student.linear_activation_forward, *given), "A").close_to(
            solution.linear_activation_forward(*given)[0]
        )


@check("linear_activation_forward", points=4, title='With "relu"')
def linear_activation_forward_relu(student, solution, rng):
    expect_activations(student, solution, rng, "relu", LAYERS)


@check("linear_activation_forward", points=4, title='With "sigmoid"')
def linear_activation_forward_sigmoid(student, solution, rng):
    expect_activations(student, solution, rng, "sigmoid", LAYERS)


@check("linear_activation_forward", points=2, title="What it keeps leads your `linear_activation_backward` back")
def linear_activation_forward_cache(student, solution, rng):
    for activation in ACTIVATIONS:
        given = layer(rng, *LAYERS[0])
        dA = rng.normal(size=(LAYERS[0][0], LAYERS[0][2]))
        right, kept = solution.linear_activation_forward(*given, activation)
        gradients = solution.linear_activation_backward(dA, kept, activation)
        linear = given, layer_cache(*given)[1]
        found = kept_by(
            student.linear_activation_forward,
            (*given, activation),
            lambda linear=linear: gives_right_outputs(student.linear_forward, *linear),
        )
        if found is None:
            return
        expect(found[0], "A").close_to(right)

        def back(cache, dA=dA, activation=activation):
            return called(student.linear_activation_backward, dA, cache, activation)

        if is_right(found[0], right) and misleads(found[1], layer_cache(*given), back, gradients):
            fail("with this cache `linear_activation_backward` gives wrong gradients, right with ((A, W, b), Z)")
