"""The gradient of a cross-entropy in the pre-activations of the output, where the activation's derivative cancels.

For a softmax with cross-entropy and for sigmoids with binary cross-entropy alike it is (a - y) for each sample
(Deep Learning, section 6.2.2; Nielsen, chapter 3).

Conventions:
    mean: where the mean over the samples is taken: in "delta", or later ("gradients", "none").
    layout: samples are "rows" or "columns", or one "sample" comes at a time (then without a mean).
"""

from reference.arrays import Array


def output_delta(outputs: Array, targets: Array, *, mean: str = "delta", layout: str = "rows") -> Array:
    """δ at the output."""
    difference = outputs - targets
    return difference / targets.shape[1 if layout == "columns" else 0] if mean == "delta" else difference
