"""Bundles: work is verified where no solution is, and no line of one is in the file."""

import json

import pytest

from grader import Grader
from grader.assignments import AssignmentError, library_folders, load_assignment
from grader.assignments.scaffold import write_scaffold
from grader.bundles import build_bundle, load_bundle
from grader.bundles.building import demand_no_solution
from tests import library
from tests.command import grade
from tests.notebooks.conftest import work_of


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    path = tmp_path_factory.mktemp("bundle") / "mnist-mlp.bundle.json"
    path.write_text(build_bundle(library.assignment("mnist-mlp")).text, "utf-8")
    return path


def verdicts(bundle, submission) -> dict[str, str]:
    with Grader(load_bundle(bundle)) as session:
        report = session.grade(submission)
    assert report.status == "graded", report.reason
    return {check.id: check.message for function in report.functions for check in function.checks if check.message}


@pytest.mark.parametrize("file", ["right/object_cache.py", "right/per_sample_loops.py", "right/xavier_init.py"])
def test_right_work_passes_in_whatever_dress(bundle, file):
    assert verdicts(bundle, library_folders()["mnist-mlp"] / "examples" / file) == {}


def test_wrong_work_is_told_what_its_function_gave(bundle):
    told = verdicts(bundle, library_folders()["mnist-mlp"] / "examples" / "homework.ipynb")
    assert {name.partition(".")[0] for name in told} == {"softmax", "backward"}
    assert any("backward(…)['b1'] is wrong" in message for message in told.values())


def test_no_line_of_the_solution_or_of_a_check_is_in_it(bundle):
    text = bundle.read_text("utf-8")
    assignment = library.assignment("mnist-mlp")
    contract = "".join(function.source for function in assignment.contract)
    solution = [line.strip() for line in assignment.solution_source.splitlines() if len(line.strip()) > 12]
    assert [line for line in solution if line in text and line not in contract] == []
    assert "close_to" not in text
    assert '"points"' not in text


def test_of_results_only_what_is_demanded_is_in_it(bundle):
    checks = json.loads(bundle.read_text("utf-8"))["checks"]
    steps = [step for check in checks for step in check["steps"] if "call" in step]
    assert any(not step["demanded"] for step in steps)
    assert all(("result" in step) == bool(step["demanded"]) for step in steps)
    parts = [step for step in steps if [1] not in step["demanded"] and step["call"] == "forward" and step["demanded"]]
    assert parts
    assert all(step["result"]["tuple"][1] == {"value": None} for step in parts)


def test_inputs_are_no_grades_inputs(tmp_path):
    write_scaffold(tmp_path / "linear-regression")
    assignment = load_assignment(tmp_path / "linear-regression")
    document = json.loads(build_bundle(assignment).text)
    kinds = {"property" if "property" in step else "gradient" if "gradient" in step else "call"
             for check in document["checks"] for step in check["steps"]}  # fmt: skip
    assert kinds == {"property", "call"}
    with Grader(assignment) as session:
        report = session.grade(tmp_path / "linear-regression" / "examples" / "factor_two_missing.py")
    shown = json.dumps([c.expected for f in report.functions for r in f.checks for c in r.comparisons if c.expected])
    assert not any(str(number) in json.dumps(document) for number in json.loads(shown) if isinstance(number, float))


def test_the_derivative_of_the_students_own_cost(tmp_path):
    path = tmp_path / "softmax.json"
    path.write_text(build_bundle(library.assignment("cs231n-softmax")).text, "utf-8")
    assert '"gradient"' in path.read_text("utf-8")
    right = library_folders()["cs231n-softmax"] / "examples" / "right" / "half_penalty.py"
    assert verdicts(path, right) == {}


def test_a_notebooks_bundle_has_its_visible_tests_alone(courses, tmp_path):
    folder = courses["logistic"].files[0].parent
    built = build_bundle(load_assignment(folder))
    assert built.checks == 3
    assert set(built.left_out.values()) == {"it is hidden"}
    for hidden in ("0.8807970779778823", "0.27977656", "np.exp(-z)", "error = sigmoid"):
        assert hidden not in built.text
    (tmp_path / "logistic.json").write_text(built.text, "utf-8")
    (tmp_path / "work.ipynb").write_text(work_of(folder, "tanh"), "utf-8")
    result = grade("check", tmp_path / "logistic.json", tmp_path / "work.ipynb")
    assert result.exit_code == 1
    assert "✓ sigmoid                  1 of 1 checks" in result.output
    assert "shows 0.3466, expected 0.6931" in result.output
    assert "your grade is made with others" in result.output


def test_what_a_visible_test_builds_on_is_no_hidden_one(courses):
    assignment = load_assignment(courses["activations"].files[0].parent)
    built = build_bundle(assignment)
    assert "softmax(z + c)" in built.text
    assert "np.linspace(-1, 1, 12)" not in built.text
    document = json.loads(built.text)
    document["checks"][0]["title"] = "z = np.linspace(-1, 1, 12).reshape(3, 4)"
    with pytest.raises(AssignmentError, match="would show line 4 of a hidden test"):
        demand_no_solution(assignment, document)


def test_a_line_that_would_show_is_found(bundle):
    document = json.loads(bundle.read_text("utf-8"))
    assignment = library.assignment("mnist-mlp")
    line = next(line for line in assignment.solution_source.splitlines() if "keepdims=True" in line)
    document["checks"][0]["title"] = f"Remember: {line.strip()}"
    with pytest.raises(AssignmentError, match="the bundle would show line"):
        demand_no_solution(assignment, document)


def test_a_module_that_answers_another_assignment_is_not_in_it():
    assignment = library.assignment("cs231n-a1-two-layer-net")
    assert "def affine_backward" in assignment.provided["layers"]
    document = json.loads(build_bundle(assignment).text)
    assert "layers" not in document["provided"]
    document["provided"] = dict(assignment.provided)
    with pytest.raises(AssignmentError, match=r"the bundle would show line \d+ of (the solution|provided/layers\.py)"):
        demand_no_solution(assignment, document)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no bundle"),
        ("{}", "is no bundle"),
        ('{"grader_bundle": 99}', "format 99"),
        ('{"grader_bundle": 1}', "is damaged"),
    ],
)
def test_what_is_no_bundle(tmp_path, text, told):
    (tmp_path / "b.json").write_text(text, "utf-8")
    result = grade("check", tmp_path / "b.json", tmp_path / "work.py")
    assert (result.exit_code, told in result.output) == (2, True)


def test_the_command_tells_what_is_left_out(tmp_path):
    result = grade("bundle", "cs231n-softmax", "--output", tmp_path / "b.json")
    assert result.exit_code == 0
    assert "checks" in result.output
