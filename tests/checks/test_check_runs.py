"""Running checks: whose fault a failure is, and what is told."""

import contextlib
from dataclasses import replace

import numpy as np
import pytest

from grader.assignments import Check, check
from grader.checks.expect import expect
from grader.checks.implementation import CallFailed
from grader.checks.observations import coincide, observe_check, reproduces
from grader.checks.record import Observation
from grader.checks.run import CheckFault, CheckSetting, passes, run_check, run_checks

Z = np.arange(6.0).reshape(2, 3)


def checked(run, function="softmax", points=2.0) -> Check:
    return check(function, points=points, title="a title")(run).declaration


def softmax_values(student, solution, rng):
    z = rng.normal(size=(3, 4))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


WRONG = "def softmax(z):\n    return z\n"
RAISES = "def softmax(z):\n    raise KeyError('W1')\n"
NOTHING = "def softmax(z):\n    pass\n"


def test_a_right_function_passes(student, setting):
    run = run_check(checked(softmax_values), student(), setting)
    assert (run.result.id, run.result.status, run.result.score, run.result.max_score) == (
        "softmax.values",
        "passed",
        2.0,
        2.0,
    )
    assert run.result.message == ""
    assert [c.verdict for c in run.result.comparisons] == ["right"]


def test_a_wrong_one_fails_with_what_is_wrong(student, setting):
    result = run_check(checked(softmax_values), student(WRONG), setting).result
    assert (result.status, result.score) == ("failed", 0.0)
    assert result.message.startswith("softmax(z) is wrong (relative error")


def test_one_that_raises_has_an_error(student, setting):
    run = run_check(checked(softmax_values), student(RAISES), setting)
    assert (run.result.status, run.result.message, run.blamed) == ("error", "KeyError: 'W1'", None)


def test_another_function_that_raises_is_blamed(student, setting):
    def cost_of_softmax(student, rng):
        student.cost({"W": np.ones((3, 1)), "b": 0}, student.softmax(Z))

    run = run_check(checked(cost_of_softmax, "cost"), student(RAISES), setting)
    assert (run.result.status, run.blamed) == ("skipped", "softmax")
    assert run.result.message == "needs `softmax`: KeyError: 'W1'"


def test_a_constructor_that_raises_is_the_class_own_fault(student, setting):
    def network_forward(student):
        student.Network((3, 2)).forward(Z)

    source = "class Network:\n    def __init__(self, sizes):\n        raise ValueError('no')\n"
    run = run_check(checked(network_forward, "Network.forward"), student(source), setting)
    assert (run.result.status, run.blamed) == ("error", None)


def test_a_class_that_is_not_asked_for_is_not_blamed(student, setting):
    def network_forward(student):
        raise CallFailed("Part.W", "`Part` has no attribute `W`", raised="AttributeError")

    run = run_check(checked(network_forward, "Network.forward"), student(RAISES), setting)
    assert (run.result.status, run.blamed, run.stopped_by) == ("error", None, None)


def test_a_check_that_trips_over_the_result_is_the_students_failure(student, setting):
    def softmax_sums(student):
        expect(student.softmax(Z).sum(axis=1)).close_to(np.ones(2))

    result = run_check(checked(softmax_sums), student(NOTHING), setting).result
    assert result.status == "failed"
    assert result.message.startswith("what `softmax` gave (None) could not be used: AttributeError")


@pytest.mark.parametrize("source", ["", WRONG, RAISES])
def test_whether_a_check_passes_is_known_where_it_fails_first(student, setting, source):
    def softmax_twice(student, solution):
        with contextlib.suppress(Exception):  # which a failed expectation is not
            expect(student.softmax(Z)).close_to(solution.softmax(Z))
        seen.append(source)
        expect(student.softmax(Z)).close_to(solution.softmax(Z))

    seen: list[str] = []
    assert passes(checked(softmax_twice), student(source), setting) is (source == "")
    assert bool(seen) is (source != WRONG)
    assert run_check(checked(softmax_twice), student(source), setting).passed is (source == "")


@pytest.mark.parametrize("source", ["", WRONG, NOTHING])
def test_a_check_that_trips_over_the_solution_is_faulty(student, setting, source):
    def softmax_typo(student):
        student.softmax(Z).summ()

    with pytest.raises(CheckFault, match=r"check softmax\.typo fails on the solution: AttributeError"):
        run_check(checked(softmax_typo), student(source), setting)


def test_a_check_is_asked_once_whether_it_accepts_the_solution(student, solution, dataset):
    asked = []

    def softmax_row(student):
        asked.append(student)
        expect(student.softmax(Z)[0], "a row").close_to(np.exp(Z[0]) / np.exp(Z[0]).sum())

    setting, unusable = CheckSetting(solution, 0, dataset), student(NOTHING)
    for seed in (0, 0, 1):
        assert not passes(checked(softmax_row), unusable, replace(setting, seed=seed))
    assert [one is unusable for one in asked] == [True, False, True, True, False], "with each draw of numbers"


