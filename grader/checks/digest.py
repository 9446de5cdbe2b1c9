"""A digest of plain values: equal values (dtype and shape included) have equal digests."""

import hashlib
from typing import Any

import numpy as np


def digest(value: Any) -> bytes | None:
    """BLAKE2b of numbers, text, arrays and containers of them; None when the value holds anything else."""
    state = hashlib.blake2b(digest_size=16)
    return state.digest() if _feed(state, value) else None


def _feed(state: "hashlib.blake2b", value: Any) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.hasobject:
            return False
        state.update(f"a{array.dtype.str}{array.shape}".encode())
        state.update(np.ascontiguousarray(array).data)
        return True
    if value is None or isinstance(value, bool | int | float | complex | str):
        state.update(f"{type(value).__name__}:{value!r};".encode("utf-8", "surrogatepass"))
        return True
    if isinstance(value, tuple | list):
        state.update(f"{type(value).__name__}{len(value)}".encode())
        return all(_feed(state, item) for item in value)
    if isinstance(value, dict):
        state.update(f"dict{len(value)}".encode())
        return all(_feed(state, key) and _feed(state, item) for key, item in value.items())
    return False
