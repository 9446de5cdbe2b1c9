"""Which arrays are versions of a parameter, so that the steps of a training can be counted while it runs."""

from __future__ import annotations

from typing import Any

# What of an event's first operand stays that operand, as a parameter does when it is changed.
KEEPING = frozenset(["Add", "Sub", "Mult", "Div", "T", "transpose", "reshape", "copy", "astype", "subtract", "add",
                     "Set"])  # fmt: skip


class Versions:
    """A parameter is what comes back to the same product, changed by adding and subtracting.

    Each version is made of the one before. The errors `y - a` of samples with one label are all made of that label, and
    are no versions of anything; what is multiplied by another array number by number is none either, as a δ is that
    goes back through the times of a sequence.
    """

    def __init__(self, values: Any) -> None:
        self.values = values
        self._origin: dict[int, int] = {}
        self._depth: dict[int, int] = {}  # how many changes lie between a value and its origin
        self._given: set[int] = set()  # by products: with another bias added, it is no parameter that has changed
        self._seen: dict[tuple[int, int], dict[int, dict[int, None]]] = {}

    def made(self, op: str, place: int, places: int, operands: list[int], result: int) -> None:
        """Note what an event has made of its first operand."""
        is_kept = op in KEEPING and operands and operands[0] not in self._given
        if is_kept and op in ("Mult", "Div"):
            is_kept = not any(self.values.are_alike(operands[0], other) for other in operands[1:])
        if is_kept and self.values.are_alike(operands[0], result):
            origin = self._origin.get(operands[0], operands[0])
        elif op == "Index" and len(operands) == 1 and self.values.are_vectors(operands[0], result):
            origin = ~(self._origin.get(operands[0], operands[0]) * places + place)
        else:
            return
        self._origin.setdefault(result, origin)
        self._depth.setdefault(result, self._depth.get(operands[0], 0) + 1)

    def counted(self, place: int, operands: list[int], result: int) -> int:
        """Note a product; gives how many versions of one of its operands have been seen at its place."""
        self._given.add(result)
        largest = 0
        for position, number in enumerate(operands):
            origin = self._origin.get(number, number)
            versions = self._seen.setdefault((place, position), {}).setdefault(origin, {})
            last = next(reversed(versions)) if versions else None
            if number not in versions and last is not None:
                if self.values.is_moved(last, number):
                    continue  # to see what the cost does
                if self._depth.get(number, 0) <= self._depth.get(last, 0):
                    continue
            versions[number] = None
            largest = max(largest, len(versions))
        return largest
