"""Values of calls as JSON: arrays as text, references to results of earlier calls, objects that stay where they are."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.implementation import Hidden

_DTYPES = frozenset({"b", "i", "u", "f", "c"})


class NotPlain(Exception):
    """A value that cannot be written down."""


@dataclass(frozen=True)
class Reference:
    """A part of the result of an earlier call: of which, and the way to it by positions and keys."""

    step: int
    path: tuple[int | str, ...]


OPAQUE: dict[str, Any] = {"opaque": True}


def encode(value: Any, refer: Callable[[Any], Reference | None] = lambda value: None) -> Any:
    """The value as JSON can hold it; `refer` knows what is a result of an earlier call.

    Raises:
        NotPlain: it holds something that is no data.
    """
    if (reference := refer(value)) is not None:
        return {"ref": [reference.step, *reference.path]}
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.kind not in _DTYPES:
            raise NotPlain(f"an array of {array.dtype}")
        little = array.astype(array.dtype.newbyteorder("<"))
        data = base64.b64encode(little.tobytes()).decode("ascii")
        return {"array": [little.dtype.str, list(array.shape), data], "scalar": isinstance(value, np.generic)}
    if isinstance(value, Hidden):
        return OPAQUE
    if value is None or isinstance(value, bool | int | str):
        return {"value": value}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, tuple | list):
        return {"tuple" if isinstance(value, tuple) else "list": [encode(item, refer) for item in value]}
    if isinstance(value, dict) and all(isinstance(key, str | int) for key in value):
        return {"dict": [[key, encode(item, refer)] for key, item in value.items()]}
    raise NotPlain(f"a {type(value).__name__}")


def decode(written: Any, results: list[Any]) -> Any:
    """The value; references are to the results so far, objects that stayed elsewhere are None."""
    match written:
        case {"ref": [step, *path]}:
            value = results[step]
            for part in path:
                value = value[part]
            return value
        case {"array": [dtype, shape, data], **rest}:
            array = np.frombuffer(base64.b64decode(data), np.dtype(dtype)).reshape(shape).copy()
            return array[()] if rest.get("scalar") else array
        case {"value": value}:
            return value
        case {"float": text}:
            return float(text)
        case {"tuple": items}:
            return tuple(decode(item, results) for item in items)
        case {"list": items}:
            return [decode(item, results) for item in items]
        case {"dict": pairs}:
            return {key: decode(item, results) for key, item in pairs}
    return None
