"""The wire format: what goes in comes out, and hostile bytes are never more than a ProtocolError."""

import contextlib
import io
import json
import math
import struct
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.sandbox.inside.decoding import decode, decode_only, read_with
from grader.sandbox.inside.encoding import encode, encode_only
from grader.sandbox.inside.wire import MAGIC, MAX_DEPTH, Bounds, Column, ProtocolError, Unsendable

BOUNDS = Bounds(array_bytes=1 << 20, header_bytes=1 << 16, arrays=64, containers=2_000, items=4_000, texts=3_000)


def written(value: Any, bounds: Bounds = BOUNDS) -> bytes:
    return b"".join(bytes(buffer) for buffer in encode(value, encode_only, bounds))


def read(frame: bytes, bounds: Bounds = BOUNDS) -> Any:
    return read_with(decode(decode_only, bounds), io.BytesIO(frame).readinto)


def framed(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return MAGIC + struct.pack("<I", len(text)) + text + data


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        little = one.dtype.newbyteorder("<")
        return (
            little == other.dtype
            and one.shape == other.shape
            and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
        )
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other) or (math.isnan(one) and math.isnan(other))
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


numeric_dtypes = st.one_of(
    npst.boolean_dtypes(),
    npst.integer_dtypes(endianness="?"),
    npst.unsigned_integer_dtypes(endianness="?"),
    npst.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    npst.complex_number_dtypes(endianness="?", sizes=(64, 128)),
)
arrays = npst.arrays(numeric_dtypes, npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.one_of(
    st.booleans(), st.integers(-(2**127) + 1, 2**127 - 1), st.floats(), st.complex_numbers(allow_nan=True)
)
scalars = arrays.filter(lambda array: array.size > 0).map(
    lambda array: array.astype(array.dtype.newbyteorder("<")).flat[0]
)
values = st.recursive(
    st.one_of(st.none(), numbers, text, arrays, scalars),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(text, st.integers(-(2**127) + 1, 2**127 - 1)), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(values)
def test_every_value_survives_the_round_trip(value: Any) -> None:
    assert same(value, read(written(value)))


@given(st.lists(values, max_size=5), values, st.booleans())
def test_a_list_survives_the_round_trip_by_columns(items: list[Any], one: Any, repeats: bool) -> None:
    bounds = BOUNDS._replace(repeats=repeats)
    for column in (items, [one] * 3, [(one, item) for item in items], [{"a": one, "b": item} for item in items]):
        assert same(column, read(written(Column(column), bounds), bounds))


@given(arrays)
def test_values_that_are_repeated_share_no_memory(array: np.ndarray[Any, Any]) -> None:
    bounds = BOUNDS._replace(repeats=True)
    points = [{"W": array, "b": np.full(2, n)} for n in range(3)]
    taken = [value for point in read(written(Column(points * 2), bounds), bounds) for value in point.values()]
    assert all(value.flags.owndata for value in taken)
    assert len(written(Column(points), bounds)) < len(written(points, bounds)) + 40


def test_columns_make_no_more_values_than_permitted() -> None:
    few = BOUNDS._replace(arrays=10)
    fitting = [np.zeros(2)] * 5
    assert same(fitting, read(written(Column(fitting), few), few))
    for body, table in (
        ({"k": {"A": 0}}, [["|u1", [11, 0]]]),
        ({"k": {"S": 0}}, [["|u1", [11]]]),
        ({"k": {"T": [{"S": 0}, {"S": 1}]}}, [["|u1", [5]], ["|u1", [5]]]),
        ({"k": {"R": [[1], [0] * 11]}}, []),
    ):
        with pytest.raises(ProtocolError):
            read(framed([body, table], bytes(16)), few)


@given(arrays)
def test_memory_layout_does_not_matter(array: np.ndarray[Any, Any]) -> None:
    for laid_out in (np.asfortranarray(array), array.T, array[..., ::-1] if array.ndim else array):
        assert same(laid_out, read(written(laid_out)))


@pytest.mark.parametrize(
    ("given_value", "plain"),
    [
        (np.ones((1, 2)).view(np.matrix), np.ones((1, 2))),
        (np.longdouble(0.5), np.float64(0.5)),
        (type("F", (float,), {"__float__": lambda self: 9.0, "__repr__": lambda self: "9"})(1.5), 1.5),
        (type("I", (int,), {"__int__": lambda self: 9, "__index__": lambda self: 9})(3), 3),
        (type("S", (str,), {"__str__": lambda self: "no"})("yes"), "yes"),
        (type("L", (list,), {"__iter__": lambda self: iter("ab"), "__len__": lambda self: 2})([1]), [1]),
        (type("D", (dict,), {"items": lambda self: [("b", 2)]})(a=1), {"a": 1}),
        ({np.int64(3): True}, {3: True}),
    ],
)
def test_subclasses_are_reduced_to_the_plain_value(given_value: Any, plain: Any) -> None:
    assert same(plain, read(written(given_value)))


class Liar(np.ndarray[Any, Any]):
    """An array that lies about its content whenever it is asked."""

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError("asked")

    def tobytes(self, order: Any = "C") -> bytes:
        raise AssertionError("asked")


def test_an_array_that_lies_is_not_asked() -> None:
    assert same(np.arange(3.0), read(written(np.arange(3.0).view(Liar))))


def test_what_is_not_plain_goes_to_the_special_encoder() -> None:
    class Thing:
        pass

    for odd in (Thing(), {1, 2}, b"bytes", np.array([None]), np.array(["a"]), 2**200, {(1, 2): 3}, {True: 1} and Thing):
        frame = b"".join(bytes(part) for part in encode([odd], lambda obj: {"x": type(obj).__name__}, BOUNDS))
        special = read_with(decode(lambda node: (node.tag, node.payload), BOUNDS), io.BytesIO(frame).readinto)
        assert special == [("x", type(odd).__name__)]


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def endless() -> Any:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (deep(MAX_DEPTH + 1), "nested"),
        (endless(), "nested"),
        (np.zeros((1 << 20) + 1, dtype=np.uint8), "bytes"),
        (np.lib.stride_tricks.as_strided(np.zeros(1), shape=(1 << 40,), strides=(0,)), "bytes"),
        ([np.zeros(1)] * 65, "arrays"),
        ([0] * 5_000, "elements"),
        (["x"] * 3_500, "texts"),
        (["x"] * 3_999 + ["x" * (1 << 16)], "bytes"),
    ],
)
def test_what_breaks_a_bound_is_not_sent(value: Any, reason: str) -> None:
    with pytest.raises(Unsendable, match=reason):
        written(value)


