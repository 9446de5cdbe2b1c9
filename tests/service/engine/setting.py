"""A course whose one assignment is graded in an instant, and the processes that serve and grade it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from grader.service import courses, handing_in, people, rosters
from grader.service.context import open_context
from grader.service.data import CourseAssignment, Event, Grading, GradingState, Role, User
from grader.service.data.migrate import migrate
from grader.service.settings import Settings
from tests.batch.processes import descendants
from tests.softplus import write_assignment

ASSIGNMENT = {
    "assignment.toml": 'title = "Doubling"\nsummary = "Twice a number."\nversion = "1.0"\npoints = 10\n\n'
    "[limits]\ncall_seconds = 3600\nload_seconds = 60\ntotal_seconds = 3600\nmemory_mb = 256\n",
    "contract.py": 'def double(x):\n    """Twice x, element by element."""\n',
    "solution.py": "def double(x):\n    return 2 * x\n",
    "checks.py": "from grader.checks import check, expect\n\n\n"
    '@check("double", points=10, title="Random values")\n'
    "def double_random(student, solution, rng):\n"
    "    x = rng.normal(size=3)\n"
    '    expect(student.double(x), "double(x)").close_to(solution.double(x))\n',
}
RIGHT = "def double(x):\n    return x + x\n"
WRONG = "def double(x):\n    return x + 1\n"
SLOW = "import time\n\n\ndef double(x):\n    time.sleep({seconds})\n    return x + x\n"
# Runs for as long as it may, however long a busy machine takes for what a test does meanwhile.
ENDLESS = "import time\n\n\ndef double(x):\n    while True:\n        time.sleep(1)\n"
# Values that the assignment's own check can be made to look for.
HOARDING = "def double(x):\n    return 7 if isinstance(x, float) and x == 1e9 else x + x\n"
POISON = "def double(x):\n    return 'poison'\n"


class Setting:
    """Everything but the processes; those it starts end with it.

    Attributes:
        context: the service as seen from the test.
        shelf: the assignment's folder.
    """

    def __init__(self, folder: Path, database_url: str, **settings: object) -> None:
        shelf = write_assignment(folder / "shelf" / "doubling", ASSIGNMENT)
        self.settings = Settings(
            folder=folder / "service",
            database_url=database_url,
            assignments=folder / "shelf",
            port=free_port(),
            **{"uploads_per_minute": 10_000, "lease_seconds": 2, "tries": 50} | settings,
        )
        self.context = open_context(self.settings)
        migrate(self.context.engine)
        with self.context.sessions.begin() as session:
            admin = people.new_user(session, "admin", is_admin=True)
            course = courses.new_course(session, admin, "deep", "Deep learning")
            courses.set_assignment(session, admin, course, self.context.shelf, "doubling")
            self._course, self.admin = course, admin
        self.students: list[User] = []
        self.tokens: list[str] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        self._log = (folder / "log").open("ab")
        self.shelf = shelf

    def enroll(self, count: int) -> None:
        with self.context.sessions.begin() as session:
            for i in range(len(self.students), count):
                student = people.new_user(session, f"student{i}")
                rosters.enroll(session, self.admin, self._course, student, Role.STUDENT)
                self.students.append(student)
                self.tokens.append(people.create_token(session, student))

    def submit(self, text: str, student: int = 0) -> str:
        """Hand in; the id of the submission."""
        self.enroll(student + 1)
        with self.context.sessions() as session:
            assignment = session.scalars(sa.select(CourseAssignment)).one()
        student_ = self.students[student]
        return handing_in.accept(self.context, student_, assignment, "homework.py", text.encode()).id

    def start(self, command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `grade serve` or `grade worker`."""
        process = subprocess.Popen(
            [Path(sys.executable).with_name("grade"), command],
            env={**os.environ, **self.settings.environment(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        return self.start("worker", **environment)

    def states(self) -> dict[GradingState, int]:
        query = sa.select(Grading.state, sa.func.count()).group_by(Grading.state)
        with self.context.sessions() as session:
            return {state: count for state, count in session.execute(query)}  # noqa: C416 - rows are no pairs

    def gradings(self) -> list[Grading]:
        with self.context.sessions() as session:
            return list(session.scalars(sa.select(Grading).order_by(Grading.id)))

    def grading_of(self, submission_id: str) -> Grading:
        with self.context.sessions() as session:
            return session.scalars(sa.select(Grading).where(Grading.submission_id == submission_id)).one()

    def events(self, kind: str | None = None) -> list[Event]:
        query = sa.select(Event).order_by(Event.id)
        with self.context.sessions() as session:
            return list(session.scalars(query if kind is None else query.where(Event.kind == kind)))

    def all_final(self) -> bool:
        return all(state.is_final for state in self.states())

    def wait(self, condition: Callable[[], object], seconds: float = 600.0) -> None:
        """Until something is so; the database may be away meanwhile. On a busy machine it takes as long as it takes."""
        end = time.monotonic() + seconds
        while True:
            with suppress(sa.exc.DBAPIError):
                if condition():
                    return
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds:g} s: {self.states()}\n{self.log()[-3000:]}")
            time.sleep(0.05)

    def exit_status(self, process: subprocess.Popen[bytes]) -> int | None:
        """How a process has ended, which is waited for."""
        self.wait(lambda: process.poll() is not None)
        return process.returncode

    def log(self) -> str:
        return Path(self._log.name).read_text("utf-8", "replace")

    def close(self) -> None:
        for process in self._processes:
            for one in [process.pid, *descendants(process.pid)]:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            process.wait()
        self.context.engine.dispose()
        self._log.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def workers_below(pid: int) -> list[int]:
    """The workers that a supervisor has."""
    return [one for one in descendants(pid) if b"engine.worker" in command_of(one)]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def counts(events: list[Event]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for event in events:
        found[event.grading_id] = found.get(event.grading_id, 0) + 1
    return found
