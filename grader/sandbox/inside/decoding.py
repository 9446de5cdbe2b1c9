"""Reads frames of the wire format (see `wire`), whatever their bytes are.

The reader is a generator that asks for bytes and never sees a file descriptor, so that a poll loop, a blocking
read or a test can drive it.  It checks every number against `Bounds` before it allocates: a hostile frame costs
its reader no more than a frame of the permitted size does.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Generator

import numpy as np

from .wire import (
    INTEGER_DIGITS,
    ITEM_BYTES,
    MAGIC,
    MAX_DEPTH,
    MAX_RANK,
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
    arrays = []
    for dtype, shape in _checked_table(table, bounds):
        array: np.ndarray[Any, Any] = np.empty(shape, dtype=np.uint8 if dtype == "|b1" else dtype)
        if array.size:
            yield array.reshape(-1).view(np.uint8).data
        arrays.append(_as_booleans(array) if dtype == "|b1" else array)
    return _Decoder(special, arrays).value(body, 0)


def _parse_header(header: bytes, bounds: Bounds) -> tuple[Any, Any]:
    reason = excess(header, bounds)
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


def _single_pair(pairs: list[tuple[str, Any]]) -> Node:
    if len(pairs) != 1:
        raise ProtocolError("an object of the header has not exactly one key")
    return Node(*pairs[0])


def _bounded_integer(digits: str) -> int:
    if len(digits) > INTEGER_DIGITS:
        raise ProtocolError("an integer has more than %d digits" % INTEGER_DIGITS)
    return int(digits)


def _no_constant(name: str) -> float:
    raise ProtocolError("%s is not written like this" % name)


def _checked_table(table: Any, bounds: Bounds) -> list[tuple[str, list[int]]]:
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


def printable(text: str) -> str:
    """The text without lone surrogates, which could be written to no file, page or terminal."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class _Decoder:
    def __init__(self, special: Special, arrays: list[np.ndarray[Any, Any]]) -> None:
        self.special = special
        self.arrays: list[np.ndarray[Any, Any] | None] = [*arrays]

    def value(self, node: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ProtocolError("the value is nested more than %d levels deep" % MAX_DEPTH)
        if type(node) is list:
            return [self.value(item, depth + 1) for item in node]
        if type(node) is str:
            return printable(node)
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
        # Each is named once: whoever joins the arrays of a message gets no more bytes than the message had.
        array, self.arrays[index] = self.arrays[index], None
        if array is None:
            raise ProtocolError("an array is named twice")
        return array

    def scalar(self, index: Any) -> Any:
        array = self.array(index)
        if array.ndim:
            raise ProtocolError("a scalar has a shape")
        return array[()]

    def mapping(self, payload: list[Any], depth: int) -> Any:
        mapping = dict([self.pair(item, depth + 1) for item in payload])
        if len(mapping) != len(payload):
            raise ProtocolError("a dict has a key twice")
        return mapping

    def pair(self, item: Any, depth: int) -> tuple[Any, Any]:
        if type(item) is not list or len(item) != 2 or type(item[0]) not in (str, int):
            raise ProtocolError("an entry of a dict is no pair of key and value")
        return self.value(item[0], depth), self.value(item[1], depth)

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
