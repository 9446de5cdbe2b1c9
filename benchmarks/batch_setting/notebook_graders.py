"""The plain checks as assignments of nbgrader and otter-grader, and the commands that grade with them.

Neither is a dependency: each runs from an environment of its own that has it and numpy, named by its `python`.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CHECKS = ("relu", "softmax", "cross_entropy", "l2_penalty", "forward", "backward", "gradient", "train")
_ASSIGNMENT = "mlp"
_PREAMBLE = "import types\n\nimport numpy as np\nimport plain_checks\n\n"

Commands = Sequence[Sequence[str]]


def prepare_nbgrader(python: str, root: Path, submissions: Sequence[Path], environment: Mapping[str, str]) -> None:
    """A course with the assignment released and every submission handed in, half of the students for each process."""
    tests = [
        _cell(
            f"{_PREAMBLE}plain_checks.{name}(types.SimpleNamespace(**globals()), np.random.default_rng(0))",
            f"test_{name}",
            points=1,
        )
        for name in CHECKS
    ]
    source = root / "source" / _ASSIGNMENT / "homework.ipynb"
    _write(source, [_cell("### BEGIN SOLUTION\n### END SOLUTION", "work"), *tests])
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.ExecutePreprocessor.timeout = 120\n", "utf-8")
    command = [python, "-m", "nbgrader", "generate_assignment", _ASSIGNMENT]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    released = json.loads((root / "release" / _ASSIGNMENT / "homework.ipynb").read_text("utf-8"))
    for i, submission in enumerate(submissions):
        released["cells"][0]["source"] = submission.read_text("utf-8")
        target = root / "submitted" / _student(i, submission) / _ASSIGNMENT / "homework.ipynb"
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(released), "utf-8")


def _student(i: int, submission: Path) -> str:
    return f"{'ab'[i % 2]}-{submission.stem}"


def nbgrader_commands(python: str, students: Sequence[str] = ("a-*", "b-*")) -> Commands:
    """A process for each pattern of students; by default two, each with half of them."""
    return [[python, "-m", "nbgrader", "autograde", _ASSIGNMENT, f"--student={one}", "--force"] for one in students]


def single_students(submissions: Sequence[Path]) -> Sequence[str]:
    """Patterns that match a student each, for grading submissions as they come in."""
    return [_student(i, submission) for i, submission in enumerate(submissions)]


def prepare_otter(python: str, root: Path, submissions: Sequence[Path], environment: Mapping[str, str]) -> None:
    """An autograder with a test file per check, and the submissions as notebooks."""
    tests = root / "tests"
    tests.mkdir(parents=True)
    for name in CHECKS:
        (tests / f"{name}.py").write_text(
            f"import types\n\nimport numpy as np\nimport plain_checks\nfrom otter.test_files import test_case\n\n"
            f'OK_FORMAT = False\nname = "{name}"\npoints = 1\n\n\n'
            f"@test_case()\ndef test_{name}(env):\n"
            f"    plain_checks.{name}(types.SimpleNamespace(**env), np.random.default_rng(0))\n",
            "utf-8",
        )
    command = [python, "-m", "otter", "generate", "-t", "tests", "--no-environment", "-o", "autograder.zip"]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    for submission in submissions:
        _write(root / "work" / submission.stem / "homework.ipynb", [_cell(submission.read_text("utf-8"), None)])


def otter_commands(python: str, root: Path, submissions: Sequence[Path]) -> Commands:
    """A process per submission."""
    run = [python, "-m", "otter", "run", "-a", str(root / "autograder.zip"), "--no-logo"]
    return [
        [*run, "-o", str(root / "work" / one.stem), str(root / "work" / one.stem / "homework.ipynb")]
        for one in submissions
    ]


def _cell(source: str, grade_id: str | None, points: int | None = None) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if grade_id is not None:
        is_test = points is not None
        settings = {"grade": is_test, "solution": not is_test, "locked": is_test, "task": False}
        metadata = {"nbgrader": {"schema_version": 3, "grade_id": grade_id, **settings}}
        if is_test:
            metadata["nbgrader"]["points"] = points
    return {
        "cell_type": "code",
        "id": grade_id or "work",
        "metadata": metadata,
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def _write(path: Path, cells: list[dict[str, Any]]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), "utf-8")
