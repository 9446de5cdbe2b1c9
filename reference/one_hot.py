"""Labels as rows, or columns, with a single 1.

Conventions:
    layout: samples are "rows" or "columns" of the result.
"""

import numpy as np

from reference.arrays import Array, Labels


def one_hot(labels: Labels, n_classes: int | None = None, *, layout: str = "rows") -> Array:
    """Class numbers (n,) as rows (n, n_classes), or columns (n_classes, n).

    Without n_classes there are as many as the largest label says, counted from 0.
    """
    k = int(np.max(labels)) + 1 if n_classes is None else n_classes
    rows = np.eye(k)[labels]
    return rows.T if layout == "columns" else rows
