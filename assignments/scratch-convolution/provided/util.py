"""What files for this book import besides: images as rows of windows and back, and small helpers for trainings."""

import numpy as np


def conv_output_size(input_size, filter_size, stride=1, pad=0):
    return (input_size + 2 * pad - filter_size) / stride + 1


def im2col(input_data, filter_h, filter_w, stride=1, pad=0):
    images = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = np.lib.stride_tricks.sliding_window_view(images, (filter_h, filter_w), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    n, channels, out_h, out_w = windows.shape[:4]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * out_h * out_w, channels * filter_h * filter_w)


def col2im(col, input_shape, filter_h, filter_w, stride=1, pad=0):
    n, channels, height, width = input_shape
    out_h, out_w = (height + 2 * pad - filter_h) // stride + 1, (width + 2 * pad - filter_w) // stride + 1
    windows = col.reshape(n, out_h, out_w, channels, filter_h, filter_w).transpose(0, 3, 1, 2, 4, 5)
    images = np.zeros((n, channels, height + 2 * pad, width + 2 * pad))
    for i, j in np.ndindex(out_h, out_w):
        images[:, :, i * stride : i * stride + filter_h, j * stride : j * stride + filter_w] += windows[:, :, i, j]
    return images[:, :, pad : pad + height, pad : pad + width]


def shuffle_dataset(x, t):
    order = np.random.permutation(len(x))
    return x[order], t[order]


def smooth_curve(x):
    return np.asarray(x)
