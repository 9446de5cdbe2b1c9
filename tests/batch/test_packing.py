"""A folder packed for a service: the same is found in the ZIP as in the folder."""

import os
from pathlib import Path

import pytest

from grader.batch.errors import LayoutError
from grader.batch.layouts import discover
from grader.batch.source import FolderSource, ZipSource, pack_folder


def test_the_same_is_found_in_the_zip(tmp_path: Path) -> None:
    folder = tmp_path / "download"
    for name, content in {
        "ada/network.py": b"x = 1",
        "ada/layers/dense.py": b"y = 2",
        'Zoë, "Z"/homework.ipynb': b"{}",
        "carl/attempt-2/late.py": b"",
        "carl/attempt-1/early.py": b"z",
        "__MACOSX/._ada": b"?",
        "notes.txt": b"?",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (Path(os.fsdecode(os.fsencode(folder) + b"/bob\xff.py"))).write_bytes(b"b")
    (folder / "link.py").symlink_to("notes.txt")
    os.utime(folder / "ada/network.py", (0, 0))
    os.utime(folder / "ada/layers/dense.py", (1_700_000_000, 1_700_000_000))
    packed = tmp_path / "download.zip"
    pack_folder(folder, packed, limit=10_000)

    with FolderSource(folder) as there, ZipSource(packed) as here:
        expected, found = discover(there, "auto", "hw"), discover(here, "auto", "hw")
        keys = [(entry.student.key.replace("\\", "_"), entry.attempt) for entry in expected.entries]
        assert [entry.key for entry in found.entries] == keys
        assert found.unmatched == expected.unmatched
        for one, other in zip(found.entries, expected.entries, strict=True):
            assert [file.name for file in one.files] == [file.name for file in other.files]
            assert [here.read(file.stored) for file in one.files] == [there.read(f.stored) for f in other.files]
        ada = {file.name: file.order for entry in found.entries if entry.student.key == "ada" for file in entry.files}
        assert ada["layers/dense.py"] == 1_700_000_000
    again = tmp_path / "again.zip"
    pack_folder(folder, again, limit=10_000)
    assert again.read_bytes() == packed.read_bytes()


def test_a_folder_too_large_or_empty_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "download"
    (folder / "ada").mkdir(parents=True)
    with pytest.raises(LayoutError, match="no files"):
        pack_folder(folder, tmp_path / "x.zip", limit=10_000)
    (folder / "ada/data.bin").write_bytes(os.urandom(3 << 20))
    with pytest.raises(LayoutError, match="more than 1 MB"):
        pack_folder(folder, tmp_path / "x.zip", limit=1_000_000)
