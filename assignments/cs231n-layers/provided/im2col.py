"""What layers of the course may import: convolution as one matrix product, every window of the image a column."""

import numpy as np


def get_im2col_indices(x_shape, field_height, field_width, padding=1, stride=1):
    """Channel, row and column in the padded image: one row for each number of a window, one column for each window."""
    _, channels, height, width = x_shape
    down = (height + 2 * padding - field_height) // stride + 1
    across = (width + 2 * padding - field_width) // stride + 1
    channel, row, column = (grid.reshape(-1, 1) for grid in np.indices((channels, field_height, field_width)))
    top, left = (stride * grid.ravel() for grid in np.indices((down, across)))
    return channel, row + top, column + left


def im2col_indices(x, field_height, field_width, padding=1, stride=1):
    """(C·field_height·field_width, windows·N): the images change fastest."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    channel, row, column = get_im2col_indices(x.shape, field_height, field_width, padding, stride)
    return padded[:, channel, row, column].transpose(1, 2, 0).reshape(len(channel), -1)


def col2im_indices(cols, x_shape, field_height=3, field_width=3, padding=1, stride=1):
    """The images, each pixel the sum of its places in the windows."""
    n, channels, height, width = x_shape
    padded = np.zeros((n, channels, height + 2 * padding, width + 2 * padding), dtype=cols.dtype)
    channel, row, column = get_im2col_indices(x_shape, field_height, field_width, padding, stride)
    windows = cols.reshape(len(channel), -1, n).transpose(2, 0, 1)
    np.add.at(padded, (slice(None), channel, row, column), windows)
    return padded[:, :, padding : padding + height, padding : padding + width]
