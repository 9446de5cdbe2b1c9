"""The wire format: frames that carry plain values and raw arrays, used on both sides of the pipe.

    frame  = b"CEL1" | u32 little-endian length of the header | header | bytes of the arrays, back to back
    header = JSON [value, [[dtype, [n0, n1, ...]], ...]]

    value  = null | true | false | int | finite float | string | [value, ...]
           | {"f": "nan" | "inf" | "-inf"} | {"c": [re, im]}          floats that JSON lacks, complex numbers
           | {"t": [value, ...]} | {"d": [[key, value], ...]}         tuple, dict (keys: strings and integers)
           | {"a": i} | {"s": i}                                      i-th array, i-th array as a numpy scalar
           | {other tag: JSON}                                        what `special` of either side makes of it

Every array is C-ordered and little-endian.  Nothing is ever unpickled or evaluated.  The reader is a generator
that asks for bytes and never sees a file descriptor, so that it can be driven by a poll loop, a blocking read or
a test.  It checks every number against `Bounds` *before* it allocates: a hostile frame costs a reader no more
than a frame of the permitted size does.
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any, Callable, Generator, List, NamedTuple, Tuple

import numpy as np

MAGIC = b"CEL1"
PREFIX = struct.Struct("<4sI")

ITEM_BYTES = {
    "|b1": 1, "|i1": 1, "|u1": 1, "<i2": 2, "<u2": 2, "<f2": 2, "<i4": 4, "<u4": 4, "<f4": 4,
    "<i8": 8, "<u8": 8, "<f8": 8, "<c8": 8, "<c16": 16,
}  # fmt: skip
NUMERIC_KINDS = "biufc"
MAX_RANK = 32
MAX_DEPTH = 32
INTEGER_BITS = 127  # larger integers are not data but arithmetic gone astray; they stay in the cell
INTEGER_DIGITS = 40

Special = Callable[[Any], Any]


class Bounds(NamedTuple):
    """What a frame may hold.  A JSON container of three bytes costs about two hundred once parsed, hence
    their own bound: a header of the full size parses into less than 150 MB."""

    array_bytes: int
    header_bytes: int = 8 << 20
    arrays: int = 65_536
    containers: int = 400_000
    items: int = 1_000_000


class ProtocolError(Exception):
    """The bytes are no frame of this format, or a frame beyond the bounds."""


class Unsendable(Exception):
    """The value cannot travel: it is too large or nested too deeply for the bounds."""


class Node(NamedTuple):
    """A JSON object of the header: exactly one tag and its payload."""

    tag: str
    payload: Any


# --- writing ---------------------------------------------------------------------------------------------


def encode(value: Any, special: Special, bounds: Bounds) -> List[Any]:
    """The buffers of the frame for `value`, ready to be written one after another.

    `special(obj)` returns the JSON object for anything that is not plain data.  Subclasses of the plain types
    are reduced to the plain type through the base class's own methods, so overridden ones are never asked.
    Raises `Unsendable`.
    """
    encoder = _Encoder(special, bounds)
    body = encoder.node(value, 0)
    table = [[array.dtype.str, shape] for array, shape in encoder.arrays]
    header = json.dumps([body, table], separators=(",", ":"), allow_nan=False).encode("ascii")
    reason = _excess(header, bounds)
    if reason:
        raise Unsendable(reason)
    buffers: List[Any] = [PREFIX.pack(MAGIC, len(header)) + header]
    buffers.extend(memoryview(array.reshape(-1).view(np.uint8)) for array, _ in encoder.arrays if array.size)
    return buffers


class _Encoder:
    def __init__(self, special: Special, bounds: Bounds) -> None:
        self.special = special
        self.bounds = bounds
        self.arrays: List[Tuple[np.ndarray[Any, Any], Tuple[int, ...]]] = []
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


def _excess(header: bytes, bounds: Bounds) -> str:
    """Which bound the text of a header breaks, "" when none; counts inside strings too, on the safe side."""
    if len(header) > bounds.header_bytes:
        return "its parts outside arrays take more than %d bytes" % bounds.header_bytes
    if header.count(b"[") + header.count(b"{") > bounds.containers:
        return "it has more than %d lists, tuples and dicts" % bounds.containers
    if header.count(b",") > 2 * bounds.items:
        return "it has more than %d elements outside arrays" % bounds.items
    return ""


# --- reading ---------------------------------------------------------------------------------------------


def decode(special: Special, bounds: Bounds) -> Generator[memoryview, None, Any]:
    """Read one frame: yields each buffer that it wants filled completely, returns the value.

    `special(node)` turns a `Node` with a tag that is not the format's own into a value.
    Raises `ProtocolError` whatever the bytes are.
    """
    prefix = bytearray(PREFIX.size)
    yield memoryview(prefix)
    magic, length = PREFIX.unpack(prefix)
    if magic != MAGIC or length > bounds.header_bytes:
        raise ProtocolError("the bytes do not begin like a frame")
    header = bytearray(length)
    if length:
        yield memoryview(header)
    body, table = _parse_header(bytes(header), bounds)
    arrays = []
    for dtype, shape in _checked_table(table, bounds):
        array: np.ndarray[Any, Any] = np.empty(shape, dtype=np.uint8 if dtype == "|b1" else dtype)
        if array.size:
            yield memoryview(array.reshape(-1).view(np.uint8))
        arrays.append(_as_booleans(array) if dtype == "|b1" else array)
    return _Decoder(special, arrays).value(body, 0)


def _parse_header(header: bytes, bounds: Bounds) -> Tuple[Any, Any]:
    reason = _excess(header, bounds)
    if reason:
        raise ProtocolError(reason)
    try:
        parsed = json.loads(
            header.decode("utf-8"),
            object_pairs_hook=_single_pair,
            parse_int=_bounded_integer,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header is not the expected JSON") from error
    if type(parsed) is not list or len(parsed) != 2:
        raise ProtocolError("the header is not a pair")
    return parsed[0], parsed[1]


def _single_pair(pairs: List[Tuple[str, Any]]) -> Node:
    if len(pairs) != 1:
        raise ProtocolError("an object of the header has not exactly one key")
    return Node(*pairs[0])


def _bounded_integer(digits: str) -> int:
    if len(digits) > INTEGER_DIGITS:
        raise ProtocolError("an integer has more than %d digits" % INTEGER_DIGITS)
    return int(digits)


def _no_constant(name: str) -> float:
    raise ProtocolError("%s is not written like this" % name)


def _checked_table(table: Any, bounds: Bounds) -> List[Tuple[str, List[int]]]:
    if type(table) is not list or len(table) > bounds.arrays:
        raise ProtocolError("the table of arrays is no list of a permitted length")
    total = 0
    for entry in table:
        if type(entry) is not list or len(entry) != 2:
            raise ProtocolError("an entry of the table of arrays is no pair")
        dtype, shape = entry
        if type(dtype) is not str or dtype not in ITEM_BYTES:
            raise ProtocolError("unknown dtype")
        if type(shape) is not list or len(shape) > MAX_RANK:
            raise ProtocolError("the shape is no list of a permitted length")
        claimed = ITEM_BYTES[dtype]
        empty = False
        for length in shape:
            if type(length) is not int or length < 0:
                raise ProtocolError("a length is no natural number")
            empty = empty or length == 0
            claimed *= max(length, 1)  # numpy refuses (0, 2**62) as well
            if claimed > bounds.array_bytes:
                raise ProtocolError("an array is larger than permitted")
        total += 0 if empty else claimed
        if total > bounds.array_bytes:
            raise ProtocolError("the arrays are larger than permitted")
    return table


def _as_booleans(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # A numpy boolean made of any other byte behaves like neither True nor False.
    if array.size and int(array.max()) > 1:
        raise ProtocolError("a boolean is neither 0 nor 1")
    return array.view(np.bool_)


class _Decoder:
    def __init__(self, special: Special, arrays: List[np.ndarray[Any, Any]]) -> None:
        self.special = special
        self.arrays = arrays

    def value(self, node: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ProtocolError("the value is nested more than %d levels deep" % MAX_DEPTH)
        if type(node) is list:
            return [self.value(item, depth + 1) for item in node]
        if type(node) is not Node:
            return node
        tag, payload = node
        if tag == "a":
            return self.array(payload)
        if tag == "s":
            return self.scalar(payload)
        if tag == "t" and type(payload) is list:
            return tuple([self.value(item, depth + 1) for item in payload])
        if tag == "d" and type(payload) is list:
            return self.mapping(payload, depth)
        if tag == "f" and payload in ("nan", "inf", "-inf"):
            return float(payload)
        if tag == "c" and type(payload) is list and len(payload) == 2:
            return complex(self.real(payload[0]), self.real(payload[1]))
        return self.special(node)

    def array(self, index: Any) -> np.ndarray[Any, Any]:
        if type(index) is not int or not 0 <= index < len(self.arrays):
            raise ProtocolError("there is no such array")
        return self.arrays[index]

    def scalar(self, index: Any) -> Any:
        array = self.array(index)
        if array.ndim:
            raise ProtocolError("a scalar has a shape")
        return array[()]

    def mapping(self, payload: List[Any], depth: int) -> Any:
        mapping = dict([self.pair(item, depth + 1) for item in payload])
        if len(mapping) != len(payload):
            raise ProtocolError("a dict has a key twice")
        return mapping

    def pair(self, item: Any, depth: int) -> Tuple[Any, Any]:
        if type(item) is not list or len(item) != 2 or type(item[0]) not in (str, int):
            raise ProtocolError("an entry of a dict is no pair of key and value")
        return item[0], self.value(item[1], depth)

    def real(self, node: Any) -> float:
        value = self.value(node, MAX_DEPTH)
        if type(value) not in (int, float):
            raise ProtocolError("a part of a complex number is no real number")
        return float(value)


def read_with(parser: Generator[memoryview, None, Any], read_into: Callable[[memoryview], int]) -> Any:
    """Run `parser` with a blocking `read_into`; raises EOFError when the bytes end."""
    try:
        view = next(parser)
        while True:
            while len(view):
                count = read_into(view)
                if not count:
                    raise EOFError("the bytes end within a frame")
                view = view[count:]
            view = next(parser)
    except StopIteration as end:
        return end.value


def encode_only(obj: Any) -> Any:
    """A `special` for messages that hold plain data alone."""
    raise Unsendable("a %s cannot be sent" % type(obj).__name__)


def decode_only(node: Any) -> Any:
    """A `special` for messages that hold plain data alone."""
    raise ProtocolError("unknown tag")
