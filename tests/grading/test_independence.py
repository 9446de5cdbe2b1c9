"""A function that hangs, crashes or eats memory costs its own points; the others are graded all the same."""

import pytest

from grader import Grader
from grader.submissions import load_source
from tests.graded import lost
from tests.tables import table

from .conftest import messages

APART_FROM_SOFTMAX = {"relu", "cross_entropy", "l2_penalty"}
BUILT_ON_SOFTMAX = {"forward", "backward", "predict", "train"}
QUICK = ("relu", "softmax", "cross_entropy", "l2_penalty", "forward", "predict")  # the others take long to judge
# It hangs and costs no arithmetic; one that does is an attack (`tests/hostile`).
HANGING = {
    "endless loop": "import time\ndef softmax(z):\n    while True:\n        time.sleep(0.01)\n",
    "endless loop that catches everything": (
        "def softmax(z):\n"
        "    while True:\n"
        "        try:\n"
        "            while True:\n"
        "                pass\n"
        "        except BaseException:\n"
        "            pass\n"
    ),
}
CRASHING = {
    "exit": ("import sys\ndef softmax(z):\n    sys.exit(0)\n", "SystemExit"),
    "exit of the process": ("import os\ndef softmax(z):\n    os._exit(0)\n", "exit"),
    "segmentation fault": ("import ctypes\ndef softmax(z):\n    return ctypes.string_at(0)\n", "`softmax`"),
    "memory": ("def softmax(z):\n    return bytearray(1 << 36)\n", "memory"),
    "endless recursion": ("def softmax(z):\n    return softmax(z)\n", "RecursionError"),
    "endless output": ("def softmax(z):\n    while True:\n        print('x' * 100_000)\n", "still running after"),
}


@pytest.fixture(scope="module")
def impatient(changed_assignment):
    """A session in which a call may take a second, and loading two: short, and long enough on a busy machine."""
    with Grader(changed_assignment(call_seconds=1, load_seconds=2)) as session:
        yield session


@pytest.fixture(scope="module")
def grade_impatiently(impatient, right_answer):
    def grade(definitions, *functions):
        submission = load_source(f"{right_answer}\n\n{definitions}", "homework.py")
        return impatient.grade(submission, functions=functions or None)

    return grade


@pytest.mark.parametrize(
    ("how", "functions"),
    [
        ("endless loop", QUICK),
        pytest.param("endless loop that catches everything", ("relu", "softmax"), marks=table),  # as an attack does
    ],
)
def test_softmax_that_never_returns(grade_impatiently, how, functions):
    report = grade_impatiently(HANGING[how], *functions)
    demand_that_softmax_alone_hangs(report)
    assert lost(report) == {"softmax"} | BUILT_ON_SOFTMAX & {*functions}


@pytest.mark.usefixtures("undiagnosed")
def test_it_costs_what_takes_long_as_well(grade_impatiently):
    report = grade_impatiently(HANGING["endless loop"], "relu", "softmax", "backward", "train")
    demand_that_softmax_alone_hangs(report)
    assert lost(report) == {"softmax", "backward", "train"}


@table
def test_and_the_search_for_its_name_ends_there_too(grade_impatiently):
    report = grade_impatiently(HANGING["endless loop"])
    demand_that_softmax_alone_hangs(report)
    assert lost(report) == {"softmax"} | BUILT_ON_SOFTMAX


def demand_that_softmax_alone_hangs(report):
    assert report.status == "graded", report.reason
    assert not lost(report) & APART_FROM_SOFTMAX
    assert report.function("softmax").status == "timeout"
    assert report.function("softmax").score == 0
    assert "`softmax` was still running after 1 s" in messages(report, "softmax")


@pytest.mark.usefixtures("undiagnosed")  # as the attacks are, all of which end a cell in some way
@pytest.mark.parametrize("how", CRASHING)
def test_softmax_that_takes_the_process_with_it(grade_impatiently, how):
    definition, words = CRASHING[how]
    report = grade_impatiently(definition, *QUICK)
    assert report.status == "graded", report.reason
    assert lost(report) == {"softmax", "forward", "predict"}
    assert report.function("softmax").score == 0
    assert words in messages(report, "softmax")


def test_a_training_that_never_ends_costs_train_alone(grade_impatiently):
    report = grade_impatiently(HANGING["endless loop"].replace("softmax(z)", "train(*arguments)"), "predict", "train")
    assert lost(report) == {"train"}
    assert report.function("train").status == "timeout"
    assert "homework.py, line" in messages(report, "train"), "the place where it was running is told"


def test_an_endless_loop_at_top_level_is_cut_and_the_cells_below_it_run(impatient, right_answer, tmp_path):
    path = notebook(tmp_path, ["import time\nwhile True:\n    time.sleep(0.01)", right_answer])
    report = impatient.grade(path, functions=QUICK)
    assert [run.status for run in report.cells] == ["timeout", "ran"]
    assert report.score == report.max_score


def test_a_cell_that_ends_the_process_is_left_out(impatient, right_answer, tmp_path):
    path = notebook(tmp_path, [right_answer, "import os\nos._exit(1)", "def relu(z):\n    return z"])
    report = impatient.grade(path, functions=QUICK)
    assert [run.status for run in report.cells] == ["ran", "skipped", "ran"]
    assert "relu" in lost(report), "the cell below it has run"
    assert "l2_penalty" not in lost(report)


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        ("sys.exit()", "homework.py, line 16 ends the program (`exit()`, `quit()` or `sys.exit()`)"),
        ("quit()", "homework.py, line 16 ends the program (`exit()`, `quit()` or `sys.exit()`)"),
        ("raise KeyboardInterrupt", "homework.py, line 16 ends the program (`KeyboardInterrupt`)"),
    ],
)
def test_a_file_that_ends_the_program_is_told_where_and_goes_on(session, ending, told):
    text = f"import sys\nimport numpy as np\n{chr(10) * 13}{ending}\n\ndef relu(z):\n    return np.maximum(z, 0)\n"
    report = session.grade(load_source(text, "homework.py"), functions=["relu"])
    assert report.function("relu").status == "passed"
    assert report.remarks == (f"{told}; what is defined below it was run all the same",)


def test_each_faulty_statement_is_told_beside_the_function_that_it_costs(session):
    text = "def relu(z)\n    return z\n\ndef softmax(z):\n    return (z\n"
    report = session.grade(load_source(text, "homework.py"), functions=["relu", "softmax"])
    assert [run.location.line for run in report.cells] == [1, 5]
    assert "line 1, SyntaxError: expected ':'" in messages(report, "relu")
    assert "line 5, SyntaxError: '(' was never closed" in messages(report, "softmax")


def notebook(folder, cells):
    import nbformat
    from nbformat import v4

    path = folder / "homework.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(text) for text in cells]), path)
    return path
