"""Texts in the storage, compressed."""

from grader.service.compression import compressed, decompressed
from grader.service.ports import Storage


def keep_text(storage: Storage, text: str) -> str:
    """Keep a text, and tell its key."""
    return storage.put(compressed(text))


def read_text(storage: Storage, key: str) -> str:
    """Raises NotFound."""
    return decompressed(storage.read(key))
