"""Where the report of `grade run` goes, and in which form."""

import json
import os
import subprocess
import sys
from typing import get_args

import pytest
import typer

from grader.cli.reports import SUFFIX_FORMATS, FormatName, show_report
from grader.render import FORMATS
from grader.report import Report

GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]


def test_the_formats_offered_are_the_formats_there_are():
    assert get_args(FormatName) == FORMATS
    assert set(SUFFIX_FORMATS.values()) <= set(FORMATS)


def test_text_is_printed_when_nothing_else_is_asked_for(grade, assignment, submission):
    result = grade("run", assignment, submission)
    assert result.exit_code == 1
    assert "6 of 10 points" in result.stdout
    assert "The slope is that of the ReLU" in result.stdout
    assert "sha256" not in result.stdout
    assert result.stderr == ""


def test_json_is_all_that_is_printed(grade, assignment, submission):
    result = grade("run", assignment, submission, "--format", "json")
    assert Report.from_json(result.stdout).score == 6
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("ending", "beginning"),
    [(".html", "<!doctype html>"), (".HTML", "<!doctype html>"), (".json", "{"), (".md", "#"), (".xml", "<?xml")],
)
def test_the_ending_of_the_output_file_tells_the_format(report, tmp_path, capsys, ending, beginning):
    target = tmp_path / f"report{ending}"
    show_report(report, None, target, submission=None, instructor=False)
    assert capsys.readouterr().out == ""
    assert target.read_text("utf-8").lower().startswith(beginning)


def test_format_wins_over_the_ending(grade, assignment, submission, tmp_path):
    target = tmp_path / "report.html"
    assert grade("run", assignment, submission, "--output", target, "--format", "json").stdout == ""
    assert json.loads(target.read_text("utf-8"))["score"] == 6


def test_an_ending_without_a_format_gets_text(report, tmp_path):
    target = tmp_path / "feedback.log"
    show_report(report, None, target, submission=None, instructor=False)
    assert "6 of 10 points" in target.read_text("utf-8")


def test_output_that_cannot_be_written_is_told(report, tmp_path, capsys):
    target = tmp_path / "nowhere" / "report.html"
    with pytest.raises(typer.Exit) as ended:
        show_report(report, None, target, submission=None, instructor=False)
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == f"grade: cannot write {target}: No such file or directory\n"


def test_a_module_has_no_annotated_notebook(grade, assignment, submission):
    result = grade("run", assignment, submission, "--format", "notebook")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "notebook" in result.stderr


def test_one_function_alone(grade, assignment, submission):
    result = grade("run", assignment, submission, "--function", "softplus", "--format", "json")
    assert result.exit_code == 0
    assert [function.name for function in Report.from_json(result.stdout).functions] == ["softplus"]


def test_an_unknown_function_is_answered_with_those_there_are(grade, assignment, submission):
    result = grade("run", assignment, submission, "--function", "softmax")
    assert result.exit_code == 2
    assert result.stderr == "grade: the contract has no softmax; it has softplus, slope\n"


def test_students_see_as_much_of_a_diagnosis_as_the_assignment_lets_them_and_instructors_more(
    grade, assignment, submission
):
    with (assignment / "assignment.toml").open("a") as settings:
        settings.write('[hints]\nshow = "nudge"\n')
    student = grade("run", assignment, submission).stdout
    assert "Draw it." in student
    assert "ReLU" not in student.partition("\n")[2]
    instructor = grade("run", assignment, submission, "--instructor").stdout
    assert "The slope is that of the ReLU" in instructor
    assert "sha256" in instructor


def test_a_terminal_that_lacks_letters_gets_them_spelled_out(assignment):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*GRADE, "show", str(assignment)], env=environment, capture_output=True, check=True)
    assert b"lambda-free" in done.stdout


def test_documents_are_utf8_whatever_the_terminal(assignment, submission):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [*GRADE, "run", str(assignment), str(submission), "--format", "markdown"]
    done = subprocess.run(command, env=environment, capture_output=True)
    assert done.returncode == 1
    assert "✗" in done.stdout.decode("utf-8")


def test_a_terminal_gets_colour(assignment, submission):
    ours, theirs = os.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm-256color"}
    command = [*GRADE, "run", str(assignment), str(submission)]
    done = subprocess.run(command, env=environment, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # Linux tells the end of a terminal so
        pass
    finally:
        os.close(ours)
    assert done.returncode == 1
    assert b"\x1b[" in shown


def test_a_closed_pipe_is_no_lost_point(assignment, submission):
    reading, writing = os.pipe()
    os.close(reading)
    command = [*GRADE, "run", str(assignment), str(submission)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


def test_an_interruption_is_no_lost_point(assignment, submission):
    checks = assignment / "checks.py"
    interruption = "    import os, signal\n    os.kill(os.getpid(), signal.SIGINT)\n"
    head, rest = checks.read_text("utf-8").split("    z = ", 1)
    checks.write_text(f"{head}{interruption}    z = {rest}", "utf-8")
    done = subprocess.run([*GRADE, "run", str(assignment), str(submission)], capture_output=True, text=True)
    assert done.returncode == 130
    assert done.stdout == ""
    assert done.stderr == "grade: interrupted\n"


@pytest.mark.parametrize(
    ("text", "is_nothing"),
    [("x = 1\n", True), ("def softplus(z):\n    return (z\n", False), ("def softplus(z):\n    pass\n", False)],
    ids=["nothing of it", "lost to a syntax error", "a stub"],
)
def test_another_door_is_shown_only_to_a_file_that_has_nothing_of_the_assignment(
    grade, assignment, tmp_path, text, is_nothing
):
    (tmp_path / "other.py").write_text(text, "utf-8")
    result = grade("run", assignment, tmp_path / "other.py")
    assert ("is in it" in result.stderr) == is_nothing
