"""How a call comes by what it gives: what the functions that it calls return, and what they are called with.

A derivative by differences is had by evaluating a cost once or twice for every parameter: the numbers that come back
are almost the same, again and again. One by automatic differentiation is had by calling functions with objects that
note what is done with them.
"""

from __future__ import annotations

import math
import sys
from types import CodeType, FrameType
from typing import Any, Collection

import numpy as np

NUMBERS = 200_000  # that are looked at
ALIKE = 1e-3  # relative, of numbers that one evaluation after the other gives
ROUNDING = 1e-13
CALLS_LOOKED_AT = 20  # of one function
LEAVES = 20
_NOTING = (
    "_node",
    "_trace",
    "_tape",
    "tape",
    "_ctx",
    "grad_fn",
    "_backward",
    "backward",
    "_prev",
    "_parents",
    "parents",
)
_KNOWN_PACKAGES = frozenset(("builtins", "numpy", *sys.stdlib_module_names))


class Evaluations:
    """Watches what is called while a `with` block lasts; `report` tells what was seen.

    The first two say how many different numbers that are almost equal one function has returned at most, and how many
    complex ones. The last is the name of a class whose objects note what is done with them; "" if there was none.
    """

    def __init__(self, files: Collection[str]) -> None:
        self.files = files  # of the submission
        self.returned: dict[CodeType, list[complex]] = {}
        self.seen = 0
        self.calls: dict[CodeType, int] = {}
        self.noting = ""

    def __enter__(self) -> Evaluations:
        self._before = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._before)

    def report(self) -> list[Any]:
        alike = max(map(_alike, self.returned.values()), default=0)
        complex_ones = max((sum(number.imag != 0 for number in n) for n in self.returned.values()), default=0)
        return [alike, complex_ones, self.noting]

    def _note(self, frame: FrameType, event: str, argument: Any) -> None:
        if event == "return" and self.seen < NUMBERS:
            number = _number(argument)
            if number is not None:
                self.seen += 1
                self.returned.setdefault(frame.f_code, []).append(number)
        elif event == "call" and not self.noting:
            code = frame.f_code
            if code.co_filename in self.files and self.calls.get(code, 0) < CALLS_LOOKED_AT:
                self.calls[code] = self.calls.get(code, 0) + 1
                self.noting = self._noting_argument(frame, code)

    def _noting_argument(self, frame: FrameType, code: CodeType) -> str:
        for name in code.co_varnames[: code.co_argcount]:
            value = frame.f_locals.get(name)
            for leaf in _leaves(value):
                kind = type(leaf)
                if _is_foreign(kind, code, name) and any(hasattr(leaf, attribute) for attribute in _NOTING):
                    return str(kind.__name__)[:100]
        return ""


def _leaves(value: Any) -> list[Any]:
    kind = type(value)
    if kind is dict:
        return list(value.values())[:LEAVES]
    return list(value[:LEAVES]) if kind is list or kind is tuple else [value]


def _is_foreign(kind: type, code: CodeType, name: str) -> bool:
    """Whether objects of this type stand for numbers, and are no arrays; the type's own methods do not count."""
    module = getattr(kind, "__module__", "")
    if type(module) is not str or module.partition(".")[0] in _KNOWN_PACKAGES:
        return False
    methods = vars(kind)
    if code.co_name in methods or name == "self":
        return False
    return hasattr(kind, "__mul__") and hasattr(kind, "__add__")


def _number(value: Any) -> complex | None:
    kind = type(value)
    if kind is np.ndarray:
        if value.size != 1 or value.dtype.kind not in "fc":
            return None
        value = value.reshape(-1)[0]
    elif kind is not float and kind is not complex and not isinstance(value, np.inexact):
        return None
    number = complex(value)
    return number if math.isfinite(number.real) and number.real != 0 else None


def _alike(numbers: list[complex]) -> int:
    """How many different numbers lie within a thousandth of each other, more than rounding apart."""
    values = sorted({abs(number.real) for number in numbers})
    best = start = 0
    for end, value in enumerate(values):
        while value - values[start] > ALIKE * value:
            start += 1
        if end - start + 1 > best and value - values[start] > ROUNDING * value * 100:
            best = end - start + 1
    return best
