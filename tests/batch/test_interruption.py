"""A batch that is killed or interrupted, and workers that die: the gradebook is the same afterwards."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.assignments import load_assignment
from grader.batch import grade_batch
from grader.batch.errors import WorkersLost
from grader.batch.jobs import Copy, Job, Setup
from grader.batch.pool import WorkerPool
from grader.batch.roster import HandedInFile
from grader.batch.summary import ClassSummary
from grader.batch.work import Work
from grader.report_parts import assignment_info
from grader.sandbox import SandboxUnavailable
from tests.softplus import HALF_RIGHT, RIGHT

from .processes import Watched, descendants, workers

CLASS = {f"student-{i:02}.py": f"{RIGHT if i % 3 else HALF_RIGHT}# {i}\n" for i in range(11)}
SLOW = "import time\ntime.sleep(1.5)\n" + RIGHT
GRADE = [sys.executable, "-c", "from grader.cli import main; main()", "batch"]
PATIENCE = 60
KILLS = int(os.environ.get("GRADER_KILLS", "1"))


class Batch:
    """`grade batch` in a process of its own."""

    def __init__(self, assignment: Path, download: Path, output: Path) -> None:
        self.output = output
        command = [*GRADE, str(assignment), str(download), "--output", str(output), "--resume", "--jobs", "2"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_for_lines(self, count: int) -> bool:
        """Wait until so many submissions are in the journal; False when the batch ends before."""
        while self.process.poll() is None:
            if self._lines() >= count:
                return True
            with pytest.raises(subprocess.TimeoutExpired):
                self.process.wait(0.01)
        return False

    def _lines(self) -> int:
        try:
            return (self.output / "journal.jsonl").read_bytes().count(b"\n")
        except FileNotFoundError:
            return 0

    def end(self, by: signal.Signals) -> tuple[int, str]:
        """Send a signal; the exit status and what stood on stderr. Nothing that it started lives on."""
        below = Watched(list(descendants(self.process.pid)))
        self.process.send_signal(by)
        _, errors = self.process.communicate(timeout=PATIENCE)
        assert below.have_ended(PATIENCE)
        return self.process.returncode, errors


@pytest.fixture
def download(write_folder):
    return write_folder(CLASS)


@pytest.mark.usefixtures("in_a_thread")  # what is not killed
def test_killed_and_interrupted_at_random_moments_and_resumed_everything_is_the_same(assignment, download, tmp_path):
    """GRADER_KILLS=10 kills it ten times; a time of our own is all that may differ."""
    grade_batch(assignment, download, tmp_path / "whole", jobs=1)
    output = tmp_path / "ended"
    moments = random.Random()
    graded = 0
    for by in [signal.SIGKILL] * KILLS + [signal.SIGINT]:
        batch = Batch(assignment, download, output)
        # One more than there were, at least: before, Python itself may not listen to signals yet.
        assert batch.wait_for_lines(min(graded + moments.randint(1, 3), len(CLASS) - 3))
        with pytest.raises(subprocess.TimeoutExpired):
            batch.process.wait(moments.uniform(0, 0.01))
        status, errors = batch.end(by)
        if by is signal.SIGKILL:
            assert status == -signal.SIGKILL
        else:
            assert status == 130, errors
            assert "submissions; the same command with --resume goes on" in errors
            assert "Traceback" not in errors
        assert not (output / "grades.csv").exists()
        before, graded = graded, (output / "journal.jsonl").read_bytes().count(b"\n")
        assert graded >= before
    result = grade_batch(assignment, download, output, jobs=1, resume=True)
    assert result.graded <= len(CLASS) - graded
    assert names(output) == names(tmp_path / "whole")
    assert summary(output) == summary(tmp_path / "whole")
    for name in ("grades.csv", "canvas.csv", "nbgrader.csv", "junit.xml", "unmatched.txt"):
        assert (output / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def summary(folder: Path) -> ClassSummary:
    whole = ClassSummary.model_validate_json((folder / "summary.json").read_bytes())
    return whole.model_copy(update={"slowest": (), "median_seconds": None})


def test_workers_that_are_killed_are_replaced_and_their_jobs_done_again(assignment, write_folder, tmp_path):
    download = write_folder({"ann.py": RIGHT, "ben.py": SLOW, "cem.py": HALF_RIGHT, "dan.py": SLOW + "# mine\n"})
    killed = []

    def kill_once(progress):
        if progress.done and not killed:
            killed.extend(workers(os.getpid()))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    result = grade_batch(assignment, download, tmp_path / "out", jobs=2, on_progress=kill_once)
    assert killed
    scores = {row.student.key: row.score.final for row in result.gradebook.rows}
    assert scores == {"ann": 10, "ben": 10, "cem": 6, "dan": 10}


def pool_for(assignment: Path, submissions: Path, *, job_seconds: float = 60.0, sandbox="auto") -> WorkerPool:
    loaded = load_assignment(assignment)
    setup = Setup(assignment, submissions, sandbox, bytes(32))
    return WorkerPool(setup, 1, job_seconds=job_seconds, info=assignment_info(loaded), max_score=10.0)


def job_of(number: int, name: str) -> Job:
    return Job(number, Work(name, (HandedInFile(name, name),)), (Copy(name),))


def test_a_job_that_hangs_in_the_grader_is_our_fault_and_stops_nobody(assignment, write_folder):
    download = write_folder({"slow.py": "import time\ntime.sleep(4)\n" + RIGHT, "fast.py": RIGHT})
    with pool_for(assignment, download, job_seconds=1.5) as pool:
        outcomes = {
            outcome.job.number: outcome for outcome in pool.outcomes([job_of(0, "slow.py"), job_of(1, "fast.py")])
        }
    assert outcomes[1].report.score == 10, outcomes[1].report.reason
    assert outcomes[0].report.status == "internal_error"
    assert "it took too long" in outcomes[0].report.reason
    assert any(path.endswith(".html") for path in outcomes[0].documents[0])


def test_processes_that_do_not_start_are_told(assignment, tmp_path):
    with (
        pool_for(assignment, tmp_path / "absent") as pool,
        pytest.raises(WorkersLost, match=r"no process to grade with starts \(.*there is no folder or ZIP"),
    ):
        list(pool.outcomes([job_of(0, "slow.py")]))


def test_without_isolation_nothing_is_graded(assignment, write_folder, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # no bubblewrap
    with (
        pool_for(assignment, write_folder({"a.py": RIGHT}), sandbox="strict") as pool,
        pytest.raises(SandboxUnavailable),
    ):
        list(pool.outcomes([job_of(0, "a.py")]))
