"""Connections that say nothing: each has some seconds to send a request, and none takes the place of others."""

import asyncio
import resource
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 20.0  # until the headers of a request are there
_MOST_WAITING = 2_000
_FILES_WANTED = 65_536


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, which by itself waits for the end of a request's headers as long as it takes.

    Attributes:
        waiting: connections without a whole request, the longest first.
    """

    waiting: ClassVar[dict["PatientProtocol", asyncio.TimerHandle]] = {}
    most_waiting: ClassVar[int] = _MOST_WAITING

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()
        if len(self.waiting) > self.most_waiting:
            next(iter(self.waiting))._give_up()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.transport.is_closing() or self._is_served:
            self._wait_no_more()
        elif self not in self.waiting:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    @property
    def _is_served(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self.waiting[self] = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _wait_no_more(self) -> None:
        if (timer := self.waiting.pop(self, None)) is not None:
            timer.cancel()

    def _give_up(self) -> None:
        self._wait_no_more()
        if not self._is_served:
            self.transport.close()


def allow_many_files() -> None:
    """Raise the number of connections that the system lets this process have; many systems begin at 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, _FILES_WANTED)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    PatientProtocol.most_waiting = min(_MOST_WAITING, max(soft, wanted) // 2)
