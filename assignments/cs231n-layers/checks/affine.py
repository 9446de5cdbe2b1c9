"""`affine_forward` and `affine_backward`."""

import math

from grader.checks import check, expect
from operations.layer_calls import expect_gradients, output

AFFINE = ("affine_forward", "affine_backward")


AFFINE_SHAPES = [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]


def affine_layer(rng, shape, outputs=7):
    return rng.normal(size=shape), rng.normal(size=(math.prod(shape[1:]), outputs)), rng.normal(size=outputs)


@check("affine_forward", points=6, title="Images as rows, times weights, plus biases; a single image")
def affine_forward_values(student, solution, rng):
    for shape in AFFINE_SHAPES:
        layer = affine_layer(rng, shape)
        expect(output(student.affine_forward, *layer), f"out of {shape}").close_to(solution.affine_forward(*layer)[0])


@check("affine_forward", points=1, title="As many samples as inputs and outputs")
def affine_forward_square(student, solution, rng):
    layer = affine_layer(rng, (5, 5), 5)
    expect(output(student.affine_forward, *layer), "out").close_to(solution.affine_forward(*layer)[0])


@check("affine_backward", points=9, title="Gradients in inputs, weights and biases")
def affine_backward_values(student, solution, rng):
    for shape in AFFINE_SHAPES:
        expect_gradients(student, solution, rng, AFFINE, affine_layer(rng, shape), where=f" for inputs of {shape}")


@check("affine_backward", points=2, title="As many samples as inputs and outputs")
def affine_backward_square(student, solution, rng):
    expect_gradients(student, solution, rng, AFFINE, affine_layer(rng, (5, 5), 5))
