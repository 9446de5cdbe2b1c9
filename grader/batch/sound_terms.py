"""What a policy and adjustments may say of an assignment: its own functions and questions, and scores that there are.

One rule wherever points are given: in `grade batch`, in the service, and in what both hand on.
"""

from collections.abc import Iterator, Mapping

from grader.assignments import Assignment
from grader.batch.errors import PolicyError
from grader.batch.gradebook import Gradebook, maximum_points
from grader.batch.policy import Adjustment, Policy
from grader.submissions.errors import first_of

NAMES_TOLD = 5


def demand_sound_terms(assignment: Assignment, policy: Policy, adjustments: Mapping[str, Adjustment]) -> None:
    """Raises PolicyError: they speak of what there is not, or a score is none that anybody can have."""
    names = assignment.function_names
    if unknown := [name for name in policy.score.extra_credit if name not in names]:
        raise PolicyError(f"extra credit for {', '.join(unknown)}: the contract has only {', '.join(names)}")
    demand_sound_adjustments(assignment, policy, adjustments)


def demand_sound_adjustments(assignment: Assignment, policy: Policy, adjustments: Mapping[str, Adjustment]) -> None:
    """Raises PolicyError: points are for a question that nobody was asked, or more than there are."""
    questions = {one.name: one.points for one in assignment.written}
    highest = highest_score(assignment, policy)
    for student, adjustment in adjustments.items():
        for problem in (*_of_questions(student, adjustment, questions), *_of_scores(student, adjustment, highest)):
            raise PolicyError(problem)


def highest_score(assignment: Assignment, policy: Policy) -> float:
    """The most that a score can be: extra credit and a cap above 100 percent allow more than the maximum."""
    maximum = maximum_points(assignment, policy)
    with_extra = assignment.points + assignment.written_points
    return max(maximum, with_extra, maximum * (policy.score.cap or 0.0) / 100)


def above_maximum_notes(gradebook: Gradebook) -> list[str]:
    """Whom an adjustment has given more than the maximum."""
    above = [
        f"{row.student.label} ({row.score.final:g})"
        for row in gradebook.rows
        if row.score and row.score.adjustment > 0 and row.score.final > gradebook.maximum + 1e-6
    ]
    if not above:
        return []
    some = first_of(above, NAMES_TOLD)
    return [f"with adjustments more than the {gradebook.maximum:g} points that there are: {some}"]


def _of_questions(student: str, adjustment: Adjustment, questions: Mapping[str, float]) -> Iterator[str]:
    for name, points in adjustment.written.items():
        if name not in questions:
            yield f"points of {student} are for the question {name!r}; a person reads {', '.join(questions) or 'none'}"
        elif not 0 <= points <= questions[name]:
            yield f"{student} has {points:g} points for {name}, which is worth {questions[name]:g}"


def _of_scores(student: str, adjustment: Adjustment, highest: float) -> Iterator[str]:
    remedy = "extra credit, or a cap above 100 in the policy's [score], allows more"
    if adjustment.override is not None:
        given = adjustment.override + adjustment.points
        if given > highest + 1e-9:
            yield f"{student} is given {given:g} points, and there are {highest:g}: is it a typing error? {remedy}"
        if adjustment.override < 0:
            yield f"{student} is given {adjustment.override:g} points: a score is 0 or more"
    elif abs(adjustment.points) > highest + 1e-9:
        yield (
            f"the score of {student} is changed by {adjustment.points:+g} points, and there are {highest:g}: "
            f"is it a typing error? {remedy}"
        )
