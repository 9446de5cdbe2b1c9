"""What is verified: sizes are pairwise different, strides overlap and skip, numbers of both signs.

A way back gets the cache that the contract describes; one of another form is the submission's own. Padding of 0 on the
way back is told about, and costs nothing: the slice `pad:-pad` of the course's own text is empty then.
"""

from grader.checks import check, compared, expect, remark
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from operations.layer_calls import back_through

CONVOLUTIONS = [((2, 5, 7, 3), 3, 4, 2, 1), ((3, 6, 5, 2), 2, 3, 1, 2)]  # images, f, filters, stride, pad
POOLINGS = [((2, 7, 5, 3), 3, 2), ((3, 4, 6, 2), 2, 2), ((2, 5, 4, 1), 2, 1)]  # images, f, stride


def layer(rng, shape, f, filters, stride, pad):
    W, b = rng.normal(size=(f, f, shape[3], filters)), rng.normal(size=(1, 1, 1, filters))
    return rng.normal(size=shape), W, b, {"stride": stride, "pad": pad}


def cached(found, right):
    """The right cache, where a submission's has its form; its own otherwise."""
    return right if isinstance(found, tuple | list) and len(found) == len(right) else found


@compared("zero_pad", points=8, title="Zeros on the four sides of each image, and nowhere else")
def zero_pad_values(implementation, rng):
    return [implementation.zero_pad(rng.normal(size=(3, 4, 5, 2)), pad) for pad in (1, 2, 0)]


@check("conv_single_step", points=10, title="The sum of the products, and the bias")
def conv_single_step_values(student, solution, rng):
    for f, channels in ((3, 4), (2, 3), (1, 1)):
        given = *rng.normal(size=(2, f, f, channels)), rng.normal(size=(1, 1, 1))
        expect(student.conv_single_step(*given), "Z").close_to(solution.conv_single_step(*given))


@check("conv_forward", points=26, title="Several images, channels, filters; strides 1 and 2; with padding and without")
def conv_forward_values(student, solution, rng):
    for sizes in (*CONVOLUTIONS, ((2, 4, 6, 2), 3, 2, 1, 0)):
        given = layer(rng, *sizes)
        expect(student.conv_forward.map([given], item=0)[0], "Z").close_to(solution.conv_forward(*given)[0])


def pooled(student, solution, rng, mode):
    for shape, f, stride in POOLINGS:
        given = rng.normal(size=shape) - 1, {"f": f, "stride": stride}, mode
        expect(student.pool_forward.map([given], item=0)[0], "A").close_to(solution.pool_forward(*given)[0])


@check("pool_forward", points=9, title="The largest pixels")
def pool_forward_max(student, solution, rng):
    pooled(student, solution, rng, "max")


@check("pool_forward", points=7, title="The means")
def pool_forward_average(student, solution, rng):
    pooled(student, solution, rng, "average")


def convolution_gradients(student, solution, given, dZ):
    cache = solution.conv_forward(*given)[1]
    right = solution.conv_backward(dZ, cache)

    def back(found):
        return student.conv_backward(dZ, cached(found, cache))

    return back_through(student.conv_forward, given, back, cache, right, is_fixed=True), right


@check("conv_backward", points=22, title="dA_prev, dW and db")
def conv_backward_values(student, solution, rng):
    for sizes in CONVOLUTIONS:
        given = layer(rng, *sizes)
        dZ = rng.normal(size=solution.conv_forward(*given)[0].shape)
        for name, one, other in zip(
            ("dA_prev", "dW", "db"), *convolution_gradients(student, solution, given, dZ), strict=True
        ):
            expect(one, name).close_to(other)


@check("conv_backward", points=0, title="Without padding: an empty dA_prev is told, and costs nothing")
def conv_backward_unpadded(student, solution, rng):
    if gives_an_image(student, solution, rng, pad=1) and not gives_an_image(student, solution, rng, pad=0):
        remark("with pad = 0 `conv_backward` gives no dA_prev (a slice `pad:-pad` would be empty); it costs no points")


def gives_an_image(student, solution, rng, pad):
    """Whether dA_prev has the shape of the images; yes where something else than `conv_backward` fails."""
    given = layer(rng, (2, 4, 5, 2), 2, 3, 1, pad)
    dZ = rng.normal(size=(2, 3 + 2 * pad, 4 + 2 * pad, 3))
    try:
        array = as_array(convolution_gradients(student, solution, given, dZ)[0][0])
    except CallFailed as failure:
        return failure.function != "conv_backward" or failure.status == "missing"
    return array is not None and array.shape == given[0].shape


@check("create_mask_from_window", points=4, title="True at the largest number alone")
def create_mask_from_window_values(student, solution, rng):
    for f in (3, 2):
        x = rng.normal(size=(f, f)) - 2
        found = as_array(student.create_mask_from_window(x))
        expect(found * 1 if found is not None else found, "the mask").close_to(
            solution.create_mask_from_window(x) * 1.0
        )


@check("distribute_value", points=4, title="Equal shares")
def distribute_value_values(student, solution, rng):
    for shape in ((2, 3), (4, 4)):
        given = float(rng.normal()), shape
        expect(student.distribute_value(*given), "the shares").close_to(solution.distribute_value(*given))


def pooling_gradients(student, solution, rng, mode):
    for shape, f, stride in POOLINGS:
        given = rng.normal(size=shape), {"f": f, "stride": stride}, mode
        A, cache = solution.pool_forward(*given)
        dA = rng.normal(size=A.shape)
        right = solution.pool_backward(dA, cache, mode)

        def back(found, dA=dA, cache=cache):
            return [student.pool_backward(dA, cached(found, cache), mode)]

        expect(back_through(student.pool_forward, given, back, cache, [right], is_fixed=True)[0], "dA_prev").close_to(
            right
        )


@check("pool_backward", points=6, title="Through the largest pixels")
def pool_backward_max(student, solution, rng):
    pooling_gradients(student, solution, rng, "max")


@check("pool_backward", points=4, title="Through the means")
def pool_backward_average(student, solution, rng):
    pooling_gradients(student, solution, rng, "average")
