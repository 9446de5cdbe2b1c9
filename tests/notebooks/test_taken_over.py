"""Assignments from source notebooks: nothing to write, the same points as their own graders, no answer for students.

That nbgrader and otter themselves give these points is checked by `make graders`.
"""

import json

import nbformat
import pytest
from typer.testing import CliRunner

from grader import Grader
from grader.assignments import AssignmentError, load_assignment
from grader.assignments.notebooks import read_source, student_notebook
from grader.assignments.notebooks.starter import demand_no_answers
from grader.assignments.scaffold import take_over
from grader.cli.app import app
from grader.validation import validate_assignment
from tests.notebooks import building
from tests.notebooks.building import answer, code, markdown, notebook
from tests.notebooks.conftest import SOURCES
from tests.notebooks.students import WORK

POINTS = {
    ("activations", "right"): 11,
    ("activations", "overflows"): 9,
    ("activations", "unwritten_relu_and_not_normalised"): 6,
    ("regression", "right"): 7,
    ("regression", "no_intercept"): 0,
    ("regression", "stops"): 2,
    ("network", "right"): 11,
    ("network", "derivative_left_out"): 6,
    ("network", "backward_unwritten"): 0,
    ("arrays", "right"): 5,
    ("arrays", "over_everything"): 3,
    ("arrays", "sum_and_rows"): 0,
    ("logistic", "right"): 12,
    ("logistic", "summed_and_up"): 7,
    ("logistic", "tanh"): 4,
    ("pooling", "right"): 7,
    ("pooling", "flipped_and_mean"): 4,
    ("pooling", "too_large"): 1,
}


def test_every_notebook_of_a_student_gets_the_points_of_its_own_grader(reports):
    assert {key: report.score for key, report in reports.items()} == POINTS
    assert {name for name, _ in POINTS} == set(WORK)


def test_twenty_questions_are_taken_over_and_two_files_written(courses):
    questions = sum(
        len({check.function for check in taken.derived.checks}) + len(taken.derived.written)
        for taken in courses.values()
    )
    assert questions >= 20
    for taken in courses.values():
        assert sorted(path.name for path in taken.files) == ["assignment.ipynb", "assignment.toml"]
        assert taken.remarks == ()


@pytest.mark.parametrize("name", ["network", "arrays"])
def test_they_are_sound(courses, name):
    validation = validate_assignment(load_assignment(courses[name].files[0].parent))
    assert validation.is_sound, validation.table()


@pytest.mark.parametrize("name", SOURCES)
def test_the_students_notebook_is_one(courses, name):
    notebook = nbformat.reads(student_notebook(courses[name].notebook), 4)
    nbformat.validate(notebook)
    assert all(cell.get("outputs", []) == [] for cell in notebook.cells)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("activations", "return np.maximum(z, 0)"),
        ("activations", "large = softmax(np.array([[1000.0, 0.0]]))"),
        ("activations", "the quotient stays the same"),
        ("regression", "np.linalg.lstsq"),
        ("network", "hidden.T @ upstream"),
        ("network", "3 for divergence"),
        ("arrays", "heights.mean()"),
        ("arrays", "np.allclose(Z.std(axis=0), 1)"),
        ("arrays", "repeats axes"),
        ("logistic", "np.exp(-z)"),
        ("logistic", "error = sigmoid(X @ w) - y"),
        ("pooling", ".max(axis=(1, 3))"),
    ],
)
def test_answers_and_hidden_tests_are_not_in_it(courses, name, line):
    assert line in "".join(cell.raw.source for cell in courses[name].notebook.cells)
    assert line not in student_notebook(courses[name].notebook)


def test_an_answer_that_is_left_is_found(courses):
    notebook = courses["activations"].notebook
    with pytest.raises(AssignmentError, match=r"cell 2, line 4: students would see `return np\.maximum"):
        demand_no_answers(notebook, ["def relu(z):\n    return np.maximum(z, 0)"])


