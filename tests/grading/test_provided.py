"""Modules that an assignment provides: there for a submission that imports them without bringing them."""

import pytest

from grader import Grader
from grader.assignments import AssignmentError, read_assignment
from grader.assignments.scaffold import write_scaffold
from grader.assignments.starter import write_starter
from grader.submissions import load_source
from grader.submissions.provided import with_provided


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("provided") / "linear-regression"
    write_scaffold(folder)
    (folder / "provided").mkdir()
    (folder / "provided" / "course_tools.py").write_text("from products import product\n\nEXTRA = 1\n")
    with (folder / "assignment.toml").open("a") as settings:
        settings.write('\n[imports.aliases]\ncourse_tools = ["course_tools_v2"]\n')
    (folder / "provided" / "products.py").write_text("def product(a, b):\n    return a @ b\n")
    return folder


@pytest.fixture(scope="module")
def session(folder):
    with Grader(folder) as session:
        yield session


def right_answer(session) -> str:
    text = (session.assignment.folder / "solution.py").read_text()
    assert "    return X @ w + b\n" in text
    return text.replace("X @ w + b", "product(X, w) + b", 1)


@pytest.mark.parametrize("module", ["course_tools", "course_tools_v2", "cs999.course_tools"])
@pytest.mark.parametrize("names", ["*", "product"])
def test_a_module_that_is_missing_is_the_assignments(session, module, names):
    line = f"from {module} import {names}"
    report = session.grade(load_source(f"{line}\n{right_answer(session)}", "homework.py"))
    assert report.score == report.max_score
    assert report.remarks == (f"`{module}`: not in the submission, so the assignment's own is used",)
    assert report.environment.stand_ins == ()


def test_a_function_out_of_a_file_of_their_own_that_was_left_behind_is_the_assignments(session):
    report = session.grade(load_source(f"from MyProducts import product\n{right_answer(session)}", "homework.py"))
    assert report.score == report.max_score
    assert report.remarks == ("`MyProducts`: not in the submission, so the assignment's own is used",)
    assert report.environment.stand_ins == ()


@pytest.mark.parametrize("line", ["from mine import other", "from mine import *", "from scipy import product"])
def test_nothing_else_out_of_such_a_file_is(line):
    given = load_source(f"{line}\n", "homework.py")
    assert with_provided(given, {"products": "def product(a, b):\n    return a @ b\n"}, ()) == given
    asked = load_source("from mine import product\n", "homework.py")
    assert with_provided(asked, {"products": "def product(a, b):\n    return a @ b\n"}, ("product",)) == asked


def test_a_file_out_of_its_folder_gets_what_it_calls_and_nothing_defines(session):
    report = session.grade(load_source(right_answer(session), "homework.py"))
    assert report.score == report.max_score
    assert report.remarks == ("`products`: not in the submission, so the assignment's own is used",)


@pytest.mark.parametrize(
    "text", ["predict = 1\n", "def train(predict):\n    return predict(1)\n", "import other as predict\npredict(1)\n"]
)
def test_nothing_is_given_that_is_there_or_asked_for(text):
    provided, given = {"tools": "def predict(x):\n    return x\n"}, load_source(text, "homework.py")
    assert with_provided(given, provided, ()) == given
    calling = load_source("def train(x):\n    return predict(x)\n", "homework.py")
    assert with_provided(calling, provided, ("predict",)) == calling
    assert with_provided(calling, provided, ()).modules.keys() == {"tools"}


def test_what_a_package_of_that_name_has_besides_does_not_stop_the_rest(session):
    lines = "from cs999.products import *\nfrom cs999.data_utils import get_data\nfrom cs999.plots import *\n"
    report = session.grade(load_source(lines + right_answer(session), "homework.py"))
    assert report.score == report.max_score
    other = "from keras.products import Dense\n" + right_answer(session).replace("product(X, w)", "X @ w")
    report = session.grade(load_source(other, "homework.py"))
    assert report.remarks != (), "a stand-in, as ever"
    assert "assignment's own" not in " ".join(report.remarks)


def test_an_import_inside_a_function_counts(session):
    text = right_answer(session).replace("    return product", "    from products import product\n    return product")
    report = session.grade(load_source(text, "homework.py"))
    assert report.score == report.max_score
    assert report.remarks == ("`products`: not in the submission, so the assignment's own is used",)


def test_a_module_that_was_brought_wins(session, tmp_path):
    (tmp_path / "homework.py").write_text(f"from products import product\n{right_answer(session)}")
    (tmp_path / "products.py").write_text("def product(a, b):\n    return 2 * (a @ b)\n")
    report = session.grade(tmp_path)
    found = report.function("predict")
    assert {check.given for check in found.checks if check.carried} == {("product",)}  # what it gave was wrong
    assert report.remarks == ()


def test_what_is_not_imported_is_not_mentioned(session):
    solution = (session.assignment.folder / "solution.py").read_text()
    assert session.grade(load_source(solution, "homework.py")).remarks == ()


def test_the_starter_has_the_modules_beside_it(session, tmp_path):
    names = {path.name for path in write_starter(session.assignment, tmp_path)}
    assert {"course_tools.py", "products.py", "starter.py"} <= names
    assert "course_tools_v2.py" not in names


def test_a_faulty_module_is_the_authors_fault(tmp_path):
    write_scaffold(tmp_path / "spoilt")
    (tmp_path / "spoilt" / "provided").mkdir()
    (tmp_path / "spoilt" / "provided" / "broken.py").write_text("def broken(:\n")
    with pytest.raises(AssignmentError, match=r"broken\.py is not Python"):
        read_assignment(tmp_path / "spoilt")


def test_an_alias_needs_a_module(tmp_path):
    write_scaffold(tmp_path / "spoilt")
    with (tmp_path / "spoilt" / "assignment.toml").open("a") as settings:
        settings.write('\n[imports.aliases]\nabsent = ["absent_v2"]\n')
    with pytest.raises(
        AssignmentError, match=r"aliases and withheld are for modules in provided/, which has no absent\.py"
    ):
        read_assignment(tmp_path / "spoilt")
