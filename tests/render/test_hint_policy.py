"""How much of a diagnosis a student sees is the assignment's choice; instructors see all."""

import pytest
from sample_reports import wrong_gradient

from grader.checks.record import without_numbers
from grader.render import FORMATS, render
from grader.report import CheckResult, Comparison, EpochRecord, Report, TrainingReport

SHOWN_TO_ALL = ("text", "markdown", "html")


def with_policy(policy: str) -> Report:
    report = wrong_gradient()
    return report.model_copy(update={"assignment": report.assignment.model_copy(update={"hints": policy})})


@pytest.mark.parametrize("format", [*SHOWN_TO_ALL, "json", "gradescope"])
@pytest.mark.parametrize("policy", ["nudge", "pointer"])
def test_a_hint_does_not_give_the_mistake_away(policy, format):
    diagnosis = next(with_policy(policy).diagnoses())

    shown = render(with_policy(policy), format)

    assert diagnosis.title not in shown
    assert diagnosis.code not in shown
    assert diagnosis.explanation[:40] not in shown


def test_a_nudge_is_the_first_hint_and_a_pointer_all_of_them_with_the_place():
    diagnosis = next(with_policy("nudge").diagnoses())
    nudged = next(with_policy("nudge").for_student().diagnoses())
    pointed = next(with_policy("pointer").for_student().diagnoses())

    assert nudged.hints == diagnosis.hints[:1]
    assert nudged.location is None
    assert pointed.hints == diagnosis.hints
    assert pointed.location == diagnosis.location


@pytest.mark.parametrize("format", SHOWN_TO_ALL)
def test_instructors_see_the_mistake_whatever_the_policy(format):
    report = with_policy("nudge")

    assert next(report.diagnoses()).title in render(report, format, audience="instructor")


def test_where_the_explanation_is_shown_the_hints_that_lead_to_it_are_not():
    report = with_policy("explanation")
    hint = next(report.diagnoses()).hints[0]

    assert hint not in render(report, "text")
    assert hint in render(report, "text", audience="instructor")


ANSWER = 0.123456789
SECRET_SEED = 918273645


def with_answers(policy: str) -> Report:
    """A report in which every place that can tell an expected value does so."""
    report = wrong_gradient()
    told = Comparison(
        label="db1",
        verdict="wrong",
        message=f"db1 is wrong: found 7, expected {ANSWER:.6g}",
        outline="db1 is wrong",
        found=7.0,
        expected=ANSWER,
        relative_error=0.123456,
        error_picture=((68765.4321,),),
    )
    check = CheckResult(
        id="backward.x",
        title="Biases",
        status="failed",
        score=0,
        max_score=4,
        message=f"db1 is wrong: found 7, expected {ANSWER:.6g}",
        outline="db1 is wrong",
        comparisons=(told,),
    )
    run = TrainingReport(
        function="train",
        dataset="MNIST",
        history=(EpochRecord(epoch=1, train_cost=2.5),),
        reference_history=(EpochRecord(epoch=1, train_cost=ANSWER),),
        step_costs=(2.5,),
        reference_step_costs=(ANSWER,),
    )
    functions = tuple(
        function.model_copy(update={"checks": (check,), "diagnoses": (), "status": "failed"})
        for function in report.functions
    )
    assert report.environment is not None
    return report.model_copy(
        update={
            "assignment": report.assignment.model_copy(update={"hints": policy}),
            "functions": functions,
            "training": (run,),
            "environment": report.environment.model_copy(update={"seed": SECRET_SEED}),
        }
    )


@pytest.mark.parametrize("format", [format for format in FORMATS if "notebook" not in format])
def test_hints_hand_out_no_answer_and_no_seed(format):
    answers = ("0.12345", "68765", "6.88e", str(SECRET_SEED))
    for policy in ("nudge", "pointer"):
        shown = render(with_answers(policy), format)
        assert "db1" in shown
        assert [answer for answer in answers if answer in shown] == []
    assert "0.12345" in render(with_answers("explanation"), format)
    assert "0.12345" in render(with_answers("nudge"), format, audience="instructor")


def test_what_students_see_stays_what_it_is_when_it_is_shown_again():
    once = with_answers("nudge").for_student()
    assert once.for_student() == once


def test_numbers_of_an_authors_message_are_left_out_but_names_and_shapes_stay():
    message = "dW1 of layer 2 is 0.31, not -1.5e-3: shape (3, 4), `W2` has 12 values [1, 2]"
    assert without_numbers(message) == "dW1 of layer … is …, not …: shape (3, 4), `W2` has … values […, …]"
