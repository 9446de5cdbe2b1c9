"""Points that an instructor gives: as many as there are, and more where the policy allows it."""

import pytest

from grader.assignments import load_assignment
from grader.batch.errors import PolicyError
from grader.batch.policy import Adjustment, Policy, ScorePolicy
from grader.batch.sound_terms import demand_sound_terms

NO_POLICY = Policy()
EXTRA = Policy(score=ScorePolicy(extra_credit=("slope",)))
CAP = Policy(score=ScorePolicy(cap=120))


@pytest.mark.parametrize(
    ("policy", "decided"),
    [
        (NO_POLICY, Adjustment(override=10)),
        (NO_POLICY, Adjustment(override=0)),
        (NO_POLICY, Adjustment(points=2)),
        (NO_POLICY, Adjustment(points=-10)),
        (EXTRA, Adjustment(override=10)),
        (CAP, Adjustment(override=12)),
        (CAP, Adjustment(override=10, points=2)),
    ],
)
def test_what_an_instructor_may_give(assignment, policy, decided):
    demand_sound_terms(load_assignment(assignment), policy, {"jane": decided})


@pytest.mark.parametrize(
    ("policy", "decided", "told"),
    [
        (NO_POLICY, Adjustment(override=55), "jane is given 55 points, and there are 10: is it a typing error?"),
        (NO_POLICY, Adjustment(override=10, points=1), "jane is given 11 points, and there are 10"),
        (NO_POLICY, Adjustment(override=-1), "jane is given -1 points: a score is 0 or more"),
        (NO_POLICY, Adjustment(points=50), "the score of jane is changed by +50 points, and there are 10"),
        (CAP, Adjustment(override=12.5), "jane is given 12.5 points, and there are 12"),
    ],
)
def test_more_points_than_there_are_is_a_typing_error(assignment, policy, decided, told):
    with pytest.raises(PolicyError) as refused:
        demand_sound_terms(load_assignment(assignment), policy, {"jane": decided})
    assert told in str(refused.value)
