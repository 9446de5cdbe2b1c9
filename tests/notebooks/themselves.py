"""The same notebooks, graded here, by nbgrader and by otter: `python -m tests.notebooks.themselves NBGRADER OTTER`.

Both are the Pythons of environments with nbgrader and otter-grader (and numpy, ipykernel), which are too much to
install for every run of the suite. They make the students' versions of the source notebooks and grade what students
handed in; the points of each must be the same.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from grader import Grader
from grader.assignments.scaffold import take_over
from tests.notebooks.conftest import work_of
from tests.notebooks.sources import NBGRADER, OTTER
from tests.notebooks.students import WORK

READ_NBGRADER = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    found = {}
    for assignment in gradebook.assignments:
        for submission in assignment.submissions:
            grades = [g for n in submission.notebooks for g in n.grades if g.cell.cell_type == "code"]
            points = sum(g.auto_score for g in grades if g.auto_score is not None)
            found[f"{assignment.name}/{submission.student.id}"] = points
print(json.dumps(found))
"""
READ_OTTER = """
import json, os, sys
from otter.api import grade_submission
archive, *notebooks = sys.argv[1:]
found = {}
for notebook in notebooks:
    results = grade_submission(notebook, archive, quiet=True)
    found[os.path.basename(notebook)] = sum(test.score for test in results.results.values())
with open("points.json", "w") as file:
    json.dump(found, file)
"""
VALIDATE = """
import sys, nbformat
from nbgrader.nbgraderformat import read
for path in sys.argv[1:]:
    nbformat.validate(nbformat.read(path, 4))
    read(path, 4)
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.notebooks.themselves")
    parser.add_argument("nbgrader", help="Python of an environment with nbgrader")
    parser.add_argument("otter", help="Python of an environment with otter-grader")
    arguments = parser.parse_args()
    for python in (arguments.nbgrader, arguments.otter):  # without these every notebook would get no points
        _run(Path.cwd(), python, "-c", "import ipykernel, matplotlib, numpy")
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        ours = _ours(root)
        theirs = _by_nbgrader(root, arguments.nbgrader) | _by_otter(root, arguments.otter)
    for name in sorted(ours):
        verdict = "" if abs(ours[name] - theirs.get(name, -1)) < 1e-9 else "   DIFFERENT"
        print(f"{name:50} {ours[name]:5g} {theirs.get(name, -1):5g}{verdict}")
    return int(any(abs(points - theirs.get(name, -1)) > 1e-9 for name, points in ours.items()))


def _ours(root: Path) -> dict[str, float]:
    points = {}
    for name, text in {**NBGRADER, **OTTER}.items():
        source = root / "sources" / f"{name}.ipynb"
        source.parent.mkdir(exist_ok=True)
        source.write_text(text, "utf-8")
        take_over(source, root / name)
        with Grader(root / name) as session:
            for title, _ in WORK[name]:
                path = root / "work" / name / f"{title}.ipynb"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(work_of(root / name, title), "utf-8")
                points[f"{name}/{title}"] = session.grade(path).score
    return points


def _by_nbgrader(root: Path, python: str) -> dict[str, float]:
    course = root / "course"
    for name in NBGRADER:
        (course / "source" / name).mkdir(parents=True)
        (course / "source" / name / f"{name}.ipynb").write_bytes((root / "sources" / f"{name}.ipynb").read_bytes())
        for title, _ in WORK[name]:
            folder = course / "submitted" / title / name
            folder.mkdir(parents=True)
            (folder / f"{name}.ipynb").write_bytes((root / "work" / name / f"{title}.ipynb").read_bytes())
    for name in NBGRADER:
        _run(course, python, "-m", "nbgrader", "generate_assignment", name, "--create")
        _run(course, python, "-m", "nbgrader", "autograde", name, "--create")
        right = root / "work" / name / f"{WORK[name][0][0]}.ipynb"
        if "Success" not in _run(course, python, "-m", "nbgrader", "validate", str(right)):
            sys.exit(f"nbgrader's validator does not take {right.name} of {name}, which is right")
        _run(course, python, "-c", VALIDATE, *(str(root / "work" / name / f"{title}.ipynb") for title, _ in WORK[name]))
    return dict(json.loads(_run(course, python, "-c", READ_NBGRADER).splitlines()[-1]))


def _by_otter(root: Path, python: str) -> dict[str, float]:
    points = {}
    for name in OTTER:
        folder = root / "otter" / name
        folder.mkdir(parents=True)
        source = folder / f"{name}.ipynb"
        source.write_bytes((root / "sources" / f"{name}.ipynb").read_bytes())
        _run(folder, python, "-m", "otter", "assign", str(source), str(folder / "dist"), "--no-run-tests", "--no-pdfs")
        archive = next((folder / "dist" / "autograder").glob("*.zip"))
        notebooks = []
        for title, _ in WORK[name]:
            notebooks.append(folder / f"{title}.ipynb")
            notebooks[-1].write_bytes((root / "work" / name / f"{title}.ipynb").read_bytes())
        _run(folder, python, "-c", READ_OTTER, str(archive), *map(str, notebooks))
        found = json.loads((folder / "points.json").read_text("utf-8"))
        points |= {f"{name}/{Path(notebook).stem}": value for notebook, value in found.items()}
    return points


def _run(folder: Path, *command: str) -> str:
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"  # both call Jupyter's programs by name
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "MPLBACKEND": "agg"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} failed:\n{done.stdout[-1500:]}\n{done.stderr[-2500:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
