"""What a batch costs against the number of submissions, and against the number of processes.

    python benchmarks/scale.py [--counts 1 10 100 1000 5000] [--jobs 2] [--submissions 40] [--rounds 3]

The submissions and checks are those of `benchmarks/batch.py`. Memory is the resident memory after the last submission,
of the batch itself and of its largest worker: it must not grow with the number of submissions. Rates against the number
of processes are medians of rounds taken in turn.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from batch import prepare, spread
from batch_setting.processes import Cpu, megabytes

from grader.batch import BatchProgress, grade_batch

COLUMNS = {
    "submissions": 11,
    "seconds": 9,
    "to the first": 14,
    "ms each": 9,
    "CPU ms each": 13,
    "MB batch": 10,
    "MB worker": 11,
}


@dataclass(frozen=True)
class Cost:
    """Of one batch: wall seconds in all, up to the first submission, CPU seconds, and megabytes at the end."""

    seconds: float
    first: float
    cpu: float
    batch_megabytes: float
    worker_megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 10, 100, 1000, 5000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--submissions", type=int, default=40, help="for the rates against the number of processes")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(f"{arguments.jobs} at a time")
    print("".join(f"{title:>{width}}" for title, width in COLUMNS.items()))
    for count in arguments.counts:
        cost = measure(count, arguments.jobs)
        each = 1e3 * (cost.seconds - cost.first) / max(count - 1, 1)
        numbers = (cost.seconds, cost.first, each, 1e3 * cost.cpu / count, cost.batch_megabytes, cost.worker_megabytes)
        cells = zip((count, *numbers), COLUMNS.values(), (0, 1, 1, 0, 0, 0, 0), strict=True)
        print("".join(f"{number:{width}.{digits}f}" for number, width, digits in cells), flush=True)
    tell_rates(arguments.submissions, arguments.rounds)


def tell_rates(count: int, rounds: int) -> None:
    """Submissions a minute with one process, two, and so on up to one for each core."""
    sizes = range(1, (os.cpu_count() or 1) + 1)
    rates: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            cost = measure(count, size)
            rates[size].append(60 * (count - size) / (cost.seconds - cost.first))
    print(f"\nsubmissions a minute, start not counted, {rounds} rounds of {count}: median [min – max]")
    alone = statistics.median(rates[1])
    for size in sizes:
        times = statistics.median(rates[size]) / alone
        print(f"  {size} at a time{spread(rates[size], '8.0f'):>24}   {times:.2f} times one")


def measure(count: int, jobs: int) -> Cost:
    """Grade so many distinct submissions."""
    moments: list[tuple[float, float, tuple[float, float]]] = []

    def note(progress: BatchProgress) -> None:
        if progress.done in (0, 1, count):
            moments.append((time.perf_counter(), Cpu.now().total, megabytes()))

    with tempfile.TemporaryDirectory() as folder:
        place = prepare(Path(folder), count)
        started, cpu = time.perf_counter(), Cpu.now().total
        grade_batch(place.assignment, place.submissions[0].parent, place.root / "out", jobs=jobs, on_progress=note)
        finished = time.perf_counter()
        shutil.rmtree(place.root / "out")
    _, last_cpu, (batch, worker) = moments[-1]
    return Cost(finished - started, moments[1][0] - started, last_cpu - cpu, batch, worker)


if __name__ == "__main__":
    main()
