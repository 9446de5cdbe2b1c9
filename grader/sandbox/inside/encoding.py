"""Writes frames of the wire format (see `wire`)."""

from __future__ import annotations

import json
import math
from typing import Any, Callable, Collection

import numpy as np

from .wire import INTEGER_BITS, MAGIC, MAX_DEPTH, MAX_RANK, POOL_BYTES, PREFIX, Bounds, Column, Unsendable, excess

NUMERIC_KINDS = "biufc"
Special = Callable[[Any], Any]


def encode(value: Any, special: Special, bounds: Bounds, known: Collection[int] = ()) -> list[Any]:
    """The buffers of the frame for `value`, ready to be written one after another.

    `special(obj)` returns the JSON object for anything that is not plain data, and for arrays whose id is `known`.
    Subclasses of the plain types are reduced to the plain type through the base class's own methods, so overridden
    ones are never asked.  Raises `Unsendable`.
    """
    encoder = _Encoder(special, bounds, known)
    body = encoder.node(value, 0)
    table = [[_names[array.dtype], shape] for array, shape in encoder.arrays]
    header = _json([body, table]).encode("ascii")
    reason = excess(header, bounds)
    if reason:
        raise Unsendable(reason)
    start = PREFIX.pack(MAGIC, len(header)) + header
    if encoder.bytes <= POOL_BYTES:
        return [b"".join([start, *[array.tobytes() for array, _ in encoder.arrays]])]
    return [start, *[array.reshape(-1).view(np.uint8).data for array, _ in encoder.arrays if array.size]]


_json = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode  # a tree of our own


