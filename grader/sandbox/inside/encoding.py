"""Writes frames of the wire format (see `wire`)."""

from __future__ import annotations

import json
import math
from typing import Any, Callable

import numpy as np

from .wire import INTEGER_BITS, MAGIC, MAX_DEPTH, MAX_RANK, PREFIX, Bounds, Unsendable, excess

NUMERIC_KINDS = "biufc"
Special = Callable[[Any], Any]


def encode(value: Any, special: Special, bounds: Bounds) -> list[Any]:
    """The buffers of the frame for `value`, ready to be written one after another.

    `special(obj)` returns the JSON object for anything that is not plain data.  Subclasses of the plain types
    are reduced to the plain type through the base class's own methods, so overridden ones are never asked.
    Raises `Unsendable`.
    """
    encoder = _Encoder(special, bounds)
    body = encoder.node(value, 0)
    table = [[array.dtype.str, shape] for array, shape in encoder.arrays]
    header = json.dumps([body, table], separators=(",", ":"), allow_nan=False).encode("ascii")
    reason = excess(header, bounds)
    if reason:
        raise Unsendable(reason)
    buffers: list[Any] = [PREFIX.pack(MAGIC, len(header)) + header]
    buffers.extend(array.reshape(-1).view(np.uint8).data for array, _ in encoder.arrays if array.size)
    return buffers


class _Encoder:
    def __init__(self, special: Special, bounds: Bounds) -> None:
        self.special = special
        self.bounds = bounds
        self.arrays: list[tuple[np.ndarray[Any, Any], tuple[int, ...]]] = []
        self.bytes = 0
        self.items = 0

    def node(self, obj: Any, depth: int) -> Any:
        kind = type(obj)
        if obj is None or kind is bool or kind is str:
            return obj
        if kind is float:
            return _float_node(obj)
        if kind is int:
            return obj if obj.bit_length() <= INTEGER_BITS else self.special(obj)
        if issubclass(kind, np.ndarray):
            return self.array_node("a", np.ndarray.view(obj, np.ndarray), obj)
        if issubclass(kind, np.generic):
            return self.array_node("s", np.asarray(obj), obj)
        if issubclass(kind, (list, tuple, dict)):
            return self.container_node(obj, kind, depth)
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
            if not all(_is_key(key) for key, _ in pairs):
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
        # Counted before the copy: strides of zero let a tiny array claim any size.
        self.bytes += array.size * dtype.itemsize
        if self.bytes > self.bounds.array_bytes:
            raise Unsendable("its arrays take more than %d bytes" % self.bounds.array_bytes)
        if len(self.arrays) >= self.bounds.arrays:
            raise Unsendable("it has more than %d arrays" % self.bounds.arrays)
        self.arrays.append((np.ascontiguousarray(array, dtype=dtype), array.shape))
        return {tag: len(self.arrays) - 1}


def _float_node(number: float) -> Any:
    return number if math.isfinite(number) else {"f": repr(number)}


def _is_key(key: Any) -> bool:
    if issubclass(type(key), (str, np.integer)):
        return True
    return issubclass(type(key), int) and int.bit_length(key) <= INTEGER_BITS


def _plain_key(key: Any) -> Any:
    return str.__str__(key) if issubclass(type(key), str) else int(key)


def _wire_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The little-endian dtype of at most 64 bits a component that holds `dtype` on the wire."""
    if dtype.kind == "f" and dtype.itemsize > 8:
        return np.dtype("<f8")
    if dtype.kind == "c" and dtype.itemsize > 16:
        return np.dtype("<c16")
    return np.dtype("%s%d" % (dtype.kind, dtype.itemsize)).newbyteorder("<")


def encode_only(obj: Any) -> Any:
    """A `special` for messages that hold plain data alone."""
    raise Unsendable("a %s cannot be sent" % type(obj).__name__)
