"""A digest of plain values: equal values (dtype and shape included) have equal digests, in this process.

Python's own hash of bytes (SipHash, with a key that nobody outside knows) reads an array four times as fast as BLAKE2b.
"""

import hashlib
import weakref
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LARGE_BYTES = 1 << 16
_large_constants: dict[int, tuple["weakref.ref[NDArray[Any]]", bytes]] = {}  # by id(): read once, asked for often


def digest(value: Any) -> bytes | None:
    """A digest of numbers, text, arrays and containers of them; None when the value holds anything else."""
    state = hashlib.blake2b(digest_size=16)
    return state.digest() if _feed(state, value) else None


def _feed(state: "hashlib.blake2b", value: Any) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.hasobject:
            return False
        state.update(f"a{array.dtype.str}{array.shape}".encode())
        state.update(_content(array))
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


def _content(array: NDArray[Any]) -> bytes:
    """A digest of an array's bytes; that of a large read-only array (images of a data set) is remembered."""
    if array.nbytes < _LARGE_BYTES or array.flags.writeable:
        return _hash(array)
    reference, content = _large_constants.get(id(array), (None, b""))
    if reference is None or reference() is not array:
        content = _hash(array)
        key = id(array)
        _large_constants[key] = (weakref.ref(array, lambda _: _large_constants.pop(key, None)), content)
    return content


def _hash(array: NDArray[Any]) -> bytes:
    return hash(array.tobytes()).to_bytes(8, "little", signed=True)
