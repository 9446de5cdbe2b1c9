"""`grade serve`: the web server, and the workers that this machine lends; what dies is started again."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import time
from collections.abc import Iterator

import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import IntegrityError

from grader.child import command
from grader.service import people
from grader.service.api.app import create_app
from grader.service.context import open_context
from grader.service.data import User, make_engine, session_factory
from grader.service.data.migrate import migrate
from grader.service.engine.connections import PatientProtocol, allow_many_files
from grader.service.engine.worker import NO_SANDBOX, SUPERVISED
from grader.service.errors import Conflict, Unavailable
from grader.service.logs import configure_logs
from grader.service.settings import Settings

_log = logging.getLogger(__name__)

_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 30.0  # before a worker is started again
_LONG_LIFE_SECONDS = 60.0
_FAREWELL_SECONDS = 15.0  # for a worker to end when its time to finish is over
_OPEN_REQUESTS_SECONDS = 5  # for requests to end; pages that follow a grading would go on for ever


def serve(settings: Settings) -> None:
    """Serve until told to stop.

    Raises:
        Unavailable: the database, the storage or the address cannot be used; the message says which.
    """
    configure_logs(settings)
    prepare(settings)
    allow_many_files()
    listener = _listen(settings)
    address = _address(settings, listener)
    if token := first_admin(settings):
        print(f"First start: sign in at {address} as admin with this token, which is shown only once:\n\n  {token}\n")
    workers = (os.cpu_count() or 1) if settings.workers is None else settings.workers
    print(f"Serving on {address}, {workers} workers; Ctrl-C ends it.", flush=True)
    asyncio.run(_serve(create_app(settings), listener, settings, workers))


def prepare(settings: Settings) -> None:
    """Bring the database up to date, and see whether the storage can be used.  Raises Unavailable."""
    context = open_context(settings)
    try:
        migrate(context.engine)
        context.storage.check()
    finally:
        context.engine.dispose()


async def _serve(app: FastAPI, listener: socket.socket, settings: Settings, workers: int) -> None:
    server = _Server(
        uvicorn.Config(
            app,
            http=PatientProtocol,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_OPEN_REQUESTS_SECONDS,
        )
    )
    kept = [asyncio.create_task(_keep_a_worker(settings)) for _ in range(workers)]
    try:
        await server.serve(sockets=[listener])
    finally:
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's own, which ends the process by the same signal when it is done, workers or not."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield


async def _keep_a_worker(settings: Settings) -> None:
    """Run a worker, and another one whenever it ends; when cancelled, let it finish what it has begun."""
    environment = {**os.environ, **settings.environment(), SUPERVISED: str(os.getpid())}
    pause = _PAUSE_SECONDS
    while True:
        started = time.monotonic()
        worker = await asyncio.create_subprocess_exec(
            *command("grader.service.engine.worker"), env=environment, stdin=asyncio.subprocess.DEVNULL
        )
        try:
            status = await worker.wait()
        except asyncio.CancelledError:
            await _dismiss(worker, settings.drain_seconds + _FAREWELL_SECONDS)
            raise
        if status == NO_SANDBOX:
            pause = _LONGEST_PAUSE_SECONDS
        elif time.monotonic() - started > _LONG_LIFE_SECONDS:
            pause = _PAUSE_SECONDS
        _log.error("a worker ended (status %d), another one starts in %.1f s", status, pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


async def _dismiss(worker: asyncio.subprocess.Process, seconds: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.terminate()
    try:
        await asyncio.wait_for(worker.wait(), seconds)
    except TimeoutError:
        worker.kill()
        await worker.wait()


def _listen(settings: Settings) -> socket.socket:
    """Raises Unavailable."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        where = f"{settings.host}, port {settings.port}"
        raise Unavailable(
            f"cannot listen on {where}: {error.strerror}; GRADER_HOST and GRADER_PORT say where"
        ) from error


def _address(settings: Settings, listener: socket.socket) -> str:
    if settings.public_url:
        return settings.public_url
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


ADMIN = "admin"


def first_admin(settings: Settings) -> str | None:
    """On an empty database, an admin's token; None when there are users already."""
    engine = make_engine(settings.database, pool_size=1)
    try:
        with session_factory(engine).begin() as session:
            if session.scalar(sa.select(User.id).limit(1)) is not None:
                return None
            admin = people.new_user(session, ADMIN, is_admin=True)
            return people.create_token(session, admin, "first start")
    except (IntegrityError, Conflict):
        return None  # another process was faster
    finally:
        engine.dispose()
