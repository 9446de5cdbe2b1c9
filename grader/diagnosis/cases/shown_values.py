"""Values as a sentence shows them, and as a line of Python has them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.diagnosis.cases.leaves import leaves_of

DIGITS = 4
MOST_NUMBERS = 12  # of a result that is shown


def shown(value: Any) -> str:
    """A number, or nested lists of numbers, with four digits; "" for what is no such value, or too long."""
    leaves = leaves_of(value)
    if set(leaves) != {()} or not isinstance(array := leaves[()], np.ndarray) or not 0 < array.size <= MOST_NUMBERS:
        return ""
    return _listed(array.tolist())


def _listed(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_listed, value))}]"
    text = f"{value:.{DIGITS}g}"
    return "0" if text == "-0" else text


def python(value: Any) -> str:
    """An expression for a value that a function is given."""
    if isinstance(value, np.ndarray):
        return f"np.array({_numbers(value.tolist(), value.dtype.kind)})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {python(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(python, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(python, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, np.generic):
        value = value.item()
    return repr(value)


def _numbers(value: Any, kind: str) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_numbers(item, kind) for item in value)}]"
    text = repr(value)
    return text[:-1] if kind == "f" and text.endswith(".0") else text
