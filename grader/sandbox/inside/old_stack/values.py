"""Values as old numpy and Python 2 took them."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np

INTEGERS = (int, np.integer)
FLOATS = (float, np.floating)
# Functions and methods that take sizes: the positions of the sizes among the arguments, None for all.
SIZED: dict[str, Sequence[int] | None] = {
    **dict.fromkeys(("zeros", "ones", "empty", "full", "permutation"), (0,)),
    **dict.fromkeys(("eye", "identity", "tri"), (0, 1, 2)),
    **dict.fromkeys(("reshape", "resize", "rand", "randn", "randint", "random_integers", "range", "xrange"), None),
    **dict.fromkeys(("random", "random_sample", "standard_normal"), (0,)),
    **dict.fromkeys(("choice", "tile", "repeat", "split", "array_split", "hsplit", "vsplit", "pad", "roll"), (0, 1)),
    **dict.fromkeys(("normal", "uniform", "binomial", "linspace"), (2,)),
}
SIZE_NAMES = frozenset(["shape", "size", "num", "reps", "repeats", "N", "M", "k"])
STACKING = frozenset(["vstack", "hstack", "dstack", "stack", "concatenate", "column_stack"])
SEQUENCES = STACKING | {"array", "asarray"}


def is_integral(a: Any) -> bool:
    """Whether Python 2 would have divided it as an integer."""
    if isinstance(a, np.ndarray):
        return bool(a.dtype.kind in "iu")
    return isinstance(a, INTEGERS)


def is_boolean(a: Any) -> bool:
    return isinstance(a, (bool, np.bool_)) or (isinstance(a, np.ndarray) and a.dtype.kind == "b")


def number_of(a: Any) -> Any:
    """An array of one number as that number; anything else as it is."""
    return a.item() if isinstance(a, np.ndarray) and a.ndim and a.size == 1 and a.dtype.kind in "biufc" else a


def unchanged(new: Any, old: Any) -> bool:
    if type(new) is tuple and type(old) is tuple:
        return all(map(unchanged, new, old))
    return new is old


def whole_index(index: Any) -> Any:
    """An index as old numpy read it: floats without their fraction.

    An array that has any fractions stays one: it holds data, and was never meant as an index.
    """
    if isinstance(index, FLOATS):
        return int(index)
    if isinstance(index, np.ndarray) and index.dtype.kind == "f" and np.array_equal(index, np.floor(index)):
        return index.astype(int)
    if type(index) is slice:
        parts = [whole_index(part) for part in (index.start, index.stop, index.step)]
        same = all(new is old for new, old in zip(parts, (index.start, index.stop, index.step)))
        return index if same else slice(*parts)
    if type(index) is tuple:
        return tuple([whole_index(part) for part in index])
    return index


def was_tuple(owner: Any, index: list[Any]) -> bool:
    """Whether numpy before 1.23 took a list for a tuple of indices."""
    parts = (list, tuple, slice, range, np.ndarray, type(None), type(Ellipsis))
    return isinstance(owner, np.ndarray) and 0 < len(index) <= 32 and any(isinstance(part, parts) for part in index)


def _whole_sizes(value: Any, truncates: bool) -> Any:
    if isinstance(value, FLOATS) and (truncates or value == int(value)):
        return int(value)
    if type(value) in (tuple, list):
        sizes = [_whole_sizes(part, truncates) for part in value]
        return value if all(new is old for new, old in zip(sizes, value)) else type(value)(sizes)
    return value


def repaired(
    said: str, name: str, arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """(what was wrong, the arguments put right); ("", …) where nothing is known."""
    if "inhomogeneous" in said and name in ("array", "asarray") and "dtype" not in named and len(arguments) == 1:
        return "ragged", arguments, {**named, "dtype": object}
    if "0-dimensional" in said or "size-1" in said or "length-1" in said or "__round__" in said:
        numbers = tuple(number_of(value) for value in arguments)
        return ("" if unchanged(numbers, arguments) else "size-1"), numbers, named
    if name == "reshape" and "newshape" in said and "newshape" in named:
        others = {key: value for key, value in named.items() if key != "newshape"}
        return "newshape", (*arguments, named["newshape"]), others
    if name == "array" and "Unable to avoid copy" in said and named.get("copy") is False:
        return "copy-false", arguments, {key: value for key, value in named.items() if key != "copy"}
    if name in SIZED and ("integer" in said):
        positions = SIZED[name]
        truncates = name not in ("range", "xrange")
        sizes = tuple(
            _whole_sizes(value, truncates) if positions is None or i in positions else value
            for i, value in enumerate(arguments)
        )
        options = {key: _whole_sizes(value, truncates) if key in SIZE_NAMES else value for key, value in named.items()}
        same = unchanged(sizes, arguments) and all(options[key] is named[key] for key in named)
        return ("" if same else "float-size"), sizes, options
    return "", arguments, named
