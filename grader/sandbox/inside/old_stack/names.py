"""Names, methods and modules that have gone, and lists that are none any more."""

from __future__ import annotations

import functools
import itertools
import operator
import string
import sys
from typing import Any, Callable, Iterable

import numpy as np

from .notes import Notes


def _compare(a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


def key_by(compare: Any, key: Any) -> Any:
    by = functools.cmp_to_key(compare)
    return by if key is None else lambda item: by(key(item))


def _sorted(iterable: Iterable[Any], cmp: Any = None, key: Any = None, reverse: bool = False) -> list[Any]:
    return sorted(iterable, key=key if cmp is None else key_by(cmp, key), reverse=reverse)


class OldList(list):  # type: ignore[type-arg]
    """A list that Python 3 would not have made: notes what only a list can do.

    `has_length` tells whether its modern form has a length (`d.keys()`), `has_items` whether items (`range`).
    """

    def __init__(self, items: Iterable[Any], stack: Notes, has_length: bool = True, has_items: bool = False) -> None:
        list.__init__(self, items)
        self.stack, self.has_length, self.has_items = stack, has_length, has_items
        self.passed = 0  # by `next`, for text that knows it as an iterator

    def __next__(self) -> Any:
        if self.passed >= len(self):
            raise StopIteration
        self.passed += 1
        return list.__getitem__(self, self.passed - 1)

    def __and__(self, other: Iterable[Any]) -> set[Any]:
        return set(self) & set(other)

    def __or__(self, other: Iterable[Any]) -> set[Any]:
        return set(self) | set(other)

    def __sub__(self, other: Iterable[Any]) -> set[Any]:
        return set(self) - set(other)

    def __getitem__(self, index: Any) -> Any:
        if not self.has_items:
            self.stack.note("list")
        return list.__getitem__(self, index)


def _noting(name: str) -> Any:
    method = getattr(list, name)

    def noting(self: OldList, *arguments: Any, **named: Any) -> Any:
        self.stack.note("list")
        return method(self, *arguments, **named)

    return noting


for _name in (
    "sort", "append", "extend", "insert", "pop", "remove", "reverse", "__setitem__", "__delitem__", "__add__",
    "__mul__",
):  # fmt: skip
    setattr(OldList, _name, _noting(_name))


def _map(function: Any, *iterables: Iterable[Any]) -> list[Any]:
    if function is None:
        return [*iterables[0]] if len(iterables) == 1 else [*itertools.zip_longest(*iterables)]
    return list(map(function, *iterables))


def _filter(function: Any, iterable: Iterable[Any]) -> Any:
    kept = filter(function, iterable)
    if isinstance(iterable, str):
        return "".join(kept)
    return tuple(kept) if isinstance(iterable, tuple) else list(kept)


def _range(*bounds: Any) -> list[int]:
    return list(range(*bounds))


def _zip(*iterables: Iterable[Any], **named: Any) -> list[Any]:
    return list(zip(*iterables, **named))


PYTHON_2_NAMES: dict[str, Any] = {
    "xrange": range, "unicode": str, "basestring": str, "unichr": chr, "long": int, "reduce": functools.reduce,
    "raw_input": lambda prompt="": input(prompt), "reload": lambda module: module, "cmp": _compare,
    "apply": lambda function, arguments=(), named=None: function(*arguments, **(named or {})),
    "intern": sys.intern, "buffer": memoryview, "file": open, "StandardError": Exception,
}  # fmt: skip


def python_2_builtins(stack: Notes) -> dict[str, Any]:
    def old_list(made: Callable[..., Any], **kind: bool) -> Callable[..., Any]:
        def make(*arguments: Any, **named: Any) -> Any:
            items = made(*arguments, **named)
            return OldList(items, stack, **kind) if type(items) is list else items

        make.__name__ = made.__name__.strip("_")
        return make

    def length(items: Any) -> int:
        if type(items) is OldList and not items.has_length:
            stack.note("list")
        return len(items)

    made: dict[str, Callable[..., Any]] = {"map": _map, "filter": _filter, "zip": _zip}
    lists = {name: old_list(function, has_length=False) for name, function in made.items()}
    return {**PYTHON_2_NAMES, **lists, "range": old_list(_range, has_items=True), "sorted": _sorted, "len": length}


def replaced_method(owner: Any, name: str) -> Any:
    if isinstance(owner, dict):
        if name == "has_key":
            return lambda mapping, key: key in mapping
        if name.startswith(("iter", "view")):
            return lambda mapping: iter(getattr(mapping, name[4:])())
    if name == "next" and hasattr(owner, "__next__"):
        return next
    if isinstance(owner, (np.ndarray, np.generic)):
        return ARRAY_METHODS.get(name)
    return None


def _itemset(array: Any, *arguments: Any) -> None:
    *index, value = arguments
    array[tuple(index) if len(index) > 1 else np.unravel_index(index[0], array.shape) if index else ()] = value


ARRAY_METHODS: dict[str, Any] = {
    "tostring": lambda array, order="C": array.tobytes(order),
    "ptp": lambda array, *arguments, **named: np.ptp(array, *arguments, **named),
    "newbyteorder": lambda array, order="S": array.view(array.dtype.newbyteorder(order)),
    "itemset": _itemset,
}

NUMPY_NAMES: dict[str, Any] = {
    **dict.fromkeys(("float", "float_"), float), **dict.fromkeys(("int", "int0", "long"), int), "bool": bool,
    **dict.fromkeys(("object", "object0"), object), **dict.fromkeys(("str", "unicode"), str), "uint0": np.uintp,
    **dict.fromkeys(("complex", "complex_", "cfloat", "singlecomplex"), complex), "bool8": np.bool_,
    "float_": np.float64, "complex_": np.complex128, "cfloat": np.complex128, "singlecomplex": np.complex64,
    **dict.fromkeys(("longfloat",), np.longdouble), **dict.fromkeys(("clongfloat", "longcomplex"), np.clongdouble),
    "string_": np.bytes_, "unicode_": np.str_,
    **dict.fromkeys(("Inf", "Infinity", "infty", "PINF"), np.inf), "NINF": -np.inf, "NaN": np.nan, "PZERO": 0.0,
    "NZERO": -0.0, "product": np.prod, "cumproduct": np.cumprod, "alltrue": np.all, "sometrue": np.any,
    "in1d": lambda a, b, *rest, **named: np.isin(np.ravel(a), b, *rest, **named), "row_stack": np.vstack,
    "trapz": getattr(np, "trapezoid", None), "asscalar": lambda a: np.asarray(a).item(), "rank": np.ndim,
    "alen": lambda a: len(np.atleast_1d(a)), "msort": lambda a: np.sort(a, axis=0), "round_": np.round,
    "mat": np.asmatrix, "asfarray": lambda a, dtype=np.float64: np.asarray(a, dtype=dtype),
    "issubclass_": issubclass, "find_common_type": lambda a, b: np.result_type(*a, *b),
}  # fmt: skip


def random_integers(low: Any, high: Any = None, size: Any = None) -> Any:
    low, high = (1, low) if high is None else (low, high)
    return np.random.randint(low, high + 1, size=size)


MODULES: dict[str, str] = {
    "cPickle": "pickle", "StringIO": "io", "cStringIO": "io", "Queue": "queue", "ConfigParser": "configparser",
    "copy_reg": "copyreg", "urlparse": "urllib.parse", "__builtin__": "builtins", "HTMLParser": "html.parser",
    "UserDict": "collections", "UserList": "collections", "thread": "_thread", "exceptions": "builtins",
}  # fmt: skip
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "string": {
        "letters": string.ascii_letters, "lowercase": string.ascii_lowercase, "uppercase": string.ascii_uppercase,
        "join": lambda words, separator=" ": separator.join(words), "maketrans": str.maketrans,
        **{name: getattr(str, name) for name in ("lower", "upper", "strip", "split", "replace", "find", "zfill")},
        "atoi": int, "atof": float,
    },
    "itertools": {
        "izip": zip, "imap": map, "ifilter": filter, "izip_longest": itertools.zip_longest,
        "ifilterfalse": itertools.filterfalse,
    },
    "sys": {"maxint": sys.maxsize, "setdefaultencoding": lambda name: None},
    "operator": {"div": operator.floordiv, "isCallable": callable},
    "numpy.lib": {"pad": np.pad},
}  # fmt: skip


def later_attributes() -> dict[str, dict[str, Any]]:
    """What went out of the standard library during Python 3."""
    import collections.abc
    import math
    import time

    return {
        "time": {"clock": time.process_time},
        "fractions": {"gcd": math.gcd},
        "collections": {name: getattr(collections.abc, name) for name in collections.abc.__all__},
    }
