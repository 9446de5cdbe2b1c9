"""Zip and tar archives: what comes out, and what never does."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions import Submission, SubmissionRejected, load_bytes, load_submission
from grader.submissions.archive import read_archive
from tests.submissions_loading.notebooks import notebook_json

SOURCE = b"def relu(z):\n    return z\n"
Members = Iterable[tuple[str, bytes]]


def zipped(members: Members, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for path, data in members:
            archive.writestr(zipfile.ZipInfo(path) if compression == 0 else path, data)
    return buffer.getvalue()


def tarred(members: Members, mode: str = "w:gz", layout: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=layout) as archive:  # type: ignore[call-overload]
        for path, data in members:
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def special_tar(path: str, kind: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo(path)
        info.type = kind
        info.linkname = "/etc/passwd"
        archive.addfile(info)
        good = tarfile.TarInfo("network.py")
        good.size = len(SOURCE)
        archive.addfile(good, io.BytesIO(SOURCE))
    return buffer.getvalue()


def zip_entry(path: str, mode: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(path)
        info.create_system = 3
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("network.py", SOURCE)
    return buffer.getvalue()


def load(data: bytes, name: str = "homework.zip", names: tuple[str, ...] = ("relu",)) -> Submission:
    return load_bytes(data, name, names)


def rejected(data: bytes, name: str = "homework.zip") -> str:
    with pytest.raises(SubmissionRejected) as rejection:
        load(data, name)
    assert rejection.value.reason.isprintable()
    return rejection.value.reason


PACKERS = {
    "zip": lambda members: zipped(members),
    "zip, stored": lambda members: zipped(members, zipfile.ZIP_STORED),
    "tar": lambda members: tarred(members, "w"),
    "tar.gz, pax": lambda members: tarred(members),
    "tar.gz, GNU": lambda members: tarred(members, layout=tarfile.GNU_FORMAT),
    "tar.gz, ustar": lambda members: tarred(members, layout=tarfile.USTAR_FORMAT),
}
_part = st.text("abcXYZ_é 0", min_size=1, max_size=12).filter(lambda part: part.strip() == part)
_path = st.lists(_part, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".py")
_long_path = st.sampled_from(["d" * 90 + "/" + "e" * 60 + "/é.py", "f" * 150 + ".py"])


@pytest.mark.parametrize("packer", PACKERS)
@given(files=st.dictionaries(_path, st.binary(max_size=1500), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_round_trip(packer: str, files: dict[str, bytes]) -> None:
    tree = read_archive(PACKERS[packer](files.items()), "homework")
    assert {file.path: file.data for file in tree.files} == files


@pytest.mark.parametrize("packer", PACKERS)
def test_data_are_kept_where_they_are_asked_for(packer: str) -> None:
    packed = PACKERS[packer]([("work/network.py", SOURCE), ("work/data/x.csv", b"1,2"), ("work/.secret", b"3")])
    assert load(packed).data == {}
    with_data = load_bytes(packed, "homework.zip", with_data=True)
    assert with_data.data == {"work/data/x.csv": b"1,2"}
    assert "x.csv" in " ".join(load(packed).remarks)
    assert "x.csv" not in " ".join(with_data.remarks)


def test_data_that_are_too_large_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("archive", "load"):
        monkeypatch.setattr(f"grader.submissions.{module}.MAX_DATA_FILE_BYTES", 4)
        monkeypatch.setattr(f"grader.submissions.{module}.MAX_DATA_BYTES", 6)
    members = [("network.py", SOURCE), ("a.csv", b"1234"), ("b.csv", b"12345"), ("c.csv", b"12"), ("d.csv", b"1")]
    for name, data in members:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    packed = load_bytes(PACKERS["zip"](members), "homework.zip", with_data=True)
    assert packed.data == {"a.csv": b"1234", "c.csv": b"12"}
    in_folder = load_submission(tmp_path, with_data=True).data
    assert sum(map(len, in_folder.values())) <= 6
    assert not {"b.csv", "link.csv"} & in_folder.keys()


@pytest.mark.parametrize("packer", ["zip", "tar.gz, pax", "tar.gz, GNU"])
@given(path=_long_path, data=st.binary(max_size=600))
@settings(max_examples=6, deadline=None)
def test_round_trip_of_long_names(packer: str, path: str, data: bytes) -> None:
    tree = read_archive(PACKERS[packer]([(path, data), ("b.py", b"x")]), "homework")
    assert {file.path: file.data for file in tree.files} == {path: data, "b.py": b"x"}


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize(
    "path", ["../network.py", "/etc/network.py", "a/../../network.py", "..\\network.py", "C:\\network.py"]
)
def test_paths_out_of_the_archive_are_refused(packer: str, path: str) -> None:
    data = PACKERS[packer]([(path, SOURCE), ("good.py", SOURCE)])
    assert "leads out of it" in rejected(data)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S"]
)
def test_links_devices_and_sparse_files_in_tar_are_refused(kind: bytes) -> None:
    assert "expected plain files" in rejected(special_tar("data", kind), "homework.tar")


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o060666, 0o010666])
def test_links_and_devices_in_zip_are_refused(mode: int) -> None:
    assert "expected plain files" in rejected(zip_entry("data.py", mode))


def test_links_of_a_virtual_environment_are_no_matter() -> None:
    assert len(load(special_tar(".venv/bin/python", tarfile.SYMTYPE), "homework.tar").units) == 1
    assert len(load(zip_entry("venv/bin/python", 0o120777)).units) == 1


def test_what_belongs_to_tools_is_ignored_and_data_is_named() -> None:
    members = [
        ("hw/network.py", SOURCE),
        ("__MACOSX/hw/._network.py", b"\0\1"),
        ("hw/.git/hooks/x.py", b"relu = 1"),
        ("hw/.ipynb_checkpoints/network-checkpoint.ipynb", notebook_json("relu = 1").encode()),
        ("hw/__pycache__/network.py", b"relu = 1"),
        ("hw/._network.py", b"\0"),
        ("hw/weights.npz", b"PK\5\6" + b"\0" * 18),
    ]
    submission = load(zipped(members))
    assert [unit.file for unit in submission.units] == ["network.py"]
    assert submission.remarks == ("left out, not Python: hw/weights.npz",)


def test_the_later_of_two_files_of_one_name_counts_and_case_matters() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([("a.py", b"old = 1"), ("A.py", b"upper = 1"), ("a.py", b"new = 1")])
    tree = read_archive(data, "homework")
    assert [(file.path, file.data) for file in tree.files] == [("A.py", b"upper = 1"), ("a.py", b"new = 1")]


def test_an_archive_under_another_name_is_recognised() -> None:
    assert load(zipped([("network.py", SOURCE)]), "homework.ipynb").units[0].file == "network.py"
    assert load(tarred([("network.py", SOURCE)]), "homework.zip").units[0].file == "network.py"


def test_a_password_is_refused() -> None:
    data = bytearray(zipped([("network.py", SOURCE)]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert "password" in rejected(bytes(data))


def test_rare_compression_is_refused() -> None:
    assert "rare method" in rejected(zipped([("network.py", SOURCE)], zipfile.ZIP_LZMA))
    assert "rare method" in rejected(zipped([("network.py", SOURCE)], zipfile.ZIP_BZIP2))


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ([("readme.txt", b"hello")], "it holds readme.txt"),
        ([("inner.zip", b"PK")], "another archive, inner.zip"),
        ([], "it is empty"),
        ([("a.py", b""), ("b.py", b"\n")], "empty"),
        ([("a.py", b"\0\1\2")], "binary"),
        ([("a" * 600 + ".py", SOURCE)], "603 characters"),
        ([(f"{number}.txt", b"") for number in range(5_001)], "more than 5,000 files"),
        ([("a.py", b"x" * 20_000_001)], "20 MB"),
        ([(f"{number}.py", b"#" * 600_000) for number in range(2)], "1.2 MB of Python"),
    ],
    ids=["no Python", "nested", "empty", "empty modules", "binary", "long path", "many", "large", "much code"],
)
@pytest.mark.parametrize("packer", ["zip", "tar.gz, pax"])
def test_rejections_say_what_was_found(packer: str, members: Members, found: str) -> None:
    assert found in rejected(PACKERS[packer](members))


def test_an_office_document_is_no_archive_of_python() -> None:
    document = zipped([("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")])
    for name in ("homework.docx", "homework.zip"):
        assert "Submit the notebook" in rejected(document, name) or "expected a notebook" in rejected(document, name)


# Bombs ------------------------------------------------------------------------------------------------------------


def with_size(data: bytes, size: int) -> bytes:
    """The zip archive of one file with another uncompressed size in both of its headers."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", changed, data.index(signature) + offset, size)
    return bytes(changed)


