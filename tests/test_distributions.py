"""What is installed for students has no solution in it: the library is a distribution of its own."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.assignments import library_folders, load_assignment
from tests import library

ROOT = Path(__file__).parents[1]
# Lines that any numpy program has; they say nothing about an answer.
INCIDENTAL = {
    "rng = np.random.default_rng(seed)",
    "np.random.seed(seed)",
    "for name, value in parameters.items()",
    "def forward(params, X):",
    "values.append(value)",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> dict[str, str]:
    """The files of the wheel that students install."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return {name: wheel.read(name).decode("utf-8", "replace") for name in wheel.namelist()}


def test_it_is_the_grader_alone(installed):
    assert {name.partition("/")[0] for name in installed if ".dist-info" not in name} == {"grader"}


def test_no_line_of_a_solution_of_the_library_is_in_it(installed):
    lines = {line.strip() for text in installed.values() for line in text.splitlines()}
    for name in library_folders():
        assignment = library.assignment(name)
        shown = {line.strip() for function in assignment.contract for line in function.source.splitlines()}
        secret = {line.strip() for line in assignment.solution_source.splitlines() if "=" in line or "(" in line}
        telling = {line for line in secret if len(line) >= 20} - shown - INCIDENTAL
        assert telling & lines == set(), name


def test_without_the_library_its_names_say_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr("grader.assignments.library.find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    from grader.assignments import AssignmentError
    from grader.assignments.scaffold import write_scaffold

    assert library_folders() == {}
    with pytest.raises(AssignmentError, match=r"not installed here; instructors install it"):
        load_assignment("mnist-mlp")
    with pytest.raises(AssignmentError, match="the library of assignments is not installed here"):
        write_scaffold(tmp_path / "new")


def test_what_the_image_is_built_from_is_not_kept_from_it():
    """Docker sees only what `.dockerignore` lets through; nothing else runs the image in the tests."""
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    admitted = (ROOT / ".dockerignore").read_text("utf-8").split()
    wanted = {name for names in copied for name in names.split()}
    assert wanted >= {"grader", "library", "operations"}
    assert wanted <= {line.removeprefix("!") for line in admitted if line.startswith("!")}