@pytest.mark.parametrize(
    "held",
    [
        {"answer": "try return np.maximum(z, 0)"},
        {"old": [{"np.maximum": "large = softmax(np.array([[1000.0, 0.0]]))\nassert 1"}]},
    ],
)
@pytest.mark.parametrize("whose", ["otter", "cell"])
def test_an_answer_in_metadata_is_found(held, whose, tmp_path):
    document = json.loads(SOURCES["activations"])
    (document["metadata"] if whose == "otter" else document["cells"][3]["metadata"])["otter"] = held
    (tmp_path / "source.ipynb").write_text(json.dumps(document), "utf-8")
    with pytest.raises(AssignmentError, match=r"metadata of .*students would find"):
        student_notebook(read_source(tmp_path / "source.ipynb"))


@pytest.mark.parametrize("mark", ["# ", "#", "## ---- ", "### "])
def test_nbgraders_markers_are_words_anywhere_in_a_line(mark, tmp_path):
    text = SOURCES["activations"].replace("### BEGIN", f"{mark}BEGIN").replace("### END", f"{mark}END")
    (tmp_path / "source.ipynb").write_text(text, "utf-8")
    shown = student_notebook(read_source(tmp_path / "source.ipynb"))
    assert shown == student_notebook(read_source(changed(SOURCES["activations"], "", "", tmp_path)))
    assert "def softmax(z):" in shown
    assert "1000.0" not in shown


def test_what_students_see_in_an_answers_place_is_no_documentation(tmp_path):
    cell = code(
        'def batches(n):\n    """ # BEGIN PROMPT\n    out = ...\n    return out\n    """; # END PROMPT\n'
        "    # BEGIN SOLUTION NO PROMPT\n    return [n]\n    # END SOLUTION"
    )
    text = notebook(
        building.raw("# ASSIGNMENT CONFIG\nname: batches"),
        building.question("q1", building.solution(cell), [code("batches(3)", "[3]")]),
    )
    (tmp_path / "lab.ipynb").write_text(text, "utf-8")
    taken = take_over(tmp_path / "lab.ipynb", tmp_path / "lab")
    assert "BEGIN PROMPT" not in load_assignment(tmp_path / "lab").contract[0].documentation
    assert "    out = ..." in student_notebook(taken.notebook).replace("\\n", "\n")


def test_what_is_given_stays(courses):
    text = student_notebook(courses["network"].notebook)
    assert "def train(params, X, y, steps=20, rate=0.05):" in text
    assert "raise NotImplementedError()" in text
    assert '"schema_version": 3' in text
    visible = student_notebook(courses["arrays"].notebook)
    assert "round(float(mean_height), 3)" in visible


def test_a_failed_test_is_told_as_far_as_students_may_read_it(reports):
    softmax = reports["activations", "unwritten_relu_and_not_normalised"].function("softmax")
    messages = {check.id: check.message for check in softmax.checks}
    assert messages["softmax.test-softmax-values"] == (
        "`assert np.allclose(p, [[1 / 3, 2 / 3], [0.5, 0.5]])` does not hold"
    )
    hidden = reports["activations", "overflows"].function("softmax")
    assert [check.message for check in hidden.checks if check.status == "failed"] == ["a hidden test does not hold"]
    shown = reports["arrays", "sum_and_rows"].function("mean_height").checks[0]
    assert shown.message == "`round(float(mean_height), 3)` shows 6.5, expected 1.625"


def test_a_given_function_runs_on_what_the_student_wrote(reports):
    """`train` is given and calls `backward`: what is missing there is told of `backward`."""
    report = reports["network", "backward_unwritten"]
    assert report.function("backward").status == "missing"
    assert "`backward` is not implemented yet" in report.function("backward").checks[-1].message


def test_points_in_part(reports):
    check = reports["activations", "right"].function("softmax").checks[-1]
    assert (check.score, check.max_score, check.status) == (4, 4, "passed")


def changed(text: str, old: str, new: str, tmp_path):
    assert json.dumps(old)[1:-1] in text
    path = tmp_path / "source.ipynb"
    path.write_text(text.replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1]), "utf-8")
    return path


