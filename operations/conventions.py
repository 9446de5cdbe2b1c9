"""What the conventions that several operations have may be."""

from grader.assignments.allowed import number, one_of, text_with_place

LAYOUT = one_of("rows", "columns")
LAYOUT_OR_SAMPLE = one_of("rows", "columns", "sample")
MEAN = one_of("delta", "gradients", "none")
LABELS = one_of("integers", "one-hot")
PROBABILITY_OF = one_of("keep", "drop")
KEY = {"weight": text_with_place("W{}"), "bias": text_with_place("b{}")}
DECAY = number(at_least=0, below=1)  # how much of what was is kept