def test_a_dense_file_is_refused() -> None:
    assert "archive bomb" in rejected(zipped([("a.py", b"#" * 15_000_000)]))


def test_a_header_that_promises_too_little_does_not_unpack_more() -> None:
    assert "damaged" in rejected(with_size(zipped([("a.py", b"#" * 15_000_000)]), 100))


def test_a_header_that_promises_too_much_is_refused() -> None:
    assert "20 MB" in rejected(with_size(zipped([("a.py", SOURCE)]), 0xFFFFFFF0))
    assert load(with_size(zipped([("a.py", SOURCE)]), 1_000)).units[0].source == SOURCE.decode()


def test_data_in_a_zip_is_never_unpacked() -> None:
    data = zipped([("zeros.bin", b"\0" * 30_000_000), ("network.py", SOURCE)])
    assert len(load(data).units) == 1


def test_a_dense_tar_is_refused_while_it_is_read() -> None:
    assert "archive bomb" in rejected(tarred([("zeros.bin", b"\0" * 30_000_000), ("network.py", SOURCE)]))


def test_a_directory_of_very_many_entries_is_refused_before_it_is_read() -> None:
    assert "more than 5,000 files" in rejected(b"PK\x05\x06" + b"PK\x01\x02" * 10_001)


def test_a_long_name_in_tar_is_not_read_into_memory() -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    assert "oversized header" in rejected(info.tobuf(tarfile.GNU_FORMAT), "homework.tar")


