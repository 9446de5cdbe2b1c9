import gzip
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grader.datasets import DatasetError
from grader.datasets.idx import MAX_FILE_BYTES, read_idx

ITEM_SHAPES = st.sampled_from([(), (3,), (2, 3)])


@st.composite
def items(draw: st.DrawFn) -> np.ndarray:
    return draw(arrays(np.uint8, (draw(st.integers(0, 12)), *draw(ITEM_SHAPES))))


@given(array=items(), zipped=st.booleans(), first=st.integers(0, 15))
def test_reads_back_the_first_items_of_what_was_written(array, zipped, first, idx_bytes, folder):
    content = idx_bytes(array)
    path = folder / "file"
    path.write_bytes(gzip.compress(content) if zipped else content)
    np.testing.assert_array_equal(read_idx(path, array.shape[1:], first), array[:first])


@given(array=items(), zipped=st.booleans(), data=st.data())
def test_a_cut_file_is_refused(array, zipped, data, idx_bytes, folder):
    content = idx_bytes(array)
    stored = gzip.compress(content) if zipped else content
    path = folder / "file"
    path.write_bytes(stored[: data.draw(st.integers(0, len(stored) - 1))])
    with pytest.raises(DatasetError):
        read_idx(path, array.shape[1:], len(array))


@given(garbage=st.binary(max_size=200), zipped=st.booleans(), item_shape=ITEM_SHAPES, first=st.integers(0, 100))
def test_garbage_raises_nothing_but_dataset_error(garbage, zipped, item_shape, first, folder):
    header = struct.pack(">HBB", 0, 8, 1 + len(item_shape))
    for content in (garbage, header + garbage, b"\x1f\x8b\x08" + garbage):
        path = folder / "file"
        path.write_bytes(gzip.compress(content) if zipped else content)
        try:
            read = read_idx(path, item_shape, first)
        except DatasetError:
            continue
        assert read.shape[1:] == item_shape
        assert len(read) <= first


@given(array=items(), position=st.integers(0), flip=st.integers(1, 255))
@example(array=np.array([1], np.uint8), position=14, flip=32)  # its length then goes on beyond what is read
def test_a_flipped_byte_of_a_gzipped_file_never_changes_what_is_read(array, position, flip, idx_bytes, folder):
    whole = idx_bytes(array)
    stored = bytearray(gzip.compress(whole, mtime=0))
    stored[position % len(stored)] ^= flip
    path = folder / "file"
    path.write_bytes(stored)
    try:
        read = read_idx(path, array.shape[1:], len(array))
    except DatasetError:
        return
    if not np.array_equal(read, array):  # only where the checksum lies beyond what was asked for
        assert len(zlib.decompressobj(31).decompress(stored, len(whole) + 1)) > len(whole)


def test_a_gzip_bomb_is_read_no_further_than_asked(tmp_path: Path):
    path = tmp_path / "bomb.gz"
    claim = struct.pack(">HBB3I", 0, 8, 3, 2**32 - 1, 28, 28)
    path.write_bytes(gzip.compress(claim + bytes(200 << 20), compresslevel=1))
    tracemalloc.start()
    try:
        read = read_idx(path, (28, 28), 100)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read.shape == (100, 28, 28)
    assert peak < 8 << 20


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "found nothing"),
        (b"\x89PNG", "expected it to start with 00 00 08 03, found 89 50 4e 47"),
        (struct.pack(">HBBI", 0, 8, 1, 3) + bytes(3), "not an IDX file of rank 3"),
        (struct.pack(">HBB2I", 0, 8, 3, 1, 28), "ends within its header"),
        (struct.pack(">HBB3I", 0, 8, 3, 1, 32, 32), r"items of shape \(32, 32\), expected \(28, 28\)"),
        (struct.pack(">HBB3I", 0, 8, 3, 5, 28, 28) + bytes(2000), "announces 5 items, 2 are there"),
        (struct.pack(">HBB3I", 0, 8, 3, 1, 28, 28) + bytes(785), "goes on after the 1 items"),
        (b"\x1f\x8bnonsense", "cannot be decompressed"),
    ],
)
def test_the_message_says_what_was_expected_and_found(tmp_path: Path, content: bytes, message: str):
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=message) as refusal:
        read_idx(path, (28, 28), 10)
    assert path.name in str(refusal.value)


def test_an_oversized_file_is_not_even_opened(tmp_path: Path):
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(DatasetError, match="too large for MNIST"):
        read_idx(path, (), 1)


def test_a_missing_file_is_a_dataset_error(tmp_path: Path):
    with pytest.raises(DatasetError, match="cannot be read: No such file"):
        read_idx(tmp_path / "absent", (), 1)
