"""What the conventions that several operations have may be."""

import numpy as np

from grader.assignments.allowed import number, one_of, text_with_place

LAYOUT = one_of("rows", "columns")
LAYOUT_OR_SAMPLE = one_of("rows", "columns", "sample")
MEAN = one_of("delta", "gradients", "none")
PENALTY = one_of("either", "whole", "half")
LABELS = one_of("integers", "one-hot")
PROBABILITY_OF = one_of("keep", "drop")
KEY = {"weight": text_with_place("W{}"), "bias": text_with_place("b{}")}
DECAY = number(at_least=0, below=1)  # how much of what was is kept


def labelled(scores, y, layout, labels):
    """Scores (n, k) and class numbers (n,) as these conventions have them."""
    Y = np.eye(scores.shape[1])[y] if labels == "one-hot" else y
    return (scores.T, Y.T) if layout == "columns" else (scores, Y)