def test_a_tar_with_endless_pax_digits_is_refused_at_once() -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 60_000
    data = info.tobuf(tarfile.USTAR_FORMAT) + b"1" * 60_000 + b"\0" * 2_000
    assert "damaged" in rejected(data, "homework.tar")


@pytest.mark.parametrize("packer", PACKERS)
@given(cut=st.floats(0, 1), position=st.floats(0, 1), value=st.integers(0, 255))
@settings(max_examples=40, deadline=None)
def test_damaged_archives_give_a_submission_or_a_rejection(
    packer: str, cut: float, position: float, value: int
) -> None:
    data = bytearray(PACKERS[packer]([("hw/network.py", SOURCE), ("hw/data.txt", b"x" * 700)]))
    data[int(position * (len(data) - 1))] = value
    rejections: list[str] = []
    try:
        load(bytes(data[: max(1, int(cut * 1.2 * len(data)))]))
    except SubmissionRejected as rejection:
        rejections.append(rejection.reason)
    assert all(reason.isprintable() for reason in rejections)


@pytest.mark.parametrize("name", ["homework.zip", "homework.tar.gz"])
def test_what_only_has_the_name_of_an_archive_is_not_told_to_be_one(name):
    with pytest.raises(SubmissionRejected, match="does not begin like one") as caught:
        load_bytes(b"PK, or so it says", name)
    assert "expected" not in str(caught.value)
