"""Throughput of a batch, beside a plain pytest script and bare processes doing equivalent checks.

    python benchmarks/batch.py [--submissions 24] [--rounds 3] [--jobs 2] [--hidden 100]
                               [--nbgrader PYTHON] [--otter PYTHON] [--alone]

Every way grades the same submissions, in turn: `grade batch` with all that it writes (reports, journal, gradebook);
pytest once per submission; a bare process per submission; and one bare process for all of them, its start (Python,
numpy, the images) not counted, with the plain script's checks and with the very checks of the batch. Only the first
isolates submissions and says what is wrong. nbgrader and otter-grader take part where the `python` of an environment
that has them (with numpy and ipykernel) is named; with `--alone` none takes part that starts a process a submission.
Ratios are taken within a round, on whatever else the machine does meanwhile. At the end stands how far each way is
from what the machine allows: the plain script's arithmetic, on all cores, with nothing that is started, read or
written. No grader can be more times as fast as another than that tells.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from batch_setting.notebook_graders import (
    Commands,
    nbgrader_commands,
    otter_commands,
    prepare_nbgrader,
    prepare_otter,
    single_students,
)
from batch_setting.processes import PARTS, Cpu

from grader.assignments import load_assignment
from grader.batch import BatchProgress, grade_batch
from grader.datasets import load_mnist

SETTING = Path(__file__).with_name("batch_setting")
VARIANTS = ("course_dicts.py", "assigned_functions.py", "small_functions.py", "verbose.py")
RATE_BARS = {
    "nbgrader autograde": 10.0,
    "nbgrader autograde per submission": 10.0,
    "otter run": 15.0,
    "pytest per submission": 3.0,
}
BARE_BARS = {30: 1.15, 100: 1.08}  # by the units that are trained
OVERHEAD_BAR_SECONDS = 0.060
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Place:
    """Where a benchmark works: the assignment, the submissions, the plain scripts beside the reference."""

    root: Path
    assignment: Path
    submissions: tuple[Path, ...]

    def environment_of(self, python: Path | None = None) -> dict[str, str]:
        """The variables of the scripts; an environment's own programs come first in its PATH."""
        path = os.environ["PATH"] if python is None else f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        images = str(self.root / "images.npz")
        return {**os.environ, **ONE_THREAD, "PATH": path, "IMAGES": images, "PYTHONPATH": str(self.root)}


@dataclass(frozen=True)
class Way:
    """A way to grade every submission: commands that can run side by side."""

    title: str
    folder: Path
    commands: Commands
    python: Path | None = None


@dataclass(frozen=True)
class Round:
    """Seconds per submission of each way; those of CPU leave out what is paid once."""

    batch: float
    others: Mapping[str, float]
    batch_cpu: Cpu
    bare_cpu: float
    bare_checks_cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=100, help="units of the hidden layer that is trained")
    parser.add_argument("--nbgrader", type=Path, help="python of an environment with nbgrader")
    parser.add_argument("--otter", type=Path, help="python of an environment with otter-grader")
    parser.add_argument("--alone", action="store_true", help="leave out every way that starts a process a submission")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = prepare(Path(folder), arguments.submissions, arguments.hidden)
        ways = [*plain_ways(place), *notebook_ways(place, arguments.nbgrader, arguments.otter)]
        others = [] if arguments.alone else ways
        rounds = [one_round(place, arguments.jobs, others, number) for number in range(arguments.rounds)]
    tell(rounds, arguments.jobs, arguments.hidden)
    tell_limit(rounds, arguments.jobs)


def prepare(root: Path, count: int, hidden: int = 30) -> Place:
    """Distinct submissions, and the scripts beside the reference and the images; `hidden` units are trained."""
    os.environ["HIDDEN"] = str(hidden)  # for the checks, in whatever process they are
    original = load_assignment("mnist-mlp")
    library = original.folder
    assignment = root / "mlp-measured"
    shutil.copytree(SETTING / "assignment", assignment)
    shutil.copy(library / "contract.py", assignment)
    for name in ("plain_checks.py", "test_submission.py", "bare.py", "bare_checks.py"):
        shutil.copy(SETTING / name, root)
    (root / "reference_solution.py").write_text(original.solution_source, "utf-8")
    data = load_mnist(2000, 1000)
    images = {"X_train": data.X_train, "y_train": data.y_train, "X_test": data.X_test, "y_test": data.y_test}
    np.savez(root / "images.npz", **images)
    folder = root / "submissions"
    folder.mkdir()
    for i in range(count):
        text = (library / "examples" / "right" / VARIANTS[i % len(VARIANTS)]).read_text("utf-8")
        (folder / f"student-{i:04}.py").write_text(f"{text}\n# {i}\n", "utf-8")
    return Place(root, assignment, tuple(sorted(folder.iterdir())))


