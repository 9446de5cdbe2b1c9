"""The service at a deadline, beside `grade batch` on the same submissions.

    python benchmarks/service.py [--submissions 60] [--workers 2] [--uploaders 8] [--database postgresql://…]

`grade serve` runs as for a class, on an empty database. First it idles; then one submission is followed to its first
feedback; then all are uploaded by HTTP at once, and graded. Rates are taken between the first and the last result, so
that starting is in neither; CPU time per submission is what a busy machine does not change.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import sqlalchemy as sa
from batch import prepare

from grader.batch import BatchProgress, grade_batch
from grader.service import courses, people, rosters
from grader.service.context import Context, open_context
from grader.service.data import Event, Grading, GradingState, Role
from grader.service.data.migrate import migrate
from grader.service.settings import Settings

IDLE_SECONDS = 20
IDLE_BAR_PERCENT, RATE_BAR = 5.0, 0.80
STUDENTS = 40


@dataclass(frozen=True)
class Pace:
    """How fast submissions were graded: seconds and CPU seconds of each, start not counted."""

    seconds: float
    cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--uploaders", type=int, default=8)
    parser.add_argument("--database", default="", help="an empty database; SQLite without it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = prepare(Path(folder), arguments.submissions)
        batch = batch_pace(place.assignment, place.submissions[0].parent, Path(folder) / "out", arguments.workers)
        settings = Settings(
            folder=Path(folder) / "service",
            database_url=arguments.database,
            assignments=place.root,
            workers=arguments.workers,
            port=8900,
            uploads_per_minute=1_000_000,
            log_level="WARNING",
        )
        tokens = prepare_course(settings, place.assignment.name)
        with served(settings) as server, open_service(settings) as context:
            door = Door(f"http://127.0.0.1:{settings.port}", place.assignment.name, tokens)
            idle = idle_percent(server)
            feedback = first_feedback(context, door, place.submissions[0])
            uploads, service, memory = deadline(context, door, server, place.submissions, arguments.uploaders)
    print(f"{arguments.submissions} submissions, {arguments.workers} workers, {context.engine.dialect.name}")
    print(f"  idle                       {idle:6.1f} % of a core      bar ≤ {IDLE_BAR_PERCENT:g}")
    print(f"  first feedback after       {feedback:6.2f} s, of one submission on an idle service")
    print(f"  upload, median and p95     {statistics.median(uploads):6.3f} {quantile(uploads, 0.95):6.3f} s")
    print(f"  memory, half-way and end   {memory[0]:6.0f} {memory[1]:6.0f} MB")
    print(f"  submissions a minute       {60 / service.seconds:6.0f}, grade batch {60 / batch.seconds:.0f}")
    print(f"  of grade batch's rate      {batch.seconds / service.seconds:6.2f}                  bar ≥ {RATE_BAR:g}")
    print(f"  CPU per submission         {1e3 * service.cpu:6.0f} ms, grade batch {1e3 * batch.cpu:.0f} ms")


def batch_pace(assignment: Path, submissions: Path, output: Path, jobs: int) -> Pace:
    moments: list[tuple[int, float, float]] = []

    def note(progress: BatchProgress) -> None:
        moments.append((progress.done, time.perf_counter(), cpu_of(os.getpid())))

    grade_batch(assignment, submissions, output, jobs=jobs, on_progress=note)
    return between(moments[jobs], moments[-1])


def between(begun: tuple[int, float, float], ended: tuple[int, float, float]) -> Pace:
    count = ended[0] - begun[0]
    return Pace((ended[1] - begun[1]) / count, (ended[2] - begun[2]) / count)


def prepare_course(settings: Settings, assignment: str) -> list[str]:
    """A course with students; their tokens."""
    with open_service(settings) as context:
        migrate(context.engine)
        with context.sessions.begin() as session:
            admin = people.new_user(session, "admin", is_admin=True)
            course = courses.new_course(session, admin, "class", "A class")
            courses.set_assignment(session, admin, course, context.shelf, assignment)
            students = [people.new_user(session, f"student{i}") for i in range(STUDENTS)]
            for student in students:
                rosters.enroll(session, admin, course, student, Role.STUDENT)
            return [people.create_token(session, student) for student in students]


@contextmanager
def open_service(settings: Settings) -> Iterator[Context]:
    context = open_context(settings)
    try:
        yield context
    finally:
        context.engine.dispose()


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    """`grade serve` with all its processes; the process id."""
    environment = {**os.environ, **settings.environment()}
    server = subprocess.Popen([Path(sys.executable).with_name("grade"), "serve"], env=environment)
    try:
        while True:
            try:
                if httpx.get(f"http://127.0.0.1:{settings.port}/health").is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


class Door:
    """Uploads of students."""

    def __init__(self, address: str, assignment: str, tokens: list[str]) -> None:
        self._client = httpx.Client(base_url=f"{address}/api/v1/courses/class/assignments/{assignment}", timeout=60)
        self._tokens = tokens

    def submit(self, path: Path, number: int) -> tuple[str, float]:
        """Id of the submission, and the seconds until it was acknowledged."""
        headers = {"Authorization": f"Bearer {self._tokens[number % len(self._tokens)]}"}
        started = time.perf_counter()
        answer = self._client.post("/submissions", headers=headers, files={"file": (path.name, path.read_bytes())})
        seconds = time.perf_counter() - started
        answer.raise_for_status()
        return str(answer.json()["id"]), seconds


def idle_percent(server: int) -> float:
    """CPU that the whole service takes when nothing is to be done, in percent of a core."""
    time.sleep(10)  # until the workers are ready
    started, before = time.perf_counter(), cpu_of(server)
    time.sleep(IDLE_SECONDS)
    return 100 * (cpu_of(server) - before) / (time.perf_counter() - started)


def first_feedback(context: Context, door: Door, path: Path) -> float:
    """From the upload to the first check, as everybody who watches can see it."""
    started = time.perf_counter()
    door.submit(path, 0)
    while True:
        with context.sessions() as session:
            if session.scalar(sa.select(Event.id).where(Event.kind == "check").limit(1)):
                seconds = time.perf_counter() - started
                break
        time.sleep(0.02)
    while finished(context) < 1:
        time.sleep(0.1)
    return seconds


def deadline(
    context: Context, door: Door, server: int, submissions: tuple[Path, ...], uploaders: int
) -> tuple[list[float], Pace, tuple[float, float]]:
    """Everybody hands in at once: seconds of each upload, pace of the grading, MB half-way and at the end."""
    with ThreadPoolExecutor(uploaders) as threads:
        uploads = [seconds for _, seconds in threads.map(door.submit, submissions, range(len(submissions)))]
    moments: list[tuple[int, float, float]] = []
    memory: list[float] = []
    total = len(submissions) + 1
    while not moments or moments[-1][0] < total:
        done = finished(context)
        if not moments or done > moments[-1][0]:
            moments.append((done, time.perf_counter(), cpu_of(server)))
        if len(memory) == (done > total // 2):
            memory.append(megabytes(server))
        time.sleep(0.02)
    return uploads, between(moments[0], moments[-1]), (memory[-1], megabytes(server))


def finished(context: Context) -> int:
    with context.sessions() as session:
        query = sa.select(sa.func.count()).select_from(Grading).where(Grading.state == GradingState.DONE)
        return session.scalar(query) or 0


def cpu_of(pid: int) -> float:
    """Seconds of CPU of a process and of all below it, those that have ended and were waited for included."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0  # ended since it was listed; whoever waits for it has its time
    own = sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(cpu_of, children(pid)))


def children(pid: int) -> Iterator[int]:
    with suppress(OSError):  # it may end meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())


def megabytes(pid: int) -> float:
    """Resident memory of a process and all below it; what they share is counted for each."""
    try:
        total = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0
    return total + sum(map(megabytes, children(pid)))


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
