"""From the outputs of a network to classes.

Conventions:
    layout: samples are "rows" or "columns".
"""

import numpy as np

from reference.arrays import Array, Labels


def most_probable(outputs: Array, *, layout: str = "rows") -> Labels:
    """The class with the largest output, for each sample."""
    return np.argmax(outputs, axis=0 if layout == "columns" else 1)
