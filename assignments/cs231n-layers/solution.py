"""The solution, in small named steps: a known mistake replaces one of them.

It needs numpy alone, so that it can be graded like any submission.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# Affine


def rows(x):
    """Each sample as a row."""
    return x.reshape(len(x), -1)


def in_shape_of(dx, x):
    return dx.reshape(x.shape)


def dense_output(x, w, b):
    return x @ w + b


def affine_forward(x, w, b):
    return dense_output(rows(x), w, b), (x, w)


def dense_weight_gradient(x, dout):
    return x.T @ dout


def dense_bias_gradient(dout):
    return dout.sum(axis=0)


def dense_input_gradient(dout, w):
    return dout @ w.T


def affine_backward(dout, cache):
    x, w = cache
    dx = in_shape_of(dense_input_gradient(dout, w), x)
    return dx, dense_weight_gradient(x.reshape(len(x), -1), dout), dense_bias_gradient(dout)


# ReLU


def relu(z):
    return np.maximum(z, 0)


def relu_forward(x):
    return relu(x), x


def activation_derivative(upstream, z):
    return upstream * (z > 0)


def relu_backward(dout, cache):
    return activation_derivative(dout, cache)


# Softmax


def log_normalised(scores):
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def log_probabilities(scores):
    """log softmax of each row; the largest score is subtracted so that `exp` cannot overflow."""
    return log_normalised(scores - scores.max(axis=1, keepdims=True))


def average_loss(log_p, y):
    return -np.mean(log_p[np.arange(len(y)), y])


def score_gradient(p, y):
    return (p - np.eye(p.shape[1])[y]) / len(y)


def softmax_loss(x, y):
    log_p = log_probabilities(x)
    return float(average_loss(log_p, y)), score_gradient(np.exp(log_p), y)


# Windows


def padded(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def windows(x, height, width, stride):
    """What a moving window sees, (N, C, rows, columns, height, width); a view."""
    return sliding_window_view(x, (height, width), axis=(2, 3))[:, :, ::stride, ::stride]


def add_windows(patches, shape, stride):
    """Patches, laid out as by `windows`, added up in images of the given shape."""
    images = np.zeros(shape)
    rows_, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(height, width):
        images[:, :, i : i + stride * rows_ : stride, j : j + stride * columns : stride] += patches[..., i, j]
    return images


# Convolution


def image_under_filters(x, pad):
    return padded(x, pad)


def seen_by_filters(image, w, stride):
    return windows(image, w.shape[2], w.shape[3], stride)


def correlated(patches, w):
    return np.moveaxis(np.tensordot(patches, w, axes=([1, 4, 5], [1, 2, 3])), -1, 1)


def with_bias(maps, b, w):
    return maps + b[:, np.newaxis, np.newaxis]


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    patches = seen_by_filters(image_under_filters(x, pad), w, stride)
    return with_bias(correlated(patches, w), b, w), (x, w, stride, pad)


def filter_gradient(dout, patches):
    return np.tensordot(dout, patches, axes=([0, 2, 3], [0, 2, 3]))


def filter_bias_gradient(dout):
    return dout.sum(axis=(0, 2, 3))


def patch_gradient(dout, w):
    """Gradient in what the window saw at each position."""
    return np.moveaxis(np.tensordot(dout, w, axes=(1, 0)), 3, 1)


def returned_to_image(patches, shape, stride):
    return add_windows(patches, shape, stride)


def cropped(dx, pad):
    return dx[:, :, pad : dx.shape[2] - pad, pad : dx.shape[3] - pad]


def conv_backward_naive(dout, cache):
    x, w, stride, pad = cache
    image = padded(x, pad)
    patches = windows(image, w.shape[2], w.shape[3], stride)
    dx = cropped(returned_to_image(patch_gradient(dout, w), image.shape, stride), pad)
    return dx, filter_gradient(dout, patches), filter_bias_gradient(dout)


# Max-pooling


def pooled_windows(x, height, width, stride):
    return windows(x, height, width, stride)


def largest(patches):
    return patches.max(axis=(-2, -1))


def max_pool_forward_naive(x, pool_param):
    window = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    return largest(pooled_windows(x, *window)), (x, window)


def routed(dout, patches):
    """dout at the place of each window's largest pixel (the first of equal ones), 0 elsewhere."""
    flat = patches.reshape(*patches.shape[:4], -1)
    winners = flat.argmax(axis=-1)[..., np.newaxis]
    passed_on = np.zeros(flat.shape)
    np.put_along_axis(passed_on, winners, dout[..., np.newaxis], axis=-1)
    return passed_on.reshape(patches.shape)


def gathered(patches, shape, stride):
    """What all windows send to each pixel, added up."""
    return add_windows(patches, shape, stride)


def max_pool_backward_naive(dout, cache):
    x, (height, width, stride) = cache
    return gathered(routed(dout, windows(x, height, width, stride)), x.shape, stride)
