"""What is verified of a convolution: oblong images, strides, windows that overlap, padding and none, a single image."""

from grader.checks import expect, leaves_arguments_alone
from operations.convolution_layer.operation import convolution_layer

# Images, channels, height, width; filters, their height and width; stride and padding.
CASES = (
    (2, 3, 6, 8, 4, 3, 3, 1, 1),
    (3, 2, 7, 5, 3, 3, 3, 2, 0),
    (1, 2, 8, 6, 3, 4, 2, 2, 2),
)


def drawn(rng, n, channels, height, width, filters, filter_height, filter_width, stride, pad):
    """Images, filters, biases, stride and padding."""
    x = rng.normal(size=(n, channels, height, width))
    w = rng.normal(size=(filters, channels, filter_height, filter_width))
    return x, w, rng.normal(size=filters), stride, pad


def described(stride, pad):
    return f"with stride {stride} and padding {pad}"


@convolution_layer.check("convolved", share=4, title="The output, with several strides and paddings")
def convolved_values(student, solution, rng):
    for case in CASES:
        given = drawn(rng, *case)
        expect(student.convolved(*given), f"out {described(*given[3:])}").close_to(solution.convolved(*given))


@convolution_layer.check("convolved", share=1, title="The arguments are left as they were")
def convolved_arguments(student, rng):
    leaves_arguments_alone(student.convolved, *drawn(rng, *CASES[0]))


def gradients(student, solution, rng, position, name):
    for case in CASES:
        x, w, b, stride, pad = drawn(rng, *case)
        dout = rng.normal(size=solution.convolved(x, w, b, stride, pad).shape)
        found = student.convolution_gradients(dout, x, w, stride, pad)[position]
        right = solution.convolution_gradients(dout, x, w, stride, pad)[position]
        expect(found, f"{name} {described(stride, pad)}").close_to(right)


@convolution_layer.check("convolution_gradients", share=4, title="The gradient in the images")
def convolution_gradients_images(student, solution, rng):
    gradients(student, solution, rng, 0, "dx")


@convolution_layer.check("convolution_gradients", share=3, title="The gradient in the filters")
def convolution_gradients_filters(student, solution, rng):
    gradients(student, solution, rng, 1, "dw")


@convolution_layer.check("convolution_gradients", share=2, title="The gradient in the biases")
def convolution_gradients_biases(student, solution, rng):
    gradients(student, solution, rng, 2, "db")
