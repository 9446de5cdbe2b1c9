"""`conv_forward_naive` and `conv_backward_naive`."""

from grader.checks import check, expect
from operations.layer_calls import expect_gradients, expect_own_derivative, output

CONV = ("conv_forward_naive", "conv_backward_naive")


# Shapes of images and filters, stride, padding.
PLAIN = [((3, 2, 6, 8), (4, 2, 3, 2), 1, 0), ((1, 7, 5, 4), (2, 7, 2, 3), 1, 0)]
PADDED = [((2, 4, 5, 7), (3, 4, 3, 4), 1, 1), ((3, 1, 4, 5), (2, 1, 3, 1), 1, 2)]
STRIDED = [((2, 2, 7, 8), (3, 2, 3, 2), 2, 0), ((2, 2, 7, 9), (4, 2, 3, 2), 3, 1), ((2, 2, 5, 8), (3, 2, 1, 2), 2, 2)]
SQUARE = [((3, 3, 5, 5), (3, 3, 3, 3), 1, 1), ((4, 4, 6, 6), (4, 4, 2, 2), 2, 0)]


def convolution(rng, case):
    images, filters, stride, pad = case
    x, w, b = rng.normal(size=images), rng.normal(size=filters), rng.normal(size=filters[0])
    return x, w, b, {"stride": stride, "pad": pad}


def expect_maps(student, solution, rng, cases):
    for case in cases:
        arguments = convolution(rng, case)
        expect(output(student.conv_forward_naive, *arguments), f"out with {words(arguments[-1])}").close_to(
            solution.conv_forward_naive(*arguments)[0]
        )


def expect_conv_gradients(student, solution, rng, cases):
    for case in cases:
        arguments = convolution(rng, case)
        expect_gradients(student, solution, rng, CONV, arguments, where=f" with {words(arguments[-1])}")


def words(options):
    return ", ".join(f"{name} {value}" for name, value in options.items())


@check("conv_forward_naive", points=6, title="Stride 1, no padding: images and windows that are not square")
def conv_forward_naive_plain(student, solution, rng):
    expect_maps(student, solution, rng, PLAIN)


@check("conv_forward_naive", points=4, title="Padding of 1 and 2")
def conv_forward_naive_padding(student, solution, rng):
    expect_maps(student, solution, rng, PADDED)


@check("conv_forward_naive", points=4, title="Strides of 2 and 3, with padding and without")
def conv_forward_naive_stride(student, solution, rng):
    expect_maps(student, solution, rng, STRIDED)


@check("conv_forward_naive", points=1, title="Everything square")
def conv_forward_naive_square(student, solution, rng):
    expect_maps(student, solution, rng, SQUARE)


@check("conv_backward_naive", points=6, title="dx, dw and db for stride 1 without padding")
def conv_backward_naive_plain(student, solution, rng):
    expect_conv_gradients(student, solution, rng, PLAIN)


@check("conv_backward_naive", points=5, title="Padding of 1 and 2")
def conv_backward_naive_padding(student, solution, rng):
    expect_conv_gradients(student, solution, rng, PADDED)


@check("conv_backward_naive", points=5, title="Strides of 2 and 3, with padding and without")
def conv_backward_naive_stride(student, solution, rng):
    expect_conv_gradients(student, solution, rng, STRIDED)


@check("conv_backward_naive", points=1, title="Everything square")
def conv_backward_naive_square(student, solution, rng):
    expect_conv_gradients(student, solution, rng, SQUARE)


@check("conv_backward_naive", points=2, title="The derivative of your own convolution, by central differences")
def conv_backward_naive_own_derivative(student, solution, rng):
    arguments = convolution(rng, ((2, 2, 3, 4), (3, 2, 3, 2), 2, 1))
    expect_own_derivative(student, solution, rng, CONV, arguments, ("x", "w", "b"))
