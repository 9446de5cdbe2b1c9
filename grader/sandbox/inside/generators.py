"""The global generators of a cell as they were before a trial, put back where something was drawn.

Setting numpy's takes longer than most functions that are tried, and few of them draw. Whether one did shows in the
memory where a bit generator keeps its state, which is read in a hundredth of that time.
"""

from __future__ import annotations

import ctypes
import random
from typing import Any

import numpy as np

_BYTES = 624 * 4 + 4  # of a Mersenne Twister: its words, and the place of the next one


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

    def restore(self) -> None:
        random.setstate(self._python)
        if self._words is None or _address() != self._address or self._read() != self._words:
            np.random.set_state(self._numpy)

    def _are_there(self) -> bool:
        """Whether the generators are as they were when this was made, where that is told in little time."""
        is_told = self._words is not None and _address() == self._address and self._read() == self._words
        return is_told and random.getstate() == self._python

    def _read(self) -> bytes:
        return ctypes.string_at(self._address, _BYTES)  # type: ignore[arg-type]


def _address() -> int | None:
    """Where numpy's global generator keeps its state; None where it is another kind of generator, or does not tell."""
    try:
        generator: Any = np.random.get_state.__self__._bit_generator  # type: ignore[attr-defined]
        return int(generator.ctypes.state_address) if type(generator).__name__ == "MT19937" else None
    except Exception:
        return None
