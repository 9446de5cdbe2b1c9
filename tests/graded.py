"""Reports on the library's examples that several tests look at: each is graded once, by whichever process needs it."""

import fcntl
import hashlib
from pathlib import Path

from grader import Grader, Report


class GradedExamples:
    """Reports in a folder that all processes of one run of the tests share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def report(self, session: Grader, name: str) -> Report:
        """The report on a file of the examples of the session's assignment, as it is read from JSON."""
        assignment = session.assignment
        place = self.folder / hashlib.sha256(f"{assignment.folder} {session.seed} {name}".encode()).hexdigest()
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits for the first
            if not place.exists():
                part = place.with_suffix(".part")
                part.write_text(session.grade(assignment.folder / "examples" / name).to_json(), "utf-8")
                part.rename(place)
        return Report.from_json(place.read_bytes())


def lost(report: Report) -> set[str]:
    """The functions that lose points, or would if nothing were carried forward."""
    return {f.name for f in report.functions if f.score - f.carried < f.max_score}


def short(report: Report) -> set[str]:
    """The functions that lose points."""
    return {function.name for function in report.functions if function.score < function.max_score}
