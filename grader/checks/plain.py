"""Plain values: data that an implementation takes and gives by value, not as an object of its own."""

from collections.abc import Iterator
from typing import Any

import numpy as np


def is_plain(value: Any) -> bool:
    """Whether a value is data that travels by value: numbers, text, arrays, and tuples, lists, dicts of them."""
    if value is None or isinstance(value, bool | int | float | complex | str | np.generic | np.ndarray):
        return True
    if isinstance(value, tuple | list):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(isinstance(k, str | int) and is_plain(v) for k, v in value.items())
    return False


def copied(value: Any) -> Any:
    """A copy of the data in a value; hidden objects in it stay themselves."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (tuple, list):
        return type(value)(map(copied, value))
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value


def arrays_in(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """The arrays that a value is or holds."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from arrays_in(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from arrays_in(item)


def with_only(item: int, result: Any) -> Any:
    """A result of several values with None in the place of all but one."""
    if type(result) not in (tuple, list):
        return result
    return tuple([value if i == item else None for i, value in enumerate(result)])
