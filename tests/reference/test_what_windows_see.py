import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from reference.convolution_layer import convolution_gradients, convolved
from reference.max_pooling import pooled, pooling_gradient
from reference.windows import add_windows, windows

# (image height, width), window, stride, padding: square and not, overlapping, leaving pixels over, padded
GEOMETRIES = [
    ((7, 6), (3, 3), 1, 0),
    ((8, 5), (2, 3), 2, 0),
    ((9, 9), (5, 5), 1, 2),
    ((7, 10), (3, 2), 3, 1),
    ((4, 4), (2, 2), 3, 0),
    ((3, 5), (3, 5), 1, 0),
    ((6, 6), (1, 1), 1, 0),
]
geometries = pytest.mark.parametrize(("size", "window", "stride", "padding"), GEOMETRIES)


@st.composite
def geometry(draw):
    window = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    size = tuple(side + draw(st.integers(0, 6)) for side in window)
    return size, window, draw(st.integers(1, 5))


def distinct_pixels(rng, shape):
    """No two pixels closer than 0.1, none closer to zero than 0.05: steps of 1e-5 change no winner."""
    count = int(np.prod(shape))
    return (rng.permutation(count).reshape(shape) - count // 2) * 0.1 + 0.05


def correlated(images, W, b, stride, padding):
    """Convolution by scipy, one image, filter and channel at a time."""
    import scipy.signal  # more than a second, in the one process that runs this

    padded = np.pad(images, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    full = [
        [sum(map(scipy.signal.correlate2d, image, filter_, ["valid"] * len(image))) for filter_ in W]
        for image in padded
    ]
    return np.array(full)[:, :, ::stride, ::stride] + b.reshape(1, -1, 1, 1)


def brute_force_pool(images, window, stride):
    rows = range(0, images.shape[2] - window[0] + 1, stride)
    columns = range(0, images.shape[3] - window[1] + 1, stride)
    return np.array(
        [
            [[[channel[i : i + window[0], j : j + window[1]].max() for j in columns] for i in rows]
             for channel in image]
            for image in images
        ]
    )  # fmt: skip


@geometries
def test_convolution_against_scipy(size, window, stride, padding, rng):
    images, W, b = rng.normal(size=(3, 2, *size)), rng.normal(size=(4, 2, *window)), rng.normal(size=4)
    np.testing.assert_allclose(
        convolved(images, W, b, stride, padding), correlated(images, W, b, stride, padding), rtol=1e-11, atol=1e-12
    )


@geometries
def test_convolution_gradients_by_differences(size, window, stride, padding, rng, assert_gradient):
    images, W, b = rng.normal(size=(2, 2, *size)), rng.normal(size=(3, 2, *window)), rng.normal(size=3)
    upstream = rng.normal(size=convolved(images, W, b, stride, padding).shape)

    def cost(images, W, b):
        return np.sum(upstream * convolved(images, W, b, stride, padding))

    dimages, dW, db = convolution_gradients(upstream, images, W, stride, padding)
    assert_gradient(lambda x: cost(x, W, b), images, dimages)
    assert_gradient(lambda x: cost(images, x, b), W, dW)
    assert_gradient(lambda x: cost(images, W, x), b, db)


def test_convolution_gradients_against_autograd(rng):
    from autograd.scipy.signal import convolve as autograd_convolve  # imports scipy.signal

    images, W = rng.normal(size=(3, 2, 8, 7)), rng.normal(size=(4, 2, 3, 2))
    upstream = rng.normal(size=(3, 4, 6, 6))

    def cost(images, W):
        flipped = W[:, :, ::-1, ::-1]
        maps = autograd_convolve(images, flipped, axes=([2, 3], [2, 3]), dot_axes=([1], [1]), mode="valid")
        return (upstream * maps).sum()

    dimages, dW, _ = convolution_gradients(upstream, images, W, 1, 0)
    np.testing.assert_allclose(dimages, grad(cost, 0)(images, W), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(dW, grad(cost, 1)(images, W), rtol=1e-10, atol=1e-12)


@given(geometry=geometry(), padding=st.integers(0, 3), factor=st.floats(-10, 10), seed=st.integers(0, 2**32))
def test_convolution_is_linear_in_images_and_in_filters(geometry, padding, factor, seed):
    size, window, stride = geometry
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 2, 3, *size))
    V, W = rng.normal(size=(2, 2, 3, *window))
    zero = np.zeros(2)

    def maps(images, W):
        return convolved(images, W, zero, stride, padding)

    np.testing.assert_allclose(maps(x + factor * y, W), maps(x, W) + factor * maps(y, W), atol=1e-10)
    np.testing.assert_allclose(maps(x, V + factor * W), maps(x, V) + factor * maps(x, W), atol=1e-10)


def test_convolution_commutes_with_a_translation(rng):
    images, W, b = rng.normal(size=(1, 2, 9, 9)), rng.normal(size=(3, 2, 3, 3)), rng.normal(size=3)
    moved = np.roll(images, (2, 1), axis=(2, 3))
    np.testing.assert_allclose(
        convolved(moved, W, b, 1, 0)[:, :, 2:, 1:], convolved(images, W, b, 1, 0)[:, :, :-2, :-1]
    )


@given(geometry=geometry(), seed=st.integers(0, 2**32))
def test_add_windows_is_the_transpose_of_windows(geometry, seed):
    size, window, stride = geometry
    rng = np.random.default_rng(seed)
    images = rng.normal(size=(2, 3, *size))
    patches = windows(images, window, stride)
    other = rng.normal(size=patches.shape)
    assert np.sum(patches * other) == pytest.approx(np.sum(images * add_windows(other, images.shape, stride)), abs=1e-9)


@given(geometry=geometry(), seed=st.integers(0, 2**32))
def test_pooling_against_brute_force(geometry, seed):
    size, window, stride = geometry
    images = np.random.default_rng(seed).normal(size=(2, 3, *size))
    np.testing.assert_array_equal(pooled(images, *window, stride), brute_force_pool(images, window, stride))


@pytest.mark.parametrize(
    ("size", "window", "stride"), [((6, 6), (2, 2), 2), ((7, 6), (3, 2), 2), ((6, 5), (3, 3), 1), ((7, 7), (2, 2), 3)]
)
def test_pooling_gradient_by_differences(size, window, stride, rng, assert_gradient):
    images = distinct_pixels(rng, (2, 2, *size))
    upstream = rng.normal(size=pooled(images, *window, stride).shape)
    assert_gradient(
        lambda x: np.sum(upstream * pooled(x, *window, stride)),
        images,
        pooling_gradient(upstream, images, *window, stride),
        by_complex_step=False,
    )


def test_a_winner_of_several_windows_receives_the_sum_and_ties_go_to_the_first():
    images = np.zeros((1, 1, 3, 3))
    images[0, 0, 1, 1] = 1
    np.testing.assert_array_equal(pooled(images, 2, 2, 1), np.ones((1, 1, 2, 2)))
    gradient = pooling_gradient(np.ones((1, 1, 2, 2)), images, 2, 2, 1)
    np.testing.assert_array_equal(gradient, 4 * images)
    tie = pooling_gradient(np.ones((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)), 2, 2, 2)
    np.testing.assert_array_equal(tie[0, 0], [[1, 0], [0, 0]])


def test_a_window_larger_than_the_image_is_refused():
    with pytest.raises(ValueError, match=r"window \(3, 3\) does not fit into images of size \(5, 2\)"):
        windows(np.zeros((1, 1, 5, 2)), (3, 3), 1)


@pytest.mark.parametrize("stride", [0, -1])
def test_a_stride_that_goes_nowhere_is_refused(stride):
    with pytest.raises(ValueError, match=f"at least 1 pixel, but it is {stride}"):
        windows(np.zeros((1, 1, 5, 5)), (2, 2), stride)
