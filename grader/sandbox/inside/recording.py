"""What the expressions of a watched function were worth: the first and the last value of each, bounded."""

from __future__ import annotations

from typing import Any

import numpy as np

VALUES = 40_000  # that are looked at; later ones are only counted
ARRAY_BYTES = 64 * 1024  # of an array that is given out by value; of larger ones the shape alone
ALL_BYTES = 2 * 1024 * 1024
NAME = "__grader_seen__"  # under which the watched text calls a recorder


class Recorder:
    """Notes values by key; `report` gives [key, time of the last value, first value, last value] of each.

    A value is a number or array, or a text that says what it is: "array float64 7 4", "list 3", "NoneType".
    """

    def __init__(self) -> None:
        self.first: dict[int, Any] = {}
        self.last: dict[int, Any] = {}
        self.time: dict[int, int] = {}
        self.now = 0

    def __call__(self, key: int, value: Any = None) -> Any:
        self.now += 1
        self.time[key] = self.now
        if self.now <= VALUES:
            kept = _kept(value)
            self.first.setdefault(key, kept)
            self.last[key] = kept
        return value

    def report(self) -> list[Any]:
        entries = []
        left = ALL_BYTES
        for key, time in self.time.items():
            pair = []
            for value in (self.first.get(key, "?"), self.last.get(key, "?")):
                if type(value) is np.ndarray:
                    left -= value.nbytes
                    if left < 0:
                        value = _described(value)
                pair.append(value)
            entries.append([key, time, pair[0], pair[1]])
        return entries


def _kept(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        is_plain = value.dtype.kind in "biuf" and value.nbytes <= ARRAY_BYTES
        return value.copy() if is_plain else _described(value)
    if kind is int:
        return value if value.bit_length() < 63 else "int"
    if kind in (bool, float):
        return value
    if isinstance(value, np.generic) and value.dtype.kind in "biuf":
        return np.asarray(value).copy()
    return _described(value)


def _described(value: Any) -> str:
    kind = type(value)
    if isinstance(value, np.ndarray):
        return " ".join(["array", str(np.ndarray.__getattribute__(value, "dtype"))[:40], *map(str, np.shape(value))])
    if kind in (list, tuple, dict, set, range):
        return "%s %d" % (kind.__name__, len(value))
    return kind.__name__[:80]
