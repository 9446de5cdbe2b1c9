"""`conv_forward`."""

from grader.checks import check, depends_on_its_argument, expect, leaves_arguments_alone

from .images import convolution


def expect_maps(student, solution, x, w, b, *options, label="out"):
    out, _ = student.conv_forward(x, w, b, *options)
    expect(out, label).close_to(solution.conv_forward(x, w, b, *options)[0])


@check("conv_forward", points=5, title="Images and windows that are not square, stride 1, no padding")
def conv_forward_plain(student, solution, rng):
    expect_maps(student, solution, *convolution(rng))
    expect_maps(student, solution, *convolution(rng, n=4, channels=4, filters=3, image=(8, 6), window=(2, 5)))


@check("conv_forward", points=3, title="Stride 2 and 3, where the window does not fit evenly")
def conv_forward_stride(student, solution, rng):
    for stride in (2, 3):
        expect_maps(student, solution, *convolution(rng), stride, label=f"out with stride {stride}")


@check("conv_forward", points=3, title="Padding, with and without a stride")
def conv_forward_padding(student, solution, rng):
    for stride, pad in [(1, 1), (2, 2)]:
        expect_maps(student, solution, *convolution(rng), stride, pad, label=f"out with stride {stride} and pad {pad}")


@check("conv_forward", points=2, title="One image, one channel, one filter; a window as large as the image")
def conv_forward_single(student, solution, rng):
    expect_maps(student, solution, *convolution(rng, n=1, channels=1, filters=1, image=(6, 5), window=(5, 5)))
    expect_maps(student, solution, *convolution(rng, n=2, channels=3, filters=4, image=(4, 3), window=(4, 3)))


@check("conv_forward", points=1, title="Depends on its arguments only, and leaves them alone")
def conv_forward_is_a_function(student, rng):
    x, w, b = convolution(rng)
    leaves_arguments_alone(student.conv_forward, x, w, b, 1, 1)
    depends_on_its_argument(student.conv_forward, [(x, w, b), (x + 1, w, b)])