def plain_ways(place: Place) -> Sequence[Way]:
    """What needs nothing but the scripts."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_submission.py"]
    return [
        Way("pytest per submission", place.root, [["env", f"SUBMISSION={one}", *pytest] for one in place.submissions]),
        Way(
            "bare process per submission", place.root, [[sys.executable, "bare.py", str(p)] for p in place.submissions]
        ),
    ]


def notebook_ways(place: Place, nbgrader: Path | None, otter: Path | None) -> Iterator[Way]:
    """The notebook graders whose environments were named."""
    if nbgrader:
        root = place.root / "nbgrader"
        prepare_nbgrader(str(nbgrader), root, place.submissions, place.environment_of(nbgrader))
        yield Way("nbgrader autograde", root, nbgrader_commands(str(nbgrader)), nbgrader)
        singly = nbgrader_commands(str(nbgrader), single_students(place.submissions))
        yield Way("nbgrader autograde per submission", root, singly, nbgrader)
    if otter:
        root = place.root / "otter"
        prepare_otter(str(otter), root, place.submissions, place.environment_of(otter))
        yield Way("otter run", root, otter_commands(str(otter), root, place.submissions), otter)


def one_round(place: Place, jobs: int, others: Sequence[Way], number: int) -> Round:
    count = len(place.submissions)
    moments: list[tuple[int, Cpu]] = []

    def note(progress: BatchProgress) -> None:
        moments.append((progress.done, Cpu.now()))

    def batch(jobs: int, measured: str) -> None:
        output = place.root / f"out-{number}-{measured}"
        result = grade_batch(place.assignment, place.submissions[0].parent, output, jobs=jobs, on_progress=note)
        assert all(row.score and row.score.final == 8 for row in result.gradebook.rows), "a right submission failed"

    whole = seconds(lambda: batch(jobs, "time")) / count
    moments.clear()
    batch(1, "cpu")
    (first, begun), (last, ended) = moments[1], moments[-1]
    return Round(
        batch=whole,
        others={way.title: seconds(lambda way=way: run(place, jobs, way)) / count for way in others},
        batch_cpu=ended.since(begun, last - first),
        bare_cpu=bare_in_one_process(place, "bare.py"),
        bare_checks_cpu=bare_in_one_process(place, "bare_checks.py", str(place.assignment)),
    )


def run(place: Place, jobs: int, way: Way) -> None:
    """Run every command of a way, `jobs` at a time."""
    environment = place.environment_of(way.python)

    def grade(command: Sequence[str]) -> None:
        subprocess.run(command, cwd=way.folder, env=environment, check=True, capture_output=True)

    with ThreadPoolExecutor(jobs) as threads:
        list(threads.map(grade, way.commands))


def bare_in_one_process(place: Place, *script: str) -> float:
    """Seconds of CPU per submission in one bare process, the first (which warms it up) left out."""
    command = [sys.executable, *script, *map(str, place.submissions)]
    done = subprocess.run(
        command, cwd=place.root, env=place.environment_of(), check=True, capture_output=True, text=True
    )
    return statistics.mean([float(line) for line in done.stdout.split()][1:])


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def tell(rounds: Sequence[Round], jobs: int, hidden: int) -> None:
    print(f"submissions a minute, {jobs} at a time, {len(rounds)} rounds: median [min – max]")
    print(f"  {'grade batch, everything':44}{spread([60 / one.batch for one in rounds], '.0f')}")
    for title in rounds[0].others:
        print(f"  {title:44}{spread([60 / one.others[title] for one in rounds], '.0f')}")
    for title in rounds[0].others:
        bar = f"bar ≥ {RATE_BARS[title]:g}" if title in RATE_BARS else ""
        ratio(f"times {title}", [one.others[title] / one.batch for one in rounds], bar)
    print("CPU per submission, start not counted, milliseconds")
    print(f"  {'grade batch':44}{spread([1e3 * one.batch_cpu.total for one in rounds], '.0f')}")
    for part, seconds_of in zip(PARTS, zip(*(astuple(one.batch_cpu) for one in rounds), strict=True), strict=True):
        print(f"    {part:42}{spread([1e3 * value for value in seconds_of], '.0f')}")
    bare = {"plain script": [one.bare_cpu for one in rounds], "same checks": [one.bare_checks_cpu for one in rounds]}
    for title, values in bare.items():
        print(f"  {f'one bare process, {title}':44}{spread([1e3 * value for value in values], '.0f')}")
    bar = f"bar ≤ {BARE_BARS[hidden]:g}" if hidden in BARE_BARS else ""
    for title, values in bare.items():
        times = [one.batch_cpu.total / value for one, value in zip(rounds, values, strict=True)]
        ratio(
            f"times the bare process's, {title}", times, f"bar ≤ {BARE_BARS[hidden]:g}" if hidden in BARE_BARS else ""
        )
    overhead = [1e3 * (one.batch_cpu.total - one.bare_cpu) for one in rounds]
    print(f"  {'beyond the bare arithmetic':44}{spread(overhead, '.0f')}  bar ≤ {1e3 * OVERHEAD_BAR_SECONDS:g} ms")


def tell_limit(rounds: Sequence[Round], jobs: int) -> None:
    """What the machine allows: the plain script's arithmetic and nothing else, on as many cores as there are jobs."""
    cores = min(jobs, len(os.sched_getaffinity(0)))
    least = [one.bare_cpu / cores for one in rounds]  # seconds per submission
    print(f"of what {cores} cores can do at most: submissions a minute, share of the limit, and limit in its multiples")
    print(f"  {'the arithmetic alone, nothing started':44}{spread([60 / value for value in least], '.0f')}")
    titles = ["grade batch, everything", *rounds[0].others]
    for title in titles:
        taken = [one.others.get(title, one.batch) for one in rounds]
        shares = [100 * value / own for value, own in zip(least, taken, strict=True)]
        multiples = [own / value for value, own in zip(least, taken, strict=True)]
        rate = f"{statistics.median([60 / own for own in taken]):.0f}"
        print(f"  {title:44}{rate:>6}  {spread(shares, '.0f')} %  {spread(multiples, '.2f')}")


def ratio(title: str, values: Sequence[float], bar: str) -> None:
    print(f"  {title:44}{spread(values, '.2f')}  {bar}".rstrip())


def spread(values: Sequence[float], form: str) -> str:
    return f"{statistics.median(values):{form}} [{min(values):{form}} – {max(values):{form}}]"


if __name__ == "__main__":
    main()
