"""`linear_activation_backward`."""

import numpy as np

from grader.checks import check, expect

from .networks import (
    ACTIVATIONS,
    LAYERS,
    back_from,
    called,
    expect_gradients,
    gives_right_outputs,
    in_shape,
    layer,
    layer_cache,
)


def layer_output(implementation, given):
    return implementation.linear_activation_forward(*given)[0]


def layer_gradients(student, solution, rng, size, activation):
    return gradients(student, solution, layer(rng, *size), rng.normal(size=(size[0], size[2])), activation)


def gradients(student, solution, given, dA, activation):
    """What the submission gives, and what is right."""

    def back(cache):
        return called(student.linear_activation_backward, dA, cache, activation)

    kept = solution.linear_activation_forward(*given, activation)[1]
    right = solution.linear_activation_backward(dA, kept, activation)
    forward = student.linear_activation_forward
    return back_from(forward, (*given, activation), layer_cache(*given), back, right), right


@check("linear_activation_backward", points=6, title='With "relu"')
def linear_activation_backward_relu(student, solution, rng):
    for size in LAYERS:
        expect_gradients(*layer_gradients(student, solution, rng, size, "relu"))


@check("linear_activation_backward", points=6, title='With "sigmoid"')
def linear_activation_backward_sigmoid(student, solution, rng):
    for size in LAYERS:
        expect_gradients(*layer_gradients(student, solution, rng, size, "sigmoid"))


@check("linear_activation_backward", points=2, title="The derivative of your own layer, by central differences")
def linear_activation_backward_own_derivative(student, solution, rng):
    n_out, n_in, m = 4, 3, 5
    for activation in ACTIVATIONS:
        A, W, b = layer(rng, n_out, n_in, m)
        dA = rng.normal(size=(n_out, m))
        given = A, W, b, activation
        dA_prev, dW, db = gradients(student, solution, (A, W, b), dA, activation)[0]
        if not gives_right_outputs(student.linear_activation_forward, given, layer_output(solution, given)):
            continue  # what is wrong has another derivative
        found = {"A_prev": in_shape(dA_prev, A) / m, "W": dW, "b": in_shape(db, b)}

        def means(points, activation=activation, dA=dA):
            lists = [(point["A_prev"], point["W"], point["b"], activation) for point in points]
            return [np.sum(out * dA) / m for out in student.linear_activation_forward.map(lists, item=0)]

        expect(found, f'gradient of "{activation}"').gradient_of(means, at={"A_prev": A, "W": W, "b": b}, rng=rng)