@pytest.mark.parametrize(
    ("source", "old", "new", "told"),
    [
        ("activations", "    ### END SOLUTION", "", "cell 2, line 3: BEGIN SOLUTION without END SOLUTION"),
        ("activations", "test_relu", "relu", "two cells have the name"),
        ("arrays", "    # END SOLUTION", "", "cell 5, line 3: BEGIN SOLUTION without END SOLUTION"),
        ("arrays", "points: 2\nhidden", "points: two\nhidden", "'two' is no number of points"),
        ("arrays", "name: q1\n", "nom: q1\n", "the question has no name"),
        ("logistic", "points: [1, 2]", "points: [1, 2, 3]", "q2: `points` has 3 entries for 2 tests"),
    ],
)
def test_what_contradicts_itself_is_told_with_its_place(source, old, new, told, tmp_path):
    with pytest.raises(AssignmentError) as caught:
        read_source(changed(SOURCES[source], old, new, tmp_path))
    assert told in str(caught.value)


def test_a_wrong_solution_is_told_with_the_cell_of_the_test(courses, tmp_path):
    folder = tmp_path / "pooling"
    folder.mkdir()
    text = SOURCES["pooling"].replace("return image.reshape(2, 2, 2, 2).max", "return image.reshape(2, 2, 2, 2).min")
    (folder / "assignment.ipynb").write_text(text, "utf-8")
    (folder / "assignment.toml").write_bytes((courses["pooling"].files[1]).read_bytes())
    table = validate_assignment(load_assignment(folder)).table()
    assert "PROBLEM: assignment.ipynb, cell 6: check pool.q2-1 (Test q2 - 1): `pool(image).tolist()` shows" in table


def test_a_test_of_output_that_stumbles_is_told_with_its_cell(tmp_path):
    path = changed(SOURCES["pooling"], "pool(image).tolist()", "len(pool(image)[0, 0])", tmp_path)
    take_over(path, tmp_path / "pooling")
    told = validate_assignment(load_assignment(tmp_path / "pooling")).table()
    assert "pooling/assignment.ipynb, cell 6: check pool.q2-1 fails on the solution: TypeError" in told


def test_the_authors_words_for_whoever_fails(reports):
    check = reports["arrays", "over_everything"].function("standardized").checks[-1]
    assert check.message == "look at the axis (a hidden test does not hold)"


ODD = notebook(
    markdown("# Odd things"),
    code("import numpy as np"),
    answer(
        "net",
        "class Net:\n    def __init__(self, sizes):\n        ### BEGIN SOLUTION\n        self.W = np.ones(sizes)\n"
        "        ### END SOLUTION\n    def forward(self, X):\n        ### BEGIN SOLUTION\n        return X @ self.W\n"
        "        ### END SOLUTION",
    ),
    building.test(
        "net_test",
        2,
        "net = Net([2, 3])\nassert isinstance(net, Net)\nassert net.W.shape == (2, 3)\n"
        "assert net.forward(np.ones((4, 2))).shape == (4, 3)",
    ),
    answer("area", "def area(r, *, scale=1.0):\n    ### BEGIN SOLUTION\n    return r**2 * scale\n    ### END SOLUTION"),
    building.test(
        "area_test",
        1,
        "try:\n    area(2, 3)\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError('scale goes by its name')\n"
        "assert area(3, scale=2) == 18",
    ),
)


def test_classes_and_what_is_to_be_raised(tmp_path):
    (tmp_path / "odd.ipynb").write_text(ODD, "utf-8")
    take_over(tmp_path / "odd.ipynb", tmp_path / "odd")
    validation = validate_assignment(load_assignment(tmp_path / "odd"))
    assert validation.is_sound, validation.table()
    (tmp_path / "work.py").write_text("def area(r, scale=1.0):\n    return r**2 * scale\n", "utf-8")
    with Grader(tmp_path / "odd") as session:
        report = session.grade(tmp_path / "work.py")
    assert report.function("area").checks[0].message == "scale goes by its name"


def test_a_solution_that_fails_its_own_test_is_told_when_it_is_taken_over(tmp_path):
    (tmp_path / "pooling.ipynb").write_text(SOURCES["pooling"].replace("124.0", "125.0"), "utf-8")
    result = CliRunner().invoke(app, ["new", str(tmp_path / "p"), "--from", str(tmp_path / "pooling.ipynb")])
    assert result.exit_code == 0
    assert "cell 4: its own solution does not pass Hidden test q1 - 2: a hidden test does not hold" in result.output
