"""The gradebook for nbgrader against nbgrader itself: `python -m tests.batch.nbgrader_itself PYTHON`.

PYTHON is that of an environment with nbgrader, which is too much to install for every run of the suite. A batch is
graded from nbgrader's own layout. Its `nbgrader.csv` is what tells nbgrader's importer the students
(`nbgrader db student import`); the scores go into nbgrader's gradebook, and what `nbgrader export` writes then has to
be the same file, cell by cell. Its `nbgrader-feedback` becomes the course's `feedback`, and what `nbgrader
release_feedback` puts into the exchange has to be everybody's page, once.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import v4

from grader.assignments.scaffold import write_scaffold
from grader.batch import grade_batch
from grader.batch.policy import LatePolicy, Policy

STUDENTS = {"ada": "2026-03-01 09:30:00.500000 UTC", "zoë": "2026-03-03 12:00:00 Europe/Berlin", "wei": None}
DUE = "2026-03-02T00:00:00+00:00"
NUMBERS = ("raw_score", "late_submission_penalty", "score", "max_score")
FILL = """
import csv, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook, open(sys.argv[1], encoding="utf-8", newline="") as file:
    for line in csv.DictReader(file):
        name, student = line["assignment"], line["student_id"]
        gradebook.update_or_create_assignment(name, duedate=line["duedate"])
        gradebook.update_or_create_notebook("homework", name)
        cell = dict(max_score=float(line["max_score"]), cell_type="code")
        gradebook.update_or_create_grade_cell("all", "homework", name, **cell)
        submission = gradebook.update_or_create_submission(name, student, timestamp=line["timestamp"] or None)
        gradebook.find_grade("all", "homework", name, student).manual_score = float(line["raw_score"])
        submission.notebooks[0].late_submission_penalty = float(line["late_submission_penalty"])
        gradebook.db.commit()
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.batch.nbgrader_itself")
    parser.add_argument("python", help="of an environment with nbgrader")
    python = str(Path(parser.parse_args().python).absolute())
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        ours = _graded(root)
        students = root / "students.csv"
        students.write_text(ours.read_text("utf-8").replace("student_id", "id", 1), "utf-8")
        _run(root, python, "-m", "nbgrader", "db", "student", "import", str(students))
        _run(root, python, "-c", FILL, str(ours))
        _run(root, python, "-m", "nbgrader", "export", "--to", "theirs.csv")
        difference = _difference(_table(ours), _table(root / "theirs.csv")) + _not_released(root, python)
    print(*difference or [f"nbgrader writes the same {len(STUDENTS)} students, and releases their feedback"], sep="\n")
    return 1 if difference else 0


def _graded(root: Path) -> Path:
    """The `nbgrader.csv` of a batch."""
    write_scaffold(root / "linear-regression")
    examples = sorted((root / "linear-regression" / "examples").glob("*.py"))
    for number, (student, moment) in enumerate(STUDENTS.items()):
        folder = root / "course" / "submitted" / student / "linear-regression"
        folder.mkdir(parents=True)
        cell = v4.new_code_cell(examples[number % len(examples)].read_text("utf-8"), id="work")
        nbformat.write(v4.new_notebook(cells=[cell]), folder / "homework.ipynb")
        (folder / "submission_secret.txt").write_text(f"secret {number}")
        if moment:
            (folder / "timestamp.txt").write_text(moment)
    late = LatePolicy.model_validate({"due": DUE, "penalty": 10})
    grade_batch(root / "linear-regression", root / "course", root / "out", jobs=1, policy=Policy(late=late))
    return root / "out" / "nbgrader.csv"


def _not_released(root: Path, python: str) -> list[str]:
    """Whose feedback nbgrader does not hand back."""
    course, exchange = root / "course", root / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    shutil.copytree(root / "out" / "nbgrader-feedback", course / "feedback")
    where = [f"--Exchange.root={exchange}", f"--CourseDirectory.root={course}", "--CourseDirectory.course_id=c101"]
    _run(course, python, "-m", "nbgrader", "release_feedback", "linear-regression", *where)
    released = Counter(path.read_bytes() for path in (exchange / "c101" / "feedback").glob("*.html"))
    ours = {path.parts[-3]: path.read_bytes() for path in course.glob("feedback/*/linear-regression/homework.html")}
    missing = [f"no feedback for {student}" for student in STUDENTS if student not in ours]
    return missing + [f"{student}'s is released {released[p]} times" for student, p in ours.items() if released[p] != 1]


def _run(folder: Path, *command: str) -> None:
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by its name
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} failed:\n{done.stderr[-2000:]}")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file, strict=True), key=lambda line: line["student_id"])


def _difference(ours: Sequence[dict[str, str]], theirs: Sequence[dict[str, str]]) -> list[str]:
    if len(ours) != len(theirs) or [*ours[0]] != [*theirs[0]]:
        return [f"{len(ours)} rows of {[*ours[0]]}, nbgrader has {len(theirs)} of {[*theirs[0]]}"]
    return [
        f"{mine['student_id']}: {column} is {mine[column]!r}, nbgrader writes {its[column]!r}"
        for mine, its in zip(ours, theirs, strict=True)
        for column in mine
        if (float(mine[column]) != float(its[column]) if column in NUMBERS else mine[column] != its[column])
    ]


if __name__ == "__main__":
    sys.exit(main())
