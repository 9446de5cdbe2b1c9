"""The class summary: its numbers on made-up reports, and a page that holds for any class."""

import base64
import hashlib
import json
import re
import time
from collections.abc import Mapping

import pytest

from grader.batch import grade_batch
from grader.batch.evidence import Evidence, curves_from_json, curves_of, curves_to_json, evidence_of
from grader.batch.gradebook import Gradebook, Row
from grader.batch.journal import function_grades
from grader.batch.policy import Lateness, Score
from grader.batch.roster import Student
from grader.batch.summarise import Known, summarise
from grader.batch.summary import ClassSummary
from grader.batch.summary_page import render, write_summary
from grader.report import (
    AssignmentInfo,
    CheckResult,
    Diagnosis,
    EpochRecord,
    FunctionReport,
    Report,
    SubmissionInfo,
    Timing,
    TrainingReport,
)
from tests.pages import Page
from tests.softplus import HALF_RIGHT, RIGHT


def made_up(
    backward: float, *, mistakes: tuple[str, ...] = (), seconds: float = 1.0, costs: tuple[float, ...] = (), name=""
) -> Report:
    """A report on `relu`, right, and `backward` with so many of 6 points, two of them by a check that all pass."""
    checks = (
        CheckResult(id="shapes", title="Shapes", status="passed", score=2, max_score=2),
        CheckResult(
            id="values", title="Values", status="passed" if backward == 6 else "failed", score=backward - 2, max_score=4
        ),
    )
    return Report(
        assignment=AssignmentInfo(id="mlp", title="A perceptron", version="1"),
        submission=SubmissionInfo(name="homework.py", sha256="0" * 64),
        status="graded",
        score=4 + backward,
        max_score=10,
        functions=(
            FunctionReport(
                name="relu",
                status="passed",
                score=4,
                max_score=4,
                checks=(CheckResult(id="relu", title="Values", status="passed", score=4, max_score=4),),
            ),
            FunctionReport(
                name="backward",
                status="passed" if backward == 6 else "partial",
                score=backward,
                max_score=6,
                checks=checks,
                diagnoses=tuple(Diagnosis(code=code, title=f"The mistake {code}{name}") for code in mistakes),
            ),
        ),
        training=(
            TrainingReport(
                function="train",
                dataset="mnist",
                history=tuple(EpochRecord(epoch=i + 1, train_cost=cost) for i, cost in enumerate(costs)),
                reference_history=tuple(EpochRecord(epoch=i + 1, train_cost=1 / (i + 1)) for i in range(len(costs))),
            ),
        ),
        timing=Timing(submission=seconds),
    )


def row_of(key: str, report: Report | None, name: str = "", **properties) -> Row:
    if report is None:
        return Row(Student(key, name), 1, Lateness(), "not_graded", None)
    final = Score(raw=report.score, maximum=10, penalty=0, adjustment=0, final=report.score)
    functions = function_grades(report)
    path = f"reports/{key}.html"
    return Row(Student(key, name), 1, Lateness(**properties), report.status, final, functions, report=path)


def gradebook_of(reports: Mapping[str, Report | None], names: Mapping[str, str] | None = None) -> Gradebook:
    rows = tuple(row_of(key, report, (names or {}).get(key, "")) for key, report in sorted(reports.items()))
    return Gradebook("mlp", "A perceptron", 10, ("relu", "backward"), rows)


def summary_of(reports: Mapping[str, Report | None], names: Mapping[str, str] | None = None) -> ClassSummary:
    def read(row: Row, is_drawn: bool) -> Known | None:
        report = reports[row.student.key]
        if report is None:
            return None
        kept = Evidence.model_validate_json(evidence_of(report).model_dump_json())  # as the service keeps it
        return kept, curves_from_json(curves_to_json(curves_of(report))) if is_drawn else ()

    return summarise(gradebook_of(reports, names), read)


@pytest.fixture
def small_class() -> ClassSummary:
    return summary_of(
        {
            "ann": made_up(6, seconds=0.5, costs=(2.0, 1.0)),
            "ben": made_up(3, mistakes=("sign", "mean"), seconds=4.0, costs=(2.0, float("nan"))),
            "cem": made_up(2, mistakes=("mean",), seconds=2.0, costs=(3.0, 1e300)),
            "dee": None,
        }
    )


