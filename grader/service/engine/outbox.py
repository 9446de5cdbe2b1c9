"""What a process that grades says: events in groups, since each message wakes the worker, at the cells' expense."""

import math
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from grader.progress import Progress
from grader.service.engine.messages import Told


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
