"""CPU time and memory of a batch's processes, from /proc: the batch itself, its workers, and the cells below them."""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Self

PARTS = (
    "the batch: journal, reports on disk",
    "the workers: reading, judging, rendering",
    "the cells: the submissions",
)
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cpu:
    """Seconds of CPU of each part, up to now."""

    batch: float
    workers: float
    cells: float

    @classmethod
    def now(cls) -> Self:
        workers = list(_children(os.getpid()))
        return cls(
            time.process_time(),
            sum(sum(_seconds(worker)[:2]) for worker in workers),
            sum(_below(worker) for worker in workers),
        )

    @property
    def total(self) -> float:
        return self.batch + self.workers + self.cells

    def since(self, earlier: "Cpu", submissions: int) -> "Cpu":
        """What was used since, for each of so many submissions."""
        return Cpu(*((a - b) / submissions for a, b in zip(astuple(self), astuple(earlier), strict=True)))


def used_so_far() -> float:
    """Seconds of CPU of this process and of all below it."""
    return time.process_time() + _below(os.getpid())


def megabytes() -> tuple[float, float]:
    """Resident memory now: of the batch itself, and of its largest worker."""
    return _resident(os.getpid()), max(map(_resident, _children(os.getpid())), default=0.0)


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread may have ended meanwhile
            yield from map(int, (task / "children").read_text().split())


def _below(pid: int) -> float:
    """Of every process below one, those that have ended and were waited for included."""
    return sum(sum(_seconds(child)) + _below(child) for child in _children(pid))


def _seconds(pid: int) -> tuple[float, ...]:
    """utime, stime, and those of the children that were waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return tuple(int(ticks) / _TICKS for ticks in fields[11:15])


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
