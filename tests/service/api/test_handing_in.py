"""Uploads: what is taken, what is not, and what a repetition costs."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from service.api.conftest import Course
from tests.softplus import HALF_RIGHT, RIGHT


def ids(course: Course, name: str) -> list[str]:
    with course.door(name) as door:
        return [found["id"] for found in door.get(f"{course.hw}/submissions").json()["items"]]


def test_what_is_no_submission_is_refused_by_its_name_and_size(course: Course) -> None:
    assert course.submit("ada", "x", "essay.pdf").status_code == 415
    assert course.submit("ada", "", "homework.py").status_code == 422
    with course.door("ada") as door:
        assert door.post(f"{course.hw}/submissions", data={"file": "no file"}).status_code == 422
        assert door.post(f"{course.hw}/submissions", json={}).status_code == 422
        two = [("file", ("a.py", HALF_RIGHT)), ("file", ("b.py", HALF_RIGHT))]
        assert door.post(f"{course.hw}/submissions", files=two).status_code == 400
        broken = {"Content-Type": "multipart/form-data; boundary=x"}
        assert door.post(f"{course.hw}/submissions", content=b"--y\r\n", headers=broken).status_code in (400, 422)
    assert ids(course, "ada") == []


def test_a_body_too_large_is_refused_before_it_is_read(course: Course) -> None:
    """By what it claims, and by what arrives without a claim; nobody has to be signed in for that."""
    address = urlsplit(course.service.url)
    head = f"POST /api/v1{course.hw}/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(head.encode())
        answer = line.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 413")
    assert "application/problem+json" in answer

    def chunks() -> object:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.py"\r\n\r\n'
        for _ in range(32):
            yield b"#" * 1_000_000

    with course.door("ada") as door:
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        endless = door.post(f"{course.hw}/submissions", content=chunks(), headers=headers)  # type: ignore[arg-type]
    assert endless.status_code == 413
    assert ids(course, "ada") == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.py", "C:\\work\\homework.py", "ho\tme\x1b[31m.py", "ä" * 300 + ".py"]
)
def test_a_hostile_file_name_is_made_harmless(course: Course, name: str) -> None:
    with course.door("ada") as door:
        answer = door.post(f"{course.hw}/submissions", files={"file": (name, HALF_RIGHT)})
    kept = answer.raise_for_status().json()["filename"]
    assert kept.isprintable()
    assert kept.endswith(".py")
    assert len(kept) <= 200
    assert "/" not in kept
    assert "\\" not in kept


def test_an_uploaded_page_is_never_shown_as_one(course: Course) -> None:
    page = "<script>alert(1)</script>"
    submission = course.submit("ada", page, "page.html.py").json()
    with course.door("ada") as door:
        answer = door.get(f"/submissions/{submission['id']}/file")
    assert answer.text == page
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_key_is_the_same_submission_even_all_at_once(course: Course) -> None:
    course.set(max_attempts=1)
    headers = {"Idempotency-Key": "monday"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: course.submit("ada", headers=headers), range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert course.submit("ada", RIGHT, headers=headers).status_code == 409
    assert course.submit("bob", headers=headers).json()["id"] != answers[0].json()["id"]


def test_attempts_are_counted_however_many_come_at_once(course: Course) -> None:
    course.set(max_attempts=3)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: course.submit("ada", f"{HALF_RIGHT}# {n}\n"), range(8)))
    assert sorted(answer.status_code for answer in answers) == [202] * 3 + [409] * 5
    with course.door("ada") as door:
        assert door.get(course.hw).json()["attempts"] == {"used": 3, "left": 0}
        submissions = door.get(f"{course.hw}/submissions").json()["items"]
        assert sorted(found["attempt"] for found in submissions) == [1, 2, 3]
        cancelled = door.post(f"/submissions/{submissions[0]['id']}/cancel")
        assert cancelled.json()["state"] == "cancelled"
        assert door.get(course.hw).json()["attempts"] == {"used": 2, "left": 1}
        assert door.post(f"/submissions/{submissions[0]['id']}/cancel").status_code == 409
    assert course.submit("ada").status_code == 202


def test_nothing_is_taken_before_the_opening_and_after_the_close(course: Course) -> None:
    now = datetime.now(UTC)
    course.set(closes_at=(now - timedelta(minutes=1)).isoformat())
    refused = course.submit("ada")
    assert refused.status_code == 409
    assert "closed" in refused.json()["detail"]
    assert course.submit("teacher").status_code == 202, "instructors try things out at any time"
    with course.service.door() as door:
        wrong = door.patch(course.hw, json={"opens_at": now.isoformat()})
        assert wrong.status_code == 422
        assert "opens_at" in wrong.json()["detail"]


def test_uploads_have_a_rate(course: Course) -> None:
    limit = course.service.settings.uploads_per_minute
    answers = [course.submit("ada", f"# {n}\n").status_code for n in range(limit)]
    assert set(answers) == {202}
    refused = course.submit("ada")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert course.submit("bob").status_code == 202


def test_a_list_is_filtered_and_cut_into_pages(course: Course) -> None:
    submitted = [course.submit("ada", f"# {n}\n").json()["id"] for n in range(3)] + [course.submit("bob").json()["id"]]
    with course.door("teacher") as door:

        def found(**filters: str | int) -> tuple[list[str], int]:
            page = door.get(f"{course.hw}/submissions", params=filters).raise_for_status().json()
            return [item["id"] for item in page["items"]], page["total"]

        assert found() == (submitted[::-1], 4)
        assert found(limit=2, offset=1) == (submitted[::-1][1:3], 4)
        assert found(student="ada") == (submitted[2::-1], 3)
        door.post(f"/submissions/{submitted[0]}/cancel")
        assert found(state="cancelled") == (submitted[:1], 1)
        places = {item["id"]: item["place"] for item in door.get(f"{course.hw}/submissions").json()["items"]}
        assert places[submitted[0]] is None
        assert places[submitted[3]] < places[submitted[2]], "bob's first goes before ada's third"


def test_a_request_that_was_broken_off_leaves_nothing(course: Course) -> None:
    class BrokenOff(Exception):
        pass

    def half() -> object:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.py"\r\n\r\nx = 1'
        raise BrokenOff

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    with course.door("ada") as door, pytest.raises((BrokenOff, httpx.HTTPError)):
        door.post(f"{course.hw}/submissions", content=half(), headers=headers)  # type: ignore[arg-type]
    assert ids(course, "ada") == []