@given(st.binary(max_size=200))
@example(b"")
def test_garbage_is_a_protocol_error(data: bytes) -> None:
    for frame in (data, framed(data)):
        with pytest.raises((ProtocolError, EOFError)):
            read(frame)


@given(values, st.data())
def test_a_damaged_frame_is_a_value_or_a_protocol_error(value: Any, data: st.DataObject) -> None:
    frame = bytearray(written(value))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ProtocolError, EOFError):
        read(bytes(frame))


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["<f8", "|b1", "nan", "x"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from("astdfchkASTDR?"), inner, max_size=2),
    ),
    max_leaves=20,
)


@given(json_values, json_values)
def test_any_json_is_a_value_or_a_protocol_error(body: Any, table: Any) -> None:
    for header in ([body, table], [body, [["<f8", [2]]]], body):
        with contextlib.suppress(ProtocolError, EOFError):
            read(framed(header, bytes(64)))


@pytest.mark.parametrize(
    "header",
    [
        b"[NaN,[]]",
        b"[Infinity,[]]",
        b"[" + b"9" * 5_000 + b",[]]",
        b'[{"t":[],"t":[]},[]]',
        b'[{"a":0,"s":0},[["<f8",[]]]]',
        b'[{"d":[["a",1],["a",2]]},[]]',
        b'[{"d":[[1.5,1]]},[]]',
        b'[{"a":0},[]]',
        b'[{"a":-1},[["<f8",[]]]]',
        b'[{"a":true},[["<f8",[]]]]',
        b'[{"s":0},[["<f8",[1]]]]',
        b'[{"c":["1",2]},[]]',
        b'[{"f":"1e5"},[]]',
        b'[{"pickle":"gASVCg=="},[]]',
        b'[{"k":1},[]]',
        b'[{"k":{"A":0}},[["<f8",[2]]]]',
        b'[{"k":{"S":0}},[["<f8",[1,1]]]]',
        b'[{"k":{"T":[]}},[]]',
        b'[{"k":{"T":[[1],[1,2]]}},[]]',
        b'[{"k":{"D":[["a",[1]],["a",[2]]]}},[]]',
        b'[{"k":{"D":[[1.5,[1]]]}},[]]',
        b'[{"k":{"R":[[1],[0,0]]}},[]]',
        b'[{"t":[{"k":{"A":0}},{"a":0}]},[["<f8",[1,1]]]]',
        b'[1,[["|O8",[1]]]]',
        b'[1,[["<f8",[-1]]]]',
        b'[1,[["<f8",[1.0]]]]',
        b'[1,[["<f8",[true]]]]',
        b'[1,[["<f8",[' + b"1," * 40 + b"1]]]]",
        b'[1,[["<f8",[99999999999999999999]]]]',
        b'[1,[["<f8",[0,4611686018427387904]]]]',
        b'[1,[["<f8",[65536,65536,65536,65536]]]]',
        b"[" * 3_000,
        b"[" * 1_000 + b"]" * 1_000,
        b'{"t":' * 1_000 + b"1" + b"}" * 1_000,
        b'"\xff\xfe"',
        b"[1,[],[]]",
        b"",
    ],
)
def test_a_forged_header_is_a_protocol_error(header: bytes) -> None:
    with pytest.raises(ProtocolError):
        read(framed(header, bytes(4_096)))


def test_a_boolean_that_is_neither_is_refused() -> None:
    with pytest.raises(ProtocolError, match="boolean"):
        read(framed([{"a": 0}, [["|b1", [2]]]], b"\x01\x02"))


def test_a_lone_surrogate_becomes_printable() -> None:
    assert read(framed(b'["a\\ud800",[]]')) == "a?"


def test_nothing_is_allocated_for_a_length_beyond_the_bounds() -> None:
    def peak(frame: bytes, bounds: Bounds) -> int:
        tracemalloc.start()
        try:
            with pytest.raises((ProtocolError, EOFError)):
                read(frame, bounds)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    bounds = Bounds(array_bytes=64 << 20)
    claims = [["<f8", [1 << 22]]] * 3  # 96 MB in all, none of it sent
    assert peak(framed([0, claims]), bounds) < 1 << 20
    assert peak(MAGIC + struct.pack("<I", bounds.header_bytes + 1), bounds) < 1 << 20
    full = b"[" + b"{}," * 1_350_000 + b"0,[]]"  # as many empty objects as a header of the full size holds
    assert peak(framed(full), bounds) < 32 << 20


def test_a_header_of_the_full_size_stays_within_the_promised_memory() -> None:
    pairs = b'{"t":[1]},' * 99_000
    frame = framed(b"[[" + pairs + b"1],[]]")
    tracemalloc.start()
    read(frame, Bounds(array_bytes=1))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80 << 20