class _Encoder:
    def __init__(self, special: Special, bounds: Bounds, known: Collection[int]) -> None:
        self.special = special
        self.known = known
        self.bounds = bounds
        self.arrays: list[tuple[np.ndarray[Any, Any], tuple[int, ...]]] = []
        self.bytes = 0
        self.items = 0
        self.made = 0  # by columns

    def node(self, obj: Any, depth: int) -> Any:
        kind = type(obj)
        if obj is None or kind is bool or kind is str:
            return obj
        if kind is float:
            return _float_node(obj)
        if kind is int:
            return obj if obj.bit_length() <= INTEGER_BITS else self.special(obj)
        if kind is np.ndarray:
            return self.special(obj) if id(obj) in self.known else self.array_node("a", obj, obj)
        if kind is dict or kind is list or kind is tuple:
            return self.container_node(obj, kind, depth)
        if issubclass(kind, np.ndarray):
            if issubclass(kind, np.ma.MaskedArray) and np.ma.is_masked(obj):  # asked of no others: it is loaded late
                return self.special(obj)  # what its masked places hold is nothing that anybody gave
            return self.array_node("a", np.ndarray.view(obj, np.ndarray), obj)
        if issubclass(kind, np.generic):
            return self.array_node("s", np.asarray(obj), obj)
        if issubclass(kind, (list, tuple, dict)):
            return self.container_node(obj, kind, depth)
        if kind is Column:
            return {"k": self.column(list(obj.values), depth)}
        return self.subclass_node(obj, kind)

    def subclass_node(self, obj: Any, kind: type) -> Any:
        if issubclass(kind, float):
            return _float_node(float.__float__(obj))
        if issubclass(kind, complex):
            number = complex.__pos__(obj)
            return {"c": [_float_node(number.real), _float_node(number.imag)]}
        if issubclass(kind, str):
            return str.__str__(obj)
        if issubclass(kind, int) and int.bit_length(obj) <= INTEGER_BITS:
            return int.__int__(obj)
        return self.special(obj)

    def container_node(self, obj: Any, kind: type, depth: int) -> Any:
        if depth >= MAX_DEPTH:
            raise Unsendable("it is nested more than %d levels deep" % MAX_DEPTH)
        if issubclass(kind, dict):
            pairs = list(dict.items(obj))
            self.count(2 * len(pairs))
            if set(map(type, dict.keys(obj))) != _TEXT and not all(_is_key(key) for key, _ in pairs):
                return self.special(obj)
            return {"d": [[_plain_key(key), self.node(value, depth + 1)] for key, value in pairs]}
        if issubclass(kind, tuple):
            self.count(tuple.__len__(obj))
            return {"t": [self.node(item, depth + 1) for item in tuple.__iter__(obj)]}
        self.count(list.__len__(obj))
        return [self.node(item, depth + 1) for item in list.__iter__(obj)]

    def count(self, items: int) -> None:
        self.items += items
        if self.items > self.bounds.items:
            raise Unsendable("it has more than %d elements outside arrays" % self.bounds.items)

    def array_node(self, tag: str, array: np.ndarray[Any, Any], obj: Any) -> Any:
        if array.dtype.kind not in NUMERIC_KINDS or array.ndim > MAX_RANK:
            return self.special(obj)
        dtype = _wire_dtype(array.dtype)
        self.claim(array.size * dtype.itemsize)  # before the copy: strides of zero let a tiny array claim any size
        if array.dtype is not dtype or not array.flags.c_contiguous:
            return {tag: self.added(np.ascontiguousarray(array, dtype=dtype), array.shape)}
        return {tag: self.added(array, array.shape)}

    def claim(self, size: int) -> None:
        """Make sure that one more array of so many bytes may be sent."""
        self.bytes += size
        if self.bytes > self.bounds.array_bytes:
            raise Unsendable("its arrays take more than %d bytes" % self.bounds.array_bytes)
        if len(self.arrays) >= self.bounds.arrays:
            raise Unsendable("it has more than %d arrays" % self.bounds.arrays)

    def added(self, array: np.ndarray[Any, Any], shape: tuple[int, ...]) -> int:
        self.arrays.append((array, shape))
        return len(self.arrays) - 1

    # --- columns: the types are exact, so nothing of a value's own is asked -------------------------------

    def column(self, values: list[Any], depth: int) -> Any:
        """The column of a list of values."""
        self.count(len(values))
        if len(values) > 1 and self.made + len(values) <= self.bounds.arrays:
            if depth >= MAX_DEPTH:
                raise Unsendable("it is nested more than %d levels deep" % MAX_DEPTH)
            column = self.columns_of(values, type(values[0]), depth)
            if column is not None:
                self.made += len(values)
                return column
        return [self.node(value, depth + 1) for value in values]

    def columns_of(self, values: list[Any], kind: type, depth: int) -> Any:
        """The column of two values or more, None where they have too little in common."""
        if set(map(type, values)) != {kind}:
            return None
        if self.bounds.repeats:
            identities = list(map(id, values))
            distinct = dict(zip(identities, values))
            if len(distinct) < len(values):
                places = {key: i for i, key in enumerate(distinct)}
                column = self.stack(list(distinct.values()), kind) if len(distinct) > 1 else None
                if column is None:
                    column = [self.node(value, depth + 1) for value in distinct.values()]
                return {"R": [column, list(map(places.__getitem__, identities))]}
        if kind is tuple and values[0] and len({len(value) for value in values}) == 1:
            return {"T": [self.column(list(parts), depth + 1) for parts in zip(*values)]}
        if kind is dict and values[0]:
            keys = list(values[0])
            if all(map(_is_key, keys)) and list(map(list, values)).count(keys) == len(values):
                return {"D": [[_plain_key(key), self.column([v[key] for v in values], depth + 1)] for key in keys]}
        return self.stack(values, kind)

    def stack(self, values: list[Any], kind: type) -> Any:
        """Arrays of one shape as the rows of one array, scalars as its items; None if they are neither."""
        if kind is np.ndarray and len({(value.dtype, value.shape) for value in values}) == 1:
            tag, shape = "A", values[0].shape
        elif kind in _SCALARS:
            tag, shape = "S", ()
        else:
            return None
        if values[0].dtype.kind not in NUMERIC_KINDS or len(shape) >= MAX_RANK or (tag == "A") != bool(shape):
            return None
        dtype = _wire_dtype(values[0].dtype)
        self.claim(len(values) * values[0].size * dtype.itemsize)
        stack: np.ndarray[Any, Any] = np.empty((len(values), *shape), dtype)
        for i, value in enumerate(values):
            stack[i] = value
        return {tag: self.added(stack, stack.shape)}


_SCALARS = {np.dtype(code).type for code in "?bhilqBHILQefdgFDG"}


def _float_node(number: float) -> Any:
    return number if math.isfinite(number) else {"f": repr(number)}


_TEXT = {str}


def _is_key(key: Any) -> bool:
    if issubclass(type(key), (str, np.integer)):
        return True
    return issubclass(type(key), int) and int.bit_length(key) <= INTEGER_BITS


def _plain_key(key: Any) -> Any:
    if type(key) is str:
        return key
    return str.__str__(key) if issubclass(type(key), str) else int(key)


_wire_dtypes: dict[np.dtype[Any], np.dtype[Any]] = {}
_names: dict[np.dtype[Any], str] = {}  # of the types on the wire


def _wire_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The little-endian dtype of at most 64 bits a component that holds `dtype` on the wire."""
    found = _wire_dtypes.get(dtype)
    if found is None:
        largest = 16 if dtype.kind == "c" else 8
        size = dtype.itemsize if dtype.itemsize <= largest else largest
        wire = np.dtype("%s%d" % (dtype.kind, size)).newbyteorder("<")
        found = _wire_dtypes[dtype] = dtype if wire == dtype else wire  # the very object, to be known again by it
        _names[found] = found.str
    return found


def encode_only(obj: Any) -> Any:
    """A `special` for messages that hold plain data alone."""
    raise Unsendable("a %s cannot be sent" % type(obj).__name__)
