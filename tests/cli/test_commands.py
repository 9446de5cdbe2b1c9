"""What each command prints, and what it says when it cannot."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import grader
from grader.assignments import library_folders
from grader.cli import ahead
from grader.cli.app import app
from grader.doctor import Finding, Findings
from grader.sandbox import Sandbox


def every_command(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*path, name))


@pytest.mark.parametrize("command", list(every_command(get_command(app))), ids=lambda path: " ".join(path) or "grade")
def test_every_command_explains_itself(grade, command):
    result = grade(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert result.stderr == ""


def test_version(grade):
    assert grade("--version").stdout.strip() == grader.__version__


def test_without_a_command_the_help_is_shown(grade):
    assert "validate" in grade().output


def test_list_names_every_assignment_of_the_library(grade):
    lines = grade("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(library_folders())
    assert "mnist-mlp" in library_folders()
    some = [line.split()[0] for line in grade("list", "CS231n", "dropout").stdout.splitlines()]
    assert "cs231n-a2-dropout" in some
    assert not [name for name in some if not name.startswith("cs231n")]


def test_show_tells_functions_points_and_limits(grade, assignment):
    text = grade("show", assignment).stdout
    assert "softplus: Softplus" in text
    assert re.search(r"^ +6  softplus\(z\)$", text, re.MULTILINE)
    assert re.search(r"^ +4  slope\(z\)$", text, re.MULTILINE)
    assert "10 points" in text
    assert "10 s" in text


def test_starter_writes_what_a_student_starts_from_and_lists_it(grade, assignment, tmp_path):
    target = tmp_path / "mine"
    result = grade("starter", assignment, target)
    assert result.exit_code == 0
    assert [Path(line) for line in result.stdout.splitlines()] == [target / "starter.ipynb", target / "starter.py"]
    assert "def softplus(z):" in (target / "starter.py").read_text("utf-8")


def test_starter_overwrites_nothing(grade, assignment, tmp_path):
    (tmp_path / "starter.py").write_text("my work", "utf-8")
    result = grade("starter", assignment, tmp_path)
    assert result.exit_code == 2
    assert "starter.py already" in result.stderr
    assert (tmp_path / "starter.py").read_text("utf-8") == "my work"


def test_a_folder_that_cannot_be_made_is_named(grade, assignment, tmp_path):
    (tmp_path / "file").touch()
    result = grade("starter", assignment, tmp_path / "file" / "folder")
    assert result.exit_code == 2
    assert str(tmp_path / "file") in result.stderr


@pytest.mark.parametrize("command", ["show", "starter", "validate"])
def test_an_unknown_assignment_is_answered_with_those_there_are(grade, command):
    result = grade(command, "mnist-mpl")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("grade: no assignment 'mnist-mpl'")
    assert "mnist-mlp" in result.stderr


def test_validate_wants_to_know_what(grade):
    result = grade("validate")
    assert result.exit_code == 2
    assert "--all" in result.stderr


@pytest.mark.parametrize(
    ("level", "verdict", "exit_code"), [("ok", "Yes", 0), ("warning", "Yes", 0), ("missing", "No", 3)]
)
def test_doctor_ends_with_its_verdict(grade, monkeypatch, level, verdict, exit_code):
    """What it finds on this machine is seen in `test_doctor.py`."""
    monkeypatch.setattr("grader.doctor.examine", lambda: Findings((Finding("Landlock", level, "as it is", "mend it"),)))
    result = grade("doctor")
    assert result.exit_code == exit_code
    assert result.stdout.rstrip().splitlines()[-1].startswith(verdict)


def test_data_without_mnist_says_how_to_get_it(grade, monkeypatch, tmp_path):
    monkeypatch.delenv("GRADER_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "grade data fetch" in grade("data").stdout


def test_data_names_each_file_and_whether_it_is_the_published_one(grade, monkeypatch, tmp_path):
    for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"):
        (tmp_path / name).write_bytes(b"not the published file")
    monkeypatch.setenv("GRADER_DATA_DIR", str(tmp_path))
    text = grade("data").stdout
    assert re.search(r"differs +t10k-images", text)
    assert re.search(r"missing +train-images", text)


@pytest.mark.parametrize(
    ("words", "mode", "is_begun"),
    [
        ("run mnist-mlp homework.py", "auto", True),
        ("run homework.py --format json", "auto", True),
        ("run mnist-mlp homework.py --sandbox none", "none", False),
        ("run mnist-mlp homework.py --sandbox=strict", "strict", False),
        ("run --help", "auto", False),
        ("run", "auto", False),
        ("list", "auto", False),
    ],
)
def test_the_sandbox_of_a_run_begins_before_its_words_are_read_and_is_the_one_that_they_ask_for(
    monkeypatch, words, mode, is_begun
):
    started = []
    monkeypatch.setattr(Sandbox, "start", lambda sandbox: started.append(sandbox))
    ahead.begin(words.split())
    asked_for = ahead.sandbox(mode)
    assert asked_for.mode == mode
    assert started == ([asked_for] if is_begun else [])
    assert ahead.sandbox(mode) is not asked_for  # it is for one run
