"""A process that grades for a worker: a `ChildProcess`.

It reads the mode of the sandbox and then one `Task` after the other, tells what happens while it grades, and answers
with `Graded`. It ends when the worker does, however the worker ends: its end of the connection is then closed. What it
says of a grading that goes on it says in groups, since each message wakes the worker, at the cells' expense.
"""

import math
import os
import threading
import time
from collections import OrderedDict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from grader.assignments import AssignmentError
from grader.assignments.library import stamp_of
from grader.batch.errors import BatchError
from grader.batch.source import ZipSource
from grader.batch.work import load_work
from grader.child import Ready, Refused, inbox, parent
from grader.datasets import DatasetError
from grader.draws import seed_of
from grader.garbage import leave_out_what_is_there
from grader.grading import Grader, SandboxMode
from grader.progress import Progress
from grader.recognition import refusal
from grader.report import Fault, Report
from grader.sandbox import Sandbox, SandboxUnavailable
from grader.service.engine.messages import Begun, Explained, ExplainTask, Graded, Task, Told
from grader.service.engine.report_documents import graded, without_grade
from grader.submissions import Submission, SubmissionRejected, load_bytes


def told(progress: Progress) -> Told | None:
    """The event of the service: `loading`, `loaded`, `check`, `epoch` or `diagnosing`; the end is told elsewhere.

    Students see all of it, at once: names and outcomes of checks, never what was expected.
    """
    data: dict[str, Any] = {"done": progress.done, "total": progress.total}
    match progress.stage:
        case "check" if progress.check is not None:
            check = progress.check
            function = check.id.rpartition(".")[0]
            return Told("check", {"function": function, "title": check.title, "status": check.status, **data})
        case "epoch" if progress.epoch is not None:
            epoch = progress.epoch
            cost = epoch.cost if math.isfinite(epoch.cost) else str(epoch.cost)
            return Told(
                "epoch", {"function": epoch.function, "epoch": epoch.epoch, "epochs": epoch.epochs, "cost": cost}
            )
        case "loading":
            return Told("loading", {})
        case "done":
            return None
        case stage:
            return Told(stage, data)


_GROUP_SECONDS = 0.1


class Outbox:
    """Sends messages in order; events at most so much later than they happened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._events: list[Told] = []
        self._lock = threading.Lock()
        self._waiting = threading.Event()
        threading.Thread(target=self._send_groups, daemon=True).start()

    def tell(self, progress: Progress) -> None:
        if (event := told(progress)) is not None:
            with self._lock:
                self._events.append(event)
            self._waiting.set()

    def send(self, message: object) -> None:
        with self._lock:
            self._send_events()
            self._connection.send(message)

    def _send_groups(self) -> None:
        while True:
            self._waiting.wait()
            time.sleep(_GROUP_SECONDS)
            with self._lock:
                self._send_events()

    def _send_events(self) -> None:
        self._waiting.clear()
        events, self._events = self._events, []
        if events:
            self._connection.send(tuple(events))


_WARM_SESSIONS = 4
_GROWTH_BYTES = 512 << 20  # since the first submission; then this process makes room for a fresh one
# A submission may take so many times what it is allowed, and so many seconds more, before it counts as hanging.
_PATIENCE, _PATIENCE_SECONDS = 2.0, 120.0
_EXPLAINING_SECONDS = 180.0
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    connection = parent()
    mode: SandboxMode = connection.recv()
    tasks = inbox(connection)
    try:
        with Sandbox(mode) as sandbox:
            sandbox.layers  # noqa: B018 - waits until the sandbox has proved itself
        leave_out_what_is_there()
        outbox = Outbox(connection)
        outbox.send(Ready())
        sessions = Sessions(mode)
        while True:
            task = tasks.get()
            outbox.send(
                sessions.explain(task, outbox) if isinstance(task, ExplainTask) else sessions.grade(task, outbox)
            )
    except SandboxUnavailable as unavailable:
        connection.send(Refused(unavailable.missing, unavailable.remedy))


class Sessions:
    """Warm graders of the assignments graded last."""

    def __init__(self, sandbox: SandboxMode) -> None:
        self._sandbox = sandbox
        self._warm: OrderedDict[tuple[Path, object], Grader] = OrderedDict()
        self._first_size: int | None = None

    def grade(self, task: Task, outbox: Outbox) -> Graded:
        """Grade a submission; what cannot be read, or belongs elsewhere, is rejected; a faulty assignment is told."""
        submission: Submission | None = None
        try:
            session = self._session(task)
            limits = session.assignment.metadata.limits
            outbox.send(Begun(_PATIENCE * (limits.load_seconds + limits.total_seconds) + _PATIENCE_SECONDS))
            submission = _read(task, session)
            report = session.grade(
                submission,
                seed=seed_of(task.draws, submission.sha256),
                carried_forward=task.carried_forward,
                on_progress=outbox.tell,
            )
            if task.work is None and (reason := refusal(session.assignment, submission, report)):
                report = session.rejected(submission, reason)
        except SubmissionRejected as rejection:
            report = session.rejected(task.name, str(rejection))
        except (AssignmentError, BatchError, DatasetError, OSError) as error:
            submission = None
            told = f"{type(error).__name__}: {error}"
            fault: Fault = "assignment" if isinstance(error, AssignmentError) else "grader"
            report = without_grade(task.assignment.name, task.title, task.name, told, fault=fault)
        return graded(_as_set(report, task), submission, is_tired=self._is_tired())

    def explain(self, task: ExplainTask, outbox: Outbox) -> Explained:
        """Explain a file; what cannot be read is told in the explanation."""
        from grader.service.engine.explanation_documents import explained  # it would slow down every start

        outbox.send(Begun(_EXPLAINING_SECONDS))
        with Sandbox(self._sandbox) as cells:
            return explained(task, cells, is_tired=self._is_tired())

    def _session(self, task: Task) -> Grader:
        """A grader of the assignment as it is now."""
        key = (task.assignment, stamp_of(task.assignment))
        if key in self._warm:
            self._warm.move_to_end(key)
            return self._warm[key]
        while len(self._warm) >= _WARM_SESSIONS:
            self._warm.popitem(last=False)[1].close()
        self._warm[key] = session = Grader(task.assignment, sandbox=self._sandbox)
        return session

    def _is_tired(self) -> bool:
        size = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
        if self._first_size is None:
            self._first_size = size
        return size - self._first_size > _GROWTH_BYTES


def _read(task: Task, session: Grader) -> Submission:
    """Raises SubmissionRejected."""
    names = session.assignment.function_names
    if task.work is None:
        return load_bytes(task.path.read_bytes(), task.name, names)
    with ZipSource(task.path) as source:
        return load_work(task.work, source, names)


def _as_set(report: Report, task: Task) -> Report:
    """The report with what the course and the upload add to it."""
    assignment = report.assignment
    if task.hints is not None:
        assignment = assignment.model_copy(update={"hints": task.hints})
    return report.model_copy(update={"assignment": assignment, "remarks": (*task.remarks, *report.remarks)})
