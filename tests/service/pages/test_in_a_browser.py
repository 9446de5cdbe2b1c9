"""The pages in a real Chromium: alive with scripts, complete without, and open to everybody."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from grader.batch import grade_batch
from grader.batch.policy import Adjustment, Policy
from grader.service.data import Course as CourseEntry
from grader.service.data import CourseAssignment, Grading, Submission
from tests.service.api.running import Service, held
from tests.service.pages.browsing import SCREENSHOTS, WINDOW, Tab, open_file, open_tab
from tests.service.pages.visiting import Course, make_course
from tests.softplus import HALF_RIGHT, write_assignment
from tests.tables import WHOLE

OpenTab = Callable[..., Tab]
NOTEBOOK = Path(__file__).parents[3] / "assignments" / "mnist-mlp" / "examples" / "homework.ipynb"
# Pages that have every kind of part and of colour; `make tables` looks at all of them so.
ALL_RULES = {"sign-in", "assignment", "submission", "class", "submissions", "settings", "roster", "admin"}
IN_THE_DARK = {"submission", "class"}
NARROW = ALL_RULES | {"gradebook", "changes", "student", "log"}  # tables, which are what may be too wide
MISTAKE = "The softmax overflows for large logits"


@pytest.fixture
def open_as(browser: Browser) -> Iterator[OpenTab]:
    """Opens tabs, none of which may have had anything to complain of."""
    tabs: list[Tab] = []

    def open_as(course: Course, name: str = "", **more: Any) -> Tab:
        tabs.append(open_tab(browser, course, name, **more))
        return tabs[-1]

    yield open_as
    for tab in tabs:
        tab.context.close()
    assert [complaint for tab in tabs for complaint in tab.complaints] == []


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    return write_assignment(tmp_path / "softplus")


@pytest.fixture(scope="module")
def mnist(service: Service) -> Course:
    return make_course(service, "mnist-mlp", max_attempts=5)


def test_a_wrong_notebook_is_graded_live_and_its_mistake_is_named(
    mnist: Course, open_as: OpenTab, worker: Popen[bytes]
) -> None:
    """By keyboard alone; the instructor sees it in the class summary."""
    student = open_as(mnist, "ada", by_link=True)
    page = student.page
    page.on("filechooser", lambda _: None)  # asked for long before the key, or the browser may open its own
    student.go(mnist.hw)
    page.bring_to_front()  # keys go nowhere in a tab behind others
    page.get_by_label("Your notebook, module or archive").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(NOTEBOOK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hand in")).to_be_focused()
    with held(worker, mnist.service):  # until the page is there to see it
        page.keyboard.press("Enter")
        page.wait_for_url("**/submissions/**")
        student.note(".seen .passed", ".seen .partial", ".run svg.chart")
    page.wait_for_selector(".seen .passed, .report")  # a busy machine may see the end alone
    student.shot("live")
    expect(page.locator(".report")).to_be_visible()  # in place of the progress, without a reload
    expect(page.locator("#said")).to_have_text("The grading is over. The feedback is on this page.")
    assert student.noted() == {".seen .passed", ".seen .partial", ".run svg.chart"}
    expect(page.get_by_role("heading", name=MISTAKE)).to_be_visible()
    expect(page.locator(".report p.score")).to_contain_text("76 of 100 points")
    student.shot("feedback")

    teacher = open_as(mnist, "teacher")
    teacher.go(f"{mnist.hw}/class")
    expect(teacher.page.get_by_role("heading", name=MISTAKE)).to_be_visible()
    teacher.shot("class")


def test_what_cannot_be_graded_is_said_before_it_is_sent(graded: Course, open_as: OpenTab) -> None:
    tab = open_as(graded, "bob")
    tab.go(graded.hw)
    field, problem = tab.page.locator("#file"), tab.page.locator("#file-problem")
    for name, content, words in (
        ("essay.pdf", b"%PDF", "not a kind of file that is graded"),
        ("homework.py", b"#" * 1_200_000, "1.2 MB; at most 1.0 MB"),
        ("homework.py", b"", "empty file"),
    ):
        field.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
        expect(problem).to_contain_text(words)
    tab.page.get_by_role("button", name="Hand in").click()
    expect(field).to_be_focused()
    assert tab.page.url.endswith("/hw")
    tab.page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["x = 1"], "dropped.py"));
            document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
        }"""
    )
    assert tab.page.evaluate("document.getElementById('file').files[0].name") == "dropped.py"
    expect(problem).to_be_empty()
    expect(tab.page.get_by_role("button", name="Hand in")).to_be_focused()


