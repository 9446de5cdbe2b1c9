"""Texts as they lie in the storage: compressed."""

import gzip


def compressed(text: str) -> bytes:
    """The same bytes for the same text, at any time."""
    return gzip.compress(text.encode("utf-8", "replace"), compresslevel=6, mtime=0)


def decompressed(data: bytes) -> str:
    return gzip.decompress(data).decode("utf-8")
