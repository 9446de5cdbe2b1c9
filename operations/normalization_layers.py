"""Checks of layers that normalise: their outputs, and their gradients in x, γ and β."""

import numpy as np

from operations.layer_calls import expect_gradients, expect_own_derivative

EPSILON = 0.4  # so large that its place shows


def drawn(rng, n=7, d=5):
    """Features of different means and sizes, and neither γ = 1 nor β = 0."""
    x = rng.normal(size=(n, d)) * (1 + np.arange(d)) + np.arange(d)
    return x, rng.normal(size=d) + 1.5, rng.normal(size=d)


def checks_of_gradients(operation, layer, settings, sizes):
    """Declare the checks of a backward pass: of `layer`, two names, with these settings, on inputs of these sizes."""
    backward = layer[1]

    @operation.check(backward, share=4, title="The gradient in x")
    def in_x(student, solution, rng):
        for size in sizes:
            arguments = (*drawn(rng, *size), settings)
            expect_gradients(student, solution, rng, layer, arguments, only={"dx": 0})

    @operation.check(backward, share=1, title="The gradient in x with another eps")
    def in_x_eps(student, solution, rng):
        for size in sizes if student.takes_all(layer[0]) else ():
            arguments = (*drawn(rng, *size), settings | {"eps": EPSILON})
            expect_gradients(student, solution, rng, layer, arguments, only={"dx": 0})

    @operation.check(backward, share=4, title="The gradients in gamma and beta")
    def in_parameters(student, solution, rng):
        for size in sizes:
            arguments = (*drawn(rng, *size), settings)
            expect_gradients(student, solution, rng, layer, arguments, only={"dgamma": 1, "dbeta": 2})

    @operation.check(backward, share=1, title="The derivative of your own output, by central differences")
    def own_derivative(student, solution, rng):
        arguments = (*drawn(rng, 4, 3), settings)
        expect_own_derivative(student, solution, rng, layer, arguments, ("x", "gamma", "beta"))

    for run, name in (
        (in_x, "in_x"),
        (in_x_eps, "in_x_eps"),
        (in_parameters, "in_parameters"),
        (own_derivative, "own_derivative"),
    ):
        run.__name__ = f"{backward}_{name}"
