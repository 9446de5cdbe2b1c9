"""Copies of what a call is given: arrays and plain containers, most often, in a third of the time of `deepcopy`."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

_SIMPLE = frozenset([type(None), bool, int, float, complex, str, bytes])


def deep(value: Any) -> Any:
    """What `copy.deepcopy` gives: one object that is held twice stays one."""
    return _copied(value, {})


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _SIMPLE:
        return value
    known = memo.get(id(value))
    if known is not None:
        return known
    if kind is np.ndarray and not value.dtype.hasobject:
        made: Any = value.copy("K")
    elif kind is list:
        made = memo[id(value)] = []
        made += [_copied(item, memo) for item in value]
    elif kind is dict:
        made = memo[id(value)] = {}
        for key, item in value.items():
            made[_copied(key, memo)] = _copied(item, memo)
    elif kind is tuple:
        items = [_copied(item, memo) for item in value]
        made = memo.get(id(value)) or tuple(items)  # it may hold a list that holds it
    else:
        return copy.deepcopy(value, memo)
    memo[id(value)] = made
    return made
