"""Layer normalisation, and its gradient."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect, leaves_arguments_alone
from operations.conventions import LAYOUT
from operations.normalization import laid_out, mistakes_of_normalization, over_the_features
from reference import layer_norm as formula

layer_norm = Operation(formula, words=over_the_features, values={"layout": LAYOUT})


def drawn(rng, layout, n=5, d=7):
    """Features of different means and sizes, and neither γ = 1 nor β = 0."""
    x = rng.normal(size=(n, d)) * (1 + np.arange(d)) + np.arange(d)
    return laid_out(x, rng.normal(size=d) + 1.5, rng.normal(size=d), layout)


@layer_norm.check("layer_norm", share=6, title="Output for random features")
def layer_norm_values(student, solution, rng, *, called, layout):
    for n in (5, 4):
        arguments = drawn(rng, layout, n)
        found, _ = student.layer_norm(*arguments)
        expect(found, f"out of {called('layer_norm')} for {n} samples").close_to(solution.layer_norm(*arguments)[0])


@layer_norm.check("layer_norm", share=2, title="A sample whose features are all the same")
def layer_norm_constant_sample(student, solution, rng, *, layout):
    x, gamma, beta = drawn(rng, layout)
    x[(slice(None), 2) if layout == "columns" else 2] = 3.0
    expect(student.layer_norm(x, gamma, beta)[0], "out").close_to(solution.layer_norm(x, gamma, beta)[0])


@layer_norm.check("layer_norm", share=1, title="The arguments are left as they were")
def layer_norm_arguments(student, rng, *, layout):
    leaves_arguments_alone(student.layer_norm, *drawn(rng, layout))


def gradients(implementation, arguments, dout):
    return implementation.layer_norm_backward(dout, implementation.layer_norm(*arguments)[1])


@layer_norm.check("layer_norm_backward", share=6, title="The gradient in x")
def layer_norm_backward_inputs(student, solution, rng, *, layout):
    arguments = drawn(rng, layout)
    dout = rng.normal(size=arguments[0].shape)
    found, expected = gradients(student, arguments, dout), gradients(solution, arguments, dout)
    expect(found[0], "the gradient in x").close_to(expected[0])


@layer_norm.check("layer_norm_backward", share=4, title="The gradients in γ and β")
def layer_norm_backward_parameters(student, solution, rng, *, layout):
    arguments = drawn(rng, layout)
    dout = rng.normal(size=arguments[0].shape)
    found, expected = gradients(student, arguments, dout), gradients(solution, arguments, dout)
    for position, name in ((1, "gamma"), (2, "beta")):
        expect(found[position], f"the gradient in {name}").close_to(expected[position])


mistakes_of_normalization(
    layer_norm,
    forward="layer_norm",
    backward="layer_norm_backward",
    steps={
        "centred": "sample_centred",
        "variance": "sample_variance",
        "deviation_of": "sample_deviation",
        "scaled_and_shifted": "features_scaled_and_shifted",
        "through_the_statistics": "through_sample_statistics",
        "through_the_mean": "through_sample_mean",
        "through_the_variance": "through_sample_variance",
        "scale_gradient": "feature_scale_gradient",
        "shift_gradient": "feature_shift_gradient",
        "gradients": "sample_gradients",
    },
    axis=1,
)
