"""Gradients of a whole network as a dict: what its backward pass returns."""

from reference.arrays import Parameters


def named_gradients(grads: Parameters) -> Parameters:
    """The gradients under the names that are asked for."""
    return grads
