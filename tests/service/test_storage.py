"""Both storages keep the same promises; S3 is played by moto on this machine."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.service.compressed_texts import compressed
from grader.service.errors import NotFound, Unavailable
from grader.service.settings import Settings
from grader.service.storage import FolderStorage, open_storage, read_text

ABSENT = "0" * 64


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that speaks S3, with a bucket `files`."""
    from moto.server import ThreadedMotoServer  # half a second, in whichever process runs this

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    httpx.put(f"{address}/files").raise_for_status()
    yield address
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def storage(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return open_storage(Settings(folder=tmp_path))
    known_as = {"ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test", "REGION": "us-east-1"}
    for name, value in {**known_as, "ENDPOINT_URL": request.getfixturevalue("s3")}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    return open_storage(Settings(folder=tmp_path, storage_url=f"s3://files/{tmp_path.name}"))


def test_a_file_is_known_by_its_content(storage, tmp_path):
    storage.check()
    key = storage.put(b"x = 1\n")
    assert key == hashlib.sha256(b"x = 1\n").hexdigest()
    (tmp_path / "same.py").write_bytes(b"x = 1\n")
    assert storage.put_file(tmp_path / "same.py") == key
    assert storage.read(key) == b"x = 1\n"
    for _ in range(2):  # the second time from the cache, where there is one
        with storage.local(key) as path:
            assert path.read_bytes() == b"x = 1\n"
    [(found, age)] = storage.keys()
    assert found == key
    assert age < 60
    storage.delete(key)
    storage.delete(key)
    assert list(storage.keys()) == []


def test_large_files_and_texts(storage, tmp_path):
    content = os.urandom(20_000_000)
    (tmp_path / "class.zip").write_bytes(content)
    key = storage.put_file(tmp_path / "class.zip")
    with storage.local(key) as path:
        assert path.read_bytes() == content
    text = "ein Bericht, ünd noch einer\n" * 1000
    kept = storage.put(compressed(text))
    assert storage.put(compressed(text)) == kept
    assert read_text(storage, kept) == text
    assert len(storage.read(kept)) < 1000


def test_what_is_not_there_is_not_found_and_keys_are_no_paths(storage):
    for key in (ABSENT, "../../etc/passwd", ""):
        with pytest.raises(NotFound):
            storage.read(key)
        with pytest.raises(NotFound), storage.local(key):
            pass


def test_putting_a_file_in_again_makes_it_young(tmp_path):
    storage = FolderStorage(tmp_path)
    key = storage.put(b"handed in before")
    os.utime(tmp_path / key[:2] / key[2:], (0, 0))
    assert next(iter(storage.keys()))[1] > 86_400
    storage.put(b"handed in before")
    assert next(iter(storage.keys()))[1] < 60
    assert not list((tmp_path / "incoming").iterdir())


@settings(max_examples=30)
@given(contents=st.lists(st.binary(max_size=200), max_size=5))
def test_a_folder_holds_what_was_put_in(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]):
    storage = FolderStorage(tmp_path_factory.mktemp("files"))
    keys = [storage.put(content) for content in contents]
    assert [storage.read(key) for key in keys] == contents
    assert set(dict(storage.keys())) == set(keys)


def test_a_storage_that_cannot_be_used_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be made"):
        open_storage(Settings(folder=tmp_path, storage_url=f"file://{tmp_path}/file/below"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    with pytest.raises(Unavailable, match="S3"):
        open_storage(Settings(folder=tmp_path, storage_url="s3://files/x")).check()