def test_the_distribution_is_that_of_the_final_scores(small_class):
    scores = small_class.scores
    assert (scores.count, scores.lowest, scores.highest, scores.median) == (3, 6, 10, 7)
    assert scores.mean == pytest.approx(23 / 3)
    assert {(bin.low, bin.high): bin.count for bin in scores.bins if bin.count} == {(6, 7): 1, (7, 8): 1, (9, 10): 1}
    assert small_class.statuses == {"graded": 3, "not_graded": 1}


def test_scores_above_the_maximum_have_a_bin_of_their_own():
    reports = {"ann": made_up(6), "ben": made_up(8)}
    bins = summary_of(reports).scores.bins
    assert [(bin.low, bin.high, bin.count) for bin in bins[-2:]] == [(9, 10, 1), (10, 12, 1)]


def test_functions_tell_their_success_and_whether_they_separate(small_class):
    relu, backward = small_class.functions
    assert (relu.success, relu.statuses, relu.separates) == (1, {"passed": 3}, False)
    assert backward.success == pytest.approx((6 + 3 + 2) / 18)
    assert backward.statuses == {"passed": 1, "partial": 2}
    assert backward.separates
    assert [(check.id, check.passed, check.count) for check in backward.checks] == [("shapes", 3, 3), ("values", 1, 3)]
    text = "".join(Page(render(small_class)).text)
    assert "Functions that separate nobody" in text
    assert "relu: everyone passes every check" in text


def test_one_submission_alone_says_nothing_of_what_separates():
    assert all(function.separates for function in summary_of({"ann": made_up(6)}).functions)


def test_mistakes_come_by_frequency_with_the_students_behind_each(small_class):
    found = [(mistake.code, mistake.functions, mistake.students) for mistake in small_class.mistakes]
    assert found == [("mean", ("backward",), ("ben", "cem")), ("sign", ("backward",), ("ben",))]
    assert [student.mistakes for student in small_class.students] == [0, 2, 1, 0]


def test_faults_without_a_name_are_grouped_where_several_share_them():
    def with_fault(fingerprint: str) -> Report:
        report = made_up(2)
        functions = [one.model_copy(update={"fingerprint": fingerprint}) for one in report.functions]
        return report.model_copy(update={"functions": (report.functions[0], functions[-1])})

    prints = {"ann": "0a" * 5, "ben": "0a" * 5, "cem": "1b" * 5}
    summary = summary_of({key: with_fault(one) for key, one in prints.items()})
    (group,) = summary.unnamed
    assert (group.function, group.fingerprint, group.students) == ("backward", "0a" * 5, ("ann", "ben"))
    assert "0a0a0a0a0a" in render(summary)
    assert "1b1b1b1b1b" not in render(summary)


def test_the_slowest_come_first(small_class):
    assert [(slow.student, slow.seconds) for slow in small_class.slowest] == [("ben", 4), ("cem", 2), ("ann", 0.5)]
    assert small_class.median_seconds == 2


def test_curves_are_overlaid_with_the_reference_whatever_their_values(small_class):
    (cost,) = small_class.training
    assert (cost.function, cost.quantity, cost.split) == ("train", "cost", "train")
    assert [curve.student for curve in cost.curves] == ["ann", "ben", "cem"]
    assert cost.reference.y == (1, 0.5)
    page = Page(render(small_class))
    assert [line["class"] for line in page.all("polyline")] == ["curve student", "curve reference"]
    assert [dot["class"] for dot in page.all("circle")] == ["dot student", "dot student"]  # a number beside none
    (chart,) = [svg["aria-label"] for svg in page.all("svg") if "Cost" in svg.get("aria-label", "")]
    assert chart == "Cost, train: curves of 3 submissions, at the end from 1 to 1, 1 in the middle; " + (
        "the reference ends at 0.5"
    )


