"""What grading costs beyond the submission's own arithmetic, and where it goes.

    python benchmarks/overhead.py [--runs 7]

Own arithmetic is the time inside the submission's functions as its cell measures it. Overhead is all the rest of the
wall time: starting Python, importing, starting the sandbox and proving that it holds, reading the submission, the
reference's own computation, transport, comparison. Two cases: `grade run` from a cold start, and one more submission
in a process that has graded one already.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from grader.assignments import load_assignment
from grader.grading import Grader
from grader.report import Timing

COLD_BAR_SECONDS, WARM_BAR_SECONDS = 0.6, 0.040


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        submission = Path(folder) / "solution.py"
        submission.write_text(load_assignment("mnist-mlp").solution_source, "utf-8")
        _measure(submission, runs)


def _measure(submission: Path, runs: int) -> None:
    cold = [_cold_run(submission) for _ in range(runs + 1)][1:]
    _tell("grade run, cold start", cold, COLD_BAR_SECONDS)
    warm = _warm_runs(submission, runs)
    _tell("one more submission in the same process", warm, WARM_BAR_SECONDS)


def _cold_run(submission: Path) -> tuple[float, Timing]:
    grade = Path(sys.executable).with_name("grade")
    # Without bytecode every start compiles the grader anew, which takes as long as all the rest.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    command = [grade, "run", "mnist-mlp", submission, "--format", "json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    wall = time.perf_counter() - started
    return wall, Timing.model_validate(json.loads(done.stdout)["timing"])


def _warm_runs(submission: Path, runs: int) -> list[tuple[float, Timing]]:
    measured = []
    with Grader("mnist-mlp") as session:
        for _ in range(runs + 1):
            started = time.perf_counter()
            report = session.grade(submission)
            measured.append((time.perf_counter() - started, report.timing))
    return measured[1:]


def _tell(title: str, measured: Sequence[tuple[float, Timing]], bar: float) -> None:
    overhead = [wall - timing.submission for wall, timing in measured]
    parts = {
        "python, imports, data, output": [wall - timing.total for wall, timing in measured],
        "cell and running the submission": [timing.load for _, timing in measured],
        "checks": [timing.checks for _, timing in measured],
        "diagnosis and report": [timing.diagnosis for _, timing in measured],
        "of all this the submission itself": [timing.submission for _, timing in measured],
    }
    print(f"{title} ({len(measured)} runs, milliseconds: median [min – max])")
    for name, values in {"wall": [wall for wall, _ in measured], **parts, "overhead": overhead}.items():
        print(f"  {name:36}{_milliseconds(values)}")
    verdict = "within" if statistics.median(overhead) <= bar else "ABOVE"
    print(f"  {verdict} the bar of {bar * 1e3:.0f} ms\n")


def _milliseconds(values: Sequence[float]) -> str:
    low, middle, high = min(values) * 1e3, statistics.median(values) * 1e3, max(values) * 1e3
    return f"{middle:7.0f} [{low:.0f} – {high:.0f}]"


if __name__ == "__main__":
    main()