def test_everything_essential_works_without_a_script(service: Service, open_as: OpenTab) -> None:
    course = make_course(service)
    tab = open_as(course, java_script_enabled=False)
    page = tab.page
    tab.go(course.hw)
    page.get_by_label("Your token").fill(course.tokens["ada"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Your notebook, module or archive").set_input_files(
        {"name": "homework.py", "mimeType": "text/x-python", "buffer": HALF_RIGHT.encode()}
    )
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/submissions/**")
    while not page.locator(".report").count():
        page.reload()
    expect(page.get_by_role("heading", name="The slope is that of the ReLU")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_table_answers_to_its_filters_at_once(graded: Course, open_as: OpenTab) -> None:
    tab = open_as(graded, "teacher")
    tab.go(f"{graded.hw}/submissions")
    rows = tab.page.locator("#rows tbody tr")
    expect(rows).to_have_count(1)
    tab.page.get_by_label("Student", exact=True).press_sequentially("nobody")
    expect(tab.page.get_by_text("No submission fits.")).to_be_visible()
    assert "student=nobody" in tab.page.url
    tab.page.get_by_label("Student", exact=True).fill("")
    expect(rows).to_have_count(1)
    tab.page.get_by_label("Tick all on this page").check()
    expect(tab.page.get_by_label("Ada, attempt 1")).to_be_checked()


def test_an_assignment_is_found_among_many(course: Course, open_as: OpenTab) -> None:
    tab = open_as(course, "teacher")
    tab.go(f"{course.path}/new-assignment")
    entries = tab.page.locator("#choices > li")
    every = entries.count()
    tab.page.get_by_label("Find", exact=True).press_sequentially("Perceptron mnist-mlp")
    expect(entries.filter(visible=True)).to_have_count(1)
    expect(tab.page.get_by_role("status").filter(has_text=f"1 of {every}")).to_be_visible()
    assert (tab.barriers(), tab.overflow()) == ([], 0)
    tab.page.get_by_label("Find", exact=True).fill("")
    expect(entries.filter(visible=True)).to_have_count(every)


def test_a_class_is_graded_before_the_instructor_s_eyes(course: Course, open_as: OpenTab) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("ada", "bob"):
            archive.writestr(f"{name}-{course.slug}/homework.py", HALF_RIGHT)
    tab = open_as(course, "teacher")
    tab.go(f"{course.hw}/batches")
    file = {"name": "class.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    tab.page.get_by_label("The ZIP as your platform gives it").set_input_files(file)
    tab.page.get_by_role("button", name="Upload and grade").click()
    tab.page.wait_for_url("**/batches/*-*")
    expect(tab.page.get_by_text("All 2 submissions done.")).to_be_visible()  # without a reload
    tab.shot("batch")
    with tab.page.expect_download() as download:
        tab.page.get_by_role("link", name="Download the gradebook").click()
    assert "grades.csv" in zipfile.ZipFile(download.value.path()).namelist()


def pages_of(course: Course, submission: str) -> dict[str, dict[str, str]]:
    """Every page by who may see it."""
    return {
        "": {"sign-in": "/sign-in", "api": "/docs/api"},
        "ada": {
            "course": course.path,
            "assignment": course.hw,
            "submission": submission,
            "tokens": "/tokens",
        },
        "teacher": {
            "taught-course": course.path,
            **{
                page: f"{course.hw}/{page}"
                for page in ("class", "submissions", "changes", "batches", "gradebook", "settings")
            },
            "student": f"{course.hw}/student?key=ada/1",
            "for-instructors": submission,
            "roster": f"{course.path}/roster",
            "log": f"{course.path}/audit",
            "choose": f"{course.path}/new-assignment",
            "set": f"{course.path}/new-assignment?assignment=sigmoid-l2",
        },
        "admin": {"home": "/", "admin": "/admin", "people": "/admin/users", "whole-log": "/admin/audit"},
    }


def hold_a_regrade(course: Course) -> None:
    """As if what is graded had been graded again, with other points."""
    with course.service.context.sessions.begin() as session:
        query = sa.select(Grading).join(Submission).join(CourseAssignment).join(CourseEntry)
        first = session.scalars(query.where(CourseEntry.slug == course.slug)).unique().first()
        assert first is not None
        columns = ("submission_id", "state", "status", "max_score", "functions", "report", "student_page")
        copied = {name: getattr(first, name) for name in (*columns, "instructor_page")}
        evidence = str(first.evidence).replace("false", "true")
        session.add(Grading(**copied, number=9, score=10.0, evidence=evidence, held=True))


def test_a_roster_shows_what_it_would_change(course: Course, open_as: OpenTab) -> None:
    tab = open_as(course, "teacher")
    tab.go(f"{course.path}/roster")
    name = "Ada Augusta King-Noel, Countess of Lovelace " * 4
    sheet = f"Login;Name;Key\nada-{course.slug};{name};1815\nnew-{course.slug};;\n"
    file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": sheet.encode("cp1252")}
    tab.page.get_by_label("Roster", exact=True).set_input_files(file)
    tab.page.get_by_role("button", name="Show what would change").click()
    expect(tab.page.get_by_role("heading", name="What this roster would change")).to_be_visible()
    tab.shot("roster-plan")
    found = tab.barriers()
    tab.page.set_viewport_size({"width": 360, "height": 740})
    tab.shot("roster-plan-narrow")
    assert (found, tab.overflow()) == ([], 0)
    tab.page.get_by_role("button", name="Import").click()
    expect(tab.page.get_by_text("1 added, 1 changed, 0 as before")).to_be_visible()


def test_feedback_that_is_handed_back_is_a_page_for_everybody(
    browser: Browser, tmp_path: Path, assignment: Path
) -> None:
    """From a file, as a student opens it from a mail."""
    download = tmp_path / "download"
    download.mkdir()
    name = "Wolfeschlegelsteinhausenbergerdorff " * 4
    (download / f"{name.strip()}.py").write_text(HALF_RIGHT)
    adjustments = {name.strip(): Adjustment(points=1, comment="an error in the handout " * 8)}
    grade_batch(assignment, download, tmp_path / "out", jobs=1, policy=Policy(), adjustments=adjustments)
    (path,) = (tmp_path / "out" / "feedback").rglob("feedback.html")
    tab = open_file(browser, path)
    for shot, width, scheme in (("light", 1280, "light"), ("dark", 1280, "dark"), ("narrow", 390, "light")):
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.page.emulate_media(color_scheme=scheme)
        tab.shot(f"handed-back-{shot}")
        rules = ["color-contrast"] if shot == "dark" else []  # nothing else depends on the colours
        assert (tab.barriers(*rules) if shot != "narrow" else [], tab.overflow()) == ([], 0)
    expect(tab.page.get_by_text("7 of 10 points count")).to_be_visible()
    for shot, page in (("class-page", "index.html"),):
        tab.page.goto((tmp_path / "out" / page).as_uri())
        tab.shot(f"{shot}-narrow")
        assert tab.overflow() == 0
    tab.context.close()


def test_every_page_is_open_to_everybody(graded: Course, open_as: OpenTab) -> None:
    """On light and dark ground, and no wider than a telephone; some with a regrade that waits to be handed back."""
    hold_a_regrade(graded)
    submission = re.search(r'href="(/submissions/[^"]+)"', graded.visit("ada").get(graded.hw).text)
    assert submission
    barriers = []
    for name, pages in pages_of(graded, submission[1]).items():
        tab = open_as(graded, name)
        for title, path in pages.items():
            looked_at_whole = WHOLE or SCREENSHOTS
            if title not in NARROW and not looked_at_whole:
                continue
            tab.go(path)
            tab.shot(f"{title}-light")
            found = tab.barriers() if title in ALL_RULES or looked_at_whole else []
            if title in IN_THE_DARK or looked_at_whole:
                tab.page.emulate_media(color_scheme="dark")
                found += tab.barriers("color-contrast")  # nothing else depends on the colours
                tab.shot(f"{title}-dark")
                tab.page.emulate_media(color_scheme="light")
            tab.page.set_viewport_size({"width": 360, "height": 740})
            if (pixels := tab.overflow()) > 0:
                found.append(f"{pixels} pixels wider than a telephone")
            tab.shot(f"{title}-phone")
            tab.page.set_viewport_size(WINDOW)
            barriers += [f"{title}: {barrier}" for barrier in found]
    assert barriers == []
