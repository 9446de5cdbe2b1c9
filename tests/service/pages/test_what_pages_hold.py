"""What holds for every page: its headers, no inline script or style, and rules said in words."""

import re
from datetime import timedelta

import pytest

from grader.assignments.library import library_folders
from grader.batch.policy import LatePolicy, Policy
from grader.service.data import GradingState
from grader.service.data.base import utc_now
from grader.service.events import News
from grader.service.pages import explanations
from grader.service.pages.handouts import to_page
from grader.service.pages.liveness import Liveness
from tests import library
from tests.service.pages.visiting import Course


def test_nothing_is_inline_and_every_form_is_signed(graded: Course) -> None:
    student, teacher, admin = graded.visit("ada"), graded.visit("teacher"), graded.visit("admin")
    submission = re.search(r'href="(/submissions/[^"]+)"', student.get(graded.hw).text)
    assert submission
    seen = 0
    for visit, path in (
        (student, graded.path),
        (student, graded.hw),
        (student, submission[1]),
        (student, "/nowhere"),
        *((teacher, f"{graded.hw}/{page}") for page in ("class", "submissions", "batches", "settings", "gradebook")),
        (teacher, f"{graded.path}/roster"),
        (admin, "/admin/users"),
    ):
        answer = visit.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<style|<[^>]*\s(?:style|on[a-z]+)=|javascript:|<script(?! src=)", visit.page), path
        for form in re.findall(r'<form method="post".*?</form>', visit.page, re.DOTALL):
            assert re.search(r'name="csrf" value="[0-9a-f]{64}"', form), path
            seen += 1
    assert seen > 20


def test_style_and_scripts_may_be_kept_for_ever(graded: Course) -> None:
    visit = graded.visit("ada")
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', visit.get(graded.hw).text)
    assert {address.rsplit("/", 1)[1] for address in addresses} == {
        *("grader.css", "htmx.js", "htmx-sse.js", "pages.js", "icon.svg")
    }
    for address in addresses:
        answer = visit.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert visit.get(re.sub("/static/[0-9a-f]+/", "/static/0/", address)).headers["cache-control"] == "no-cache"


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(graded: Course) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"{graded.service.url}{graded.hw}/submissions?student=x"}
    answer = graded.visit().client.get(f"{graded.hw}/submissions", headers=headers)
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=%2Fcourses%2F")


def test_a_student_cannot_send_a_class(graded: Course) -> None:
    visit = graded.visit("ada")
    visit.get(graded.hw)
    assert visit.send_file(f"{graded.hw}/batches", "class.zip", b"PK").status_code == 403


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ({}, "costs no points, but is marked as late."),
        ({"penalty": 5, "per": "hour", "of": "maximum"}, "5 % of the maximum for every hour begun."),
        ({"penalty": 10, "cap": 30}, "10 % of the score for every day begun, at most 30 % in all."),
        ({"penalty": 10, "grace_minutes": 90}, "Up to 1 hour after it counts as in time."),
    ],
)
def test_the_late_rule_in_words(late: dict[str, object], words: str) -> None:
    policy = Policy(late=LatePolicy.model_validate({"due": utc_now(), **late}))
    assert words in explanations.late_rule(policy)
    assert explanations.late_rule(Policy(late=LatePolicy.model_validate(late))) == ""


def test_times_are_told_from_now() -> None:
    assert explanations.from_now(utc_now() + timedelta(days=3, minutes=1)) == "in 3 days"
    assert explanations.from_now(utc_now() - timedelta(minutes=61)) == "1 hour ago"


def test_progress_is_what_was_told_and_begins_anew_with_another_worker() -> None:
    liveness = Liveness(library.assignment("nielsen-network"), GradingState.QUEUED)
    assert liveness.words == "Waiting for a free place."
    liveness.hear(News("queued", {"place": 3}))
    assert liveness.words == "Waiting: number 3 in the queue."
    told = [
        News("loading", {}),
        News("loaded", {"done": 0, "total": 20}),
        News("check", {"function": "NN2.feedforward", "title": "One", "status": "passed", "done": 1, "total": 20}),
        News("check", {"function": "NN2.feedforward", "title": "More", "status": "failed", "done": 2, "total": 20}),
        News("check", {"function": "unheard of", "title": "\x1b[31m", "status": "error"}),
        News("epoch", {"function": "NN2.fit", "epoch": 1, "epochs": 3, "cost": 2.0}),
        News("epoch", {"function": "NN2.fit", "epoch": 2, "epochs": 3, "cost": "nan"}),
    ]
    liveness.hear_all(told)
    seen = liveness.functions["NN2.feedforward"]
    assert (seen.status, seen.passed, seen.failed) == ("partial", 1, ["More"])
    assert liveness.words == "Training your network."
    assert "<svg" in liveness.runs["NN2.fit"].chart
    assert liveness.runs["NN2.fit"].words == "epoch 2 of 3, cost nan"
    liveness.hear(News("loading", {}))
    assert liveness.functions["NN2.feedforward"].done == 0
    assert not liveness.runs


@pytest.mark.parametrize("name", library_folders())
def test_handouts_hold_formulas_and_nothing_that_runs(name: str) -> None:
    page = to_page((library_folders()[name] / "README.md").read_text("utf-8"))
    assert "<h3" in page
    assert "\\frac" not in page
    assert not re.search(r'<script|style=|class="formula"|<h1', page)
