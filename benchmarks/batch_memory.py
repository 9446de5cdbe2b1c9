"""Memory of a batch against the number of submissions: resident sizes of its processes while it grades.

    python benchmarks/batch_memory.py [--submissions 5000] [--jobs 2] [--similarity]

The submissions are distinct and cheap. The command `grade batch` runs in a process of its own; /proc is read every two
seconds. Flat means that the last tenth of the way needs as much as the second, but for what the gradebook itself holds
of each student.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from made_up_class import assignment, distinct, write_class

POINTS = 10


@dataclass(frozen=True)
class Moment:
    """How many submissions were done, and the megabytes of the batch, its largest worker and its largest cell."""

    done: int
    seconds: float
    parent: float
    worker: float
    below: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=5000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--similarity", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_class(root / "class", distinct(arguments.submissions))
        command = [sys.executable, "-c", "from grader.cli import main; main()", "batch"]
        command += [str(assignment(root / "linear-regression")), str(root / "class"), "--output", str(root / "out")]
        command += ["--jobs", str(arguments.jobs), *(["--similarity"] if arguments.similarity else [])]
        moments, peak = measured(command, root / "out" / "journal.jsonl")
        written = sum(path.stat().st_size for path in (root / "out").rglob("*") if path.is_file())
    tell(moments, peak, arguments.submissions, written)


def measured(command: Sequence[str], journal: Path) -> tuple[list[Moment], float]:
    """Run a batch and look at it; its peak is the kernel's own figure, that of writing the gradebook included."""
    started = time.perf_counter()
    process = subprocess.Popen(command)
    moments, peak = [], 0.0
    done, place = 0, 0
    while process.poll() is None:
        if journal.exists():
            with journal.open("rb") as file:
                file.seek(place)
                new = file.read()
            done, place = done + new.count(b"\n"), place + len(new)
        try:
            peak = max(peak, megabytes(process.pid, "VmHWM"))
            below = list(processes_below(process.pid))
            workers = [megabytes(pid, "VmRSS") for pid, command_line in below if b"grader.batch.worker" in command_line]
            others = [megabytes(pid, "VmRSS") for pid, command_line in below if b"batch.worker" not in command_line]
            seconds = time.perf_counter() - started
            moments.append(
                Moment(
                    done,
                    seconds,
                    megabytes(process.pid, "VmRSS"),
                    max(workers, default=0.0),
                    max(others, default=0.0),
                )
            )
        except FileNotFoundError:
            continue
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            continue
    if process.returncode:
        sys.exit(f"grade batch ended with {process.returncode}")
    return moments, peak


def processes_below(pid: int) -> Iterator[tuple[int, bytes]]:
    """Every process below one, with its command line, as far as they live long enough to be seen."""
    try:
        children = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in map(int, " ".join(children).split()):
        try:
            yield child, Path(f"/proc/{child}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield from processes_below(child)


def megabytes(pid: int, field: str) -> float:
    """A line of /proc/PID/status; 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:")), 0.0)


def tell(moments: Sequence[Moment], peak: float, total: int, written: int) -> None:
    print(
        f"{'graded':>7}{'seconds':>9}{'batch':>9}{'worker':>9}{'below':>9}   megabytes, medians of a tenth of the way"
    )
    tenths: list[list[Moment]] = [[] for _ in range(POINTS)]
    for moment in moments:
        if moment.done:
            tenths[min(POINTS - 1, POINTS * moment.done // (total + 1))].append(moment)
    for part in filter(None, tenths):
        columns = [
            statistics.median(values) for values in zip(*((m.parent, m.worker, m.below) for m in part), strict=True)
        ]
        print(f"{part[-1].done:7}{part[-1].seconds:9.0f}" + "".join(f"{value:9.1f}" for value in columns))
    print(f"the batch at its peak, writing the gradebook: {peak:.1f} MB; its output has {written / 1e6:.0f} MB")
    print(f"in all {moments[-1].seconds:.0f} s, {60 * total / moments[-1].seconds:.0f} submissions a minute")


if __name__ == "__main__":
    main()
