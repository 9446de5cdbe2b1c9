"""Where the time of `grade run` goes from a cold start, stage by stage.

    python benchmarks/cold_start.py [--runs 7] [--assignment mnist-mlp]

Each run is a process of its own that does what the command does, in its order, with the solution as the submission.
CPU is that of the grader's process, the thread that prepares the images included. The sandbox starts beside it, on
another core if there is one, and its time shows as waiting (wall time without CPU). The least of all runs is told,
which other work on the machine disturbs least.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STAGES = {
    "numpy; the sandbox begins": "from grader.garbage import collect_seldom; collect_seldom()\n"
    "from grader.sandbox import Sandbox; begun = Sandbox(); begun.start()",
    "the command line (typer)": "import grader.cli.app",
    "models of reports (pydantic)": "import gc; gc.disable(); import grader.report",
    "the images begin beside the rest": "from grader.cli.run import _prepared; prepared = _prepared(name, begun)",
    "the rest of the grader": "from grader.grading import Grader",
    "the assignment is read; the images": "session = Grader(name, begun=prepared); gc.freeze(); gc.enable()",
    "waiting for the sandbox, and its proof": "session.sandbox.layers",
    "the submission is graded": "report = session.grade(submission)",
    "of this the submission itself": "",
    "one more submission": "session.grade(submission)",
    "the report as text": "from grader.render import render; render(report, 'text')",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--assignment", default="mnist-mlp")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)  # the submission, in a process of its own
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(_staged(options.assignment, options.alone)))
        return
    from grader.assignments import load_assignment  # not in the processes that are measured

    with tempfile.TemporaryDirectory() as folder:
        submission = Path(folder) / "solution.py"
        submission.write_text(load_assignment(options.assignment).solution_source, "utf-8")
        command = [sys.executable, __file__, "--assignment", options.assignment, "--alone", str(submission)]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or every start compiles the grader anew
        runs = [
            json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
            for _ in range(options.runs + 1)
        ][1:]
    print(f"{'milliseconds, the least of':38}{'wall':>8}{'CPU':>8}\n{f'{options.runs} runs':38}")
    for stage in STAGES:
        wall, cpu = (min(run[stage][kind] for run in runs) for kind in (0, 1))
        print(f"{stage:38}{wall * 1e3:8.0f}{cpu * 1e3:8.0f}")


def _staged(assignment: str, submission: Path) -> dict[str, tuple[float, float]]:
    """Seconds of wall time and of CPU for each stage."""
    known = {"name": assignment, "submission": submission}
    found = {}
    for stage, statements in STAGES.items():
        wall, cpu = time.perf_counter(), time.process_time()
        exec(statements, known)
        found[stage] = (time.perf_counter() - wall, time.process_time() - cpu)
        if not statements:
            own = known["report"].timing.submission  # type: ignore[attr-defined]
            found[stage] = (own, 0.0)
    known["session"].close()  # type: ignore[attr-defined]
    return found


if __name__ == "__main__":
    main()
