"""What there is to learn from a mistake, and what to run to see it: where there is room, and where hints allow it."""

import io
import json

import pytest
from sample_reports import wrong_gradient

from grader.render import render, text
from grader.report import Experiment, Report

SYMPTOM = "Weights grow from step to step."
WHY = "A gradient belongs to a cost."
SEEN = Experiment(lines=("backward(np.eye(2))",), found="[31]", expected="[17]")
SMALLEST = Experiment(
    lines=("x = np.array([[1., 2.]])", "backward(x)"), found="73", expected="19", by_hand="1·3 + 2·8 = 19"
)


def told(policy: str = "explanation") -> Report:
    report = wrong_gradient()
    function = report.function("backward")
    lesson = {"symptom": SYMPTOM, "why": WHY, "experiment": SEEN}
    named = function.diagnoses[0].model_copy(update=lesson)
    with_it = function.model_copy(update={"diagnoses": (named,), "smallest": SMALLEST})
    functions = tuple(with_it if one is function else one for one in report.functions)
    info = report.assignment.model_copy(update={"hints": policy})
    return report.model_copy(update={"functions": functions, "assignment": info})


@pytest.mark.parametrize("format", ["html", "markdown", "gradescope"])
def test_pages_have_room_for_all(format: str) -> None:
    shown = render(told(), format)
    for part in (SYMPTOM, WHY, "backward(np.eye(2))", "[31]", "[17]", "73", "1·3 + 2·8 = 19"):
        assert part in shown


def test_a_terminal_has_what_can_be_run_and_the_rest_if_it_is_asked_for() -> None:
    short = render(told(), "text")
    assert SYMPTOM not in short
    assert WHY not in short
    for part in ("backward(np.eye(2))", "It gives `[31]`; right is `[17]`.", "By hand: 1·3 + 2·8 = 19"):
        assert part in short
    text.write(told(), at_length := io.StringIO(), at_length=True)
    assert SYMPTOM in at_length.getvalue()
    assert WHY in at_length.getvalue()


@pytest.mark.parametrize("policy", ["nudge", "pointer"])
@pytest.mark.parametrize("format", ["text", "html", "markdown", "json", "gradescope"])
def test_below_the_explanation_there_is_no_answer_in_it(policy: str, format: str) -> None:
    shown = render(told(policy), format)
    assert [part for part in (SYMPTOM, WHY, "[31]", "[17]", "1·3", "backward(x)") if part in shown] == []
    assert ("backward(np.eye(2))" in shown) == (policy == "pointer")  # what it should give is to be found out


def test_a_report_of_an_earlier_grader_is_read() -> None:
    earlier = json.loads(wrong_gradient().to_json())
    for function in earlier["functions"]:
        function.pop("smallest")
        for diagnosis in function["diagnoses"]:
            for name in ("symptom", "why", "experiment"):
                diagnosis.pop(name)
    assert Report.from_json(json.dumps(earlier)) == wrong_gradient()


def test_where_a_function_begins_is_not_told_as_the_place_of_a_mistake() -> None:
    report = told()
    function = report.function("backward")
    unplaced = function.diagnoses[0].model_copy(update={"location": None})
    changed = function.model_copy(update={"diagnoses": (unplaced,)})
    report = report.model_copy(update={"functions": tuple(changed if f is function else f for f in report.functions)})
    assert function.location is not None
    where = f"cell {function.location.cell}, line {function.location.line}"
    for format in ("text", "html"):
        for line in render(report, format).splitlines():
            assert where not in line or f"defined at {where}" in line
