"""Functions that are not there, and cells that fail: the report says where and why."""

import nbformat
import pytest
from nbformat import v4

from grader import Grader
from grader.assignments.starter import starter_module, starter_notebook
from grader.render.first_words import headline, why_missing
from grader.render.wording import follow_on, status_words
from grader.submissions import load_source
from tests import library

from .conftest import messages

#: What is about loading is seen by these; the others take long.
QUICK = ("relu", "softmax", "l2_penalty", "forward")


@pytest.mark.parametrize(("name", "text"), [("starter.py", starter_module), ("starter.ipynb", starter_notebook)])
def test_the_starter_gets_nothing_and_no_blame(mlp, session, tmp_path, name, text):
    (tmp_path / name).write_text(text(mlp), "utf-8")
    report = session.grade(tmp_path / name)
    assert report.score == 0
    assert {function.status for function in report.functions} == {"missing"}
    for function in report.functions:
        assert all(check.message.endswith("is not implemented yet") for check in function.checks)
        assert all(check.error is None for check in function.checks)


def test_a_misspelt_name_is_recognised(grade_example):
    report = grade_example("wrong/misspelt.py")
    for name, written in {"relu": "ReLU", "softmax": "soft_max", "predict": "prediction"}.items():
        assert report.function(name).status == "missing"
        assert f"there is a `{written}` (misspelt.py, line " in messages(report, name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("    def forword(self, x):\n        return x\n", "there is a `forword` (homework.py, line 2), is it meant?"),
        (
            "    pass\ndef forwards(self, x):\n    pass\n",
            "outside of the class there is a `forwards` (homework.py, line 3), is it meant?",
        ),
        ("    pass\n", "the class `Relu` has no method of that name"),
        ("    def __init__(self):\n        def forward(self, x):\n            pass\n", "too far to be a method"),
    ],
)
def test_a_method_that_a_class_lacks_is_missing(text, told):
    with Grader("scratch-layers") as grader:
        report = grader.grade(load_source(f"class Relu:\n{text}", "homework.py"), functions=["Relu.forward"])
    assert report.function("Relu.forward").status == "missing"
    assert why_missing(report.function("Relu.forward")).rstrip(".").endswith(told)


def test_a_method_that_a_class_lacks_is_missing_whatever_stops_its_checks_before():
    text = "class Relu:\n    def forward(self, x):\n        raise ValueError\n"
    with Grader("scratch-layers") as grader:
        report = grader.grade(load_source(text, "homework.py"), functions=["Relu.forward", "Relu.backward"])
    backward = report.function("Relu.backward")
    assert (report.function("Relu.forward").status, backward.status) == ("error", "missing")
    assert follow_on(backward) == ""


def test_a_method_that_is_not_reached_is_stopped_by_the_one_before():
    text = (
        "class Relu:\n    def forward(self, x):\n        raise ValueError\n"
        "    def backward(self, dout):\n        return dout * self.mask\n"
    )
    with Grader("scratch-layers") as grader:
        report = grader.grade(load_source(text, "homework.py"), functions=["Relu.forward", "Relu.backward"])
    backward = report.function("Relu.backward")
    assert (backward.follows_from, status_words(backward).word) == (("Relu.forward",), "not judged")


def test_a_class_of_other_letters_is_asked_about():
    with Grader("scratch-layers") as grader:
        text = "def relu(x):\n    return x\nclass ReLU:\n    def forward(self, x):\n        return x\n"
        report = grader.grade(load_source(text, "homework.py"), functions=["Relu.forward"])
    assert "there is a `ReLU` (homework.py, line 3), is it meant?" in why_missing(report.function("Relu.forward"))


def test_what_is_imported_is_not_asked_about():
    with Grader("dl-logistic-regression") as grader:
        report = grader.grade(load_source("from numpy import *\n", "homework.py"), functions=["model"])
    assert "is it meant" not in why_missing(report.function("model"))


def test_a_class_of_another_name_is_known_by_its_methods():
    named = ("train(self, X, y)", "predict_labels(self, dists, k=1)", "compute_distances_no_loops(self, X)")
    methods = "".join(f"    def {method}:\n        return 1\n" for method in named)
    with Grader("cs231n-a1-knn") as grader:
        report = grader.grade(load_source(f"class Neighbours:\n{methods}", "homework.py"))
    assert why_missing(report.function("KNearestNeighbor.compute_distances_two_loops")).endswith(
        "the class `Neighbours` has its `train`, `compute_distances_no_loops` and `predict_labels`: "
        "if it is meant, call it `KNearestNeighbor`."
    )


def test_an_attribute_that_objects_lack_is_told_with_the_one_that_may_be_meant():
    text = (
        "class NeuralNetwork:\n"
        "    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):\n"
        "        self.weights_input_hidden = 1.0\n"
        "    def run(self, features):\n        return features\n"
    )
    with Grader("bike-sharing-network") as grader:
        report = grader.grade(load_source(text, "homework.py"), functions=["NeuralNetwork.run"])
    told = "`NeuralNetwork` has no attribute `weights_input_to_hidden`; there is a `weights_input_hidden`, is it meant?"
    assert told in messages(report, "NeuralNetwork.run")


