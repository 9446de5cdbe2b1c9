"""A worker: takes one grading after the other from the queue, as long as it is let.

`python -m grader.service.engine.worker`, settings by environment; `grade worker` is the same.
"""

import ctypes
import logging
import os
import platform
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy.exc import DBAPIError

from grader.sandbox import SandboxUnavailable
from grader.service.context import Context, open_context
from grader.service.data.revision import demand_current
from grader.service.engine.caretaker import Caretaker
from grader.service.engine.grading_process import ProcessLost
from grader.service.engine.heartbeat import Heartbeat
from grader.service.engine.queue import APPLICATION, EXPLAINING, IDLE_PACE, PACKING, QUEUE, VERSION, WORKFLOW, DbosQueue
from grader.service.engine.runner import Runner
from grader.service.errors import ServiceError
from grader.service.logs import configure_logs
from grader.service.settings import Settings

_log = logging.getLogger(__name__)

SUPERVISED = "GRADER_SUPERVISED"  # set by a supervisor: this process ends with it
DRAINED, FAULT, NO_SANDBOX = 0, 1, 3

_BEATS_PER_LEASE = 5
_PR_SET_PDEATHSIG = 1


class Worker:
    """One worker process."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._queue = DbosQueue(context.engine)
        self.name = f"{platform.node()}-{os.getpid()}-{uuid4().hex[:8]}"  # never that of another process, dead or not
        lease = context.settings.lease_seconds
        self._heartbeat = Heartbeat(context.sessions, self.name, platform.node(), lease)
        self._beat_seconds = lease / _BEATS_PER_LEASE
        self._caretaker = Caretaker(context, self._queue)
        self._runner = Runner(context, self.name)
        self._held: set[str] = set()
        self._ended: set[str] = set()
        self._stop = threading.Event()
        self._draining = threading.Event()

    def work(self) -> int:
        """Grade until told to stop; the exit status."""
        signal.signal(signal.SIGTERM, lambda *_: self._stop.set())
        signal.signal(signal.SIGINT, lambda *_: self._stop.set())
        demand_current(self._context.engine)
        self._runner.warm_up()
        self._heartbeat.beat()
        threading.Thread(target=self._live, daemon=True).start()
        self._listen()
        _log.info("ready")
        self._stop.wait()
        return self._drain()

    def _listen(self) -> None:
        """Let DBOS hand out jobs to this process from now on."""
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": self._context.settings.database,
            "system_database_engine": self._context.engine,
            "executor_id": self.name,
            "application_version": VERSION,
            "log_level": "WARNING",
            "serializer": DBOSPortableJSONSerializer(),
            "run_migrations": False,
            "max_executor_threads": 4,
        }
        DBOS(config=config)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
        def grade(grading_id: int) -> None:
            self._bring_to_an_end(lambda: self._runner.run(grading_id))

        @DBOS.workflow(name=EXPLAINING, max_recovery_attempts=None)
        def explain(file_id: str) -> None:
            self._bring_to_an_end(lambda: self._runner.explain(file_id))

        @DBOS.workflow(name=PACKING, max_recovery_attempts=None)
        def pack(archive_id: str) -> None:
            self._bring_to_an_end(lambda: self._runner.pack(archive_id))

        DBOS.listen_queues([QUEUE])
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=IDLE_PACE, on_conflict="never_update")

    def _bring_to_an_end(self, run: Callable[[], bool]) -> None:
        job = DBOS.workflow_id or ""
        self._held.add(job)
        try:
            if not run():
                with suppress(DBAPIError):  # then the grading will seem to have lost its job, and get another
                    self._queue.resume([job])
        finally:
            self._held.discard(job)
            self._ended.add(job)
        if self._runner.sandbox_lost is not None:
            self._stop.set()

    def _live(self) -> None:
        """Give signs of life, and look after all workers where this one leads."""
        missing: set[str] = set()
        taken_away: set[str] = set()
        while True:
            try:
                was_alive = self._heartbeat.beat(is_draining=self._draining.is_set())
                missing = self._give_up_missing(missing)
                taken_away = self._let_go(taken_away)
                # After a time without a database everybody's last sign of life is old: first let them give another.
                if self._heartbeat.leads() and was_alive:
                    self._caretaker.round()
            except DBAPIError as error:
                _log.warning("the database is away: %s", error.orig)
            except Exception:
                _log.exception("looking after the queue failed")
            threading.Event().wait(self._beat_seconds)

    def _give_up_missing(self, missing_before: set[str]) -> set[str]:
        """Jobs that are this worker's in the queue but unknown to it: handed out while a connection broke."""
        missing = self._queue.jobs_of(self.name) - self._held
        if lost := missing & missing_before:
            _log.warning("%d jobs never arrived here and go back into the queue", len(lost))
            self._queue.resume(sorted(lost))
        return missing - lost

    def _let_go(self, taken_away_before: set[str]) -> set[str]:
        """Jobs that have ended here, but were given back to the queue before, when this worker seemed to be dead.

        DBOS takes no other job here until somebody has done them, and there may be nobody else.
        """
        ended = set(self._ended)
        unfinished = self._queue.unfinished(ended)
        taken_away = {job for job, status in unfinished.items() if status == "ENQUEUED"}
        if idle := taken_away & taken_away_before:
            self._queue.withdraw(idle)
        self._ended -= ended - unfinished.keys()
        return taken_away - idle

    def _drain(self) -> int:
        """Finish what is begun, within the time for it; the rest goes back into the queue at once."""
        _log.info("finishing what is begun, for at most %g seconds", self._context.settings.drain_seconds)
        self._draining.set()
        self._runner.stop(self._context.settings.drain_seconds)
        DBOS.destroy()
        try:
            self._queue.resume(sorted(self._queue.jobs_of(self.name)))
            self._heartbeat.end()
        except DBAPIError as error:
            _log.warning("the database is away, so the lease must run out: %s", error.orig)
        _log.info("stopped")
        return NO_SANDBOX if self._runner.sandbox_lost is not None else DRAINED


def main(settings: Settings | None = None) -> None:
    """Run a worker until it is told to stop; ends the process."""
    _end_with_supervisor()
    settings = settings or Settings()
    context = open_context(settings)
    worker = Worker(context)
    configure_logs(settings, worker=worker.name)
    status = FAULT
    try:
        status = worker.work()
    except SandboxUnavailable as unavailable:
        _log.critical("no submission is graded here, for this machine cannot isolate them: %s", unavailable)
        status = NO_SANDBOX
    except (ServiceError, ProcessLost, DBAPIError) as error:
        _log.error("%s", error)
    except Exception:
        _log.exception("a fault of the worker")
    sys.stderr.flush()
    os._exit(status)  # threads of the queue may still wait for what will not come


def _end_with_supervisor() -> None:
    if os.environ.get(SUPERVISED):
        supervisor = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if str(supervisor) != os.environ[SUPERVISED]:
            os._exit(FAULT)  # it was gone before


if __name__ == "__main__":
    main()
