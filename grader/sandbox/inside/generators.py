"""The global generators of a cell as they were before a trial, put back where something was drawn.

Setting them takes longer than most functions that are tried, and few of these draw. Whether one did shows in the
memory where a generator keeps its state, which is read in a hundredth of that time.
"""

from __future__ import annotations

import ctypes
import random
import sys
from typing import Any

import numpy as np

_BYTES = 624 * 4 + 4  # of a Mersenne Twister: its words, and the place of the next one, in either order


class Generators:
    """Python's and numpy's global generators, as they are when this is made."""

    _last: Generators | None = None

    @classmethod
    def now(cls) -> Generators:
        """As they are now: one trial after the other begins with the same, and to ask numpy takes longer than most."""
        if cls._last is None or not cls._last._are_there():
            cls._last = cls()
        return cls._last

    def __init__(self) -> None:
        self._python = random.getstate()
        self._numpy = np.random.get_state()
        self._address = _address()
        # A second normal number that is kept for the next call comes and goes without its words.
        is_told_by_words = self._address is not None and not [*self._numpy][3]
        self._words = self._read() if is_told_by_words else None
        self._own_words = _words_of_python()

    def restore(self) -> None:
        if self._own_words is None or _words_of_python() != self._own_words:
            random.setstate(self._python)
        if self._words is None or _address() != self._address or self._read() != self._words:
            np.random.set_state(self._numpy)

    def _are_there(self) -> bool:
        """Whether the generators are as they were when this was made, where that is told in little time."""
        is_told = self._words is not None and _address() == self._address and self._read() == self._words
        return is_told and self._own_words is not None and _words_of_python() == self._own_words

    def _read(self) -> bytes:
        return ctypes.string_at(self._address, _BYTES)  # type: ignore[arg-type]


def _words_of_python() -> Any:
    """The state of Python's global generator as it lies in memory; None where it is not one of Python's own."""
    generator: Any = random.getstate.__self__  # type: ignore[attr-defined]
    kind: Any = type(generator)
    if kind is not random.Random or sys.implementation.name != "cpython":
        return None
    return ctypes.string_at(id(generator) + object.__basicsize__, _BYTES), generator.gauss_next


def _address() -> int | None:
    """Where numpy's global generator keeps its state; None where it is another kind of generator, or does not tell."""
    try:
        generator: Any = np.random.get_state.__self__._bit_generator  # type: ignore[attr-defined]
        return int(generator.ctypes.state_address) if type(generator).__name__ == "MT19937" else None
    except Exception:
        return None
