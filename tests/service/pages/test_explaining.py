"""A network of one's own, from the upload to the fault: page, API, rights, limits, retention; with a real cell."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from grader.service import explained_files, people
from grader.service.data import ExplainedFile, GradingState, User
from grader.service.data.base import utc_now
from grader.service.engine.queue import DbosQueue
from grader.service.engine.retention import clean_up
from grader.service.errors import Conflict, TooMany
from tests.service.pages.browsing import open_tab
from tests.service.pages.visiting import Course

SCRIPT = Path(__file__).parents[2] / "reading" / "corpus" / "planar_dicts__slope_at_a.py"


@pytest.fixture(scope="module")
def explained(graded: Course) -> str:
    """The path of an explanation of ada's that is done."""
    visit = graded.visit("ada")
    visit.get("/explain")
    answer = visit.send_file("/explain", "mine.py", SCRIPT.read_text("utf-8"))
    assert [step.status_code for step in answer.history] == [303]
    visit.until(answer.url.path, "One quantity is wrong", seconds=120)
    return answer.url.path


def test_from_the_upload_to_the_line_of_the_fault(graded: Course, explained: str) -> None:
    visit = graded.visit("ada")
    page = visit.get(explained).text
    assert "<svg" in page
    assert "mine.py, line 36" in visit.text()
    assert "derivative of the activation is taken at a" in visit.text()
    assert "a fault" in visit.get("/explain").text
    whole = visit.get(f"{explained}/page.html")
    assert whole.headers["content-disposition"].startswith("attachment")
    assert "<script" not in whole.text


def test_nobody_else_sees_it_and_it_counts_nowhere(graded: Course, explained: str) -> None:
    for name in ("bob", "teacher", "admin"):
        assert graded.visit(name).get(explained).status_code == 404
    assert graded.visit("").get("/explain").url.path == "/sign-in"
    assert "Attempt 2" not in graded.visit("ada").get(graded.hw).text


def test_by_the_api(graded: Course, explained: str) -> None:
    path = f"/explanations/{explained.rsplit('/', 1)[1]}"
    with graded.service.door(graded.tokens["ada"]) as door:
        told = door.get(path).json()
        assert (told["state"], told["status"], told["filename"]) == ("done", "fault", "mine.py")
        document = door.get(f"{path}/document").json()
        assert (document["faults"][0]["quantity"], document["faults"][0]["location"]["line"]) == ("δ1", 36)
        assert "<svg" in door.get(f"{path}/page.html").text
        assert told["id"] in [one["id"] for one in door.get("/explanations").json()]
        assert door.post("/explanations", files={"file": ("essay.pdf", "%PDF")}).status_code == 415
        wrong = door.post("/explanations", files={"file": ("a.py", "x = 1")}, data={"cost": "hinge"})
        assert wrong.status_code == 422
    with graded.service.door(graded.tokens["bob"]) as door:
        assert door.get(path).status_code == 404
        assert door.delete(path).status_code == 404


def test_a_repeated_request_is_one_file_and_too_many_are_refused(course: Course) -> None:
    context = course.service.context
    with context.sessions() as session:
        user = explained_user(session, course)
    first = explained_files.accept(context, user, "a.py", b"x = 1", key="k")
    assert explained_files.accept(context, user, "a.py", b"x = 1", key="k").id == first.id
    with context.sessions.begin() as session:  # none of them is taken by a worker in the midst of this
        session.execute(
            sa.update(ExplainedFile).where(ExplainedFile.user_id == user.id).values(state=GradingState.DONE)
        )
    rows = [explained_row(user.id, GradingState.RUNNING) for _ in range(3)]
    with context.sessions.begin() as session:
        session.add_all(rows)
    with pytest.raises(Conflict, match="3 files of yours wait"):
        explained_files.accept(context, user, "b.py", b"x = 2")
    with context.sessions.begin() as session:
        session.execute(sa.delete(ExplainedFile).where(ExplainedFile.user_id == user.id))
        session.add_all(explained_row(user.id, GradingState.DONE) for _ in range(1000))
    with pytest.raises(TooMany, match="uploads a minute"):
        explained_files.accept(context, user, "b.py", b"x = 2")


def test_it_goes_when_it_is_old_or_when_its_owner_says_so(course: Course) -> None:
    context = course.service.context
    keeping = type(context)(**{**vars(context), "settings": context.settings.model_copy(update={"keep_days": 30.0})})
    with context.sessions.begin() as session:
        user = explained_user(session, course)
        old, young, waiting = [
            explained_row(user.id, state) for state in (GradingState.DONE, GradingState.DONE, GradingState.RUNNING)
        ]
        old.created_at = waiting.created_at = utc_now() - timedelta(days=31)
        session.add_all([old, young, waiting])
    clean_up(keeping, DbosQueue(context.engine))
    with context.sessions() as session:
        kept = {file.id for file in explained_files.listed(session, user)}
    assert kept == {young.id, waiting.id}
    visit = course.visit("ada")
    visit.get(f"/explain/{young.id}")
    assert "were deleted" in visit.post(f"/explain/{young.id}/delete").text
    assert visit.get(f"/explain/{young.id}").status_code == 404


def test_a_hostile_file_is_told_in_words_and_harms_nothing(course: Course) -> None:
    visit = course.visit("ada")
    visit.get("/explain")
    hostile = "import os\nprint('<script>alert(1)</script>')\nos._exit(3)\n"
    path = visit.send_file("/explain", "<img src=x>.py", hostile).url.path
    visit.until(path, "could not be read as a network", seconds=120)
    assert "<img src=x>" not in visit.page
    assert "<script>alert" not in visit.page


def test_the_assignment_and_the_bar_lead_there(graded: Course) -> None:
    page = graded.visit("ada").get(graded.hw).text
    assert len(re.findall(r'href="/explain"', page)) == 2


def explained_user(session: Session, course: Course) -> User:
    return people.get_user(session, f"ada-{course.slug}")


def explained_row(user_id: int, state: GradingState) -> ExplainedFile:
    return ExplainedFile(id=str(uuid.uuid4()), user_id=user_id, filename="a.py", blob="0" * 64, state=state)


def test_in_a_browser_the_explanation_comes_by_itself(browser: Browser, graded: Course, explained: str) -> None:
    tab = open_tab(browser, graded, "bob")
    tab.go("/explain")
    assert tab.barriers() == []
    tab.shot("explain light")
    tab.page.get_by_label("A script, notebook or archive").set_input_files(SCRIPT)
    tab.page.get_by_role("button", name="Explain").click()
    expect(tab.page.get_by_text("One quantity is wrong")).to_be_visible(timeout=120_000)
    assert tab.barriers() == []
    assert tab.overflow() == 0
    tab.shot("explanation light")
    tab.page.set_viewport_size({"width": 390, "height": 900})
    tab.page.emulate_media(color_scheme="dark")
    assert tab.barriers("color-contrast") == []
    assert tab.overflow() == 0
    tab.shot("explanation dark")
    tab.go("/explain")
    assert tab.overflow() == 0
    assert tab.complaints == []
    tab.context.close()
