"""A fully connected layer, z = x W + b, and its gradients (Deep Learning, sections 6.1 and 6.5).

Conventions:
    layout: samples are "rows" (x W, W of shape (n_in, n_out)), "columns" (W x, W of shape (n_out, n_in)), or one
        "sample" comes at a time, a vector.
    mean: where the mean over the samples is taken: in "delta", so that it is done when δ arrives here; in each of the
        "gradients"; or nowhere ("none"), the gradients being sums.
    keepdims: whether the gradient of the biases keeps the axis of the samples, (1, n_out) or (n_out, 1).
    dot: whether the products are written `np.dot`, as the errors about shapes show that they raise.
"""

import numpy as np

from reference.arrays import Array


def number_of_samples(inputs: Array, delta: Array, *, layout: str = "rows") -> int:
    """Of a batch: `delta` is the gradient in z, `inputs` is x."""
    return inputs.shape[1 if layout == "columns" else 0]


def product(x: Array, W: Array, *, layout: str = "rows", dot: bool = False) -> Array:
    """What the weights make of a batch."""
    if layout == "columns":
        return np.dot(W, x) if dot else W @ x
    return np.dot(x, W) if dot else x @ W


def affine(x: Array, W: Array, b: Array, *, layout: str = "rows", dot: bool = False) -> Array:
    """x W + b, or W x + b for columns."""
    return product(x, W, layout=layout, dot=dot) + b


def propagate(delta: Array, W: Array, *, layout: str = "rows") -> Array:
    """Gradient in the layer's input, given that in z."""
    if layout == "sample":
        return W @ delta
    return product(delta, W.T)


def weight_gradient(inputs: Array, delta: Array, n: int, *, mean: str = "delta") -> Array:
    """Gradient in W, of the shape of W; n is the number of samples."""
    total = product(inputs.T, delta)
    return total / n if mean == "gradients" else total


def bias_gradient(delta: Array, n: int, *, layout: str = "rows", mean: str = "delta", keepdims: bool = False) -> Array:
    """Gradient in b, one number for each unit."""
    total = np.sum(delta, axis=1 if layout == "columns" else 0, keepdims=keepdims)
    return total / n if mean == "gradients" else total
