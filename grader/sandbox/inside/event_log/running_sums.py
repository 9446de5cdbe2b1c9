"""Sums that grow sample by sample: of those that only the next addition uses, the first few are kept, and the latest.

total += delta * x[:, None]        makes two arrays as large as the weights for each sample
"""

from __future__ import annotations

from typing import Any

FIRST = 2  # sums of a place that are kept all the same
_ADDING = frozenset(["Add", "Sub", "add", "subtract"])


class RunningSums:
    """Lets go of what was added up, and of what was added, once the next sum is there."""

    def __init__(self, values: Any) -> None:
        self.values = values
        self._unused: dict[int, int] = {}  # large results that nothing has used, and the place that made each
        self._counts: dict[int, int] = {}

    def noted(self, place: int, op: str, operands: list[int], result: int) -> None:
        if op in _ADDING and len(operands) == 2 and self._unused.get(operands[0]) == place and operands[0] != result:
            count = self._counts[place] = self._counts.get(place, 0) + 1
            for number in operands if count > FIRST else ():
                if number in self._unused and number != result:
                    self.values.let_go(number)
        for number in operands if self._unused else ():
            self._unused.pop(number, None)
        if self.values.takes_room(result):
            self._unused[result] = place
