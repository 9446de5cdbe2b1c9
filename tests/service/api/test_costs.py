"""What somebody can cost the service: bodies, connections, files on the disk."""

import io
import socket
import stat
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from grader.service.engine.connections import PatientProtocol
from grader.service.whole_files import AT_ONCE, SMALL, whole
from service.api.conftest import Course
from tests.softplus import HALF_RIGHT


def stored(course: Course) -> int:
    folder = course.service.settings.folder / "files"
    return sum(1 for path in folder.rglob("*") if path.is_file())


def announced(course: Course, path: str, name: str) -> str:
    """The answer to a request that announces an upload, of which nothing is ever sent."""
    address = urlsplit(course.service.url)
    head = (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {course.tokens[name]}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(head.encode())
        return line.recv(65536).decode()


def test_what_is_refused_is_neither_read_nor_kept(course: Course) -> None:
    """Attempts that are used up, a closed assignment, a rate: 726 MB were stored of refused uploads."""
    course.set(max_attempts=1)
    assert course.submit("ada").status_code == 202
    before = stored(course)
    assert course.submit("ada", HALF_RIGHT + "# another\n").status_code == 409
    assert announced(course, f"{course.hw}/submissions", "ada").startswith("HTTP/1.1 409")
    assert stored(course) == before

    course.set(max_attempts=None)
    answers = [course.submit("bob", HALF_RIGHT + f"# {i}\n").status_code for i in range(9)]
    assert answers == [202] * 8 + [429]
    assert announced(course, f"{course.hw}/submissions", "bob").startswith("HTTP/1.1 429")
    assert stored(course) == before + 8

    course.set(closes_at="2020-01-01T00:00:00Z")
    assert announced(course, f"{course.hw}/submissions", "ada").startswith("HTTP/1.1 409")


def test_of_large_uploads_a_few_are_in_memory_at_a_time_and_small_ones_wait_for_none() -> None:
    """Forty threads read twenty megabytes each: 800 MB."""
    large, small = b"x" * (SMALL + 1), b"x"
    entered = threading.Event()

    def one_more() -> bytes:
        with whole(io.BytesIO(large)) as content:
            entered.set()
            return content

    with ThreadPoolExecutor(1) as thread, ExitStack() as held:
        for _ in range(AT_ONCE):
            held.enter_context(whole(io.BytesIO(large)))
        waiting = thread.submit(one_more)
        with whole(io.BytesIO(small)) as content:
            assert content == small
        assert not entered.wait(0.2)
        held.close()
        assert waiting.result() == large


def test_a_repetition_is_answered_although_no_attempt_is_left(course: Course) -> None:
    course.set(max_attempts=1)
    key = {"Idempotency-Key": "once"}
    first, again = (course.submit("ada", headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.parametrize("path", ["{hw}/batches", "/courses/{slug}/roster"])
def test_an_instructors_upload_is_not_read_from_a_student(course: Course, path: str) -> None:
    path = path.format(hw=course.hw, slug=course.slug)
    assert announced(course, path, "ada").startswith("HTTP/1.1 403")


@pytest.mark.parametrize("sends", ["api", "page"])
def test_what_is_refused_is_not_listened_to_until_the_end(course: Course, sends: str) -> None:
    """300 MB to where somebody has no rights, or is not even signed in: the connection ends with the answer."""
    path = f"/api/v1{course.hw}/batches" if sends == "api" else "/courses/c/assignments/hw/batches"
    address = urlsplit(course.service.url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: Bearer {course.tokens['ada']}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 300000000\r\n\r\n"
    )
    sent = 0
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(head.encode())
        if sends == "api":
            answer = line.recv(65536).decode().lower()
            assert answer.startswith("http/1.1 403")
            assert "connection: close" in answer
        with suppress(BrokenPipeError, ConnectionResetError):
            while sent < 300_000_000:
                sent += line.send(bytes(1 << 18))
    # What the two ends of a connection hold, and what is taken so that the answer is found.
    assert sent < (15_000_000 if sends == "api" else 60_000_000)


def test_a_small_body_that_nobody_asked_for_ends_no_connection(course: Course) -> None:
    with course.door("ada") as door:
        answer = door.post(f"{course.hw}/batches", content=bytes(1000), headers={"Content-Type": "text/plain"})
        assert answer.status_code == 403
        assert "connection" not in answer.headers


@pytest.fixture
def silent(course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[socket.socket]]:
    """More connections than may wait, none of which finishes the headers of its request."""
    monkeypatch.setattr(PatientProtocol, "most_waiting", 50)
    address = urlsplit(course.service.url)
    lines = []
    for _ in range(120):
        line = socket.create_connection((address.hostname, address.port), timeout=20)
        line.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nX-A: ")
        lines.append(line)
    yield lines
    for line in lines:
        line.close()


def has_ended(line: socket.socket) -> bool:
    """Whether the server ends the connection, be it by a reset (what it had been sent was not read)."""
    try:
        while line.recv(65536):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return True


def test_connections_that_say_nothing_keep_nobody_out(course: Course, silent: list[socket.socket]) -> None:
    started = time.monotonic()
    assert httpx.get(f"{course.service.url}/health", timeout=20).status_code == 200
    assert time.monotonic() - started < 10
    assert len(PatientProtocol.waiting) <= 51
    assert has_ended(silent[0])  # the longest silent ones had to go


def test_a_connection_without_a_request_ends(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.service.engine.connections.REQUEST_SECONDS", 0.2)
    address = urlsplit(course.service.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /health HTTP/1.1\r\nHo")
        assert has_ended(line)


def test_a_body_that_never_ends_is_given_up(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.service.api.limits._SILENCE_SECONDS", 0.3)
    assert announced(course, f"{course.hw}/submissions", "ada").startswith("HTTP/1.1 408")


def test_database_and_files_are_for_their_owner_alone(course: Course) -> None:
    folder = course.service.settings.folder
    kept = [path for path in folder.glob("grader.db*") if path.exists()]
    assert kept
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE(Path(folder / "files").stat().st_mode) == 0o700


def test_nobody_fills_the_database_with_tokens(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.service.people.MOST_TOKENS", 3)
    with course.door("ada") as door:
        made = [door.post("/me/tokens", json={"label": "mine"}).status_code for _ in range(3)]
        assert made == [201, 201, 409]
