from builtins import range
import numpy as np


def get_indices(x_shape, height, width, padding, stride):
    N, C, H, W = x_shape
    rows = (H + 2 * padding - height) // stride + 1
    cols = (W + 2 * padding - width) // stride + 1
    i = np.tile(np.repeat(np.arange(height), width), C).reshape(-1, 1) + stride * np.repeat(np.arange(rows), cols)
    j = np.tile(np.arange(width), height * C).reshape(-1, 1) + stride * np.tile(np.arange(cols), rows)
    k = np.repeat(np.arange(C), height * width).reshape(-1, 1)
    return k, i, j


def to_columns(x, height, width, padding, stride):
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="constant")
    k, i, j = get_indices(x.shape, height, width, padding, stride)
    return xp[:, k, i, j].transpose(1, 2, 0).reshape(height * width * x.shape[1], -1)


def to_images(cols, x_shape, height, width, padding, stride):
    N, C, H, W = x_shape
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=cols.dtype)
    k, i, j = get_indices(x_shape, height, width, padding, stride)
    np.add.at(xp, (slice(None), k, i, j), cols.reshape(C * height * width, -1, N).transpose(2, 0, 1))
    return xp[:, :, padding:padding + H, padding:padding + W]
