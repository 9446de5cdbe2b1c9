"""Answers that a person reads: they wait, they are never zero, and their points come with the adjustments."""

import csv
import re

import pytest

from grader.batch import grade_batch
from grader.batch.errors import PolicyError
from grader.batch.policy import Adjustment
from grader.render import html, render
from grader.submissions import load_submission
from tests.notebooks.conftest import work_of


@pytest.fixture(scope="module")
def report(reports):
    return reports["activations", "right"]


def test_the_report_has_the_answer_and_no_points_for_it(report):
    (answer,) = report.written
    assert (answer.question, answer.max_score, answer.answer) == ("why_subtract", 5, "So that nothing overflows.")
    assert "row maximum" in answer.prompt
    assert (report.score, report.max_score) == (11, 11)


def test_an_untouched_answer_is_none(reports):
    (answer,) = reports["activations", "overflows"].written
    assert answer.answer == ""


def test_the_rubric_is_in_no_report(reports):
    assert all("quotient stays the same" not in report.to_json() for report in reports.values())


@pytest.fixture(scope="module")
def work(courses, tmp_path_factory):
    """What was handed in, to be quoted and annotated."""
    path = tmp_path_factory.mktemp("work") / "activations-right.ipynb"
    path.write_text(work_of(courses["activations"].files[0].parent, "right"), "utf-8")
    return load_submission(path)


@pytest.mark.parametrize("format", ["text", "markdown", "html", "gradescope", "junit", "notebook", "notebook-html"])
def test_it_waits_for_a_person_in_every_format_until_somebody_has_read_it(report, work, format):
    waiting = shown(render(report, format, submission=work))
    read = shown(render(report.with_answers({"why_subtract": 4}), format, submission=work))
    assert "waiting for a person, up to 5 points" in waiting
    assert "waiting" not in read
    assert "4 of 5 points, given by a person" in read or format == "junit"
    if format != "junit":
        assert "a person reads 1 answer" in waiting


def shown(text: str) -> str:
    return " ".join(re.sub(r"<!--.*?-->|\\(?=[`*_.])", "", text).split())


def test_a_page_takes_a_persons_points_and_gives_them_up(report):
    asked = report.written[0].model_copy(update={"question": "a --> <b>&amp; -b-"})
    page = html.fragment(report.model_copy(update={"written": (asked,)}))
    read = html.with_answers(page, {asked.question: 4, "another": 1})
    assert "4 of 5 points, given by a person" in read
    assert "waiting for" not in read
    assert html.with_answers(read, {}) == page


def test_a_plot_is_told_with_its_cell(reports):
    (answer,) = reports["regression", "right"].written
    assert answer.is_code
    assert str(answer.location) == "regression-right.ipynb, cell 8"


@pytest.fixture
def batch(courses, tmp_path):
    """Grade two students' notebooks, with what a person has decided."""
    folder = courses["activations"].files[0].parent
    for student in ("ada", "grace"):
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "work.ipynb").write_text(work_of(folder, "right"), "utf-8")

    def run(adjustments, output="out"):
        out = tmp_path / output
        result = grade_batch(folder, tmp_path / "in", out, jobs=1, adjustments=adjustments, resume=out.exists())
        with (tmp_path / output / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            return result, {line["student"]: line for line in csv.DictReader(file)}

    return run


def test_a_batch_leaves_the_score_open_until_the_answer_is_read(batch, tmp_path):
    result, lines = batch({"ada": Adjustment(written={"why_subtract": 4})})
    assert lines["ada"]["score"] == "15"
    assert lines["ada"]["max_score"] == lines["grace"]["max_score"] == "16"
    assert lines["ada"]["question why_subtract"] == "4"
    assert lines["grace"]["question why_subtract"] == "waiting for a person"
    assert (lines["grace"]["raw_score"], lines["grace"]["score"]) == ("11", "")
    for student, told in (
        ("ada", "4 of 5 points, given by a person"),
        ("grace", "waiting for a person, up to 5 points"),
    ):
        for path in (tmp_path / "out" / "feedback" / student).iterdir():
            if path.name != "score.txt":
                assert told in path.read_text("utf-8"), path
        assert told in (tmp_path / "out" / "reports" / f"{student}.html").read_text("utf-8")
    canvas = (tmp_path / "out" / "canvas.csv").read_text("utf-8")
    assert "grace,,grace,,,\n" in canvas.replace("\r", "")
    assert [note for note in result.notes if "waits for a person" in note] == [
        "why_subtract waits for a person: grace; give its points in the adjustments, column `question`"
    ]


def test_points_that_come_later_are_in_the_reports_of_before(batch, tmp_path):
    batch({})
    page = tmp_path / "out" / "feedback" / "ada" / "feedback.html"
    assert "waiting for a person, up to" in page.read_text("utf-8")
    for written, told in (
        ({"why_subtract": 4}, "4 of 5 points, given by a person"),
        ({}, "waiting for a person, up to"),
    ):
        result, _ = batch({"ada": Adjustment(written=written)})
        assert result.graded == 0
        assert told in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "told"),
    [({"why": 1}, "for the question 'why'; a person reads why_subtract"), ({"why_subtract": 6}, "worth 5")],
)
def test_points_for_what_was_not_asked(batch, written, told):
    with pytest.raises(PolicyError, match=told):
        batch({"ada": Adjustment(written=written)})


def test_the_file_of_adjustments(tmp_path):
    from grader.batch.adjustments import read_adjustments

    path = tmp_path / "adjustments.csv"
    path.write_text(
        'student,points,override,comment,question\nada,4,,"good",why_subtract\nada,+1,,"late bus",\nada,2,,,plot\n',
        "utf-8",
    )
    assert read_adjustments(path) == {
        "ada": Adjustment(points=1, comment="why_subtract: good; late bus", written={"why_subtract": 4.0, "plot": 2.0})
    }
    path.write_text("student,points,override,comment,question\nada,,,,plot\n", "utf-8")
    with pytest.raises(PolicyError, match="'' is not a number of points"):
        read_adjustments(path)
