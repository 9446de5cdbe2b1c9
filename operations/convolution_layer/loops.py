"""Convolutions as they are written with loops: with wrong sizes they fail, or leave pixels out, as those do."""

import numpy as np

from reference.convolution_layer import padded

__all__ = ["looped_convolution", "looped_gradients", "map_size", "padded"]


def map_size(x, w, stride, pad):
    """Rows and columns of the output."""
    return tuple((side + 2 * pad - window) // stride + 1 for side, window in zip(x.shape[2:], w.shape[2:], strict=True))


def looped_convolution(image, w, b, rows, columns, stride):
    """A convolution as it is written with loops: what is beyond the image's edge is an error, as it is there."""
    out = np.zeros((len(image), len(w), rows, columns))
    for n, f, i, j in np.ndindex(out.shape):
        window = image[n, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def looped_gradients(dout, x, image, w, stride, crop):
    """Gradients as they are written with loops, in images that are padded anyhow; dx is cut out from pixel `crop`."""
    dimage, dw, db = np.zeros_like(image), np.zeros_like(w), dout.sum(axis=(0, 2, 3))
    height, width = w.shape[2:]
    for n, f, i, j in np.ndindex(dout.shape):
        place = n, slice(None), slice(i * stride, i * stride + height), slice(j * stride, j * stride + width)
        dw[f] += image[place] * dout[n, f, i, j]
        dimage[place] += w[f] * dout[n, f, i, j]
    return dimage[:, :, crop : crop + x.shape[2], crop : crop + x.shape[3]], dw, db
