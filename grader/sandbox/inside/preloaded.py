"""Arrays that every cell has already, read from a file before the first cell is made.

Cells share the pages of an array until they write to them, so that it costs a submission nothing to get one. The first
to be handed out is the zygote's own copy, in large pages. The next ones are private mappings of the file, made in the
zygote since a locked cell has no file to map; who asks more often gets copies.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from typing import Any

import numpy as np

MAPPINGS = 3
_FAILED = ctypes.c_void_p(-1).value
_mmap = ctypes.CDLL(None, use_errno=True).mmap
_mmap.restype = ctypes.c_void_p
_mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]


class PreloadedArray:
    """One array; `offset` (of whole pages) is where its C-ordered bytes begin in the file."""

    def __init__(self, descriptor: int, offset: int, dtype: str, shape: list[int]) -> None:
        def mapped() -> np.ndarray[Any, Any]:
            return _mapped(descriptor, offset, np.dtype(dtype), tuple(shape))

        self.original = mapped()  # never handed out
        self.fresh = [mapped() for _ in range(MAPPINGS)] + [self.original.copy()]
        self.given: list[np.ndarray[Any, Any]] = []

    def rows(self, rows: slice) -> np.ndarray[Any, Any]:
        """These rows in memory of their own."""
        if rows == slice(None) and self.fresh:
            self.given.append(self.fresh.pop())  # kept: memory that is shared is dear to whoever writes to it next
            return self.given[-1]
        return self.original[rows].copy()


def _mapped(descriptor: int, offset: int, dtype: np.dtype[Any], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    if not size:
        return np.empty(shape, dtype)
    # Not by way of the module `mmap`, whose objects keep a descriptor of the file.
    address = _mmap(None, size, mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE, descriptor, offset)
    if address == _FAILED:
        number = ctypes.get_errno()
        raise OSError(number, "mmap: %s" % os.strerror(number))
    buffer = (ctypes.c_char * size).from_address(address)
    array: np.ndarray[Any, Any] = np.ndarray(shape, dtype, buffer)  # type: ignore[arg-type]
    return array