def test_a_cost_that_explodes_does_not_flatten_the_others():
    calm = {f"s{number}": made_up(6, costs=(1.0, 0.5)) for number in range(3)}
    page = Page(render(summary_of({**calm, "wild": made_up(2, costs=(1e6, 1e9))})))
    heights = [[float(point.split(",")[1]) for point in line["points"].split()] for line in page.all("polyline")]
    assert heights[0] == heights[1] == heights[2] == heights[-1]
    assert heights[0][1] - heights[0][0] > 40
    assert len(set(heights[3])) == 1


def test_the_summary_survives_json(small_class):
    again = ClassSummary.model_validate_json(small_class.model_dump_json())
    assert again.model_dump_json() == small_class.model_dump_json()


def test_a_class_without_a_grade_has_a_page():
    for reports in ({}, {"ann": None}):
        text = "".join(Page(render(summary_of(reports))).text)
        assert "Students" in text
        assert "Mean" not in text


HOSTILE = "</td><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\x1b[31m\u202eevil"


def test_names_and_titles_are_text_and_nothing_else():
    reports = {f"{HOSTILE}": made_up(3, mistakes=(HOSTILE,), name=HOSTILE), "ben": made_up(6)}
    html = render(summary_of(reports, {HOSTILE: f"{HOSTILE} the student"}))
    page = Page(html)
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert not {name for _, attributes in page.elements for name in attributes if name.startswith("on")}
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert "<script>alert(1)</script>" in "".join(page.text)
    for link in page.all("a"):
        assert re.fullmatch(r"[\w/.~%+-]+|#\w+", link["href"])


def test_many_mistakes_are_folded_and_every_section_can_be_jumped_to(small_class):
    page = Page(render(summary_of({f"s{number}": made_up(3, mistakes=(f"m{number:02}",)) for number in range(30)})))
    assert "10 more mistakes, each of 1 student or fewer" in "".join(page.text)
    assert "The mistake m29" in "".join(page.text)
    for one in (page, Page(render(small_class))):
        ids = {attributes.get("id") for _, attributes in one.elements}
        jumps = [link["href"][1:] for link in one.all("a") if link["href"].startswith("#")]
        assert "students" in jumps
        assert set(jumps) <= ids


def test_the_page_loads_nothing_and_allows_its_own_script_and_style_alone(small_class):
    html = render(small_class)
    page = Page(html)
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not {name for _, attributes in page.elements for name in attributes} & {"src", "style"}
    assert all(not re.match(r"[a-z]+:|//", link["href"]) for link in page.all("a"))


def test_two_thousand_students_are_a_matter_of_seconds_and_a_bounded_page():
    reports = {
        f"s{number:04}": made_up(
            number % 7, mistakes=("sign",) * (number % 2), costs=tuple(2 / (i + 1) for i in range(5))
        )
        for number in range(2000)
    }
    start = time.process_time()
    summary = summary_of(reports)
    html = render(summary)
    assert time.process_time() - start < 3
    assert len(html) < 1000 * len(reports)
    (cost,) = summary.training
    assert len(cost.curves) == summary.curves_of == 200
    assert summary.curves_from == 2000
    page = Page(html)
    assert len(page.all("tr")) > 2000
    assert "200 of 2000 graded submissions" in "".join(page.text)


def test_a_batch_writes_its_summary(assignment, write_folder, tmp_path):
    download = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT, "José Núñez/homework.py": HALF_RIGHT})
    output = tmp_path / "out"
    result = grade_batch(assignment, download, output, jobs=1)
    summary = ClassSummary.model_validate_json((output / "summary.json").read_bytes())
    assert [student.score for student in summary.students] == [row.score.final for row in result.gradebook.rows]
    (mistake,) = summary.mistakes
    assert mistake.code == "slope.of-the-relu"
    assert len(mistake.students) == 2
    page = Page((output / "index.html").read_text("utf-8"))
    links = {link["href"] for link in page.all("a")}
    assert {row.report for row in result.gradebook.rows} <= links


def test_anonymous_pages_name_keys_alone(tmp_path):
    write_summary(tmp_path, gradebook_of({"s1": made_up(6)}, {"s1": "Ann Smith"}), anonymous=True)
    for name in ("index.html", "summary.json"):
        assert "Ann Smith" not in (tmp_path / name).read_text("utf-8")
    (student,) = json.loads((tmp_path / "summary.json").read_text("utf-8"))["students"]
    assert student["name"] == "s1"
