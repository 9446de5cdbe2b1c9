"""Folders and ZIPs as they come: nothing is unpacked, nothing is followed, everything is bounded."""

import io
import struct
import zipfile
import zlib

import pytest

from grader.batch.errors import LayoutError
from grader.batch.source import open_source
from grader.submissions import SubmissionRejected
from grader.submissions.limits import MAX_ARCHIVE_BYTES

from .conftest import zipped


def test_a_folder_and_a_zip_hold_the_same(write_folder, write_zip):
    files = {"a/b.py": b"x = 1", "ä.py": b"y"}
    with open_source(write_folder(files)) as folder, open_source(write_zip(files)) as archive:
        for source in (folder, archive):
            assert [file.path for file in source.listing.files] == sorted(files)
            assert [source.read(file.stored) for file in source.listing.files] == [b"x = 1", b"y"]


def test_links_are_listed_and_never_followed(write_folder, tmp_path):
    root = write_folder({"alice/homework.py": "x = 1"})
    (tmp_path / "secret.py").write_text("secret")
    (root / "alice" / "link.py").symlink_to(tmp_path / "secret.py")
    (root / "eve").symlink_to(tmp_path)
    with open_source(root) as source:
        assert [file.path for file in source.listing.files] == ["alice/homework.py"]
        assert source.listing.irregular == ("alice/link.py", "eve")


def test_a_link_in_a_zip_is_listed(tmp_path):
    link = zipfile.ZipInfo("alice/link.py")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bob.py", "x = 1")
    with open_source(path) as source:
        assert [file.path for file in source.listing.files] == ["bob.py"]
        assert source.listing.irregular == ("alice/link.py",)


def test_names_in_utf_8_without_the_flag_are_understood(tmp_path):
    data = zipped({"Zoë/homework.py": "x = 1"})
    # bit 11 of the flags, in the local header and in the directory
    data = data.replace(b"PK\x03\x04\x14\0\0\x08", b"PK\x03\x04\x14\0\0\0").replace(
        b"PK\x01\x02\x14\x03\x14\0\0\x08", b"PK\x01\x02\x14\x03\x14\0\0\0"
    )
    path = tmp_path / "download.zip"
    path.write_bytes(data)
    assert not zipfile.ZipFile(io.BytesIO(data)).infolist()[0].flag_bits & 0x800
    with open_source(path) as source:
        assert [file.path for file in source.listing.files] == ["Zoë/homework.py"]


def test_a_bomb_is_refused_before_it_is_read(write_zip):
    path = write_zip({"alice.py": bytes(MAX_ARCHIVE_BYTES + 1), "bob.py": "x = 1"})
    with open_source(path) as source:
        with pytest.raises(SubmissionRejected, match="too large"):
            source.read("alice.py")
        assert source.read("bob.py") == b"x = 1"


def test_a_header_that_lies_about_the_size_is_no_way_in(tmp_path):
    content = b"x" * 1000
    data = bytearray(zipped({"alice.py": content}))
    true_size = struct.pack("<I", len(content))
    data = data.replace(true_size, struct.pack("<I", 10))
    path = tmp_path / "download.zip"
    path.write_bytes(data)
    with open_source(path) as source, pytest.raises(SubmissionRejected, match="damaged"):
        source.read("alice.py")


def test_a_damaged_member_costs_that_student_alone(write_zip):
    path = write_zip({"alice.py": "x = 1", "bob.py": "y = 2"})
    data = path.read_bytes()
    checksum = struct.pack("<I", zlib.crc32(b"x = 1"))
    path.write_bytes(data.replace(checksum, b"\0\0\0\0"))
    with open_source(path) as source:
        with pytest.raises(SubmissionRejected, match="damaged"):
            source.read("alice.py")
        assert source.read("bob.py") == b"y = 2"


def test_a_file_that_is_no_zip_is_told(tmp_path):
    (tmp_path / "download.zip").write_bytes(b"PK no zip")
    with pytest.raises(LayoutError, match="expected a folder or a ZIP"):
        open_source(tmp_path / "download.zip")
    with pytest.raises(LayoutError, match="there is no"):
        open_source(tmp_path / "absent")


def test_names_with_bytes_that_are_no_text(tmp_path):
    root = tmp_path / "download"
    root.mkdir()
    (root / "b\udcffb.py").write_bytes(b"x = 1")
    with open_source(root) as source:
        (file,) = source.listing.files
        assert file.path == "b\\xffb.py"
        assert source.read(file.stored) == b"x = 1"
