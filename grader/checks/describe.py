"""Values, shapes and keys in a few words, for messages to students."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checks.implementation import Hidden

SHOWN_KEYS = 8
SHOWN_CHARACTERS = 40


def describe(value: Any) -> str:
    """A value in a few words: `a (4, 3) array of float64`, `None`, `a list of 5`, `an object of type Cache`."""
    if value is None or isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, str):
        return f"the text {value[:SHOWN_CHARACTERS]!r}"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"a {value.shape} array of {value.dtype.name}"
    if isinstance(value, int | float | complex | np.generic | np.ndarray):
        return f"the number {number(value)}"
    if isinstance(value, Mapping):
        return f"a dict with {keys(value)}" if value else "an empty dict"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"an object of type {value._class_name if isinstance(value, Hidden) else type(value).__name__}"


def number(value: Any) -> str:
    """A number of any type: six digits of a fraction, an integer in full unless it is huge."""
    item = value.item() if isinstance(value, np.generic | np.ndarray) else value
    if isinstance(item, bool):
        return str(item)
    if isinstance(item, int):
        return str(item) if item.bit_length() <= 64 else f"of {item.bit_length()} bits"
    return f"{item:.6g}" if isinstance(item, float | complex) else str(item)[:SHOWN_CHARACTERS]


def place(index: tuple[int, ...]) -> str:
    """An index as a student writes it: `[2, 0]`."""
    return f"[{', '.join(map(str, index))}]"


def shape(dimensions: tuple[int, ...]) -> str:
    return str(dimensions) if dimensions else "() (one number)"


def keys(mapping: Mapping[Any, Any]) -> str:
    if not mapping:
        return "no keys"
    shown = ", ".join(repr(key)[:SHOWN_CHARACTERS] for key in list(mapping)[:SHOWN_KEYS])
    return f"{shown}, …" if len(mapping) > SHOWN_KEYS else shown
