"""Batch normalisation in training, and its gradient."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect, leaves_arguments_alone
from operations.conventions import LAYOUT
from operations.lessons import training as lessons
from operations.normalization import laid_out, mistakes_of_normalization, over_the_batch
from reference import batch_norm as formula

batch_norm = Operation(formula, words=over_the_batch, values={"layout": LAYOUT})


def drawn(rng, layout, n=7, d=5):
    """Features of different means and sizes, and neither γ = 1 nor β = 0."""
    x = rng.normal(size=(n, d)) * (1 + np.arange(d)) + np.arange(d)
    return laid_out(x, rng.normal(size=d) + 1.5, rng.normal(size=d), layout)


@batch_norm.check("batch_norm", share=6, title="Output for random features")
def batch_norm_values(student, solution, rng, *, called, layout):
    for n in (7, 4):
        arguments = drawn(rng, layout, n)
        found, _ = student.batch_norm(*arguments)
        expect(found, f"out of {called('batch_norm')} for {n} samples").close_to(solution.batch_norm(*arguments)[0])


@batch_norm.check("batch_norm", share=2, title="A feature that is the same for all samples")
def batch_norm_constant_feature(student, solution, rng, *, layout):
    x, gamma, beta = drawn(rng, layout)
    x[2 if layout == "columns" else (slice(None), 2)] = 3.0
    expect(student.batch_norm(x, gamma, beta)[0], "out").close_to(solution.batch_norm(x, gamma, beta)[0])


@batch_norm.check("batch_norm", share=1, title="The arguments are left as they were")
def batch_norm_arguments(student, rng, *, layout):
    leaves_arguments_alone(student.batch_norm, *drawn(rng, layout))


def gradients(implementation, arguments, dout):
    return implementation.batch_norm_backward(dout, implementation.batch_norm(*arguments)[1])


@batch_norm.check("batch_norm_backward", share=6, title="The gradient in x")
def batch_norm_backward_inputs(student, solution, rng, *, layout):
    arguments = drawn(rng, layout)
    dout = rng.normal(size=arguments[0].shape)
    found, expected = gradients(student, arguments, dout), gradients(solution, arguments, dout)
    expect(found[0], "the gradient in x").close_to(expected[0])


@batch_norm.check("batch_norm_backward", share=4, title="The gradients in γ and β")
def batch_norm_backward_parameters(student, solution, rng, *, layout):
    arguments = drawn(rng, layout)
    dout = rng.normal(size=arguments[0].shape)
    found, expected = gradients(student, arguments, dout), gradients(solution, arguments, dout)
    for position, name in ((1, "gamma"), (2, "beta")):
        expect(found[position], f"the gradient in {name}").close_to(expected[position])


mistakes_of_normalization(
    batch_norm,
    forward="batch_norm",
    backward="batch_norm_backward",
    steps={"gradients": "batch_gradients"}
    | {
        name: name
        for name in (
            "centred",
            "variance",
            "deviation_of",
            "scaled_and_shifted",
            "through_the_statistics",
            "through_the_mean",
            "through_the_variance",
            "scale_gradient",
            "shift_gradient",
        )
    },
    axis=0,
)

batch_norm.teach(
    {
        "batch_norm.centred-along-the-other-axis": lessons.BATCH_NORM_AXIS,
        "batch_norm.variance-along-the-other-axis": lessons.BATCH_NORM_AXIS,
        "batch_norm_backward.statistics-taken-for-constants": lessons.BATCH_NORM_CONSTANTS,
        "batch_norm_backward.mean-taken-for-a-constant": lessons.BATCH_NORM_CONSTANTS,
    }
)
