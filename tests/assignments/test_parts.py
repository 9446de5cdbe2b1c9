"""Checks and mistakes in a folder of files each, in the place of one file."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.assignments import read_assignment
from grader.validation import validate_assignment

PLANTED = """
from grader.assignments import mistake

from .wording import HINTS


@mistake("{code}", step="{step}", title="T", explain="E", hints=HINTS)
def wrong({parameters}):
    return {result}
"""


@pytest.fixture
def divided(folder):
    """The assignment with its checks in one file for each function, and another mistake in a file of its own."""
    text = (folder.path / "checks.py").read_text("utf-8")
    start = text.index("@check")
    header, predict, mse, gradients = (
        text[:start],
        text[start : text.index('@check("mse"')],
        text[text.index('@check("mse"') : text.index('@check("gradients"')],
        text[text.index('@check("gradients"') :],
    )
    (folder.path / "checks.py").unlink()
    folder.write("checks/problem.py", header)
    imports = "import numpy as np\n" + header[header.index("from grader") :].splitlines()[0] + "\n"
    for name, body in (("predict", predict), ("mse", mse), ("gradients", gradients)):
        folder.write(f"checks/{name}.py", f"{imports}from .problem import problem\n\n\n{body}")
    folder.move("mistakes.py", "mistakes/gradient.py")
    folder.write("mistakes/wording.py", 'HINTS = ("look again",)\n')
    planted = PLANTED.format(code="mse.sum", step="mse", parameters="predicted, y", result="((predicted - y)**2).sum()")
    folder.write("mistakes/error.py", planted)
    return folder


def test_files_of_a_folder_are_read_as_one(folder, divided):
    assignment = read_assignment(folder.path)
    assert [check.id for check in assignment.checks] == [
        "predict.values",
        "predict.sizes",
        "mse.values",
        "gradients.values",
        "gradients.of-own-error",
        "gradients.is-a-function",
    ]
    assert [mistake.code for mistake in assignment.mistakes] == ["mse.sum", "gradients.factor-two-missing"]


def test_an_assignment_of_folders_is_validated_as_any(divided):
    outcome = validate_assignment(read_assignment(divided.path))
    assert outcome.is_sound, outcome.table()
    assert [planted.found for planted in outcome.planted] == ["named", "named"]


def test_what_a_file_imports_from_another_is_not_declared_twice(divided):
    divided.append("mistakes/gradient.py", "\n\nfrom .error import *\nfrom .error import wrong as the_same\n")
    assert len(read_assignment(divided.path).mistakes) == 2


def test_an_init_file_is_read_too(divided):
    planted = PLANTED.format(code="mse.zero", step="mse", parameters="predicted, y", result="0.0")
    divided.write("mistakes/__init__.py", f"{planted}\nfrom .error import wrong as imported\n")
    codes = [mistake.code for mistake in read_assignment(divided.path).mistakes]
    assert codes == ["mse.zero", "mse.sum", "gradients.factor-two-missing"]


def test_nothing_is_left_behind_or_mixed_up(divided):
    before, finders = set(sys.modules), list(sys.meta_path)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: len(read_assignment(divided.path).mistakes), range(20)))
    assert read == [2] * 20
    assert {name for name in set(sys.modules) - before if "linear_regression" in name} == set()
    assert sys.meta_path == finders
    assert not list(divided.path.rglob("__pycache__"))


def test_a_file_that_was_changed_is_read_anew(divided):
    assert read_assignment(divided.path).mistakes[0].hints == ("look again",)
    divided.write("mistakes/wording.py", 'HINTS = ("look twice",)\n')
    assert read_assignment(divided.path).mistakes[0].hints == ("look twice",)


@pytest.mark.parametrize("part", ["checks", "mistakes"])
def test_the_digest_covers_every_file_of_a_folder(divided, part):
    before = read_assignment(divided.path).digest
    for path in sorted((divided.path / part).iterdir()):
        divided.append(f"{part}/{path.name}", "\n")
        assert read_assignment(divided.path).digest != before
        before = read_assignment(divided.path).digest


# faults


@pytest.mark.parametrize(
    ("name", "added", "message"),
    [
        ("checks/mse.py", "def broken(:\n", "checks/mse.py is not Python: "),
        ("checks/mse.py", "\n1 / 0\n", "checks/mse.py, line 14: ZeroDivisionError: division by zero"),
        ("mistakes/wording.py", "unknown\n", "mistakes/wording.py, line 2: NameError: name 'unknown' is not defined"),
        (
            "mistakes/wording.py",
            "from .nothing import x\n",
            "mistakes/wording.py, line 2: ModuleNotFoundError: No module named 'mistakes.nothing'",
        ),
        (
            "mistakes/wording.py",
            "from .gradient import x\n",
            "mistakes/wording.py, line 2: ImportError: cannot import name 'x' from 'mistakes.gradient'",
        ),
        ("mistakes.py", "", "linear-regression: there are both mistakes.py and files in mistakes/; keep one"),
        ("mistakes/bias-gradient.py", "", "mistakes/bias-gradient.py cannot be imported; name it with letters"),
        ("mistakes/training/steps.py", "", "mistakes/training/steps.py would not be read; put Python files into mist"),
    ],
)
def test_faulty_files(divided, name, added, message):
    divided.append(name, added) if (divided.path / name).is_file() else divided.write(name, added)
    assert message in divided.fault()


@pytest.mark.parametrize("part", ["checks", "mistakes"])
def test_a_folder_without_files(folder, part):
    (folder.path / f"{part}.py").unlink()
    (folder.path / part).mkdir()
    assert f"linear-regression: {part}/ holds no Python file; write {part}/some_name.py" in folder.fault()


def test_a_folder_of_data_beside_the_file_is_the_authors_business(folder):
    folder.write("checks/points.csv", "1,2\n")
    assert len(read_assignment(folder.path).checks) == 6


def test_neither_file_nor_folder(folder):
    (folder.path / "checks.py").unlink()
    assert "linear-regression: there is no checks.py, nor a folder checks/" in folder.fault()
