"""The processes below another one, and their ends."""

import os
import select
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path


def descendants(pid: int) -> Iterator[int]:
    """Every process below `pid`, as far as they live long enough to be seen."""
    try:
        tasks = [task.joinpath("children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in " ".join(tasks).split():
        yield int(child)
        yield from descendants(int(child))


def workers(pid: int) -> list[int]:
    """The processes below `pid` that grade for a batch."""
    found = []
    for child in descendants(pid):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except FileNotFoundError:
            continue
        if b"grader.batch.worker" in command:
            found.append(child)
    return found


class Watched:
    """Processes that were there once: tells whether all of them have ended."""

    def __init__(self, pids: list[int]) -> None:
        self._open = ExitStack()
        self._handles = []
        for pid in pids:
            try:
                handle = os.pidfd_open(pid)
            except ProcessLookupError:
                continue
            self._open.callback(os.close, handle)
            self._handles.append(handle)

    def have_ended(self, seconds: float) -> bool:
        """Wait until all have ended, each at most so long."""
        with self._open:
            return all(select.select([handle], [], [], seconds)[0] for handle in self._handles)
