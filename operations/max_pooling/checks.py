"""What is verified of max-pooling: oblong images and windows, windows that overlap, a single image."""

from grader.checks import expect, leaves_arguments_alone
from operations.max_pooling.operation import max_pooling

# Images, channels, height, width; the window's height and width; the stride.
CASES = ((2, 3, 6, 8, 2, 2, 2), (3, 2, 7, 5, 3, 3, 2), (1, 2, 4, 6, 2, 3, 1))


def drawn(rng, n, channels, height, width, window_height, window_width, stride):
    """Images and windows; no two pixels are equal."""
    return rng.normal(size=(n, channels, height, width)), window_height, window_width, stride


def described(height, width, stride):
    return f"with windows of {height} by {width} and stride {stride}"


@max_pooling.check("pooled", share=4, title="The largest pixels, for several windows and strides")
def pooled_values(student, solution, rng):
    for case in CASES:
        given = drawn(rng, *case)
        expect(student.pooled(*given), f"out {described(*given[1:])}").close_to(solution.pooled(*given))


@max_pooling.check("pooled", share=1, title="The arguments are left as they were")
def pooled_arguments(student, rng):
    leaves_arguments_alone(student.pooled, *drawn(rng, *CASES[0]))


@max_pooling.check("pooling_gradient", share=4, title="The gradient in the images, for several windows and strides")
def pooling_gradient_values(student, solution, rng):
    for case in CASES:
        x, *window = drawn(rng, *case)
        dout = rng.normal(size=solution.pooled(x, *window).shape)
        found, right = (side.pooling_gradient(dout, x, *window) for side in (student, solution))
        expect(found, f"dx {described(*window)}").close_to(right)
