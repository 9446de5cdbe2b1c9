import hashlib
import io
import socket
import sys
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from grader.datasets import DatasetError, FetchProgress, fetch_set
from grader.datasets.dataset import FetchError
from grader.datasets.files import SETS, PublishedFile, PublishedSet

CONTENT = {"images.gz": bytes(range(256)) * 1200, "labels.gz": b"0123456789" * 50}
FILES = tuple(PublishedFile(name, len(data), hashlib.sha256(data).hexdigest(), "") for name, data in CONTENT.items())
IMAGES = FILES[0]


class Mirror:
    """A web server on loopback whose failings are chosen by the test."""

    def __init__(self) -> None:
        self.content = dict(CONTENT)
        self.cut_after: int | None = None
        self.honours_ranges = True
        self.announces_length = True
        self.requests: list[tuple[str, str | None]] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/mnist/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        name = handler.path.removeprefix("/mnist/")
        wanted = handler.headers.get("Range")
        self.requests.append((name, wanted))
        if name not in self.content:
            handler.send_error(404)
            return
        data = self.content[name]
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.honours_ranges else 0
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        if self.announces_length:
            handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        handler.wfile.write(data[start : None if self.cut_after is None else start + self.cut_after])


@pytest.fixture
def mirrors(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Mirror, Mirror]]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    pair = Mirror(), Mirror()
    yield pair
    for mirror in pair:
        mirror.close()


def published(*mirrors: Mirror) -> PublishedSet:
    return PublishedSet("MNIST", FILES, tuple(mirror.url for mirror in mirrors))


def fetch(directory: Path, *mirrors: Mirror) -> Path:
    return fetch_set("mnist", directory, published=published(*mirrors))


def assert_complete(directory: Path) -> None:
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == CONTENT


def test_the_first_mirror_that_works_is_enough(tmp_path, mirrors):
    first, second = mirrors
    assert fetch(tmp_path / "new" / "folder", first, second) == tmp_path / "new" / "folder"
    assert_complete(tmp_path / "new" / "folder")
    assert first.requests == [("images.gz", None), ("labels.gz", None)]
    assert second.requests == []


def test_files_that_are_there_are_not_fetched_again_but_altered_ones_are(tmp_path, mirrors):
    fetch(tmp_path, mirrors[0])
    (tmp_path / "labels.gz").write_bytes(b"altered")
    fetch(tmp_path, mirrors[1])
    assert_complete(tmp_path)
    assert mirrors[1].requests == [("labels.gz", None)]


def test_progress_grows_to_the_full_size_of_every_file(tmp_path, mirrors):
    seen: list[FetchProgress] = []
    fetch_set("mnist", tmp_path, published=published(mirrors[0]), progress=seen.append)
    images = [step for step in seen if step.filename == "images.gz"]
    assert len(images) > 1
    assert [step.received for step in images] == sorted({step.received for step in images})
    assert {(step.url, step.size) for step in images} == {(mirrors[0].url + "images.gz", IMAGES.size)}
    assert images[-1].received == IMAGES.size
    again: list[FetchProgress] = []
    fetch_set("mnist", tmp_path, published=published(mirrors[0]), progress=again.append)
    assert again == [FetchProgress(file.filename, None, file.size, file.size) for file in FILES]


@pytest.mark.parametrize(
    ("content", "announces_length", "reason"),
    [
        (None, True, "answered 404 Not Found"),
        (b"x" * IMAGES.size, True, "wrong checksum"),
        (b"x" * (IMAGES.size + 1), True, "more than the published"),
        (b"short", False, "ended after 5 of 307,200 bytes"),
    ],
)
def test_the_next_mirror_takes_over(tmp_path, mirrors, content, announces_length, reason):
    bad, good = mirrors
    bad.announces_length = announces_length
    del bad.content["images.gz"]
    if content is not None:
        bad.content["images.gz"] = content
    fetch(tmp_path / "two", bad, good)
    assert_complete(tmp_path / "two")
    with pytest.raises(FetchError, match=reason) as failure:
        fetch(tmp_path / "one", bad)
    assert failure.value.filename == "images.gz"
    assert [attempt.url for attempt in failure.value.attempts] == [bad.url + "images.gz"]
    assert not (tmp_path / "one" / "images.gz").exists()


def test_an_interrupted_transfer_is_resumed_by_the_next_mirror(tmp_path, mirrors):
    broken, good = mirrors
    broken.cut_after = 100_000
    fetch(tmp_path, broken, good)
    assert_complete(tmp_path)
    assert ("images.gz", "bytes=100000-") in good.requests


