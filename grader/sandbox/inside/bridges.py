"""Modules that let one file run under Python 2 and 3: `six`, `past` and `future`, as they are under Python 3.

Courses began their files with `from past.builtins import xrange`.  The packages are small and seldom installed, so
what such files take from them is here.
"""

from __future__ import annotations

import builtins
import functools
import io
import itertools
import operator
import pickle
from typing import Any, Callable, Iterable

import numpy as np


def _listed(function: Callable[..., Iterable[Any]]) -> Callable[..., list[Any]]:
    return lambda *arguments: list(function(*arguments))


def _old_div(a: Any, b: Any) -> Any:
    return a // b if isinstance(a, (int, np.integer)) and isinstance(b, (int, np.integer)) else a / b


def _with_metaclass(meta: type, *bases: type) -> type:
    made: type = meta("temporary", bases or (object,), {})
    return made


def _add_metaclass(meta: type) -> Callable[[type], type]:
    def rebuilt(cls: type) -> type:
        members = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        new: type = meta(cls.__name__, cls.__bases__, members)
        return new

    return rebuilt


def _input(prompt: object = "") -> str:
    return builtins.input(prompt)  # a cell's own, which asks nobody


_VIEWS: dict[str, Any] = {
    **{"iter" + view: (lambda d, view=view: iter(getattr(d, view)())) for view in ("keys", "values", "items")},
    **{"view" + view: operator.methodcaller(view) for view in ("keys", "values", "items")},
}
_TYPES: dict[str, Any] = {
    "PY2": False, "PY3": True, "string_types": (str,), "integer_types": (int,), "class_types": (type,),
    "text_type": str, "binary_type": bytes, "with_metaclass": _with_metaclass, "add_metaclass": _add_metaclass,
}  # fmt: skip
_TODAY: dict[str, Any] = {
    name: getattr(builtins, name)
    for name in (
        "ascii", "bytes", "chr", "dict", "filter", "hex", "int", "list", "map", "max", "min", "next", "object", "oct",
        "open", "pow", "range", "round", "str", "super", "zip",
    )
}  # fmt: skip
_OLD: dict[str, Any] = {
    "xrange": range, "basestring": str, "unicode": str, "unichr": chr, "long": int, "reduce": functools.reduce,
    "raw_input": _input,
}  # fmt: skip

#: module -> what it holds
BRIDGES: dict[str, dict[str, Any]] = {
    "six": {
        **_VIEWS, **_TYPES, "u": str, "b": lambda text: text.encode("latin-1"), "next": next, "print_": print,
        "wraps": functools.wraps, "StringIO": io.StringIO, "BytesIO": io.BytesIO,
    },
    "six.moves": {
        "range": range, "xrange": range, "zip": zip, "map": map, "filter": filter, "reduce": functools.reduce,
        "input": _input, "cPickle": pickle, "zip_longest": itertools.zip_longest, "StringIO": io.StringIO,
        "filterfalse": itertools.filterfalse, "builtins": builtins,
    },
    "past": {},
    "past.builtins": {
        **_OLD, "range": _listed(range), "map": _listed(map), "filter": _listed(filter), "str": str, "dict": dict,
        "int": int, "chr": chr, "cmp": lambda a, b: (a > b) - (a < b),
    },
    "past.utils": {"old_div": _old_div},
    "future": {},
    "future.builtins": dict(_TODAY),
    "future.utils": {**_VIEWS, **_TYPES, "lrange": _listed(range), "lmap": _listed(map), "lzip": _listed(zip)},
}  # fmt: skip
ROOTS = frozenset(name.split(".")[0] for name in BRIDGES)
