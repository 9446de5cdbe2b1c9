"""Epochs of mini-batches: an order of the samples, cut into pieces (Deep Learning, section 8.1.3)."""

import numpy as np

from reference.arrays import Labels


def shuffled_order(samples: int, rng: np.random.Generator) -> Labels:
    """A new order of the samples, by their numbers."""
    return rng.permutation(samples)


def batches(order: Labels, batch_size: int) -> list[Labels]:
    """Every sample once, `batch_size` at a time; the last batch may be smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def epoch(samples: int, batch_size: int, seed: int) -> list[Labels]:
    """The batches of an epoch: every sample once, by its number, in an order that the seed decides."""
    return batches(shuffled_order(samples, np.random.default_rng(seed)), batch_size)
