"""The wire format between the trusted side and a cell: frames that carry plain values and raw arrays.

    frame  = b"CEL1" | u32 little-endian length of the header | header | bytes of the arrays, back to back
    header = JSON [value, [[dtype, [n0, n1, ...]], ...]]

    value  = null | true | false | int | finite float | string | [value, ...]
           | {"f": "nan" | "inf" | "-inf"} | {"c": [re, im]}          floats that JSON lacks, complex numbers
           | {"t": [value, ...]} | {"d": [[key, value], ...]}         tuple, dict (keys: strings and integers)
           | {"a": i} | {"s": i}                                      i-th array, i-th array as a numpy scalar
           | {"k": column}                                            a list of many similar values, by columns
           | {other tag: JSON}                                        what `special` of either side makes of it

    column = [value, ...]                                             a value each
           | {"A": i} | {"S": i}                                      rows of the i-th array, its items as scalars
           | {"T": [column, ...]} | {"D": [[key, column], ...]}       tuples of one length, dicts with the same keys
           | {"R": [column, [i, ...]]}                                of each of these its i-th value; requests only

Every array is C-ordered and little-endian.  Nothing is ever unpickled or evaluated.  `encoding` writes frames,
`decoding` reads them; both sides of the pipe use both.
"""

from __future__ import annotations

import struct
from typing import Any, NamedTuple, Sequence

ADAPTATION = "<adaptation>"  # the file of what `Cell.adapt` sends
MAGIC = b"CEL1"
PREFIX = struct.Struct("<4sI")

ITEM_BYTES = {
    "|b1": 1, "|i1": 1, "|u1": 1, "<i2": 2, "<u2": 2, "<f2": 2, "<i4": 4, "<u4": 4, "<f4": 4,
    "<i8": 8, "<u8": 8, "<f8": 8, "<c8": 8, "<c16": 16,
}  # fmt: skip
MAX_RANK = 32
MAX_DEPTH = 32
INTEGER_BITS = 127  # larger integers are not data but arithmetic gone astray; they stay in the cell
INTEGER_DIGITS = 40
POOL_BYTES = 1 << 16  # arrays that take no more together are written and read in one piece


class Bounds(NamedTuple):
    """What a frame may hold.  A JSON container of three bytes costs about two hundred once parsed, hence
    their own bound: a header of the full size parses into less than 80 MB.  `arrays` bounds what columns are
    made into as well, and `texts` what is no number: a text costs ten times its bytes to read.  With `repeats`
    an array may be named many times: each time it is a copy of its own."""

    array_bytes: int
    header_bytes: int = 4 << 20
    arrays: int = 65_536
    containers: int = 200_000
    items: int = 500_000
    texts: int = 50_000
    repeats: bool = False


#: Requests come from the trusted side.
REQUEST_BOUNDS = Bounds(
    array_bytes=4 << 30,
    header_bytes=64 << 20,
    arrays=1 << 20,
    containers=4_000_000,
    items=10_000_000,
    texts=4_000_000,
    repeats=True,
)


#: Questions of served functions: what a right function works on, once more.
QUESTION_BOUNDS = Bounds(array_bytes=32 << 20, header_bytes=1 << 20, arrays=4_096, containers=20_000, items=50_000)


class ProtocolError(Exception):
    """The bytes are no frame of this format, or a frame beyond the bounds."""


class Unsendable(Exception):
    """The value cannot travel: it is too large or nested too deeply for the bounds."""


class Column:
    """Marks a list that is to be written by columns."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values


class Node(NamedTuple):
    """A JSON object of the header: exactly one tag and its payload."""

    tag: str
    payload: Any


def excess(header: bytes, bounds: Bounds) -> str:
    """Which bound the text of a header breaks, "" when none; counts inside strings too, on the safe side."""
    if len(header) > bounds.header_bytes:
        return "its parts outside arrays take more than %d bytes" % bounds.header_bytes
    containers = header.count(b"[") + header.count(b"{")
    if containers > bounds.containers:
        return "it has more than %d lists, tuples and dicts" % bounds.containers
    if header.count(b",") > 2 * bounds.items:
        return "it has more than %d elements outside arrays" % bounds.items
    if header.count(b'"') > 2 * (containers + bounds.texts):  # each container has one text at most: its tag or key
        return "it has more than %d texts" % bounds.texts
    return ""
