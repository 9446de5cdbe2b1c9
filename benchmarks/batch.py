"""Throughput of a batch, beside a plain pytest script and bare processes doing equivalent checks.

    python benchmarks/batch.py [--submissions 24] [--rounds 3] [--jobs 2]

Every way grades the same submissions, in turn: `grade batch` with all that it writes (reports, journal, gradebook);
pytest once per submission; a bare process per submission; and one bare process for all of them, its start not
counted. Only the first isolates submissions and says what is wrong. Ratios are taken within a round, on whatever else
the machine does meanwhile.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.assignments import load_assignment
from grader.batch import BatchProgress, grade_batch
from grader.datasets import load_mnist

SETTING = Path(__file__).with_name("batch_setting")
VARIANTS = ("course_dicts.py", "assigned_functions.py", "small_functions.py", "verbose.py")
PYTEST_BAR, BARE_BAR, OVERHEAD_BAR_SECONDS = 3.0, 1.15, 0.060
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Place:
    """Where a benchmark works: the assignment, the submissions, the plain scripts beside the reference."""

    root: Path
    assignment: Path
    submissions: tuple[Path, ...]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **ONE_THREAD, "IMAGES": str(self.root / "images.npz"), "PYTHONPATH": str(self.root)}


@dataclass(frozen=True)
class Round:
    """Seconds per submission of each way; `steady` and `bare_in_one` leave out what is paid once."""

    batch: float
    steady: float
    pytest: float
    bare: float
    bare_in_one: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = prepare(Path(folder), arguments.submissions)
        rounds = [one_round(place, arguments.jobs, number) for number in range(arguments.rounds)]
    tell(rounds, arguments.jobs)


def prepare(root: Path, count: int) -> Place:
    """Distinct submissions, and the scripts beside the reference and the images."""
    library = load_assignment("mnist-mlp").folder
    assignment = root / "mlp-measured"
    shutil.copytree(SETTING / "assignment", assignment)
    for name in ("contract.py", "solution.py", "mistakes.py"):
        shutil.copy(library / name, assignment)
    for name in ("plain_checks.py", "test_submission.py", "bare.py"):
        shutil.copy(SETTING / name, root)
    shutil.copy(library / "solution.py", root / "reference_solution.py")
    data = load_mnist(2000, 1000)
    images = {"X_train": data.X_train, "y_train": data.y_train, "X_test": data.X_test, "y_test": data.y_test}
    np.savez(root / "images.npz", **images)
    folder = root / "submissions"
    folder.mkdir()
    for i in range(count):
        text = (library / "examples" / "right" / VARIANTS[i % len(VARIANTS)]).read_text("utf-8")
        (folder / f"student-{i:04}.py").write_text(f"{text}\n# {i}\n", "utf-8")
    return Place(root, assignment, tuple(sorted(folder.iterdir())))


def one_round(place: Place, jobs: int, number: int) -> Round:
    count = len(place.submissions)
    moments: list[tuple[int, float]] = []

    def note(progress: BatchProgress) -> None:
        moments.append((progress.done, time.perf_counter()))

    def batch(jobs: int) -> None:
        output = place.root / f"out-{number}-{jobs}"
        result = grade_batch(place.assignment, place.submissions[0].parent, output, jobs=jobs, on_progress=note)
        assert all(row.score and row.score.final == 8 for row in result.gradebook.rows), "a right submission failed"

    whole = seconds(lambda: batch(jobs)) / count
    moments.clear()
    batch(1)
    (first, begun), (last, ended) = moments[1], moments[-1]
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_submission.py"]
    return Round(
        batch=whole,
        steady=(ended - begun) / (last - first),
        pytest=each(place, jobs, pytest) / count,
        bare=each(place, jobs, [sys.executable, "bare.py"]) / count,
        bare_in_one=bare_in_one_process(place),
    )


def each(place: Place, jobs: int, command: Sequence[str]) -> float:
    """Seconds for a process per submission, `jobs` at a time."""

    def grade(submission: Path) -> None:
        environment = {**place.environment, "SUBMISSION": str(submission)}
        argument = [] if "pytest" in command else [str(submission)]
        subprocess.run([*command, *argument], cwd=place.root, env=environment, check=True, capture_output=True)

    with ThreadPoolExecutor(jobs) as threads:
        return seconds(lambda: list(threads.map(grade, place.submissions)))


def bare_in_one_process(place: Place) -> float:
    """Seconds per submission in one bare process, the first (which warms it up) left out."""
    command = [sys.executable, "bare.py", *map(str, place.submissions)]
    done = subprocess.run(command, cwd=place.root, env=place.environment, check=True, capture_output=True, text=True)
    return statistics.mean([float(line) for line in done.stdout.split()][1:])


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def tell(rounds: Sequence[Round], jobs: int) -> None:
    print(f"submissions a minute, {jobs} at a time, {len(rounds)} rounds: median [min – max]")
    for title, values in (
        ("grade batch, everything", [one.batch for one in rounds]),
        ("pytest per submission", [one.pytest for one in rounds]),
        ("bare process per submission", [one.bare for one in rounds]),
    ):
        print(f"  {title:34}{spread([60 / value for value in values], '.0f')}")
    ratio("grade batch : pytest (rate)", [one.pytest / one.batch for one in rounds], f"bar ≥ {PYTEST_BAR:g}")
    ratio("grade batch : bare process (rate)", [one.bare / one.batch for one in rounds], "")
    print("one at a time, start not counted, milliseconds per submission")
    print(f"  {'grade batch':34}{spread([1e3 * one.steady for one in rounds], '.0f')}")
    print(f"  {'one bare process':34}{spread([1e3 * one.bare_in_one for one in rounds], '.0f')}")
    ratio("grade batch : bare (time)", [one.steady / one.bare_in_one for one in rounds], f"bar ≤ {BARE_BAR:g}")
    overhead = [1e3 * (one.steady - one.bare_in_one) for one in rounds]
    print(f"  {'beyond the bare arithmetic':34}{spread(overhead, '.0f')}  bar ≤ {1e3 * OVERHEAD_BAR_SECONDS:g} ms")


def ratio(title: str, values: Sequence[float], bar: str) -> None:
    print(f"  {title:34}{spread(values, '.2f')}  {bar}".rstrip())


def spread(values: Sequence[float], form: str) -> str:
    return f"{statistics.median(values):{form}} [{min(values):{form}} – {max(values):{form}}]"


if __name__ == "__main__":
    main()
