"""How images with their channels last come to the operations, and go back."""

import numpy as np


def channels_first(images):
    return np.moveaxis(images, -1, 1)


def channels_last(images):
    return np.moveaxis(images, 1, -1)


def filters_first(W):
    """(f, f, n_C_prev, n_C) as (n_C, n_C_prev, f, f)."""
    return np.transpose(W, (3, 2, 0, 1))


def zero_pad(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


def padded(x, pad):
    return channels_first(zero_pad(channels_last(x), pad))


def conv_single_step(a_slice_prev, W, b):
    patch = np.moveaxis(a_slice_prev, -1, 0)[np.newaxis, :, np.newaxis, np.newaxis]
    w = np.moveaxis(W, -1, 0)[np.newaxis]
    return with_bias(correlated(patch, w), np.ravel(b), w).item()


def conv_forward(A_prev, W, b, hparameters):
    stride, pad = hparameters["stride"], hparameters["pad"]
    patches = seen_by_filters(image_under_filters(channels_first(A_prev), pad), filters_first(W), stride)
    m, _, n_H, n_W = patches.shape[:4]
    Z = np.zeros((m, n_H, n_W, W.shape[3]))
    for i, row, column, c in np.ndindex(Z.shape):
        seen = np.moveaxis(patches[i, :, row, column], 0, -1)
        Z[i, row, column, c] = conv_single_step(seen, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


def averaged(patches):
    """The mean of each window."""
    return patches.mean(axis=(-2, -1))


def mode_at_hand(mode):
    return mode


def pool_forward(A_prev, hparameters, mode="max"):
    f = hparameters["f"]
    patches = pooling_windows(channels_first(A_prev), f, f, hparameters["stride"])
    mean = mode_at_hand(mode) == "average"
    return channels_last(averaged(patches) if mean else largest(patches)), (A_prev, hparameters)


def conv_backward(dZ, cache):
    A_prev, W, _, hparameters = cache
    dx, dw, db = convolution_gradients(
        channels_first(dZ), channels_first(A_prev), filters_first(W), hparameters["stride"], hparameters["pad"]
    )
    return channels_last(dx), np.transpose(dw, (2, 3, 1, 0)), np.reshape(db, (1, 1, 1, -1))


def create_mask_from_window(x):
    return x == np.max(x)


def distribute_value(dz, shape):
    return np.full(shape, dz / (shape[0] * shape[1]))


def routed(dout, patches):
    passed_on = np.zeros(patches.shape)
    for place in np.ndindex(dout.shape):
        passed_on[place] = dout[place] * create_mask_from_window(patches[place])
    return passed_on


def shared(dout, patches):
    passed_on = np.zeros(patches.shape)
    for place in np.ndindex(dout.shape):
        passed_on[place] = distribute_value(dout[place], patches.shape[-2:])
    return passed_on


def mode_on_the_way_back(mode):
    return mode


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    x, dout = channels_first(A_prev), channels_first(dA)
    patches = pooling_windows(x, hparameters["f"], hparameters["f"], hparameters["stride"])
    passed_on = shared(dout, patches) if mode_on_the_way_back(mode) == "average" else routed(dout, patches)
    return channels_last(returned_to_pixels(passed_on, x.shape, hparameters["stride"]))