def test_a_variable_is_not_asked_about_where_a_function_belongs(session):
    report = session.grade(load_source("softmaxes = [1.0, 2.0]\n", "homework.py"), functions=["softmax"])
    assert "softmaxes" not in why_missing(report.function("softmax"))


def test_a_function_from_a_file_that_was_not_handed_in_is_missing(session):
    report = session.grade(load_source("from activations import relu\n", "homework.py"), functions=["relu"])
    assert report.function("relu").status == "missing"
    told = "`relu` is not defined in homework.py; it is imported from a module that was not handed in"
    assert set(messages(report, "relu").splitlines()) == {told}


def test_an_import_of_what_was_not_handed_in_replaces_nothing(session):
    text = "import numpy as np\ndef relu(Z):\n    return np.maximum(Z, 0)\nfrom activations import relu\n"
    report = session.grade(load_source(text, "homework.py"), functions=["relu"])
    assert report.function("relu").status == "passed"
    assert [remark for remark in report.remarks if "`relu` of line 2" in remark]


def test_a_function_in_a_cell_that_is_not_python(grade_example):
    report = grade_example("wrong/unfinished_cell.ipynb")
    assert report.function("backward").status == "missing"
    assert "`backward` is not defined, since a part of cell 4 is not Python: line 7, SyntaxError" in messages(
        report, "backward"
    )
    (failed,) = (run for run in report.cells if run.status != "ran")
    assert (failed.location.cell, failed.location.line) == (4, 7)


def test_cells_that_fail_are_told_with_cell_and_line(grade_example):
    report = grade_example("right/several_attempts.ipynb")
    failed = {run.location.cell: run for run in report.cells if run.status == "error"}
    assert {2, 8, 13} == set(failed)
    without_data = {run.location.cell for run in report.cells if run.status == "skipped"}
    assert without_data == {4, 15, 16, 17}  # what loads MNIST by TensorFlow, and what follows from it
    assert failed[13].error.type == "NameError"
    assert str(failed[13].location) == "several_attempts.ipynb, cell 13, line 1"
    assert "'W1' is not defined" in failed[13].message


def test_an_error_is_told_with_the_students_own_frames(grade_example):
    check = grade_example("wrong/relu_scalar_only.py").function("relu").checks[0]
    assert check.status == "error"
    assert check.error.type == "ValueError"
    assert [frame.function for frame in check.error.frames] == ["relu"]
    assert check.error.frames[-1].text == "if Z > 0:"
    assert "relu_scalar_only.py, line" in check.message


def test_a_variable_where_a_function_belongs(grade_with):
    report = grade_with("relu = 3", "relu", "cross_entropy")
    assert report.function("relu").score == 0
    assert "`relu`" in messages(report, "relu")
    assert report.function("cross_entropy").status == "passed"


def test_wrong_parameters_are_told(grade_with):
    report = grade_with("def l2_penalty(params):\n    return 0.0", "l2_penalty")
    assert "l2_penalty() takes 1 positional argument but 2 were given" in messages(report, "l2_penalty")


def test_a_submission_of_nothing_but_comments(session):
    report = session.grade(load_source("# nothing yet\n", "homework.py"))
    assert report.status == "graded"
    assert report.score == 0
    assert "`relu` is not defined in homework.py" in messages(report, "relu")


STOPS = ["open('data.npy')", "raise SystemExit", "assert relu(2.0) == 3.0", "import os.no_such_module"]


@pytest.mark.parametrize("line", STOPS)
def test_functions_below_the_line_where_a_script_stops_are_graded(session, right_answer, line):
    head, function, rest = right_answer.partition("def softmax(")
    text = f"{head}\n{line}\nprint('not run')\n\n@staticmethod\n{function}{rest}\n{line}\n\ndef more():\n    pass\n"
    report = session.grade(load_source(text, "homework.py"), functions=QUICK)
    assert report.score == report.max_score
    (run,) = report.cells
    assert (run.status, run.location.line) == ("error", head.count("\n") + 2)
    assert report.output.stdout == ""


def test_names_assigned_below_the_line_where_a_script_stops_count(session, right_answer):
    text = right_answer.replace("def softmax(", "def rows_to_probabilities(")
    below = "for i in range(3):\n    relu = None\nsoftmax = rows_to_probabilities\nprint(X)\n"
    submission = load_source(f"import numpy as np\nX = np.load('data.npy')\n{text}\n{below}", "homework.py")
    report = session.grade(submission, functions=QUICK)
    assert report.score == report.max_score
    assert report.output.stdout == ""