def test_an_interrupted_transfer_is_resumed_by_the_next_call(tmp_path, mirrors):
    mirror = mirrors[0]
    mirror.cut_after = 200_000
    with pytest.raises(FetchError):
        fetch(tmp_path, mirror)
    assert [path.name for path in tmp_path.iterdir()] == ["images.gz.part"]
    fetch(tmp_path, mirror)
    assert_complete(tmp_path)
    assert mirror.requests[:2] == [("images.gz", None), ("images.gz", "bytes=200000-")]


def test_a_mirror_that_ignores_ranges_sends_everything_again(tmp_path, mirrors):
    mirror = mirrors[0]
    mirror.honours_ranges = False
    (tmp_path / "images.gz.part").write_bytes(CONTENT["images.gz"][:1000])
    fetch(tmp_path, mirror)
    assert_complete(tmp_path)


@pytest.mark.parametrize("leftover", [b"wrong" * 10, b"x" * IMAGES.size, b"x" * (IMAGES.size + 5)])
def test_a_wrong_leftover_is_thrown_away_and_fetched_anew(tmp_path, mirrors, leftover):
    (tmp_path / "images.gz.part").write_bytes(leftover)
    fetch(tmp_path, mirrors[0])
    assert_complete(tmp_path)


def test_a_complete_leftover_needs_no_network(tmp_path, mirrors):
    (tmp_path / "images.gz.part").write_bytes(CONTENT["images.gz"])
    fetch(tmp_path, mirrors[0])
    assert_complete(tmp_path)
    assert [name for name, _ in mirrors[0].requests] == ["labels.gz"]


def test_offline_the_error_names_what_was_tried_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(FetchError) as failure:
            fetch_set("mnist", tmp_path, published=PublishedSet("MNIST", FILES, (address, "not an address")))
    message = str(failure.value)
    assert f"{address}/images.gz: " in message
    assert "not an address/images.gz: " in message
    assert f"copy images.gz into {tmp_path}" in message
    assert "GRADER_DATA_DIR" in message
    assert len(failure.value.attempts) == 2


def test_a_folder_that_cannot_be_made_is_a_dataset_error(tmp_path, mirrors):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match="cannot store MNIST in"):
        fetch(tmp_path / "file" / "folder", mirrors[0])


def test_by_default_files_go_to_the_users_cache(no_data, mirrors):
    directory = fetch_set("mnist", published=published(mirrors[0]))
    assert directory == no_data / "grader" / "mnist"
    assert_complete(directory)


def archive_of(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as packed:
        for name, content in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            packed.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def test_an_archive_is_unpacked_into_a_folder_of_its_own_and_nothing_beside_it(tmp_path, mirrors):
    data = archive_of(("batches/one.bin", b"1"), ("../../two.bin", b"2"), ("batches/readme.html", b"<html>"))
    mirrors[0].content["set.tar.gz"] = data
    file = PublishedFile("set.tar.gz", len(data), hashlib.sha256(data).hexdigest())
    wanted = PublishedSet("A set", (file,), (mirrors[0].url,), ("one.bin", "two.bin"))
    for _ in range(2):
        assert fetch_set("set", tmp_path / "data", published=wanted) == tmp_path / "data" / "set"
    found = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"data/set/one.bin": b"1", "data/set/two.bin": b"2"}
    assert len(mirrors[0].requests) == 1


@pytest.mark.parametrize(("installed", "asked"), [(CONTENT["labels.gz"], 0), (b"of another version", 1)])
def test_what_an_installed_scikit_learn_has_is_copied_if_it_is_what_was_published(
    tmp_path, mirrors, monkeypatch, installed, asked
):
    place = tmp_path / "sklearn" / "datasets" / "data"
    place.mkdir(parents=True)
    (tmp_path / "sklearn" / "__init__.py").write_text("raise ImportError('it is not imported')")
    (place / "labels.gz").write_bytes(installed)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sklearn", raising=False)
    wanted = PublishedSet("labels", FILES[1:], (mirrors[0].url,), is_in_scikit_learn=True)
    fetch_set("labels", tmp_path / "data", published=wanted)
    assert (tmp_path / "data" / "labels" / "labels.gz").read_bytes() == CONTENT["labels.gz"]
    assert len(mirrors[0].requests) == asked


def test_a_set_that_is_not_known(tmp_path):
    with pytest.raises(DatasetError, match=r"no data set 'svhn' is known; there are mnist, fashion-mnist, cifar-10"):
        fetch_set("svhn", tmp_path)
    assert {name for name, wanted in SETS.items() if wanted.is_in_scikit_learn} == {"digits", "iris"}
