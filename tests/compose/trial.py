"""The compose file for real: 100 students hand in a notebook each, one of two workers is killed half-way.

    python -m tests.compose.trial [--students 100] [--workers 2] [--keep]

Builds and starts the containers, and demands that every notebook is graded once, with the score it must get. Needs a
Docker engine with Compose v2; `--keep` leaves everything running.
"""

import argparse
import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "assignments" / "mnist-mlp" / "examples" / "homework.ipynb"
SCORE = 76.0
URL = os.environ.get("GRADER_TRIAL_URL", "http://127.0.0.1:8000")
PATIENCE_SECONDS = 300.0  # in which nothing is finished, however busy the machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="leave the containers running")
    arguments = parser.parse_args()
    compose("up", "--detach", "--build", "--scale", f"worker={arguments.workers}", "--wait")
    try:
        trial(arguments.students)
    finally:
        if not arguments.keep:
            compose("down", "--volumes")


def trial(count: int) -> None:
    admin = client(compose("exec", "-T", "api", "grade", "token", "trial-admin", "--admin").strip().splitlines()[-1])
    course = f"trial-{int(time.time())}"
    done(admin.post("courses", json={"slug": course, "title": "A trial"}))
    done(admin.post(f"courses/{course}/assignments", json={"assignment": "mnist-mlp"}))
    roster = "login,name\n" + "".join(f"{course}-{i:03},Student {i}\n" for i in range(count))
    files = {"file": ("roster.csv", roster, "text/csv")}
    tokens = list(done(admin.post(f"courses/{course}/roster", files=files))["tokens"].values())
    assert len(tokens) == count, f"{count} students were enrolled, {len(tokens)} got a token"
    place = f"courses/{course}/assignments/mnist-mlp/submissions"

    started = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda numbered: hand_in(numbered[1], place, numbered[0]), enumerate(tokens)))
    uploaded = time.monotonic() - started
    print(f"{count} notebooks handed in within {uploaded:.1f} s")

    until(count // 2, lambda: finished(admin, place))
    victim = compose("ps", "--quiet", "worker").split()[0]
    docker("kill", "--signal", "KILL", victim)
    print(f"one worker killed when {finished(admin, place)} were finished")
    until(count, lambda: finished(admin, place))
    print(f"all finished after {time.monotonic() - started:.1f} s")

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda id: done(admin.get(f"submissions/{id}")), ids))
    reports = [done(admin.get(f"submissions/{id}/report")) for id in ids]
    states = Counter((submission["state"], submission["grading"]) for submission in found)
    assert len({submission["id"] for submission in found}) == count, "a submission is missing"
    assert states == {("done", 1): count}, f"state and number of the grading: {states}"
    scores = Counter(report["score"] for report in reports)
    assert scores == {SCORE: count}, f"scores: {scores}"
    tries = Counter(submission["tries"] for submission in found)
    again = sum(number for tried, number in tries.items() if tried > 1)
    print(f"every one of {count} was graded once, {SCORE:g} points each; {again} of them were begun a second time")


def hand_in(token: str, place: str, number: int) -> str:
    """Upload a notebook of the student's own; the id of the submission."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    notebook["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": f"Homework of student {number}"})
    with client(token) as student:
        files = {"file": ("homework.ipynb", json.dumps(notebook).encode(), "application/x-ipynb+json")}
        return str(done(student.post(place, files=files))["id"])


def finished(admin: httpx.Client, place: str) -> int:
    return int(done(admin.get(place, params={"state": "done", "limit": 1}))["total"])


def client(token: str) -> httpx.Client:
    return httpx.Client(base_url=f"{URL}/api/v1/", headers={"Authorization": f"Bearer {token}"}, timeout=60)


def done(response: httpx.Response) -> Any:
    assert response.is_success, f"{response.request.method} {response.url}: {response.status_code} {response.text}"
    return response.json()


def until(enough: int, finished: Callable[[], int]) -> None:
    """Wait for so many gradings, as long as there are more and more of them."""
    most, deadline = -1, 0.0
    while (now := finished()) < enough:
        if now > most:
            most, deadline = now, time.monotonic() + PATIENCE_SECONDS
        assert time.monotonic() < deadline, f"after {now} of {enough} gradings none for {PATIENCE_SECONDS:g} s"
        time.sleep(0.5)


def compose(*arguments: str) -> str:
    return docker("compose", *arguments)


def docker(*arguments: str) -> str:
    command: Sequence[str] = ["docker", *arguments]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert ran.returncode == 0, f"{' '.join(command)}: exit status {ran.returncode}"
    return ran.stdout


if __name__ == "__main__":
    main()
