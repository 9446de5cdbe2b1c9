"""A sequence of words as fingerprints: hashes of passages of so many words, of which winnowing keeps some.

Whatever two texts share in a row, PASSAGE + WINDOW - 1 words or more, has a fingerprint in both.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

PASSAGE = 15
WINDOW = 8

Hashes = NDArray[np.uint64]
_BASE = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True)
class Fingerprints:
    """Hashes and the positions of the words where their passages begin, in order; a passage may come again."""

    hashes: Hashes
    places: NDArray[np.int32]


def fingerprints(words: Sequence[str]) -> Fingerprints:
    """Of a text with fewer words than a passage there are none. The same words give the same hashes everywhere."""
    if len(words) < PASSAGE:
        return Fingerprints(np.empty(0, np.uint64), np.empty(0, np.int32))
    codes = np.fromiter(map(_code, words), np.uint64, len(words))
    count = len(words) - PASSAGE + 1
    hashes = np.zeros(count, np.uint64)
    for offset in range(PASSAGE):  # unsigned numbers overflow as they should
        hashes = hashes * _BASE + codes[offset : offset + count]
    hashes = _mixed(hashes)
    places = _winnowed(hashes)
    return Fingerprints(hashes[places], places.astype(np.int32))


def digest(words: Sequence[str]) -> bytes:
    """Equal for equal sequences, and for no others."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "backslashreplace")).digest()


@cache
def _code(word: str) -> int:
    """A number for a word, the same in every process. There are few words: names of one's own are all the same."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "backslashreplace"), digest_size=8).digest(), "big")


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit on every other, so that the least of a window is any of them (the end of splitmix64)."""
    for shift, factor in zip((30, 27), _FACTORS, strict=True):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * factor
    return hashes ^ (hashes >> np.uint64(31))


def _winnowed(hashes: Hashes) -> NDArray[np.intp]:
    """The position of the least hash of every window, of equal ones the last."""
    if len(hashes) <= WINDOW:
        return np.array([len(hashes) - 1 - int(hashes[::-1].argmin())])
    windows = sliding_window_view(hashes, WINDOW)[:, ::-1]
    return np.unique(np.arange(WINDOW - 1, len(hashes)) - windows.argmin(axis=1))
