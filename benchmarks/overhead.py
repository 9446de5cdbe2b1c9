"""What grading costs beyond the submission's own arithmetic, and where it goes.

    python benchmarks/overhead.py [--runs 7]

Own arithmetic is the time inside the submission's functions as its cell measures it. Overhead is all the rest of the
wall time: starting Python, importing, starting the sandbox and proving that it holds, reading the submission, the
reference's own computation, transport, comparison. Two cases: `grade run` from a cold start, and one more submission
in a process that has graded one already. Of the second stands below how much of it a cell and as many messages cost
in which nothing is computed: what protection takes before anything is judged.
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
from typing import Any
from unittest import mock

from grader.assignments import load_assignment
from grader.grading import Grader
from grader.report import Timing
from grader.sandbox import Cell, Sandbox

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
    _tell_least(submission, runs)


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


def _tell_least(submission: Path, runs: int) -> None:
    """What the same cell and the same number of messages cost when there is nothing to compute."""
    with Grader("mnist-mlp") as session:
        messages = _messages(session, submission)
        cells, talks = zip(*(_empty_cell(session.sandbox, messages) for _ in range(runs + 1)), strict=True)
    print(f"of this at least, in a cell that computes nothing ({runs} runs, milliseconds: median [min – max])")
    print(f"  {'the cell: forked, locked, ended':36}{_milliseconds(cells[1:])}")
    print(f"  {f'{messages} messages and their answers':36}{_milliseconds(talks[1:])}")


def _messages(session: Grader, submission: Path) -> int:
    """How many requests the cells of one submission get."""
    request, sent = Cell.request, []

    def counted(cell: Cell, operation: str, *arguments: Any) -> Any:
        sent.append(operation)
        return request(cell, operation, *arguments)

    with mock.patch.object(Cell, "request", counted):
        session.grade(submission)
    return len(sent)


def _empty_cell(sandbox: Sandbox, messages: int) -> tuple[float, float]:
    """Seconds of a cell's beginning and end, and of so many calls of a function that does nothing."""
    started = time.perf_counter()
    with sandbox.cell() as cell:
        begun = time.perf_counter()
        cell.run("def nothing(): pass", "nothing.py", seconds=10.0)
        first = time.perf_counter()
        for _ in range(messages):
            cell.call("nothing")
        last = time.perf_counter()
    return time.perf_counter() - last + begun - started, last - first


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
