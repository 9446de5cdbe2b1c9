"""Memory that cells find ready: the C library's heap grows into large pages.

A submission of a few seconds lives on a few megabytes of new memory. In pages of 4 kB each of them costs the kernel
an interruption for every 4 kB, which adds up to several per cent of a training run; in pages of 2 MB hardly any.
"""

from __future__ import annotations

import ctypes

HEAP_BYTES = 24 << 20  # below MALLOC_MMAP_THRESHOLD_, or it would not be part of the heap
ZYGOTE_BYTES = 128 << 10
_LARGE_PAGE = 2 << 20
_MADV_HUGEPAGE = 14

_libc = ctypes.CDLL(None)
_libc.malloc.restype = ctypes.c_void_p
_libc.malloc.argtypes = [ctypes.c_size_t]
_libc.free.argtypes = [ctypes.c_void_p]
_libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]


def grow_into_large_pages() -> int:
    """Extend the heap by room that is not touched yet, so that it costs nothing until a cell does; returns its bytes.

    Where the kernel has no large pages, the room comes in small ones as ever.
    """
    room = _libc.malloc(HEAP_BYTES)
    if room is None:
        return 0
    start = -(-(room + ZYGOTE_BYTES) // _LARGE_PAGE) * _LARGE_PAGE
    _libc.madvise(start, room + HEAP_BYTES - start, _MADV_HUGEPAGE)
    _libc.free(room)
    # Nearly all that lies between is taken for good: the zygote's own few allocations from now on find room in the
    # rest, so that the large pages stay untouched. (One that it had written to would be copied for every cell.)
    _libc.malloc(max(0, start - room - ZYGOTE_BYTES))
    return room + HEAP_BYTES - start  # type: ignore[no-any-return]
