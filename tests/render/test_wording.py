import pytest
from sample_reports import SAMPLES, place, report, wrong_gradient

from grader.render import compared, first_words, render, wording
from grader.report import (
    CheckResult,
    Comparison,
    Diagnosis,
    FunctionReport,
    Location,
    Report,
    StudentError,
    TrainingReport,
)


def comparison(**fields: object) -> Comparison:
    return Comparison.model_validate({"label": "dW1", "verdict": "wrong", **fields})


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({}, ""),
        ({"message": "dW1 is wrong (relative error 0.08), worst at [0, 4]: found 1, expected 2",
          "relative_error": 0.08, "worst_index": (0, 4), "found": 1, "expected": 2},
         "relative error 0.08, worst at [0, 4]: found 1, expected 2"),
        ({"found": 0.123456789, "expected": [1, 2]}, "found `0.123457`, expected `[1, 2]`"),
        ({"found": list(range(100)), "expected": 1}, ""),
        ({"found": "array", "expected": "array"}, ""),
        ({"shape": (7,), "expected_shape": (7, 4)}, "its shape is (7,), expected (7, 4)"),
        ({"message": "dW1 has shape (7,), expected (7, 4)", "found": "a (7,) array", "expected": "a (7, 4) array"},
         "has shape (7,), expected (7, 4)"),
        ({"relative_error": float("nan"), "worst_index": (3, 1)}, "worst at [3, 1]"),
    ],
)  # fmt: skip
def test_a_comparison_says_everything_once(fields, detail):
    assert compared.comparison_detail(comparison(**fields)) == detail


def test_a_message_that_only_joins_its_comparisons_is_left_out():
    parts = (comparison(message="dW1 is wrong."), comparison(label="db1", message="db1 is wrong."))
    check = CheckResult(
        id="c",
        title="t",
        status="failed",
        score=0,
        max_score=1,
        message="dW1 is wrong; db1 is wrong",
        comparisons=parts,
    )

    assert wording.check_message(check) == ""
    assert wording.check_message(check.model_copy(update={"message": "Both differ."})) == "Both differ."


@pytest.mark.parametrize(("value", "shown"), [(5.0, "5"), (7.5, "7.5"), (1 / 3, "0.33"), (0.0, "0"), (100.0, "100")])
def test_points_have_no_more_digits_than_they_need(value, shown):
    assert wording.number(value) == shown


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (place(3, 4), "cell 3, line 4"),
        (Location(file="homework.ipynb", line=7), "line 7"),
        (Location(file="layers/dense.py", line=7), "layers/dense.py, line 7"),
        (Location(file="homework.ipynb"), "homework.ipynb"),
    ],
)
def test_a_location_names_the_file_only_where_there_are_several(location, shown):
    assert wording.where(wrong_gradient(), location) == shown


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://docs.example.org/a.html#b", True),
        ("javascript:alert(1)", False),
        ("https://evil.example/>)<script>", False),
        ("https://a b", False),
        ("data:text/html,x", False),
    ],
)
def test_only_plain_web_addresses_become_links(url, is_one):
    assert wording.is_web_address(url) is is_one


def test_the_first_step_is_a_fault_of_its_own_and_not_a_follow_on():
    report = wrong_gradient()
    reordered = report.model_copy(update={"functions": report.functions[::-1]})

    assert first_words.first_to_fix(reordered).name == "backward"


def test_names_keep_their_capitals_behind_the_colon():
    for title, shown in (("ReLU is linear", "ReLU is linear"), ("A sign is wrong", "a sign is wrong")):
        report = wrong_gradient()
        function = report.function("backward").model_copy(update={"diagnoses": (Diagnosis(code="c", title=title),)})
        assert first_words.headline(report.model_copy(update={"functions": (function,)})) == (
            f"Look at `backward` first: {shown}."
        )


def test_the_line_that_a_title_speaks_of_is_told_before_it_is_shown():
    report = wrong_gradient()
    title = "`a` and `b` have changed places in this line: `'this line'`"
    mistake = Diagnosis(code="c", title=title, location=place(2, 7))
    function = report.function("backward").model_copy(update={"diagnoses": (mistake,)})
    told = first_words.headline(report.model_copy(update={"functions": (function,)}))
    where = wording.where(report, place(2, 7))
    assert told == f"Look at `backward` first: `a` and `b` have changed places in {where}: `'this line'`."
    assert "line 7" in where


def without_a_name(*failing: CheckResult) -> Report:
    """A report on one function whose failing checks have no diagnosis."""
    right = CheckResult(id="forward.shape", title="Its shape", status="passed", score=1, max_score=1)
    function = FunctionReport(
        name="forward", status="partial", score=1, max_score=1 + len(failing), checks=(right, *failing)
    )
    return wrong_gradient().model_copy(update={"functions": (function,)})


