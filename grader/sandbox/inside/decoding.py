"""Reads frames of the wire format (see `wire`), whatever their bytes are.

The reader is a generator that asks for bytes and never sees a file descriptor, so that a poll loop, a blocking
read or a test can drive it.  It checks every number against `Bounds` before it allocates: a hostile frame costs
its reader no more than a frame of the permitted size does.
"""

from __future__ import annotations

import json
import re
from math import prod
from typing import Any, Callable, Generator

import numpy as np

from .wire import (
    INTEGER_DIGITS,
    ITEM_BYTES,
    MAGIC,
    MAX_DEPTH,
    MAX_RANK,
    POOL_BYTES,
    PREFIX,
    Bounds,
    Node,
    ProtocolError,
    excess,
)

Special = Callable[[Node], Any]
Parser = Generator[memoryview, None, Any]


def decode(special: Special, bounds: Bounds) -> Parser:
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
    claims, total = _checked_table(table, bounds)
    arrays = []
    if total <= POOL_BYTES:
        pool = bytearray(total)
        if total:
            yield memoryview(pool)
        offset = 0
        for dtype, shape in claims:
            arrays.append(_of_pool(pool, offset, dtype, tuple(shape)))
            offset += arrays[-1].nbytes
    else:
        for dtype, shape in claims:
            array: np.ndarray[Any, Any] = np.empty(shape, dtype=np.uint8 if dtype == "|b1" else dtype)
            if array.size:
                yield array.reshape(-1).view(np.uint8).data
            arrays.append(_as_booleans(array) if dtype == "|b1" else array)
    return _Decoder(special, arrays, bounds).value(body, 0)


def _of_pool(pool: bytearray, offset: int, dtype: str, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """An array whose bytes lie in a pool, where they are if they are aligned there."""
    if not prod(shape):
        return np.empty(shape, dtype)
    array: np.ndarray[Any, Any] = np.ndarray(shape, _DTYPES[dtype], pool, offset)
    if dtype == "|b1":
        return _as_booleans(array)
    return array if offset % _DTYPES[dtype].alignment == 0 else array.copy()


_DTYPES = {dtype: np.dtype("|u1" if dtype == "|b1" else dtype) for dtype in ITEM_BYTES}


def _parse_header(header: bytes, bounds: Bounds) -> tuple[Any, Any]:
    reason = excess(header, bounds)
    if reason:
        raise ProtocolError(reason)
    try:
        read = _with_long_integers if _LONG.search(header) else _json
        parsed = read(header.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header is not the expected JSON") from error
    if type(parsed) is not list or len(parsed) != 2:
        raise ProtocolError("the header is not a pair")
    return parsed[0], parsed[1]


def _pair(node: tuple[tuple[str, Any], ...]) -> tuple[str, Any]:
    """The tag of an object of the header, and its payload."""
    if len(node) != 1:
        raise ProtocolError("an object of the header has not exactly one key")
    return node[0]


def _bounded_integer(digits: str) -> int:
    if len(digits) > INTEGER_DIGITS:
        raise ProtocolError("an integer has more than %d digits" % INTEGER_DIGITS)
    return int(digits)


def _no_constant(name: str) -> float:
    raise ProtocolError("%s is not written like this" % name)


_LONG = re.compile(rb"\d{%d}" % INTEGER_DIGITS)  # of an integer, or in a text
#: An object becomes a tuple of its pairs, so that a key that comes twice is seen.
_json = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_no_constant).decode
_with_long_integers = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=_bounded_integer, parse_constant=_no_constant
).decode


def _checked_table(table: Any, bounds: Bounds) -> tuple[list[tuple[str, list[int]]], int]:
    """The table of arrays, and how many bytes they take."""
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
            claimed *= length or 1  # numpy refuses (0, 2**62) as well
            if claimed > bounds.array_bytes:
                raise ProtocolError("an array is larger than permitted")
        total += 0 if empty else claimed
        if total > bounds.array_bytes:
            raise ProtocolError("the arrays are larger than permitted")
    return table, total


