"""A layer for samples that are rows, asked as one for samples that are columns.

Tutorials share the names of their layers, and not how a sample lies. A layer whose weights are (n_in, n_out) from its
constructor on, and which takes a row by itself, is as right as one whose weights are (n_out, n_in).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.implementation import CallFailed, Function, Hidden
from grader.checks.record import note_turned


def is_for_rows(instance: Any, forward: str, weights: str, biases: str, sizes: tuple[int, ...]) -> bool:
    """Whether a layer of so many inputs and units has weights for rows, and gives a row for a row.

    Where it gives nothing, it is for rows if its biases are one. Nothing of this counts as seen of the submission.
    """
    if not isinstance(instance, Hidden) or not instance._owner.can_be_tried or len(set(sizes)) < 2:
        return False
    owner, (inputs, units) = instance._owner, sizes
    try:
        held = owner.read(instance, weights)
        if np.shape(held) != (inputs, units):
            return False
        shape = np.shape(owner.read(instance, biases))
    except CallFailed:
        return False
    try:
        out = owner.call(_member(instance, forward), [np.ones((1, inputs))], {})
    except CallFailed:
        return shape in ((units,), (1, units))
    return bool(np.shape(out) == (1, units))


class AsColumns:
    """What a layer for rows gives and is given, turned; it is observed as it is turned."""

    def __init__(self, layer: Hidden) -> None:
        self.__dict__["_layer"] = layer
        note_turned()

    def __getattr__(self, name: str) -> Any:
        layer = self._layer
        member = _member(layer, name)
        if member.name in layer._owner.contract:
            return _TurnedCalls(member)
        return member.observed(lambda: _turned(layer._owner.read(layer, name)))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._layer, name, _turned(value))


def _member(instance: Hidden, name: str) -> Function:
    return Function(instance._owner, f"{instance._class_name}.{name}", instance)


@dataclass(frozen=True)
class _TurnedCalls:
    """A method of a layer for rows, as one for columns."""

    member: Function

    @property
    def name(self) -> str:
        return self.member.name

    def __call__(self, *arguments: Any) -> Any:
        given = [_turned(argument) for argument in arguments]
        return self.member.observed(lambda: _turned(self.member.owner.call(self.member, given, {})))


def _turned(value: Any) -> Any:
    """The transpose of what has two axes; of biases with one axis, a column."""
    if not isinstance(value, np.ndarray):
        return value
    return value[:, np.newaxis] if value.ndim == 1 else value.T.copy()
