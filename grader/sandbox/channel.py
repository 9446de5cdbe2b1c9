"""The trusted end of a cell's four pipes: one poll loop that writes, reads and drains, with a deadline.

A submission cannot block this loop or make it keep more than `output_bytes` of what it prints.
"""

import contextlib
import fcntl
import os
import select
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

PIPE_BYTES = 1 << 20
_CHUNK = 1 << 16
_CHUNKS_AT_ONCE = 16
_BUFFERS = 512  # for one writev; the kernel takes 1,024


class PipeClosed(Exception):
    """The other end of a pipe is gone."""


@dataclass(frozen=True)
class Output:
    """What the submission printed, at most `output_bytes` of each stream."""

    stdout: str
    stderr: str
    truncated: bool


class _Capture:
    """Keeps the beginning of a stream and throws the rest away."""

    def __init__(self, descriptor: int, limit: int) -> None:
        self.descriptor = descriptor
        self.limit = limit
        self.kept = bytearray()
        self.truncated = False

    def drain(self) -> bool:
        """Read what is there, within reason; False when the other end is closed."""
        for _ in range(_CHUNKS_AT_ONCE):  # who prints faster than we read must not keep us here
            try:
                chunk = os.read(self.descriptor, _CHUNK)
            except BlockingIOError:
                return True
            if not chunk:
                return False
            room = self.limit - len(self.kept)
            self.kept += chunk[:room]
            self.truncated = self.truncated or len(chunk) > room
            if len(chunk) < _CHUNK:
                break
        return True

    @property
    def text(self) -> str:
        return self.kept.decode("utf-8", errors="replace")


class _Reading:
    """A frame on its way through a pipe that does not block."""

    def __init__(self, descriptor: int, parser: Generator[memoryview, None, Any]) -> None:
        self._descriptor = descriptor
        self._parser = parser
        self._wanted = next(parser)
        self.value: Any = None

    def advance(self) -> bool:
        """Read what is there; True when the frame is complete, and `value` is what it holds."""
        while True:
            try:
                count = os.readv(self._descriptor, [self._wanted])
            except BlockingIOError:
                return False
            if not count:
                raise PipeClosed
            self._wanted = self._wanted[count:]
            if not self._wanted:
                try:
                    self._wanted = next(self._parser)
                except StopIteration as end:
                    self.value = end.value
                    return True


class Channel:
    """Pipes for requests, replies, standard output and standard error."""

    def __init__(self, request: int, reply: int, stdout: int, stderr: int, output_bytes: int) -> None:
        self._request = request
        self._reply = reply
        self._captures = {descriptor: _Capture(descriptor, output_bytes) for descriptor in (stdout, stderr)}
        self._stdout, self._stderr = self._captures.values()
        self._poll = select.poll()
        for descriptor in (reply, stdout, stderr):
            self._poll.register(descriptor, select.POLLIN)
        for descriptor in (request, reply, stdout, stderr):
            os.set_blocking(descriptor, False)
        self._closed = False

    @classmethod
    def open(cls, output_bytes: int) -> tuple[Self, tuple[int, int, int, int]]:
        """A channel, and the ends of its pipes for the cell, which the caller closes."""
        request_theirs, request = os.pipe()
        reply, reply_theirs = os.pipe()
        stdout, stdout_theirs = os.pipe()
        stderr, stderr_theirs = os.pipe()
        for descriptor in (request, reply):
            with contextlib.suppress(OSError):  # beyond what this user may have in pipes: slower, no worse
                fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        ours = cls(request, reply, stdout, stderr, output_bytes)
        return ours, (request_theirs, reply_theirs, stdout_theirs, stderr_theirs)

    @property
    def output(self) -> Output:
        if not self._closed:
            for capture in self._captures.values():
                capture.drain()
        truncated = self._stdout.truncated or self._stderr.truncated
        return Output(self._stdout.text, self._stderr.text, truncated)

    def exchange(self, buffers: Sequence[Any], parser: Generator[memoryview, None, Any], deadline: float) -> Any:
        """Write the buffers and run the parser on what comes back, until `deadline` (time.monotonic).

        Raises TimeoutError, PipeClosed, and what the parser raises.
        """
        outgoing = deque(memoryview(buffer).cast("B") for buffer in buffers)
        self._write(outgoing)
        if outgoing:  # more than the pipe holds
            self._poll.register(self._request, select.POLLOUT)
        reading = _Reading(self._reply, parser)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for descriptor, _ in self._poll.poll(left * 1_000):
                if descriptor == self._request:
                    self._write(outgoing)
                    if not outgoing:
                        self._poll.unregister(self._request)
                elif descriptor != self._reply:
                    if not self._captures[descriptor].drain():
                        self._poll.unregister(descriptor)
                elif reading.advance():
                    if outgoing:
                        raise PipeClosed  # an answer before the question was read is no answer
                    return reading.value

    def _write(self, outgoing: deque[memoryview]) -> None:
        try:
            written = os.writev(self._request, list(islice(outgoing, _BUFFERS)))
        except BlockingIOError:
            return
        except BrokenPipeError as error:
            raise PipeClosed from error
        while outgoing and written >= len(outgoing[0]):
            written -= len(outgoing.popleft())
        if outgoing:
            outgoing[0] = outgoing[0][written:]

    def close(self) -> None:
        """Close our ends; the output is kept."""
        if not self._closed:
            _ = self.output
            self._closed = True
            for descriptor in (self._request, self._reply, *self._captures):
                os.close(descriptor)
