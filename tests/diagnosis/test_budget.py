"""A diagnosis ends soon, and says the same every time, however broken the submission is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignments import Assignment
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckRun, CheckSetting, run_check
from grader.diagnosis import Diagnoser, Findings
from grader.diagnosis.cases.budget import CALLS_PER_SUBMISSION, KEPT_FOR_LATER, Budget, BudgetSpent, CallCounter
from grader.diagnosis.planted.planting import plant
from tests import library

BESIDE_THE_SEARCH = 2  # times the budget: running checks again, explaining numbers
SGD = "NN2.stochastic_gradient_descent"
FOUR_MISTAKES = (
    "update_mini_batch.l2-penalty-not-divided-by-the-samples",
    "accuracy.entries-compared",
    "backprop.sign",
    "total_cost.l1-halved",
)


@given(st.integers(0, 10**7), st.integers(0, 12))
def test_a_share_leaves_something_for_later_functions(calls: int, later: int) -> None:
    budget = Budget(calls)
    with budget.share(later) as part:
        assert part.left + budget.left == calls
        assert budget.left >= later * min(KEPT_FOR_LATER, calls // (later + 1))


def test_what_a_function_does_not_need_comes_back() -> None:
    budget = Budget(1000)
    with budget.share(later=1) as part:
        part.spend(200)
    assert budget.left == 800


def test_more_than_is_left_cannot_be_spent() -> None:
    budget = Budget(10)
    budget.spend(10)
    with pytest.raises(BudgetSpent):
        budget.spend(1)


def test_calls_are_counted_with_those_of_functions_in_c() -> None:
    def one_in_another() -> int:
        return len("abc")

    with CallCounter() as nothing:
        pass
    with CallCounter() as counter:
        for _ in range(50):
            one_in_another()
    assert counter.calls - nothing.calls == 100


def test_counters_in_each_other_do_not_disturb_the_outer_one() -> None:
    with CallCounter() as outer:
        with CallCounter():
            pass
        before = outer.calls
        abs(-1)
    assert outer.calls > before


@pytest.fixture(scope="module")
def network() -> Assignment:
    return library.assignment("nielsen-network")


@pytest.fixture(scope="module")
def broken_training(network: Assignment) -> tuple[list[CheckRun], CheckSetting, Variant]:
    """Training runs graded alone, so that mistakes of every other method show in them together."""
    setting = CheckSetting(Solution(network.contract, network.solution), 0, None)
    mistakes = [mistake for mistake in network.mistakes if mistake.code in FOUR_MISTAKES]
    student = Variant(network.contract, plant(network, mistakes))
    checks = [check for check in network.checks if check.function == SGD and "dataset" not in check.arguments]
    return [run_check(check, student, setting) for check in checks], setting, student


def test_where_the_budget_ends_the_search_the_findings_are_the_same_again_and_cost_no_more(
    network, broken_training
) -> None:
    """Four mistakes in a training run."""
    runs, setting, student = broken_training

    def found() -> Findings:
        return Diagnoser(network).diagnose(runs, setting, student=student)

    with CallCounter() as counter:
        first = found()
    assert counter.calls < BESIDE_THE_SEARCH * CALLS_PER_SUBMISSION
    np.linalg.svd(np.eye(3))  # other work in the process has no say
    assert found() == first
