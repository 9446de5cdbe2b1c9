"""`dense_forward` and `dense_backward`."""

import math

from grader.checks import check, expect


def dense_layer(rng, shape=(5, 2, 3, 4), outputs=7):
    return rng.normal(size=shape), rng.normal(size=(math.prod(shape[1:]), outputs)), rng.normal(size=outputs)


@check("dense_forward", points=3, title="Images as rows, times weights, plus biases")
def dense_forward_values(student, solution, rng):
    for shape in [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]:
        x, w, b = dense_layer(rng, shape)
        expect(student.dense_forward(x, w, b)[0], f"out of {shape}").close_to(solution.dense_forward(x, w, b)[0])


@check("dense_backward", points=5, title="Gradients in inputs, weights and biases")
def dense_backward_values(student, solution, rng):
    for shape in [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]:
        arguments, dout = dense_layer(rng, shape), rng.normal(size=(shape[0], 7))
        found, right = (
            implementation.dense_backward(dout, implementation.dense_forward(*arguments)[1])
            for implementation in (student, solution)
        )
        for name, value, expected in zip(("dx", "dw", "db"), found, right, strict=True):
            expect(value, f"{name} for inputs of {shape}").close_to(expected)
