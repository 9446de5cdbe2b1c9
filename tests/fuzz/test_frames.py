"""The reader of what a cell answers: any bytes are a value within the bounds, or a ProtocolError."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.inside.decoding import decode, decode_only, read_with
from grader.sandbox.inside.encoding import encode, encode_only
from grader.sandbox.inside.wire import MAX_DEPTH, Bounds, ProtocolError

from .damage import corpus, damaged

BOUNDS = Bounds(array_bytes=1 << 16, header_bytes=1 << 16, arrays=64, containers=4_000, items=10_000)


def read(data: bytes) -> Any:
    """The value in the bytes; None when they are none, which the reader has to say in one of two ways."""
    try:
        return read_with(decode(decode_only, BOUNDS), io.BytesIO(data).readinto)
    except (ProtocolError, EOFError):
        return None


def parts(value: Any, depth: int = 0) -> Iterator[Any]:
    """The value and everything inside it."""
    assert depth <= MAX_DEPTH + 1
    yield value
    if isinstance(value, list | tuple):
        for item in value:
            yield from parts(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from parts(key, depth + 1)
            yield from parts(item, depth + 1)


def assert_within_bounds(value: Any) -> None:
    found = list(parts(value))
    assert all(type(part) in _PLAIN or isinstance(part, np.generic) for part in found)
    assert sum(part.nbytes for part in found if isinstance(part, np.ndarray)) <= BOUNDS.array_bytes
    assert len(found) <= 2 * BOUNDS.items + BOUNDS.containers
    for part in found:
        if type(part) is str:
            part.encode()
        elif type(part) is np.ndarray:
            assert part.dtype.kind in "biufc"
            if part.dtype.kind == "b":
                assert part.size == 0 or part.view(np.uint8).max() <= 1


_PLAIN = (type(None), bool, int, float, complex, str, list, tuple, dict, np.ndarray)


@pytest.mark.parametrize("path", corpus("frames"), ids=lambda path: path.stem)
def test_a_frame_of_the_corpus(path: Path) -> None:
    assert_within_bounds(read(path.read_bytes()))


@given(damaged("frames"))
def test_a_damaged_frame(case: tuple[str, bytes]) -> None:
    assert_within_bounds(read(case[1]))


@given(st.text('[]{}":,0123456789.-eEaNtdsfc \\u', max_size=400), st.binary(max_size=64))
def test_a_header_of_the_right_characters(header: str, rest: bytes) -> None:
    encoded = header.encode()
    assert_within_bounds(read(b"CEL1" + len(encoded).to_bytes(4, "little") + encoded + rest))


@given(damaged("frames"))
def test_what_was_read_can_be_sent_and_read_again(case: tuple[str, bytes]) -> None:
    value = read(case[1])
    again = b"".join(bytes(buffer) for buffer in encode(value, encode_only, BOUNDS._replace(containers=8_000)))
    np.testing.assert_equal(read(again), value)
