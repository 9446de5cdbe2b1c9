"""A digest of plain values: equal values (dtype and shape included) have equal digests, in this process.

Python's own hash of bytes (SipHash, with a key that nobody outside knows) reads an array four times as fast as BLAKE2b.
"""

import hashlib
import weakref
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LARGE_BYTES = 1 << 16
_large_constants: dict[int, tuple["weakref.ref[NDArray[Any]]", bytes]] = {}  # by id(): read once, asked for often


def digest(value: Any) -> bytes | None:
    """A digest of numbers, text, arrays and containers of them; None when the value holds anything else."""
    parts: list[bytes] = []
    return hashlib.blake2b(b"".join(parts), digest_size=16).digest() if _add(parts, value) else None


def _add(parts: list[bytes], value: Any) -> bool:
    """Add what a value is made of, each part with its kind and length in front; False if it is no plain value."""
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.hasobject:
            return False
        parts += (_form(array.dtype, array.shape), _content(array))
        return True
    if value is None or isinstance(value, bool | int | float | complex | str):
        parts.append(f"{type(value).__name__}:{value!r};".encode("utf-8", "surrogatepass"))
        return True
    if isinstance(value, tuple | list):
        parts.append(b"%b%d" % (type(value).__name__.encode(), len(value)))
        return all(_add(parts, item) for item in value)
    if isinstance(value, dict):
        parts.append(b"dict%d" % len(value))
        return all(_add(parts, key) and _add(parts, item) for key, item in value.items())
    return False


@lru_cache(maxsize=1_000)
def _form(dtype: np.dtype[Any], shape: tuple[int, ...]) -> bytes:
    return b"a%b%b" % (dtype.str.encode(), repr(shape).encode())


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