def test_a_constant_in_the_cell_that_stops_counts(session, right_answer, tmp_path):
    text = right_answer.replace("lambd / 2", "lambd / TWO")
    assert "TWO" in text
    cells = [v4.new_code_cell("import numpy as np\nX = np.load('data.npy')\nTWO = 2"), v4.new_code_cell(text)]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "homework.ipynb")
    report = session.grade(tmp_path / "homework.ipynb", functions=QUICK)
    assert report.score == report.max_score
    assert [(run.location.cell, run.location.line, run.status) for run in report.cells] == [
        (1, 2, "error"),
        (2, None, "ran"),
    ]


BROKEN = (
    "def more(x):\n    y = (x,\n\n\nclass Net:\n    def f(self):\n        return 1\n    def g(self)\n        pass\n"
)


def test_one_syntax_error_costs_the_function_that_it_is_in(session, right_answer):
    broken = right_answer.replace("def l2_penalty(", "def l2_penalty(:\n    pass\n\ndef another(")
    report = session.grade(load_source(f"{BROKEN}\n{broken}", "homework.py"), functions=[*QUICK, "backward"])
    lost = [function.name for function in report.functions if function.status != "passed"]
    assert lost == ["l2_penalty", "backward"]  # which calls it
    line = f"{BROKEN}\n{broken}".splitlines().index("def l2_penalty(:") + 1
    said = f"`l2_penalty` is not defined, since a part of homework.py is not Python: line {line}"
    assert said in messages(report, "l2_penalty")
    assert headline(report).startswith(
        "Mend the syntax first, at homework.py, line 2: SyntaxError: '(' was never closed."
    )


def test_a_constructor_that_is_not_python_is_told_before_what_its_class_lacks():
    text = (
        "import numpy as np\nclass Affine:\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n"
        "        self.x None\n    def forward(self, x):\n        return x @ self.W + self.b\n"
    )
    with Grader(library.assignment("scratch-layers")) as session:
        report = session.grade(load_source(text, "homework.py"), functions=["Affine.forward"])
    assert headline(report).startswith("Mend the syntax first, at homework.py, line 5: SyntaxError: invalid syntax.")
    (told,) = next(one for one in report.functions if one.name == "Affine.forward").diagnoses
    assert (told.title, told.location.line) == ("Line 5 is not Python: invalid syntax", 5)
    assert told.explanation == "With `self.x = None` in line 5 every check of `Affine.forward` passes."
    assert report.score == 0


@pytest.mark.parametrize("line", ["return 3", "yield 4", "def f(a, a): pass", "from __future__ import division"])
def test_what_only_the_compiler_refuses(session, right_answer, line):
    report = session.grade(load_source(f"{right_answer}\n{line}\n", "homework.py"), functions=QUICK)
    assert report.score == report.max_score
    (run,) = report.cells
    assert (run.error.type, run.location.line) == ("SyntaxError", right_answer.count("\n") + 2)


def test_a_file_of_python_2_is_told_the_fault_that_it_has_there_too(session, right_answer):
    text = right_answer + "\nprint 'done'\n\ndef more(x):\n    print x\n    return (x\n\nprint 'end'\n"
    report = session.grade(load_source(text, "homework.py"), functions=QUICK)
    assert report.score == report.max_score
    (run,) = report.cells
    assert (run.error.type, run.location.line) == ("SyntaxError", right_answer.count("\n") + 6)


def test_a_module_that_stops_when_it_is_imported(session, right_answer, tmp_path):
    (tmp_path / "layers.py").write_text(f"import numpy as np\nX = np.load('x.npy')\n{right_answer}", "utf-8")
    names = "\n".join(f"{name} = {name}" for name in session.assignment.function_names)
    (tmp_path / "main.py").write_text(f"from layers import *\n{names}\n", "utf-8")
    report = session.grade(tmp_path, functions=QUICK)
    assert report.score == report.max_score


@pytest.mark.parametrize(
    ("head", "changed", "title"),
    [
        ("def __init__(self, W, b)", "def __init(self, W, b)", "`__init` is no constructor: that is called `__init__`"),
        ("class Affine(object):", "def Affine(object):", "`Affine` is defined with `def`, and a `class` is meant"),
        (
            "def forward(self, x)",
            "def forwrad(self, x)",
            "`forwrad` is another name than `forward`, which is asked for",
        ),
        ("def turned(self, A)", "def turned(A)", "`turned` is called with 2 arguments, and takes 1"),
    ],
)
def test_what_a_slip_in_a_heading_hides(head, changed, title):
    text = (
        "import numpy as np\nclass Affine(object):\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n"
        "    def turned(self, A):\n        return A.T\n"
        "    def forward(self, x):\n        self.x = x\n        return self.turned(self.turned(x)) @ self.W\n"
    )
    assert head in text
    with Grader(library.assignment("scratch-layers")) as session:
        report = session.grade(load_source(text.replace(head, changed), "homework.py"), functions=["Affine.forward"])
    slip, bias = next(one for one in report.functions if one.name == "Affine.forward").diagnoses
    assert (slip.title, bias.title) == (title, "The biases are not added")
    assert report.score == 0
