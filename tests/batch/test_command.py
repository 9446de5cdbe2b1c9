"""`grade batch` as it is typed."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from grader.cli.app import app
from tests.softplus import HALF_RIGHT, RIGHT

pytestmark = pytest.mark.usefixtures("in_a_thread")


@pytest.fixture
def grade(assignment, tmp_path) -> Callable[..., Result]:
    """Run `grade batch` on the small assignment, into `out`."""

    def run(download, *options) -> Result:
        arguments = ["batch", assignment, download, "--output", tmp_path / "out", "--jobs", "1", *options]
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_it_tells_where_the_gradebook_is_and_what_needs_a_look(grade, write_folder, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text('adjustments = "mine.csv"\n')
    (tmp_path / "mine.csv").write_text("student,points,override,comment\nben,1,,typo\nzoe,1,,gone\ndan,,4,oral\n")
    download = write_folder(
        {"ann.py": RIGHT, "ben.py": HALF_RIGHT, "cem/a.pdf": "%PDF", "dan/a.pdf": "%PDF", "roster.csv": "x"}
    )
    result = grade(download, "--policy", policy)
    assert result.exit_code == 1, "some of the download belongs to nobody"
    assert result.stdout == (
        "students: 4 (folder layout), graded now: 4\n"
        "2 with a grade, 2 that could not be read\n"
        f"gradebook: {tmp_path / 'out' / 'grades.csv'}\n"
        f"the class: {tmp_path / 'out' / 'index.html'}\n"
    )
    assert result.stderr == (
        "grade: could not be read (no score, which is no zero): cem\n"
        "grade: could not be read (an instructor's score counts): dan\n"
        "grade: belongs to no student: roster.csv\ngrade: an adjustment is for zoe, who is not in this batch\n"
    )
    again = grade(download, "--resume", "--only", "ben", "--policy", policy)
    assert "graded now: 1" in again.stdout


def test_a_layout_can_be_demanded(grade, write_folder, tmp_path):
    result = grade(write_folder({"doejane_1001_70001_homework.py": RIGHT}), "--layout", "moodle")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "moodle" in result.stderr
    assert grade(tmp_path / "download").exit_code == 0, "nothing was graded: the folder can still be used"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--policy", "absent.toml"], "absent.toml: No such file"),
        (["--moodle-worksheet", "absent.csv"], "absent.csv: No such file"),
        (["--only", "zoe"], "no student is 'zoe'"),
    ],
)
def test_what_cannot_be_done_is_one_line(grade, write_folder, options, told):
    result = grade(write_folder({"ann.py": RIGHT}), *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_download_that_is_not_there(grade, tmp_path):
    result = grade(tmp_path / "absent")
    assert result.exit_code == 2
    assert "there is no folder or ZIP" in result.stderr


def test_a_second_time_it_asks_for_resume(grade, write_folder):
    download = write_folder({"ann.py": RIGHT})
    assert grade(download).exit_code == 0
    result = grade(download)
    assert result.exit_code == 2
    assert "--resume" in result.stderr