def test_a_function_that_the_contract_lacks_is_the_checks_fault(student, setting):
    def softmax_typo(student):
        student.sofmax(Z)

    with pytest.raises(CheckFault, match="the contract has no 'sofmax'"):
        run_check(checked(softmax_typo), student(), setting)


def test_objects_that_are_mixed_up_are_the_checks_fault(student, setting):
    def backward_mixed(student, solution):
        params = {"W": np.ones((3, 1)), "b": np.zeros(1)}
        student.backward(params, solution.forward(params, Z)[1])

    with pytest.raises(CheckFault, match="a Cache of the solution> was passed to `backward`"):
        run_check(checked(backward_mixed, "backward"), student(), setting)


def test_a_check_that_does_not_accept_the_solution_is_faulty(student, setting):
    def softmax_strange(student):
        expect(student.softmax(Z)).close_to(Z)
        student.softmax(Z)["no such key"]

    with pytest.raises(CheckFault, match=r"check softmax\.strange"):
        run_check(checked(softmax_strange), student(WRONG), setting)


def test_one_failure_does_not_stop_the_next_check(student, setting):
    def cost_values(student, solution):
        params = {"W": np.ones((3, 1)), "b": np.zeros(1)}
        expect(student.cost(params, Z)).close_to(solution.cost(params, Z))

    seen = []
    checks = [checked(softmax_values), checked(cost_values, "cost")]
    runs = run_checks(checks, student(RAISES), setting, on_check=lambda check, result: seen.append(result.status))
    assert [run.passed for run in runs] == [False, True]
    assert seen == ["error", "passed"]


def test_random_inputs_depend_on_seed_and_check_alone(student, solution, dataset):
    drawn = []

    def one(rng):
        drawn.append(rng.normal())

    def other(rng):
        drawn.append(rng.normal())

    first, second = CheckSetting(solution, 0, dataset), CheckSetting(solution, 1, dataset)
    for setting in (first, first, second):
        run_checks([checked(one)], student(), setting)
    run_checks([checked(other)], student(), first)
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == 3


@pytest.mark.parametrize(
    ("factor", "calls"),
    [(1.0, 40), (1.0 + 1e-10, 40), (1.0 + 1e-2, 1)],  # the same up to rounding; the first of many tells
)
def test_many_results_are_compared_one_by_one(student, setting, factor, calls):
    def softmax_of_many(student):
        student.softmax.map([(float(n),) for n in range(1, 41)])

    of_many = checked(softmax_of_many)
    run = run_check(of_many, student("def softmax(z):\n    return 2.0 * z\n"), setting)
    other = student(f"made = []\ndef softmax(z):\n    made.append(z)\n    return {2.0 * factor!r} * z\n")
    assert reproduces(run, other, setting) is (calls == 40)
    assert len(other.module.made) == calls
    other.module.made.clear()
    assert reproduces(run, other, setting, to_its_end=True) is (calls == 40)
    assert len(other.module.made) == (40 if calls == 40 else 3), "for what it calls, a few of many tell as much"
    other.module.made.clear()
    assert not reproduces(run, other, setting, affords=lambda number, count: count < 40)
    assert len(other.module.made) == 1, "what cannot be paid for is not begun"


def test_a_variant_with_the_same_mistake_reproduces_a_failure(student, setting):
    run = run_check(checked(softmax_values), student(WRONG), setting)
    assert reproduces(run, student("def softmax(z):\n    return 1.0 * z\n"), setting)
    assert not reproduces(run, student(), setting)
    assert not reproduces(run, student(RAISES), setting)


def test_a_failed_call_is_reproduced_by_the_same_exception(student, setting):
    run = run_check(checked(softmax_values), student(RAISES), setting)
    assert reproduces(run, student("def softmax(z):\n    return {}['W1']\n"), setting)
    assert not reproduces(run, student("def softmax(z):\n    return [][1]\n"), setting)
    assert [o.raised for o in observe_check(run, student(RAISES), setting)] == ["KeyError"]


def test_observations_coincide_up_to_rounding():
    seen = [Observation("softmax", Z), Observation("cost", 1.0)]
    assert coincide(seen, [Observation("softmax", Z * (1 + 1e-12)), Observation("cost", 1.0)])
    assert coincide([Observation("softmax", Z.astype(np.float32) / 3)], [Observation("softmax", Z / 3)])
    assert not coincide(seen, seen[:1])
    assert not coincide(seen, seen[::-1])
    assert not coincide(seen, [Observation("softmax", Z * (1 + 1e-5)), Observation("cost", 1.0)])
