"""The client: what breaks on the way is tried again, and is still one thing; what is refused is told."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from batch.conftest import zipped

from grader.client import BadRequest, Client, Conflict, Forbidden, NotFound, NotSignedIn, TooMany, Unreachable
from service.api.conftest import Course
from tests.softplus import HALF_RIGHT


class Lossy(httpx.HTTPTransport):
    """The first answers are lost on their way back, after the service has done its part."""

    def __init__(self, losses: int) -> None:
        super().__init__()
        self.losses = losses

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if self.losses > 0:
            self.losses -= 1
            response.read()
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        return response


@pytest.fixture
def homework(tmp_path: Path) -> Path:
    path = tmp_path / "homework.py"
    path.write_text(HALF_RIGHT)
    return path


def test_an_answer_that_is_lost_doubles_nothing(course: Course, homework: Path, tmp_path: Path) -> None:
    course.set(max_attempts=1)
    with Client(course.service.url, course.tokens["ada"], transport=Lossy(2)) as client:
        status = client.submit(course.slug, "hw", homework)
        assert [found.id for found in client.submissions(course.slug, "hw")] == [status.id]
    packed = tmp_path / "class.zip"
    packed.write_bytes(zipped({"eve/a.py": HALF_RIGHT}))
    with Client(course.service.url, course.tokens["teacher"], transport=Lossy(1)) as client:
        batch = client.submit_batch(course.slug, "hw", packed)
        assert client.batch(batch.id).total == 1
        assert client.cancel_batch(batch.id) == 1
        assert [found.is_finished for found in client.watch_batch(batch.id)][-1]
    with course.door("teacher") as door:
        assert len(door.get(f"{course.hw}/batches").json()) == 1


def test_every_refusal_is_an_error_of_its_own(course: Course, homework: Path, tmp_path: Path) -> None:
    with course.client("ada") as client:
        assert [(mine.slug, mine.role) for mine in client.me().courses] == [(course.slug, "student")]
        with pytest.raises(NotFound, match="no assignment 'nothing'"):
            client.submit(course.slug, "nothing", homework)
        status = client.submit(course.slug, "hw", homework, idempotency_key="k")
        with pytest.raises(NotFound, match="no report yet"):
            client.report(status.id)
        with pytest.raises(Forbidden, match="instructors"):
            client.regrade(status.id)
        assert client.cancel(status.id).state == "cancelled"
        with pytest.raises(Conflict, match="nothing to cancel"):
            client.cancel(status.id)
        (tmp_path / "essay.pdf").write_bytes(b"%PDF")
        with pytest.raises(BadRequest, match=r"essay\.pdf is not a kind of file that is graded"):
            client.submit(course.slug, "hw", tmp_path / "essay.pdf")
        for _ in range(course.service.settings.uploads_per_minute - 1):
            client.submit(course.slug, "hw", homework)
        with pytest.raises(TooMany) as refused:
            client.submit(course.slug, "hw", homework)
        assert refused.value.seconds > 0
    with Client(course.service.url, "grader_wrong") as client, pytest.raises(NotSignedIn):
        client.me()


def test_a_service_that_is_not_there_is_given_up_after_a_while() -> None:
    with Client("http://127.0.0.1:9", "x", patience=0.5) as client, pytest.raises(Unreachable, match=r"127\.0\.0\.1:9"):
        client.me()


def test_a_service_that_is_away_for_a_moment_is_waited_for() -> None:
    answers = iter([httpx.Response(503, headers={"Retry-After": "0"}), httpx.Response(502, text="<html>")])
    me = {"login": "ada", "name": "", "is_admin": False, "courses": []}
    transport = httpx.MockTransport(lambda request: next(answers, httpx.Response(200, json=me)))
    with Client("http://service.example", "x", transport=transport) as client:
        assert client.me().login == "ada"


def test_it_needs_nothing_of_the_service() -> None:
    """Whoever only hands in has not installed the extra."""
    absent = ("sqlalchemy", "fastapi", "starlette", "dbos", "alembic", "uvicorn", "prometheus_client")
    code = (
        f"import sys; sys.modules |= dict.fromkeys({absent}); import grader.client, grader.cli.submit, grader.cli.app"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
