"""`conv_backward`."""

from grader.checks import check, expect, is_deterministic, leaves_arguments_alone

from .images import convolution


def conv_gradients(implementation, arguments, options, dout):
    _, cache = implementation.conv_forward(*arguments, *options)
    return implementation.conv_backward(dout, cache)


def expect_conv_gradients(student, solution, rng, parts, *options, **sizes):
    """Compare the gradients that `parts` names (a subset of dx, dw, db)."""
    arguments = convolution(rng, **sizes)
    dout = rng.normal(size=solution.conv_forward(*arguments, *options)[0].shape)
    found = conv_gradients(student, arguments, options, dout)
    right = conv_gradients(solution, arguments, options, dout)
    for name, value, expected in zip(("dx", "dw", "db"), found, right, strict=True):
        if name in parts:
            expect(value, name).close_to(expected)


@check("conv_backward", points=5, title="dw: filters and their windows")
def conv_backward_filters(student, solution, rng):
    expect_conv_gradients(student, solution, rng, {"dw"})


@check("conv_backward", points=3, title="db: summed over images and positions")
def conv_backward_biases(student, solution, rng):
    expect_conv_gradients(student, solution, rng, {"db"})


@check("conv_backward", points=5, title="dx: a pixel adds up what every window that saw it sends back")
def conv_backward_images(student, solution, rng):
    expect_conv_gradients(student, solution, rng, {"dx"})


@check("conv_backward", points=4, title="Strides and padding, where some pixels are never seen")
def conv_backward_options(student, solution, rng):
    for options in [(2, 0), (3, 0), (1, 1), (2, 2)]:
        expect_conv_gradients(student, solution, rng, {"dx", "dw", "db"}, *options)


@check("conv_backward", points=1, title="Called twice it gives the same, and it changes nothing of the caller's")
def conv_backward_is_a_function(student, solution, rng):
    arguments = convolution(rng)
    dout = rng.normal(size=solution.conv_forward(*arguments)[0].shape)
    _, cache = student.conv_forward(*arguments)
    is_deterministic(student.conv_backward, dout, cache)
    leaves_arguments_alone(student.conv_backward, dout, cache)
