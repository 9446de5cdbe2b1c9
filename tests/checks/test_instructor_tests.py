"""Instructors' pytest files: marks, fixtures, messages, and what happens to faulty ones."""

import sys
import textwrap

import pytest

from grader.assignments import read_assignment
from grader.assignments.scaffold import write_scaffold
from grader.checks.instructor_tests import run_instructor_tests
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckFault, CheckSetting

WRONG = {"mse": lambda predicted, y: 7.0}


@pytest.fixture
def run_tests(tmp_path):
    """Run a test file on the solution with some functions replaced; gives the runs by the test's title."""

    def run(source, replacements=None, *, folder="course", functions=("predict", "mse", "gradients")):
        path = tmp_path / folder
        if not path.exists():
            write_scaffold(path)
        (path / "test_more.py").write_text("import numpy as np\nimport pytest\n" + textwrap.dedent(source))
        assignment = read_assignment(path)
        setting = CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
        student = Variant(assignment.contract, assignment.new_solution(replacements))
        return {run.check.title: run for run in run_instructor_tests(assignment, student, setting, functions)}

    return run


def test_marks_docstrings_and_fixtures(run_tests):
    runs = run_tests(
        '''
        @pytest.mark.function("mse")
        @pytest.mark.points(3)
        def test_of_a_perfect_prediction(submission, solution, rng, dataset):
            """A perfect prediction has no error

            More about it.
            """
            y = rng.normal(size=5)
            assert dataset is None
            assert submission.mse(y, y) == solution.mse(y, y) == 0

        def test_gradients_have_the_shape_of_the_weights(submission):
            assert True
        '''
    )
    perfect = runs["A perfect prediction has no error"].result
    assert (perfect.id, perfect.status, perfect.score, perfect.max_score) == (
        "mse.test-of-a-perfect-prediction",
        "passed",
        3,
        3,
    )
    unmarked = runs["gradients have the shape of the weights"]
    assert (unmarked.check.function, unmarked.result.max_score) == ("gradients", 0)


def test_a_failed_assertion_tells_the_values(run_tests):
    runs = run_tests(
        """
        @pytest.mark.points(2)
        def test_mse_of_one(submission):
            assert submission.mse(np.ones(1), np.ones(1)) == 0.0
        """,
        WRONG,
    )
    result = runs["mse of one"].result
    assert (result.status, result.score) == ("failed", 0)
    assert result.message.splitlines()[0] == "assert 7.0 == 0.0"
    assert "test_more.py" not in result.message


def test_expectations_are_soft_here_too(run_tests):
    runs = run_tests(
        """
        from grader.checks import expect

        def test_mse_twice(submission):
            expect(submission.mse(np.ones(1), np.ones(1)), "first").close_to(0.0)
            expect(submission.mse(2 * np.ones(1), np.ones(1)), "second").close_to(1.0)
            assert submission.mse(3 * np.ones(1), 3 * np.ones(1)) == 0.0
        """,
        WRONG,
    )
    message = runs["mse twice"].result.message
    assert "first is wrong" in message
    assert "second is wrong" in message
    assert "assert 7.0 == 0.0" in message


def test_a_call_that_fails_is_the_submissions_error(run_tests):
    def broken(predicted, y):
        raise KeyError("y")

    source = """
    def test_mse(submission):
        submission.mse(np.ones(1), np.ones(1))

    @pytest.mark.function("gradients")
    def test_gradients_need_mse(submission):
        submission.mse(np.ones(1), np.ones(1))
    """
    runs = run_tests(source, {"mse": broken})
    assert (runs["mse"].result.status, runs["mse"].blamed) == ("error", None)
    assert (runs["gradients need mse"].result.status, runs["gradients need mse"].blamed) == ("skipped", "mse")


def test_random_numbers_are_the_same_for_everybody(run_tests):
    source = """
    def test_mse(submission, rng):
        assert submission.mse(rng.normal(size=3), rng.normal(size=3)) < 0
    """
    message = run_tests(source)["mse"].result.message
    assert message == run_tests(source)["mse"].result.message
    assert "0x" not in message


def test_parametrised_tests_are_told_apart(run_tests):
    runs = run_tests(
        """
        @pytest.mark.points(1)
        @pytest.mark.parametrize("n", [1, 2])
        def test_mse(submission, n):
            '''Many sizes'''
            assert n == 1
        """
    )
    assert {title: run.result.status for title, run in runs.items()} == {
        "Many sizes [1]": "passed",
        "Many sizes [2]": "failed",
    }
    assert len({run.result.id for run in runs.values()}) == 2


def test_only_the_chosen_functions_are_tested(run_tests):
    source = """
    def test_mse(submission): pass
    def test_predict(submission): pass
    """
    assert set(run_tests(source, functions=["predict"])) == {"predict"}
    assert run_tests(source, functions=["gradients"]) == {}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import no_such_module", "cannot be run"),
        ("def test_mse(submission:", "cannot be run"),
        ("def test_mse(submision): pass", "fixture 'submision' not found"),
        ("@pytest.mark.function('msee')\ndef test_it(submission): pass", "'msee', which the contract does not declare"),
        ("@pytest.mark.pionts(3)\ndef test_mse(submission): pass", "cannot be run"),
        ("def test_mse(submission):\n    submission.mse(np.ones(1), np.ones(1)).nothing", "fails on the solution"),
        ("def test_mse(submission):\n    undefined", "fails on the solution"),
    ],
)
def test_faulty_files_are_the_assignments_fault(run_tests, source, message):
    with pytest.raises(CheckFault, match=message):
        run_tests(source)


def test_a_test_that_trips_over_a_wrong_value_is_the_submissions_failure(run_tests):
    runs = run_tests(
        """
        def test_predict(submission):
            assert submission.predict(np.ones(1), 0.0, np.ones((1, 1))).shape == (1,)
        """,
        {"predict": lambda w, b, X: "zero"},
    )
    assert runs["predict"].result.status == "failed"
    assert "'str' object has no attribute 'shape'" in runs["predict"].result.message


def test_files_of_the_same_name_in_two_assignments_do_not_mix(run_tests):
    one = run_tests("def test_mse_one(submission): pass", folder="one")
    two = run_tests("def test_mse_two(submission): pass", folder="two")
    assert (set(one), set(two)) == ({"mse one"}, {"mse two"})


def test_nothing_is_left_behind(run_tests, tmp_path, capfd):
    modules, path, directory = set(sys.modules), list(sys.path), sys.dont_write_bytecode
    run_tests("def test_mse(submission):\n    print('loud')\n    assert False", WRONG)
    assert {name for name in set(sys.modules) - modules if "test_more" in name} == set()
    assert (sys.path, sys.dont_write_bytecode) == (path, directory)
    assert capfd.readouterr().out == ""
    assert not list((tmp_path / "course").rglob("__pycache__"))
