"""What the course hands out beside the file: a softmax of rows or of one vector, and rows of length 1."""

import numpy as np


def normalizeRows(x):
    return x / np.sqrt(np.sum(x**2, axis=1)[:, np.newaxis] + 1e-30)


def softmax(x):
    decayed = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return decayed / np.sum(decayed, axis=-1, keepdims=True)
