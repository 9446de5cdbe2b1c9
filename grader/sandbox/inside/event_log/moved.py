"""Values that are moved before an operation takes them: what comes of it is compared with what came before."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np

LISTED = 4_096  # numbers in a list that is looked through


class Moves:
    """By event, the arrays that go into it and by how much each is moved; and what stands for numbers by then.

    Args:
        moved: (number of an event, an array that goes into it, by how much it is moved before).
    """

    def __init__(self, moved: Sequence[tuple[int, Any, Any]]) -> None:
        self._asked: dict[int, list[tuple[Any, Any]]] = {}
        for event, array, change in moved:
            self._asked.setdefault(event, []).append((array, change))
        self.replaced: dict[int, tuple[Any, Any]] = {}  # numbers that are moved: by address, what stands for them
        self._shifts: dict[int, tuple[Any, Any]] = {}  # such numbers that an assignment like `z += x` adds to

    def instead(self, operand: Any, depth: int = 2) -> Any:
        """What stands for a number that was moved, or for a list with such; anything else stands for itself."""
        if type(operand) in (list, tuple) and depth and len(operand) <= LISTED:
            parts = [self.instead(one, depth - 1) for one in operand]
            is_other = any(one is not part for one, part in zip(operand, parts))
            return type(operand)(parts) if is_other else operand
        known = self.replaced.get(id(operand)) if isinstance(operand, (float, np.floating)) else None
        return known[1] if known is not None else operand

    def move(self, event: int, operands: Sequence[Any]) -> None:
        """Move of the operands of an event what was asked for."""
        asked = self._asked.get(event)
        if not asked:
            return
        for operand in operands:
            if isinstance(operand, (list, tuple)):
                self.move(event, operand)
            elif isinstance(operand, (float, np.floating)):
                for number, (array, change) in enumerate(asked):
                    if array.ndim == 0 and operand == array:
                        del asked[number]
                        self.replaced[id(operand)] = operand, type(operand)(operand + change)
                        break
            for number, (array, change) in enumerate(asked if isinstance(operand, np.ndarray) else ()):
                if operand.shape == array.shape and operand.dtype.kind == "f" and np.array_equal(operand, array):
                    del asked[number]
                    operand += change.astype(operand.dtype)
                    break

    def add_to(self, place: int, value: Any) -> None:
        """An assignment like `z += x` is going to change a number; if that was moved, `x` is made to fit."""
        known = self.replaced.get(id(value)) if isinstance(value, (float, np.floating)) else None
        if known is not None:
            self._shifts[place] = known

    def added(self, place: int, op: str, value: Any) -> Any:
        """What is assigned at such a place."""
        return _shifted(op, value, *self._shifts.pop(place)) if place in self._shifts else value


def _shifted(op: str, value: Any, old: Any, new: Any) -> Any:
    """What `x += value` must have for its value, so that it gives with the old x what it would give with a new one."""
    if op in ("Add", "Sub"):
        return value + (new - old if op == "Add" else old - new)
    return value * (new / old if op == "Mult" else old / new) if op in ("Mult", "Div") and old and new else value