def failing(title: str, *wrong: Comparison) -> CheckResult:
    return CheckResult(id=f"forward.{title}", title=title, status="failed", score=0, max_score=1, comparisons=wrong)


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        ((failing("m", Comparison(label="m", verdict="wrong", found=4, expected=6)),), "`m` is `4` and should be `6`"),
        (
            (failing("m", Comparison(label="units, of 6", verdict="wrong", found=4, expected=6)),),
            "units, of 6, is `4` and should be `6`",
        ),
        (
            (failing("One row", Comparison(label="out", verdict="wrong", shape=(3,), found=[1, 2, 3], expected=4)),),
            "it is right in part; the only check that fails is “One row”",
        ),
        (
            (failing("One row", Comparison(label="m", verdict="wrong", found=4)), failing("Two rows")),
            "it is right in part; the first check that fails is “One row”",
        ),
    ],
)
def test_of_a_mistake_without_a_name_the_first_words_say_what_is_seen(checks, told):
    assert first_words.headline(without_a_name(*checks)) == f"Look at `forward` first: {told}."


def test_every_report_has_one_headline_that_is_a_sentence():
    for make in SAMPLES.values():
        assert first_words.headline(make()).strip()


def carried(share: float, *others: CheckResult) -> FunctionReport:
    """A function of 4 points that is right but for its `softmax`, and fails other checks for itself."""
    gained = 4 * share
    check = CheckResult(
        id="forward.one", title="One", status="carried", score=gained, max_score=4, carried=gained, given=("softmax",)
    )
    return FunctionReport(
        name="forward",
        status="partial" if others else "carried",
        score=gained,
        max_score=4 + sum(other.max_score for other in others),
        carried=gained,
        checks=(check, *others),
        follows_from=() if others else ("softmax",),
    )


@pytest.mark.parametrize(
    ("share", "points"),
    [
        (1.0, "4 points carried forward"),
        (0.5, "2 of 4 points carried forward"),
        (0.0, "no points are carried forward here"),
    ],
)
def test_a_function_that_is_right_given_another_is_never_called_a_mistake(share, points):
    function = carried(share)
    told = f"Right, given its `softmax`: {points}. No mistake of its own: it passes once `softmax` is right."
    assert wording.carried(function) == told
    assert wording.follow_on(function) == ""
    assert wording.failures(function) == []
    whole = report((function,), carried=function.carried, score=function.score)
    for form in ("text", "markdown", "html"):
        shown = render(whole, form)
        assert "wrong" not in shown.replace("wrong-", "").partition("<style>")[0]
        assert "✗" not in shown
    assert ("carried forward" in render(whole, "text").splitlines()[1]) == bool(share)


def test_what_is_wrong_beside_it_is_told_beside_it():
    own = CheckResult(id="forward.two", title="Two", status="failed", score=0, max_score=1, message="no")
    function = carried(1.0, own)
    assert wording.carried(function) == "Right, given its `softmax`: One (4 points carried forward)."
    assert [failure.check.title for failure in wording.failures(function)] == ["Two"]


def test_what_ended_a_process_is_told_without_a_name_of_ours():
    assert wording.shown_error(StudentError(type="CellCrashed", message="the process ended")) == "the process ended"
    assert wording.shown_error(StudentError(type="KeyError", message="'W2'")) == "KeyError: 'W2'"


def test_a_training_that_ended_has_not_left_the_reference():
    run = TrainingReport(function="backward", dataset="MNIST", step_costs=(2.3,), first_divergent_step=1)
    assert wording.divergence(run).endswith("for 1 step; then the training ends.")
    going_on = run.model_copy(update={"step_costs": (2.3, 2.2)})
    assert wording.divergence(going_on).endswith("for 1 step, then leaves it.")


def test_what_informs_only_is_no_failure_of_a_function_that_is_right_given_others():
    checks = [
        CheckResult(id="f.run", title="A run", status="failed", score=0, max_score=0),
        CheckResult(id="f.step", title="A step", status="carried", score=2, max_score=2, carried=2, given=("g",)),
    ]
    function = FunctionReport(name="f", status="carried", score=2, max_score=2, carried=2, checks=tuple(checks))
    assert wording.failures(function) == []


def test_a_name_of_any_length_is_no_word_of_a_diagnosis():
    name = "n" * 5_000
    told = Diagnosis(code="f.x", title=f"`{name}` is None", hints=(f"What is `{name}`?",))
    assert told.title == f"`{'n' * 239}…` is None"
    assert len(told.hints[0]) < 300
    assert Diagnosis.model_validate(told.model_dump()) == told
