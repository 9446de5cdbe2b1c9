"""What cannot be graded is refused in one clear line, whatever it is."""

import os
import zipfile

import pytest


def not_there(folder):
    return folder / "homework.py"


def empty(folder):
    return written(folder / "homework.py", b"")


def empty_notebook(folder):
    return written(folder / "homework.ipynb", b"")


def huge(folder):
    path = written(folder / "homework.py", b"import numpy\n")
    os.truncate(path, 100 << 20)
    return path


def binary(folder):
    return written(folder / "homework.py", bytes(range(256)) * 20)


def no_notebook(folder):
    return written(folder / "homework.ipynb", b'{"cells": 3}')


def broken_notebook(folder):
    return written(folder / "homework.ipynb", b'{"cells": [')


def picture(folder):
    return written(folder / "homework.png", b"\x89PNG\r\n\x1a\n")


def a_word(folder):
    return written(folder / "homework.py", b"# my answer\nTODO\n")


def broken_archive(folder):
    return written(folder / "homework.zip", b"PK\x03\x04 and then nothing")


def empty_folder(folder):
    (folder / "homework").mkdir()
    return folder / "homework"


def written(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "make",
    [
        not_there,
        empty,
        empty_notebook,
        huge,
        binary,
        no_notebook,
        broken_notebook,
        picture,
        a_word,
        broken_archive,
        empty_folder,
    ],
)
def test_unreadable_submissions_are_rejected_with_a_reason(session, tmp_path, make):
    path = make(tmp_path)
    report = session.grade(path)
    assert report.status == "rejected"
    assert report.score == 0
    assert report.functions == ()
    assert "\n" not in report.reason
    assert 20 < len(report.reason) < 400
    assert "Traceback" not in report.reason


def test_a_module_that_is_not_python_is_refused_or_blamed_with_its_line(session, tmp_path):
    report = session.grade(written(tmp_path / "homework.py", b"import numpy as np\n\ndef relu(z:\n    return z\n"))
    assert "SyntaxError" in report.cells[0].message
    assert report.cells[0].location.line == 3
    assert report.score == 0


def test_an_archive_of_a_package_is_graded_like_the_folder(mlp, session, grade_example, tmp_path):
    folder = mlp.folder / "examples" / "right" / "split_package"
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        for path in folder.glob("*.py"):
            archive.write(path, f"mine/{path.name}")
    report = session.grade(tmp_path / "mine.zip")
    assert report.score == grade_example("right/split_package").score == 100
    assert report.submission.kind == "package"


def test_an_unknown_function_is_an_error_of_the_caller(session, right_answer, tmp_path):
    path = written(tmp_path / "homework.py", right_answer.encode())
    with pytest.raises(ValueError, match="the contract has no sigmoid; it has relu, softmax"):
        session.grade(path, functions=["sigmoid"])
