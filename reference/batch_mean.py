"""The mean over the samples of a batch, from a sum over them (Deep Learning, section 5.9)."""

from reference.arrays import Array


def batch_mean(total: Array, n: int) -> Array:
    """The mean gradient of n samples."""
    return total / n
