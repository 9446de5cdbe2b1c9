"""`linear_activation_backward`."""

import numpy as np

from grader.checks import check, expect

from .networks import ACTIVATIONS, LAYERS, called, expect_gradients, in_shape, layer


def through_layer(implementation, given, dA, activation):
    cache = called(implementation.linear_activation_forward, *given, activation)[1]
    return called(implementation.linear_activation_backward, dA, cache, activation)


def layer_gradients(student, solution, rng, size, activation):
    given = layer(rng, *size)
    dA = rng.normal(size=(size[0], size[2]))
    return tuple(through_layer(side, given, dA, activation) for side in (student, solution))


@check("linear_activation_backward", points=6, title='With "relu"')
def linear_activation_backward_relu(student, solution, rng):
    for size in LAYERS:
        expect_gradients(*layer_gradients(student, solution, rng, size, "relu"))


@check("linear_activation_backward", points=6, title='With "sigmoid"')
def linear_activation_backward_sigmoid(student, solution, rng):
    for size in LAYERS:
        expect_gradients(*layer_gradients(student, solution, rng, size, "sigmoid"))


@check("linear_activation_backward", points=2, title="The derivative of your own layer, by central differences")
def linear_activation_backward_own_derivative(student, rng):
    n_out, n_in, m = 4, 3, 5
    for activation in ACTIVATIONS:
        A, W, b = layer(rng, n_out, n_in, m)
        dA = rng.normal(size=(n_out, m))
        dA_prev, dW, db = through_layer(student, (A, W, b), dA, activation)
        found = {"A_prev": in_shape(dA_prev, A) / m, "W": dW, "b": in_shape(db, b)}

        def means(points, activation=activation, dA=dA):
            lists = [(point["A_prev"], point["W"], point["b"], activation) for point in points]
            return [np.sum(out * dA) / m for out in student.linear_activation_forward.map(lists, item=0)]

        expect(found, f'gradient of "{activation}"').gradient_of(means, at={"A_prev": A, "W": W, "b": b}, rng=rng)
