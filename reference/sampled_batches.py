"""Batches whose samples are drawn at random from a training set (Deep Learning, algorithm 8.1)."""

import numpy as np

from reference.arrays import Labels


def drawn(count: int, size: int) -> Labels:
    """Numbers of `size` of `count` samples; one may come several times."""
    return np.random.randint(count, size=size)


def drawn_again(now: Labels, at_first: Labels) -> Labels:
    """The samples of a step: those that are drawn for it, not those of the first step."""
    return now


def beside(batch: Labels) -> Labels:
    """The labels that stand beside the samples of a batch: their own."""
    return batch
