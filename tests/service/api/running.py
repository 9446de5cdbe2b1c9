"""A service that runs as it does for a class: a web server on a free port of this machine, and a worker process."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from grader.service import people
from grader.service.api.app import create_app
from grader.service.context import Context, open_context
from grader.service.data.migrate import migrate
from grader.service.engine.connections import PatientProtocol
from grader.service.settings import Settings
from tests.service.stopping import stop
from tests.softplus import write_assignment

# While gradings are short a worker looks for another fifty times a second, and would go on so beside tests that wait
# for something else; how a worker really begins and hurries is seen in `tests/service/engine`.
_UNHURRIED = """
from grader.service.engine import caretaker, worker
caretaker.FASTEST_PACE = 0.1
worker.main()
"""


@dataclass(frozen=True)
class Service:
    """A running service; `admin` is a token."""

    url: str
    settings: Settings
    admin: str
    context: Context

    def door(self, token: str | None = None, **more: Any) -> httpx.Client:
        """A client that sends a token; the admin's unless another is given, none for ""."""
        token = self.admin if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return client(base_url=f"{self.url}/api/v1", headers=headers, **more)


def client(**more: Any) -> httpx.Client:
    """For plain HTTP: to read the certificates of all authorities would take longer than most of what is asked."""
    return httpx.Client(**{"verify": False, "timeout": 60} | more)


@contextmanager
def running(folder: Path, **more: Any) -> Iterator[Service]:
    """A migrated service without workers, with the assignment `softplus` on its shelf."""
    write_assignment(folder / "shelf" / "softplus")
    settings = Settings(folder=folder / "service", assignments=folder / "shelf", **more)
    context = open_context(settings)
    migrate(context.engine)
    with context.sessions.begin() as session:
        admin = people.create_token(session, people.new_user(session, "admin", is_admin=True))
    config = uvicorn.Config(
        create_app(settings),
        host="127.0.0.1",
        port=0,
        http=PatientProtocol,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    is_up = threading.Event()
    thread = threading.Thread(target=_serve, args=(server, is_up))
    thread.start()
    assert is_up.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Service(f"http://127.0.0.1:{port}", settings, admin, context)
    finally:
        server.should_exit = True
        thread.join(30)
        context.engine.dispose()


@contextmanager
def working(service: Service) -> Iterator[subprocess.Popen[bytes]]:
    """One worker process."""
    environment = os.environ | {
        "GRADER_FOLDER": str(service.settings.folder),
        "GRADER_ASSIGNMENTS": str(service.settings.assignments),
    }
    worker = subprocess.Popen([sys.executable, "-c", _UNHURRIED], env=environment)
    try:
        with client() as anybody:
            while anybody.get(f"{service.url}/ready").status_code != 200:
                assert worker.poll() is None
                time.sleep(0.2)
        yield worker
    finally:
        worker.terminate()
        worker.wait(60)


@contextmanager
def held(worker: subprocess.Popen[bytes], service: Service) -> Iterator[None]:
    """A worker that begins with nothing for a while."""
    stop(worker, service.context)
    try:
        yield
    finally:
        worker.send_signal(signal.SIGCONT)


def _serve(server: uvicorn.Server, is_up: threading.Event) -> None:
    startup = server.startup

    async def told(sockets: Any = None) -> None:
        await startup(sockets)
        is_up.set()

    server.startup = told  # type: ignore[method-assign]
    server.run()
