"""Vectors that hold all parameters, and the parts of them that a file works with."""

from typing import Any

import numpy as np

from .log import EventLog, is_large

FLAT, PARTS_OF_FLAT = 32, 12  # flat vectors, and parts of each, that are looked after


class FlatVectors(EventLog):
    """What is done to a vector is done to its parts, and what is done to a part is done to the vector."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._flat: dict[int, tuple[Any, list[Any]]] = {}  # vectors by address, with parts of them that are used
        self._bases: dict[int, tuple[Any, int]] = {}  # vectors of which a part was set, and what they were then

    def _look_at_views(self, operands: Any) -> None:
        """Parts of a flat vector that are used: where it is changed in its place, they are changed with it."""
        for operand in operands:
            base = operand.base if isinstance(operand, np.ndarray) else None
            if base is None or not isinstance(base, np.ndarray) or base.ndim != 1:
                continue
            known = self._flat.get(id(base))
            if known is None and len(self._flat) < FLAT:
                known = self._flat[id(base)] = (base, [])
            if known is not None and len(known[1]) < PARTS_OF_FLAT and all(one is not operand for one in known[1]):
                known[1].append(operand)

    def _change_views(self, place: int, whole: Any) -> None:
        known = self._flat.get(id(whole))
        number = self.values.number(whole) if known is not None and known[0] is whole else None
        if known is not None and number is not None:
            for view in known[1]:
                part = self.values.number(view)
                if part is not None and self._is_open(place, False):
                    self._note(place, "Index", [number], part)

    def _change_base(self, place: int, view: Any) -> None:
        """What is put into a part of a flat vector is put into the vector."""
        base = view.base if isinstance(view, np.ndarray) else None
        if not isinstance(base, np.ndarray) or base.base is not None or base.ndim != 1 or base.size == view.size:
            return
        last = self._bases.get(id(base))
        if is_large(base) or (last is None and len(self._bases) >= FLAT) or not self._is_open(place, False):
            return
        part, number = self.values.number(view), self.values.number(base)
        if part is not None and number is not None:
            before = [last[1]] if last is not None and last[0] is base else []
            self._bases[id(base)] = (base, number)
            self._note(place, "Set", [*before, part], number)
            self._note(place, "Index", [number], part)
