"""A job from the queue to its end: claimed, graded in a child process, written down."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar
from uuid import uuid4

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from grader.assignments import AssignmentError
from grader.batch.work import work_from_json
from grader.checks.record import without_numbers
from grader.sandbox import SandboxUnavailable
from grader.service.context import Context
from grader.service.data import Archive, ExplainedFile
from grader.service.engine import claims
from grader.service.engine.claims import Claim, GradingClaim, Job
from grader.service.engine.grading_process import GradingProcess, PackingProcess, ProcessLost
from grader.service.engine.messages import ExplainTask, Graded, PackOrder, Task, Told
from grader.service.errors import AssignmentAway, NotFound, ServiceError
from grader.service.logs import log_fields

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.25  # between two looks whether a grading was cancelled, and two groups of events
_AHEAD_SECONDS = 2.0  # a job may wait here for the one before it
_EPOCHS_AT_ONCE = 20
_HAND_BACK_SECONDS = 10.0
_REASON_CHARACTERS = 2_000
_AWAY_SECONDS, _LONGEST_AWAY_SECONDS = 0.25, 5.0  # between two tries to reach the database

_T = TypeVar("_T")


class Runner:
    """Grades one submission at a time, in a process that stays warm.

    Attributes:
        sandbox_lost: set when this machine cannot isolate submissions any more.
    """

    def __init__(self, context: Context, worker: str) -> None:
        self._context, self._worker = context, worker
        self._process: GradingProcess | None = None
        self._packing: PackingProcess | None = None
        self._busy = threading.Lock()
        self._stopping = threading.Event()
        self.sandbox_lost: SandboxUnavailable | None = None

    def warm_up(self) -> None:
        """Start the process that grades.  Raises SandboxUnavailable or ProcessLost."""
        self._ready_process()

    def run(self, grading_id: int) -> bool:
        """Bring a grading to an end, or back into the queue. While the database is away, this waits.

        False when the one before it takes long: somebody else may be free sooner.
        """
        return self._alone(lambda token: self._run(grading_id, token))

    def explain(self, file_id: str) -> bool:
        """As `run`, of a file that is to be explained."""
        return self._alone(lambda token: self._explain(file_id, token))

    def pack(self, archive_id: str) -> bool:
        """As `run`, of an archive that is to be packed."""
        return self._alone(lambda token: self._pack(archive_id, token))

    def _alone(self, job: Callable[[str], None]) -> bool:
        is_free = self._busy.acquire(timeout=_AHEAD_SECONDS)
        if self._stopping.is_set():
            if is_free:
                self._busy.release()
            threading.Event().wait()  # for the end of this process, which hands the job back
        if not is_free:
            return False
        try:
            job(f"{self._worker}:{uuid4().hex}")
        finally:
            self._busy.release()
        return True

    def _run(self, grading_id: int, token: str) -> None:
        claim = self._patiently(lambda: claims.claim_grading(self._context, grading_id, token))
        if claim is not None:
            with log_fields(submission=claim.submission.id, grading=claim.row.number):
                self._bring_to_an_end(claim)

    def _explain(self, file_id: str, token: str) -> None:
        claim = self._patiently(lambda: claims.claim(self._context, ExplainedFile, file_id, token))
        if claim is not None:
            self._bring_handed_to_an_end(claim, lambda: self._explained(claim.row))

    def _explained(self, file: ExplainedFile) -> dict[str, str]:
        storage = self._context.storage
        with storage.local(file.blob) as path:
            found = self._ready_process().explain(ExplainTask(path, file.filename, file.cost))
        _log.info("explained: %s", found.status)
        return {"status": found.status, "document": storage.put(found.document), "page": storage.put(found.page)}

    def _pack(self, archive_id: str, token: str) -> None:
        claim = self._patiently(lambda: claims.claim(self._context, Archive, archive_id, token))
        if claim is not None:
            self._bring_handed_to_an_end(claim, lambda: self._packed(claim.row))

    def _packed(self, archive: Archive) -> dict[str, str]:
        with NamedTemporaryFile(suffix=".zip") as packed:
            self._packing = PackingProcess()
            try:
                self._packing.pack(PackOrder(self._context.settings, archive.id, Path(packed.name)))
            finally:
                self._packing.end()
                self._packing = None
            return {"blob": self._context.storage.put_file(Path(packed.name))}

    def _bring_handed_to_an_end(self, claim: Claim[Job], job: Callable[[], dict[str, str]]) -> None:
        """A file that is explained, or an archive that is packed: nobody follows how far it is."""
        context = self._context
        if claim.is_spent:
            self._patiently(lambda: claims.fail(context, claim, {"reason": _given_up(claim)}))
            return
        try:
            results = job()
            self._patiently(lambda: claims.finish(context, claim, results))
        except SandboxUnavailable as unavailable:
            self._lose_sandbox(claim, unavailable)
        except (ProcessLost, ServiceError, OSError) as error:
            reason, counts = without_numbers(str(error))[:_REASON_CHARACTERS], not self._stopping.is_set()
            _log.error("try %d of %s failed: %s", claim.tries, claim.row.__tablename__, error)
            if claim.tries < context.settings.tries or not counts:
                self._patiently(lambda: claims.put_back(context, claim, reason, counts=counts))
            else:
                self._patiently(lambda: claims.fail(context, claim, {"reason": reason}))

    def _lose_sandbox(self, claim: Claim[Job], unavailable: SandboxUnavailable) -> None:
        self.sandbox_lost = unavailable
        _log.critical("this machine cannot isolate submissions any more: %s", unavailable)
        self._hand_back(claim)

    def _hand_back(self, claim: Claim[Job]) -> None:
        self._patiently(lambda: claims.put_back(self._context, claim, "the worker was stopped", counts=False))

    def stop(self, seconds: float) -> None:
        """Take nothing more; let the current grading end within so many seconds, or hand it back."""
        self._stopping.set()
        if not self._busy.acquire(timeout=seconds):
            for process in (self._process, self._packing):
                if process is not None:
                    process.interrupt()
            self._busy.acquire(timeout=_HAND_BACK_SECONDS)  # in vain while the database is away

    def _ready_process(self) -> GradingProcess:
        if self._process is None or not self._process.is_alive:
            self._process = GradingProcess(self._context.settings.sandbox)
        return self._process

    def _bring_to_an_end(self, claim: GradingClaim) -> None:
        if claim.is_spent:
            self._give_up(claim, claim.row.reason or _given_up(claim), [])
            return
        events: list[Told] = []
        try:
            graded = self._grade(claim, events)
            if graded is None:
                _log.info("cancelled, or taken over by another worker")
            elif graded.status == "internal_error" and graded.fault == "assignment":  # the next try would fail as well
                self._give_up(claim, without_numbers(graded.reason), events, graded)
            elif graded.status == "internal_error":
                self._retry_or_give_up(claim, graded.reason, events, graded)
            else:
                self._finish(claim, graded, events)
        except SandboxUnavailable as unavailable:
            self._lose_sandbox(claim, unavailable)
        except ProcessLost as lost:
            if self._stopping.is_set():
                self._hand_back(claim)
            else:
                self._retry_or_give_up(claim, str(lost), events)
        except (ServiceError, OSError) as error:  # the storage is full or away
            self._retry_or_give_up(claim, str(error), events)

    def _finish(self, claim: GradingClaim, graded: Graded, events: list[Told]) -> None:
        results = claims.results_of(graded, self._kept(graded))
        done = Told("done", {"status": graded.status, "score": graded.score, "max_score": graded.max_score})
        if self._patiently(lambda: claims.finish(self._context, claim, results, [*_thinned(events), done])):
            _log.info("%s: %g of %g points", graded.status, graded.score, graded.max_score)
        else:
            _log.info("the result is void: cancelled, or taken over by another worker")

    def _grade(self, claim: GradingClaim, events: list[Told]) -> Graded | None:
        """Let the child grade; None when the grading is not ours any more. `events` are those not told yet."""
        context = self._context
        process = self._ready_process()
        submission, assignment = claim.submission, claim.assignment
        with context.storage.local(submission.blob) as path:
            task = Task(
                assignment=self._folder(assignment.assignment),
                title=assignment.title,
                draws=claim.draws,
                path=path,
                name=submission.filename,
                work=None if submission.work is None else work_from_json(submission.work),
                remarks=tuple(submission.remarks),
                hints=assignment.hints,  # type: ignore[arg-type]
                carried_forward=assignment.carried_forward,  # type: ignore[arg-type]
            )
            last_look = time.monotonic()
            for message in process.grade(task, _LOOK_SECONDS):
                if isinstance(message, Graded):
                    return message
                if message is not None:
                    events.extend(message)
                if time.monotonic() - last_look >= _LOOK_SECONDS:
                    if not self._look(claim, events):
                        process.end()
                        return None
                    last_look = time.monotonic()
        raise ProcessLost("the process that grades fell silent")

    def _look(self, claim: GradingClaim, events: list[Told]) -> bool:
        """Pass on what is to be told, and see whether the grading is still ours; True while nobody can say."""
        try:
            if not events:
                return claims.is_held(self._context, claim)
            held = claims.tell(self._context, claim, _thinned(events))
            events.clear()
            return held
        except DBAPIError as error:
            _log.warning("the database is away: %s", error.orig)
            return True

    def _retry_or_give_up(
        self, claim: GradingClaim, reason: str, events: list[Told], graded: Graded | None = None
    ) -> None:
        """A fault of ours: it is tried again, and at last the student is told that it was ours.

        What students are told of it has no numbers: a check that fails by itself may say what it expected.
        """
        full, reason = reason, without_numbers(reason)
        if claim.tries < self._context.settings.tries:
            _log.error("try %d failed, will be tried again: %s", claim.tries, full)
            self._patiently(lambda: claims.put_back(self._context, claim, reason, _thinned(events), reason=reason))
        else:
            _log.error("the last try failed: %s", full)
            repeats = graded is not None and graded.is_by_file and claim.row.reason == reason
            self._give_up(claim, f"given up after {claim.tries} tries: {reason}", events, graded, repeats=repeats)

    def _give_up(
        self,
        claim: GradingClaim,
        reason: str,
        events: list[Told],
        graded: Graded | None = None,
        *,
        repeats: bool = False,
    ) -> None:
        """`repeats`: this very file brings the same fault about every time, which must not be free of charge."""
        from grader.service.engine.report_documents import graded as made
        from grader.service.engine.report_documents import without_grade

        _log.error("%s", reason)
        if graded is None:
            assignment = claim.assignment
            most = self._points(assignment.assignment)
            name = claim.submission.filename
            report = without_grade(assignment.assignment, assignment.title, name, reason, max_score=most)
            graded = made(report, None)
        results = claims.results_of(replace(graded, reason=reason), self._kept(graded)) | {"uses_attempt": repeats}
        told = [*_thinned(events), Told("failed", {"reason": reason})]
        self._patiently(lambda: claims.fail(self._context, claim, results, told))

    def _folder(self, assignment: str) -> Path:
        """Raises AssignmentAway."""
        try:
            return self._context.shelf.folder(assignment)
        except NotFound:
            raise AssignmentAway(f"the folder of the assignment {assignment!r} is gone") from None

    def _points(self, assignment: str) -> float:
        try:
            return self._context.shelf.get(assignment).points
        except (AssignmentError, NotFound, OSError):
            return 0.0

    def _kept(self, graded: Graded) -> dict[str, str]:
        """Where each of the documents is in the storage."""
        return {name: self._context.storage.put(document) for name, document in graded.documents.items()}

    def _patiently(self, step: Callable[[], _T]) -> _T:
        """Do a step in the database, again and again while that is away: every step can be repeated."""
        seconds = _AWAY_SECONDS
        while True:
            try:
                return step()
            except DBAPIError as error:
                if not isinstance(error, OperationalError | InterfaceError) and not error.connection_invalidated:
                    raise
                _log.warning("the database is away, trying again in %.1f s: %s", seconds, error.orig)
            time.sleep(seconds)
            seconds = min(2 * seconds, _LONGEST_AWAY_SECONDS)


def _given_up(claim: Claim[Job]) -> str:
    return f"given up after {claim.tries - 1} tries; the last one ended with its worker"


def _thinned(events: list[Told]) -> list[Told]:
    """The events, of a training run with thousands of epochs only the latest."""
    epochs = [event for event in events if event.kind == "epoch"]
    dropped = set(map(id, epochs[:-_EPOCHS_AT_ONCE]))
    return [event for event in events if id(event) not in dropped]
