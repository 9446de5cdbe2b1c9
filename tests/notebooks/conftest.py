"""The six assignments, taken over from their source notebooks, and what students handed in."""

from pathlib import Path

import pytest

from grader import Grader, Report
from grader.assignments.notebooks import read_source, student_notebook
from grader.assignments.scaffold import TakenOver, take_over
from tests.notebooks.sources import NBGRADER, OTTER
from tests.notebooks.students import WORK, handed_in, places_of

SOURCES = {**NBGRADER, **OTTER}


@pytest.fixture(scope="session")
def courses(tmp_path_factory) -> dict[str, TakenOver]:
    """Each assignment as `grade new NAME --from source.ipynb` makes it."""
    root = tmp_path_factory.mktemp("courses")
    taken = {}
    for name, text in SOURCES.items():
        source = root / "sources" / f"{name}.ipynb"
        source.parent.mkdir(exist_ok=True)
        source.write_text(text, "utf-8")
        taken[name] = take_over(source, root / name)
    return taken


def work_of(folder: Path, name: str) -> str:
    """The notebook that a student hands in."""
    source = read_source(folder / "assignment.ipynb")
    answers = next(answers for title, answers in WORK[folder.name] if title == name)
    return handed_in(student_notebook(source), answers, places_of(source))


@pytest.fixture(scope="session")
def reports(courses, tmp_path_factory) -> dict[tuple[str, str], Report]:
    """The report on each of the eighteen notebooks."""
    folder = tmp_path_factory.mktemp("handed-in")
    found = {}
    for name, taken in courses.items():
        with Grader(taken.files[0].parent) as session:
            for title, _ in WORK[name]:
                path = folder / f"{name}-{title}.ipynb"
                path.write_text(work_of(taken.files[0].parent, title), "utf-8")
                found[name, title] = session.grade(path)
    return found
