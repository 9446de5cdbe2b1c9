"""`grade submit`: as `grade run`, through a service."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import pytest
from httpcore._synchronization import ThreadLock
from typer.testing import CliRunner, Result

from grader.cli.app import app
from grader.client import BatchStatus, Client
from service.api.conftest import Course
from tests.softplus import HALF_RIGHT, RIGHT


def grade(course: Course, *arguments: str, name: str = "ada") -> Result:
    environment = {
        "GRADER_SERVER": course.service.url,
        "GRADER_TOKEN": course.tokens[name],
        "GRADER_COURSE": course.slug,
    }
    return CliRunner().invoke(app, ["submit", *arguments], env=environment)


def test_a_report_is_shown_as_grade_run_shows_it(live_course: Course, tmp_path: Path) -> None:
    homework = tmp_path / "homework.py"
    homework.write_text(HALF_RIGHT)
    assert live_course.service.settings.assignments
    at_home = CliRunner().invoke(
        app, ["run", str(live_course.service.settings.assignments / "softplus"), str(homework)]
    )
    served = grade(live_course, str(homework), "--assignment", "hw")
    assert served.exit_code == at_home.exit_code == 1, served.output
    assert without_numbers(served.stdout) == without_numbers(at_home.stdout)  # an attempt has a draw of its own
    assert "The slope is that of the ReLU" in served.stdout

    page = tmp_path / "report.html"
    homework.write_text(RIGHT)
    assert grade(live_course, str(homework), "--assignment", "hw", "--output", str(page)).exit_code == 0
    assert page.read_text().startswith("<!DOCTYPE html>")
    as_json = grade(live_course, str(homework), "--assignment", "hw", "--format", "json")
    assert json.loads(as_json.stdout)["score"] == 10.0

    (tmp_path / "odd.ipynb").write_text("no notebook")
    rejected = grade(live_course, str(tmp_path / "odd.ipynb"), "--assignment", "hw")
    assert (rejected.exit_code, rejected.stdout) == (2, "")
    assert "odd.ipynb" in rejected.stderr


def test_lateness_is_told(live_course: Course, tmp_path: Path) -> None:
    live_course.set(due_at="2026-01-01T00:00:00Z", policy={"late": {"penalty": 50}})
    homework = tmp_path / "homework.py"
    homework.write_text(RIGHT)
    late = grade(live_course, str(homework), "--assignment", "hw")
    assert late.exit_code == 0
    assert "what counts: 0 of 10" in late.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("homework.py",), "--assignment"),
        (("homework.py", "--assignment", "other"), "no assignment 'other'"),
        (("missing.py", "--assignment", "hw"), "missing.py: No such file"),
        (("--follow", "00000000-0000-4000-8000-000000000000"), "no such submission"),
        (("homework.py", "--assignment", "hw", "--token", "wrong"), "token is not known"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("homework.py").write_text(RIGHT)
    result = grade(course, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def without_numbers(text: str) -> list[str]:
    """Its words, without the line of times; an attempt's own random inputs give other numbers."""
    told = " ".join(line.strip() for line in text.splitlines() if " s" not in line)
    return re.sub(r"\d+(\.\d+)?(e-?\d+)?", "0", told).split()


def test_leaving_leaves_the_submission_alone(course: Course, tmp_path: Path) -> None:
    """Ctrl-C while it waits: it goes on, and there is a way back."""
    homework = tmp_path / "homework.py"
    homework.write_text(RIGHT)
    served = ("--server", course.service.url, "--course", course.slug)
    submit = ["submit", str(homework), *served, "--assignment", "hw"]
    batch = ["batch", "hw", str(tmp_path), "--output", str(tmp_path.parent / f"{tmp_path.name}-out"), *served]
    commands = [interruptible(submit, course.tokens["ada"]), interruptible(batch, course.tokens["teacher"])]
    with course.door("teacher") as door:
        while len(found := door.get(f"{course.hw}/submissions").json()["items"]) < 2:
            time.sleep(0.05)
        for command in commands:
            command.send_signal(signal.SIGINT)
        (_, left), (_, batch_left) = (command.communicate(timeout=60) for command in commands)
        mine = next(item["id"] for item in found if item["batch"] is None)
        assert door.get(f"/submissions/{mine}").json()["state"] == "queued"
    assert [command.returncode for command in commands] == [130, 130]
    # The service may have it before the command has the service's answer: then only the page knows.
    assert f"--follow {mine}" in left or "whether it arrived is on your page" in left
    assert "--resume" in batch_left


@pytest.mark.parametrize("way", ["dropped", "lock"])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_interruption_is_lost(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """In a callback, whose errors Python drops; between the taking of a lock and the block that gives it back."""
    (tmp_path / "homework.py").write_text(RIGHT)
    monkeypatch.setattr("grader.cli.server._AGAIN_SECONDS", 0.1)
    enter, locks = ThreadLock.__enter__, list[ThreadLock]()

    def interrupted(lock: ThreadLock) -> ThreadLock:
        locks.append(enter(lock))
        signal.raise_signal(signal.SIGINT)
        return lock

    def follow(client: Client, batch: str) -> BatchStatus:
        if way == "lock":
            with monkeypatch.context() as patch:
                patch.setattr(ThreadLock, "__enter__", interrupted)
                return batch_status(client, batch)
        found, key = batch_status(client, batch), type("Key", (), {})()
        watched = weakref.ref(key, lambda _: signal.raise_signal(signal.SIGINT))
        del key
        assert watched() is None
        return found

    batch_status = Client.batch
    monkeypatch.setattr(Client, "batch", follow)
    options = ["--server", course.service.url, "--course", course.slug, "--token", course.tokens["teacher"]]
    rescue = threading.Timer(10, lambda: locks[0].__exit__() if locks else os.kill(os.getpid(), signal.SIGINT))
    rescue.start()
    result = CliRunner().invoke(app, ["batch", "hw", str(tmp_path), "--output", str(tmp_path / "out"), *options])
    assert rescue.is_alive()
    rescue.cancel()
    assert (result.exit_code, signal.getsignal(signal.SIGINT)) == (130, signal.default_int_handler)
    assert "--resume" in result.stderr


def interruptible(arguments: list[str], token: str) -> "subprocess.Popen[str]":
    code = "from grader.cli import main; main()"
    environment = os.environ | {"GRADER_TOKEN": token}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
