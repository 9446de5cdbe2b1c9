"""What a process that grades says: events in groups, since each message wakes the worker, at the cells' expense."""

import threading
import time
from multiprocessing.connection import Connection

from grader.progress import Progress
from grader.service.engine.messages import Told
from grader.service.engine.progress import told

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
