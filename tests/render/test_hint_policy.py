"""How much of a diagnosis a student sees is the assignment's choice; instructors see all."""

import pytest
from sample_reports import wrong_gradient

from grader.render import render
from grader.report import Report

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