def _as_booleans(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # A numpy boolean made of any other byte behaves like neither True nor False.
    if array.size and int(array.max()) > 1:
        raise ProtocolError("a boolean is neither 0 nor 1")
    return array.view(np.bool_)


def printable(text: str) -> str:
    """The text without lone surrogates, which could be written to no file, page or terminal."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class _Decoder:
    def __init__(self, special: Special, arrays: list[np.ndarray[Any, Any]], bounds: Bounds) -> None:
        self.special = special
        self.arrays = arrays
        self.named: set[int] = set()
        self.repeats = bounds.repeats
        self.left = bounds.arrays  # of what columns may still be made into

    def value(self, node: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ProtocolError("the value is nested more than %d levels deep" % MAX_DEPTH)
        kind = type(node)
        if kind is list:
            return [self.value(item, depth + 1) for item in node]
        if kind is str:
            return printable(node)
        if kind is not tuple:
            return node
        tag, payload = _pair(node)
        if tag == "a":
            return self.array(payload)
        if tag == "s":
            return self.scalar(payload)
        if tag == "t" and type(payload) is list:
            return tuple([self.value(item, depth + 1) for item in payload])
        if tag == "d" and type(payload) is list:
            return self.mapping(payload, depth)
        if tag == "k":
            return self.column(payload, depth + 1)
        if tag == "f" and payload in ("nan", "inf", "-inf"):
            return float(payload)
        if tag == "c" and type(payload) is list and len(payload) == 2:
            return complex(self.real(payload[0]), self.real(payload[1]))
        return self.special(Node(tag, payload))

    def array(self, index: Any) -> np.ndarray[Any, Any]:
        if type(index) is not int or not 0 <= index < len(self.arrays):
            raise ProtocolError("there is no such array")
        array, is_first = self.arrays[index], index not in self.named
        self.named.add(index)
        if self.repeats:
            # What the submission gets owns its memory, like any array that it makes, and shares it with no other.
            return array if is_first and array.base is None else array.copy()
        # Each is named once: whoever joins the arrays of a message gets no more bytes than the message had.
        if not is_first:
            raise ProtocolError("an array is named twice")
        return array

    def scalar(self, index: Any) -> Any:
        array = self.array(index)
        if array.ndim:
            raise ProtocolError("a scalar has a shape")
        return array[()]

    # --- columns -----------------------------------------------------------------------------------------

    def column(self, node: Any, depth: int) -> list[Any]:
        """The values of a column."""
        if depth > MAX_DEPTH:
            raise ProtocolError("the value is nested more than %d levels deep" % MAX_DEPTH)
        if type(node) is list:
            return [self.value(item, depth + 1) for item in node]
        if type(node) is not tuple:
            raise ProtocolError("unknown column")
        tag, payload = _pair(node)
        if tag == "A":
            return self.rows(payload)
        if tag == "S":
            return self.made(list(self.of_rank(payload, 1, 1)))
        if tag == "T" and type(payload) is list:
            return self.made(list(zip(*self.columns(payload, depth))))
        if tag == "D" and type(payload) is list:
            return self.mappings(payload, depth)
        if tag == "R" and self.repeats:
            return self.repeated(payload[0], payload[1], depth)
        raise ProtocolError("unknown column")

    def made(self, values: list[Any]) -> list[Any]:
        """The values, counted: a few bytes of a column become many objects."""
        self.left -= len(values)
        if self.left < 0:
            raise ProtocolError("columns hold more values than permitted")
        return values

    def rows(self, index: Any) -> list[Any]:
        array = self.of_rank(index, 2, MAX_RANK)
        return self.made([row.copy() for row in array] if self.repeats else list(array))

    def of_rank(self, index: Any, lowest: int, highest: int) -> np.ndarray[Any, Any]:
        array = self.array(index)
        if not lowest <= array.ndim <= highest:
            raise ProtocolError("a column has not the rank of one")
        if len(array) > self.left:
            raise ProtocolError("columns hold more values than permitted")
        return array

    def columns(self, nodes: list[Any], depth: int) -> list[list[Any]]:
        """Columns of one length, one at least."""
        columns = [self.column(node, depth + 1) for node in nodes]
        if len({len(column) for column in columns}) != 1:
            raise ProtocolError("columns of one list have several lengths")
        return columns

    def mappings(self, payload: list[Any], depth: int) -> list[Any]:
        if not all(type(item) is list and len(item) == 2 and type(item[0]) in (str, int) for item in payload):
            raise ProtocolError("an entry of a dict is no pair of key and value")
        keys = [self.value(item[0], depth) for item in payload]
        if len(set(keys)) != len(keys):
            raise ProtocolError("a dict has a key twice")
        columns = self.columns([item[1] for item in payload], depth)
        return self.made([dict(zip(keys, row)) for row in zip(*columns)])

    def repeated(self, node: Any, indices: list[int], depth: int) -> list[Any]:
        """Each time a value is repeated it is read anew, so that no two share memory."""
        if type(node) is list:
            return [self.value(node[i], depth + 1) for i in indices]
        values = self.column(node, depth + 1)
        return [values[i].copy() for i in indices]

    # -----------------------------------------------------------------------------------------------------

    def mapping(self, payload: list[Any], depth: int) -> Any:
        mapping = {}
        for item in payload:
            if type(item) is not list or len(item) != 2 or type(item[0]) not in (str, int):
                raise ProtocolError("an entry of a dict is no pair of key and value")
            key, value = item
            mapping[printable(key) if type(key) is str else key] = self.value(value, depth + 1)
        if len(mapping) != len(payload):
            raise ProtocolError("a dict has a key twice")
        return mapping

    def real(self, node: Any) -> float:
        value = self.value(node, MAX_DEPTH)
        if type(value) not in (int, float):
            raise ProtocolError("a part of a complex number is no real number")
        return float(value)


def read_with(parser: Parser, read_into: Callable[[memoryview], int]) -> Any:
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


def decode_only(node: Any) -> Any:
    """A `special` for messages that hold plain data alone."""
    raise ProtocolError("unknown tag")
