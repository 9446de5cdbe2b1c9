"""Processes that grade side by side: each with its own sandbox, replaced when it dies."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait

from grader.batch.documents import finished
from grader.batch.errors import WorkersLost
from grader.batch.jobs import Job, Outcome, Setup
from grader.child import ChildProcess, Ready, Refused
from grader.closing import Closing
from grader.report import AssignmentInfo, Report, SubmissionInfo
from grader.sandbox import SandboxUnavailable

TRIALS = 3  # of one job, and of starting a process
_START_SECONDS = 120.0


class _Worker:
    """One process, its connection, and the jobs that it has: one in hand, perhaps one more for when that is done."""

    def __init__(self, setup: Setup) -> None:
        self._child = ChildProcess("grader.batch.worker")
        self.connection = self._child.connection
        self.is_ready = False
        self.jobs: deque[Job] = deque()
        self.deadline: float | None = time.monotonic() + _START_SECONDS  # None while it has nothing to do
        self.connection.send(setup)

    def give(self, job: Job, seconds: float) -> None:
        """Let it do a job, in at most `seconds` once it begins.  Raises OSError: it has just died."""
        self.connection.send(job)
        self.jobs.append(job)
        if len(self.jobs) == 1:
            self.deadline = time.monotonic() + seconds

    def finished(self, seconds: float) -> None:
        """It is done with its first job, and has begun with the next."""
        self.jobs.popleft()
        self.deadline = time.monotonic() + seconds if self.jobs else None

    def end(self) -> str:
        """Kill it, in the midst of a job if need be; its last words."""
        return self._child.end()


class WorkerPool(Closing):
    """Grades jobs on `size` processes; a context manager that leaves none behind.

    job_seconds  after so long a job is taken to hang in the grader itself (a submission's own time is limited)
    """

    def __init__(self, setup: Setup, size: int, *, job_seconds: float, info: AssignmentInfo, max_score: float) -> None:
        self._setup, self._size, self._job_seconds = setup, size, job_seconds
        self._info, self._max_score = info, max_score
        self._workers: list[_Worker] = []
        self._waiting: deque[Job] = deque()
        self._trials: dict[int, int] = {}
        self._failed_starts = 0

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Every job's outcome, as they are finished.

        A job whose process dies, hangs or fails is tried again, and at last gets the status `internal_error`.

        Raises:
            SandboxUnavailable: this machine cannot isolate submissions.
            WorkersLost: the processes don't even start.
        """
        self._waiting.extend(jobs)
        unfinished = len(self._waiting)
        while unfinished:
            while len(self._workers) < min(self._size, unfinished):
                self._workers.append(_Worker(self._setup))
            self._hand_out()
            for outcome in self._events():
                unfinished -= 1
                yield outcome

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []

    def _hand_out(self) -> None:
        """A job for every process, then one ahead for each, so that none waits while results are written down.

        Towards the end nothing is given ahead: it might wait behind a long job while another process has none.
        """
        for ahead in (0, 1):
            for worker in self._workers:
                enough = len(self._waiting) > ahead * self._size
                if worker.is_ready and len(worker.jobs) == ahead and enough:
                    job = self._waiting.popleft()
                    try:
                        worker.give(job, self._job_seconds)
                    except OSError:  # its connection says so, too
                        self._waiting.appendleft(job)

    def _events(self) -> Iterator[Outcome]:
        """Wait until a process says something, dies or is overdue."""
        deadline = min((worker.deadline for worker in self._workers if worker.deadline is not None), default=None)
        seconds = None if deadline is None else max(0.0, deadline - time.monotonic())
        speaking = set(wait([worker.connection for worker in self._workers], seconds))
        for worker in list(self._workers):
            if worker.connection in speaking:
                yield from self._heard(worker)
            elif worker.deadline is not None and worker.deadline <= time.monotonic():
                yield from self._lost(worker, "it took too long")

    def _heard(self, worker: _Worker) -> Iterator[Outcome]:
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._lost(worker, "")
            return
        if isinstance(message, Refused):
            if not worker.is_ready:
                raise SandboxUnavailable(message.missing, message.remedy)
            yield from self._lost(worker, f"the sandbox was lost, {message.missing}")
            return
        if isinstance(message, Ready):
            worker.is_ready, worker.deadline = True, None
            self._failed_starts = 0
        elif isinstance(message, Outcome):
            worker.finished(self._job_seconds)
            if message.report.status == "internal_error" and message.report.fault == "grader":
                yield from self._again(message.job, message)
            else:
                yield message

    def _lost(self, worker: _Worker, reason: str) -> Iterator[Outcome]:
        """Bury a process; the job in its hand is tried again on another."""
        self._workers.remove(worker)
        last_words = worker.end()
        reason = reason or last_words
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts == TRIALS:
                raise WorkersLost(f"no process to grade with starts ({reason}); `grade doctor` may tell why")
        if worker.jobs:
            job = worker.jobs.popleft()
            self._waiting.extendleft(reversed(worker.jobs))  # not begun
            yield from self._again(job, self._unable(job, f"the process that graded it ended: {reason}"))

    def _again(self, job: Job, last: Outcome) -> Iterator[Outcome]:
        """Put a job back in the queue; after the last trial what came of it stands."""
        self._trials[job.number] = self._trials.get(job.number, 0) + 1
        if self._trials[job.number] < TRIALS:
            self._waiting.append(job)
        else:
            yield last

    def _unable(self, job: Job, reason: str) -> Outcome:
        report = Report(
            assignment=self._info,
            submission=SubmissionInfo(name=job.work.name, sha256=""),
            status="internal_error",
            reason=reason,
            max_score=self._max_score,
        )
        return finished(job, report)
