"""Whether a call changed its arguments in place: seen where they are, so that they need not travel back.

Contents are compared as bytes, by methods of types that a submission cannot replace.
"""

from __future__ import annotations

from typing import Any, Collection

import numpy as np


def snapshot(value: Any, apart: Collection[int]) -> Any:
    """What is compared of an argument; of objects whose id is `apart` (the submission's own) nothing."""
    kind = type(value)
    if id(value) in apart:
        return None
    if kind is np.ndarray:
        return value.shape, value.dtype, value.tobytes()
    if kind is list or kind is tuple:
        return [snapshot(item, apart) for item in value]
    if kind is dict:
        return [(key, snapshot(item, apart)) for key, item in value.items()]
    return value if kind in _PLAIN else None


_PLAIN = {bool, int, float, complex, str}


def changed(
    args: list[Any], kwargs: dict[str, Any], before: tuple[list[Any], Any], apart: Collection[int]
) -> list[Any]:
    """Positions and names of the arguments that differ from their snapshots."""
    # In lists, since NaN is the same NaN there.
    positions = [i for i, arg in enumerate(args) if [snapshot(arg, apart)] != [before[0][i]]]
    names = [name for name, was in before[1] if [snapshot(kwargs[name], apart)] != [was]]
    return [*positions, *names]
