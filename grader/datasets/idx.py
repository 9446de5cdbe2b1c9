"""Reader for IDX files of unsigned bytes, the format in which MNIST is published, plain or gzipped.

The format (Y. LeCun, "The MNIST database of handwritten digits"): two zero bytes, a byte for the type (8:
unsigned byte), a byte for the rank, then each dimension as a big-endian 32-bit integer, then the data in
row-major order.
"""

import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grader.datasets.dataset import DatasetError

# The largest file of MNIST, its training images without compression, has 47,040,016 bytes.
MAX_FILE_BYTES = 64 << 20

_UNSIGNED_BYTE = 8
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WBITS = 31


def read_idx(path: Path, item_shape: tuple[int, ...], first: int) -> NDArray[np.uint8]:
    """Read the first items of an IDX file.

    Whether the file is gzipped is told by its content. Memory and time are bounded by ``first``, whatever the
    header or a compressed stream claims. A file of no more than ``first`` items is read to its end, so that
    trailing bytes and a wrong gzip checksum are noticed.

    Args:
        path: the file.
        item_shape: expected shape of one item: ``()`` for labels, ``(28, 28)`` for images.
        first: how many items are wanted at most.

    Returns:
        A read-only array of shape ``(min(first, items in the file), *item_shape)``.

    Raises:
        DatasetError: the file cannot be read, or is not an IDX file of such items.
    """
    header_bytes = 4 + 4 * (1 + len(item_shape))
    item_bytes = math.prod(item_shape)
    # One byte more than wanted tells a complete file from one with trailing bytes.
    content = _first_bytes(path, header_bytes + first * item_bytes + 1)
    count = _item_count(path, content, item_shape)
    n = min(first, count)
    end = header_bytes + n * item_bytes
    if len(content) < end:
        complete = max(0, len(content) - header_bytes) // item_bytes
        raise DatasetError(f"{path.name} is cut short: its header announces {count:,} items, {complete:,} are there")
    if count <= first and len(content) > end:
        raise DatasetError(f"{path.name} goes on after the {count:,} items that its header announces")
    return np.frombuffer(content, np.uint8, n * item_bytes, header_bytes).reshape(n, *item_shape)


def _item_count(path: Path, content: bytes, item_shape: tuple[int, ...]) -> int:
    """The number of items that the header announces, after checking everything else in it."""
    rank = 1 + len(item_shape)
    magic = bytes([0, 0, _UNSIGNED_BYTE, rank])
    if content[:4] != magic:
        raise DatasetError(
            f"{path.name} is not an IDX file of rank {rank}: expected it to start with {magic.hex(' ')}, "
            f"found {content[:4].hex(' ') or 'nothing'}"
        )
    if len(content) < 4 + 4 * rank:
        raise DatasetError(f"{path.name} ends within its header")
    count, *found = struct.unpack_from(f">{rank}I", content, 4)
    if tuple(found) != item_shape:
        raise DatasetError(f"{path.name} holds items of shape {tuple(found)}, expected {item_shape}")
    return int(count)


def _first_bytes(path: Path, size: int) -> bytes:
    """At most the first ``size`` bytes of a file's content, decompressed if it is gzipped."""
    try:
        stored = path.stat().st_size
        if stored > MAX_FILE_BYTES:
            raise DatasetError(f"{path.name} is too large for MNIST: {stored:,} bytes")
        with path.open("rb") as file:
            start = file.read(size)
            if not start.startswith(_GZIP_MAGIC):
                return start
            compressed = start + file.read(stored)
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror or error}") from error
    stream = zlib.decompressobj(_GZIP_WBITS)
    try:
        content = stream.decompress(compressed, size)
    except zlib.error as error:
        raise DatasetError(f"{path.name} is damaged: it cannot be decompressed ({error})") from error
    # The checksum stands at the end of the stream: without that end the content is not to be trusted.
    if len(content) < size and not stream.eof:
        raise DatasetError(f"{path.name} is cut short: its compressed data break off")
    return content
