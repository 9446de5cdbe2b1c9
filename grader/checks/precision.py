"""Single precision: right answers may have it, and then fewer digits can be asked for."""

from collections.abc import Mapping
from typing import Any

import numpy as np


def is_single_precision(value: Any) -> bool:
    """Whether any array or number in a value has less than double precision."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype in (np.float32, np.float16, np.complex64)
    if isinstance(value, Mapping):
        return any(map(is_single_precision, value.values()))
    return isinstance(value, tuple | list) and any(map(is_single_precision, value))
