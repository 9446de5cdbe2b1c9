"""Reading an assignment folder, and what its author is told about a faulty one."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from grader.assignments import read_assignment


def test_a_folder_becomes_an_assignment(folder):
    assignment = read_assignment(folder.path)
    assert assignment.id == "linear-regression"
    assert assignment.metadata.title == "Linear regression, from scratch"
    assert assignment.points == 20
    assert assignment.function_names == ("predict", "mse", "gradients")
    assert [check.id for check in assignment.checks][:3] == ["predict.values", "predict.sizes", "mse.values"]
    assert sum(check.points for check in assignment.checks) == assignment.points
    assert [mistake.code for mistake in assignment.mistakes] == ["gradients.factor-two-missing"]
    assert [function.name for function in assignment.contract if function.kept] == []
    assert assignment.test_files == ()


def test_modules_of_an_assignment_are_not_left_behind(folder):
    before = set(sys.modules)
    read_assignment(folder.path)
    assert {name for name in set(sys.modules) - before if "linear_regression" in name} == set()


def test_an_assignment_can_be_read_by_many_at_a_time(folder):
    folder.append(
        "solution.py", "\nfrom dataclasses import dataclass\n@dataclass\nclass Options:\n    rate: 'float' = 1\n"
    )
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: read_assignment(folder.path).points, range(40)))
    assert read == [20.0] * 40


# faults


@pytest.mark.parametrize("name", ["contract.py", "solution.py", "checks.py"])
def test_an_absent_file_is_named(folder, name):
    (folder.path / name).unlink()
    assert f"linear-regression: there is no {name}" in folder.fault()


def test_a_folder_without_metadata_is_no_assignment(folder):
    (folder.path / "assignment.toml").unlink()
    assert folder.fault().endswith("is no assignment: it has no assignment.toml (`grade new DIR` makes one)")


def test_mistakes_are_not_needed(folder):
    (folder.path / "mistakes.py").unlink()
    assert read_assignment(folder.path).mistakes == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("points = 20", "points = 19", "the checks add up to 20 points, assignment.toml says 19; change the one or"),
        ("points = 20", "points = nan", "points: Input should be"),
        ("points = 20", "points = inf", "points: Input should be a finite number"),
        ("points = 20", "points = 0", "points: Input should be greater than 0"),
        ("points = 20", 'points = "many"', "points: Input should be a valid number"),
        ("points = 20", "", "points: Field required"),
        ("points = 20", "points = 20\npoint = 3", "point: Extra inputs are not permitted"),
        ("call_seconds = 5", "call_seconds = 0", "limits.call_seconds: Input should be greater than 0"),
        ("call_seconds = 5", "seconds = 5", "limits.seconds: Extra inputs are not permitted"),
        ("[limits]", "[limits", "assignment.toml is not TOML"),
        ("[limits]", '[dataset]\nname = "cifar"\n[limits]', "dataset.name: Input should be 'mnist'"),
        (
            "[limits]",
            '[hints]\nshow = "all"\n[limits]',
            "hints.show: Input should be 'nudge', 'pointer' or 'explanation'",
        ),
    ],
)
def test_faulty_metadata(folder, old, new, message):
    folder.replace("assignment.toml", old, new)
    assert message in folder.fault()


def test_metadata_in_another_encoding(folder):
    folder.write("assignment.toml", 'title = "Größe"'.encode("latin-1"))
    assert "assignment.toml is not TOML" in folder.fault()


@pytest.mark.parametrize("name", ["solution.py", "checks.py", "mistakes.py"])
@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("\ndef broken(:\n", "is not Python: "),
        ("\x00", "is not Python: "),
        ("\nundefined_name\n", "NameError: name 'undefined_name' is not defined"),
        ("\nimport no_such_module\n", "ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_files_that_do_not_run(folder, name, added, message):
    folder.append(name, added)
    told = folder.fault()
    assert name in told
    assert message in told


def test_the_line_that_fails_is_told(folder):
    folder.write("checks.py", "import numpy as np\n\ndef shape():\n    return np.ones(-1)\n\nshape()\n")
    assert "checks.py, line 4: ValueError: negative dimensions" in folder.fault()


@pytest.mark.parametrize(
    ("added", "message"),
    [
        (
            '@check("mean", points=0, title="t")\ndef mean_values(student):\n    pass\n',
            "check 'mean_values' is about 'mean', which the contract does not declare (it has gradients, mse, predict)",
        ),
        (
            '@check("predict", points=0, title="t")\ndef values(student):\n    pass\n',
            "two checks have the id predict.values",
        ),
        (
            '@check("predict", points=0, title="t")\ndef data(student, mnist):\n    pass\n',
            "check 'data' asks for mnist; a check can ask for student, solution, rng, dataset",
        ),
        ('@check("predict", points=-1, title="t")\ndef less(student):\n    pass\n', "cannot be negative, got -1"),
        ('@check("predict", points=2, title="t")\ndef more(student):\n    pass\n', "the checks add up to 22 points"),
        ('@check("predict", points=float("nan"), title="t")\ndef more(student):\n    pass\n', "add up to nan points"),
    ],
)
def test_faulty_checks(folder, added, message):
    folder.append("checks.py", f"\n\n{added}")
    assert message in folder.fault()


def test_points_of_instructors_tests_are_counted_when_they_run(folder):
    folder.replace("assignment.toml", "points = 20", "points = 30")
    folder.write("test_more.py", "")
    assert [path.name for path in read_assignment(folder.path).test_files] == ["test_more.py"]


@pytest.mark.parametrize("missing", ["predict", "mse"])
def test_the_solution_must_have_what_the_contract_declares(folder, missing):
    folder.replace("solution.py", f"def {missing}(", f"def not_{missing}(")
    assert f"solution.py has no {missing}, which the contract declares" in folder.fault()


def test_methods_must_be_in_the_solution_too(folder):
    folder.append("contract.py", '\n\nclass Model:\n    """M."""\n\n    def fit(self):\n        """F."""\n')
    assert "solution.py has no Model, which the contract declares" in folder.fault()
    folder.append("solution.py", "\n\nclass Model:\n    pass\n")
    assert "solution.py has no Model.fit, which the contract declares" in folder.fault()
    folder.append("solution.py", "\n    def fit(self):\n        pass\n")
    assert "Model.fit" in read_assignment(folder.path).function_names


def test_a_mistake_must_replace_a_step_that_there_is(folder):
    folder.replace("mistakes.py", 'step="output_gradient"', 'step="output_gradients"')
    assert folder.fault().endswith(
        "the mistake gradients.factor-two-missing replaces output_gradients, which solution.py does not have"
    )


def test_codes_of_mistakes_are_unique(folder):
    text = (folder.path / "mistakes.py").read_text()
    folder.append("mistakes.py", text[text.index("@mistake") :].replace("def factor", "def another_factor"))
    assert "two mistakes have the code gradients.factor-two-missing" in folder.fault()


# what depends on what


@pytest.mark.parametrize("name", ["assignment.toml", "contract.py", "solution.py", "checks.py", "mistakes.py"])
def test_the_digest_changes_with_every_graded_file(folder, name):
    before = read_assignment(folder.path).digest
    assert read_assignment(folder.path).digest == before
    folder.append(name, "\n")
    assert read_assignment(folder.path).digest != before


def test_the_digest_changes_with_files_that_the_checks_may_read(folder):
    before = read_assignment(folder.path).digest
    folder.write("data/points.csv", "1,2\n")
    with_data = read_assignment(folder.path).digest
    (folder.path / "data" / "points.csv").rename(folder.path / "data" / "others.csv")
    assert len({before, with_data, read_assignment(folder.path).digest}) == 3


@pytest.mark.parametrize("name", ["examples/more.py", "README.md", "__pycache__/checks.pyc", ".DS_Store", ".idea/x"])
def test_the_digest_does_not_change_with_other_files(folder, name):
    before = read_assignment(folder.path).digest
    folder.write(name, "changed")
    assert read_assignment(folder.path).digest == before


# the solution with something replaced


def test_a_replaced_step_is_used_by_the_others(folder):
    assignment = read_assignment(folder.path)
    (mistake,) = assignment.mistakes
    variant = assignment.new_solution({mistake.step: mistake.replacement})
    arguments = np.ones(2), 0.5, np.arange(6.0).reshape(3, 2), np.zeros(3)
    right, wrong = assignment.solution.gradients(*arguments), variant.gradients(*arguments)
    np.testing.assert_allclose(right[0], 2 * wrong[0])
    assert assignment.solution is assignment.solution
    assert assignment.new_solution() is not assignment.solution


def test_methods_are_replaced_in_one_module_alone(folder):
    folder.append("solution.py", "\n\nclass Model:\n    def fit(self):\n        return 'right'\n")
    assignment = read_assignment(folder.path)
    variant = assignment.new_solution({"Model.fit": lambda self: "wrong"})
    assert (assignment.solution.Model().fit(), variant.Model().fit()) == ("right", "wrong")


def test_which_functions_are_built_on_which(folder):
    assignment = read_assignment(folder.path)
    assert assignment.callees == {"predict": frozenset(), "mse": frozenset(), "gradients": {"predict"}}
    assert assignment.reached_steps["mse"] == {"mse", "residuals"}


def test_a_solution_may_have_a_coding_of_its_own(folder):
    source = (folder.path / "solution.py").read_text() + "\nNAME = 'Größe'\n"
    folder.write("solution.py", ("# -*- coding: latin-1 -*-\n" + source).encode("latin-1"))
    assignment = read_assignment(folder.path)
    assert assignment.solution.NAME == "Größe"
    assert assignment.callees["gradients"] == {"predict"}
