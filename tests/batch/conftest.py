"""A small assignment that is graded in an instant, and downloads made up in the forms of the platforms."""

import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from grader.batch import pool
from grader.batch.jobs import Setup
from grader.batch.source import open_source
from grader.batch.worker import grade_job
from grader.child import Ready
from grader.grading import Grader
from grader.sandbox import Sandbox
from tests.softplus import write_assignment

Files = Mapping[str, str | bytes]
WriteFiles = Callable[[Files], Path]
WriteZip = Callable[..., Path]


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    return write_assignment(tmp_path / "softplus")


@pytest.fixture
def write_folder(tmp_path: Path) -> WriteFiles:
    """A folder `download` with these files."""

    def write(files: Files) -> Path:
        root = tmp_path / "download"
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(as_bytes(content))
        return root

    return write


@pytest.fixture
def write_zip(tmp_path: Path) -> WriteZip:
    """A ZIP with these files."""

    def write(files: Files, name: str = "download.zip") -> Path:
        path = tmp_path / name
        path.write_bytes(zipped(files))
        return path

    return write


@pytest.fixture(scope="session")
def warm_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The sandbox of the small assignment, for every batch whose processes are not what is tested."""
    folder = tmp_path_factory.mktemp("warm") / "softplus"
    write_assignment(folder)
    with Grader(folder) as session:
        yield session.sandbox


@pytest.fixture
def in_a_thread(warm_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are graded in a thread of this process, with a sandbox that is there: a process takes a second to start.

    What processes are for is tested in `test_interruption.py` and with the mixed class of `test_run.py`.
    """
    monkeypatch.setattr(pool, "ChildProcess", lambda module: GradingThread(warm_sandbox))


class GradingThread:
    """In the place of a process: the same jobs, graded the same way."""

    def __init__(self, sandbox: Sandbox) -> None:
        ours, theirs = socket.socketpair()
        self.connection = Connection(ours.detach())
        self._theirs, self._sandbox = Connection(theirs.detach()), sandbox
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def end(self) -> str:
        self.connection.close()
        self._thread.join(60)
        return ""

    def _work(self) -> None:
        with self._theirs:
            try:
                setup: Setup = self._theirs.recv()
                with (
                    open_source(setup.submissions) as source,
                    Grader(setup.assignment, sandbox=self._sandbox, carried_forward=setup.carried_forward) as session,
                ):
                    self._theirs.send(Ready())
                    while True:
                        self._theirs.send(grade_job(session, source, self._theirs.recv(), setup.draws))
            except (EOFError, OSError):
                return  # the batch is over


def zipped(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, as_bytes(content))
    return stream.getvalue()


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
