"""The directory of a ZIP, found as `zipfile` finds it, and refused before it is taken apart."""

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.errors import LayoutError
from grader.batch.source import ZipSource
from grader.submissions.zip_directory import has_oversized_fields, read_directory
from tests.submissions_loading.zips import zip_of_fields

FIELD = b"\x99\x99\x00\x00"


@given(
    names=st.lists(st.text("abc/ü", min_size=1, max_size=300), max_size=5, unique=True),
    before=st.binary(max_size=100),
    # A comment that holds the signature of the end hides the directory from `zipfile` itself.
    comment=st.binary(max_size=300).filter(lambda comment: b"PK\x05\x06" not in comment),
    inner=st.booleans(),
)
def test_it_is_what_zipfile_reads(names, before, comment, inner):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, zip_of_fields(3, FIELD * 9) if inner else b"content")
        archive.comment = comment
    data = io.BytesIO(before + packed.getvalue())
    with zipfile.ZipFile(data) as archive:
        start = archive.start_dir
    directory = read_directory(data)
    assert directory == data.getvalue()[start : start + len(directory)]
    assert directory.count(b"PK\x01\x02") == len(names)
    assert not has_oversized_fields(directory)


def test_one_of_more_than_four_gigabytes_is_found(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)  # from which on `zipfile` writes the long records
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("homework.py", "x = 1\n" * 100)
    assert b"PK\x06\x06" in packed.getvalue()
    directory = read_directory(packed)
    assert directory.startswith(b"PK\x01\x02")
    assert b"homework.py" in directory


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18, b"no zip" * 20_000])
def test_what_has_none_has_no_oversized_fields(content):
    assert not has_oversized_fields(read_directory(io.BytesIO(content)))


@pytest.mark.parametrize(("entries", "fields"), [(300, 16_000), (17_000, 250)])
def test_a_class_with_oversized_fields_is_refused_at_once(tmp_path, entries, fields):
    path = tmp_path / "class.zip"
    path.write_bytes(zip_of_fields(entries, FIELD * fields))
    started = time.process_time()
    with pytest.raises(LayoutError, match="oversized fields"):
        ZipSource(path)
    assert time.process_time() - started < 1
