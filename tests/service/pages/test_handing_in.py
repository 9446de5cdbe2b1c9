"""What students do and see."""

import re
import socket
from datetime import timedelta

import pytest

from grader.service import courses, people
from grader.service.data.base import utc_now
from tests.service.api.running import Service
from tests.service.pages.visiting import Course, Visit, make_course
from tests.softplus import HALF_RIGHT, RIGHT

HOSTILE = '<img src=x onerror="alert(1)">'


def test_from_the_upload_to_the_named_mistake(course: Course) -> None:
    visit = course.visit("ada")
    assert "Softplus" in visit.get("/").text  # their only course, at once
    visit.get(course.hw)
    answer = visit.send_file(f"{course.hw}/submissions", "homework.py", HALF_RIGHT)
    assert [step.status_code for step in answer.history] == [303]
    visit.until(answer.url.path, 'class="report"')
    assert "The slope is that of the ReLU" in visit.text()
    assert "6 of 10 points" in visit.text()
    listed = visit.get(course.path).text
    assert "<strong>6</strong> of 10" in listed
    assert "Attempt 1" in visit.get(course.hw).text


def test_every_download_is_saved_never_shown(graded: Course) -> None:
    visit = graded.visit("ada")
    path = re.search(r'href="(/submissions/[^"]+)"', visit.get(graded.hw).text)
    assert path
    for name, words in (("original", "logaddexp"), ("report.html", "The slope is that of the ReLU")):
        answer = visit.get(f"{path[1]}/{name}")
        assert words in answer.text
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert visit.get(f"{path[1]}/feedback.ipynb").status_code == 404  # a module is no notebook
    starter = visit.get(f"{graded.hw}/starter/starter.py")
    assert "def softplus(z):" in starter.text
    assert visit.get(f"{graded.hw}/starter/solution.py").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("essay.pdf", b"%PDF", 415, "not a kind of file that is graded"),
        ("homework.py", b"", 422, "empty file"),
        ("homework.py", b"#" * 1_100_000, 413, "at most 1 MB"),
        ("homework.py", b"#" * 4_000_000, 413, "larger than 1 MB"),
        ("", b"", 422, "No file was chosen"),
    ],
)
def test_what_is_no_submission_is_refused_on_the_same_page(
    graded: Course, name: str, content: bytes, status: int, words: str
) -> None:
    visit = graded.visit("bob")
    visit.get(graded.hw)
    assert visit.send_file(f"{graded.hw}/submissions", name, content).status_code == status
    assert words in visit.text()
    assert "Traceback" not in visit.page
    assert "attempts" not in re.findall(r'id="([^"]+)"', visit.get(graded.hw).text)  # nothing was handed in


def test_a_double_click_is_one_attempt_and_the_last_attempt_ends_it(service: Service) -> None:
    course = make_course(service, max_attempts=1)
    visit = course.visit("ada")
    form = visit.get(course.hw).text
    first = visit.send_file(f"{course.hw}/submissions", "homework.py", RIGHT)
    visit.page = form
    assert visit.send_file(f"{course.hw}/submissions", "homework.py", RIGHT).url == first.url
    visit.until(first.url.path, 'class="report"')
    assert "All 1 attempts are used" in visit.get(course.hw).text.replace("\n", " ")
    visit.page = form
    assert visit.send_file(f"{course.hw}/submissions", "other.py", HALF_RIGHT).status_code == 409
    assert "used up" in visit.text()


def test_the_late_rule_and_what_it_costs_are_said_in_words(service: Service) -> None:
    due = utc_now() - timedelta(hours=30)
    policy = {"late": {"penalty": 10, "cap": 40, "grace_minutes": 15}}
    course = make_course(service, due_at=due, policy=policy)
    path = course.submit("ada", RIGHT)
    visit = course.visit("ada")
    visit.get(course.hw)
    assert "10 % of the score for every day begun, at most 40 % in all. Up to 15 minutes after it" in visit.text()
    assert "1 day late" in visit.text()
    visit.get(path)
    assert "This attempt counts: 8 of 10 points" in visit.text()
    assert "graded: 10 2 days late: −2" in visit.text()


def test_nobody_sees_what_is_not_theirs(graded: Course, service: Service) -> None:
    mine = re.search(r'href="(/submissions/[^"]+)"', graded.visit("ada").get(graded.hw).text)
    assert mine
    bob, stranger = graded.visit("bob"), make_course(service).visit("teacher")
    for more in ("", "/outcome", "/live", "/original", "/report.html"):
        assert bob.get(mine[1] + more).status_code == 404
        assert stranger.get(mine[1] + more).status_code == 404
    assert stranger.get(graded.hw).status_code == 404
    for page in (
        "class",
        "submissions",
        "student?key=ada/1",
        "batches",
        "gradebook",
        "gradebook/grades.csv",
        "settings",
    ):
        assert bob.get(f"{graded.hw}/{page}").status_code == 403, page
    for page in ("roster", "audit", "new-assignment"):
        assert bob.get(f"{graded.path}/{page}").status_code == 403, page
    bob.get(graded.hw)
    assert bob.post(f"{mine[1]}/regrade").status_code == 404


def test_students_see_only_as_much_as_the_hints_allow(service: Service) -> None:
    course = make_course(service, hints="nudge")
    path = course.submit("ada")
    student, teacher = course.visit("ada"), course.visit("teacher")
    for address in (path, f"{path}/report.html"):
        assert "The slope is that of the ReLU" not in student.get(address).text
        assert "Draw it." in student.get(address).text
        assert "The slope is that of the ReLU" in teacher.get(address).text


def test_text_of_students_is_never_markup(service: Service) -> None:
    course = make_course(service)
    with service.context.sessions.begin() as session:
        people.get_user(session, f"ada-{course.slug}").name = HOSTILE
    path = course.submit("ada", f"raise ValueError('''{HOSTILE}''')\n", f"{HOSTILE.replace('/', '')}.py")
    teacher = course.visit("teacher")
    pages = [path, course.hw, *(f"{course.hw}/{page}" for page in ("class", "submissions", "student?key=ada/1"))]
    for page in (*pages, f"{course.path}/roster", f"{course.path}/audit"):
        assert teacher.get(page).status_code == 200
        assert "<img" not in teacher.page, page
    assert "<img" not in course.visit("ada").get(path).text


def test_an_assignment_that_has_not_opened_does_not_exist(service: Service) -> None:
    course = make_course(service, opens_at=utc_now() + timedelta(days=1))
    assert course.visit("ada").get(course.hw).status_code == 404
    teacher = course.visit("teacher")
    assert teacher.get(course.hw).status_code == 200
    with service.context.sessions.begin() as session:
        user = people.get_user(session, "admin")
        found = courses.get_assignment(session, user, courses.get_course(session, user, course.slug), "hw")
        past = {"opens_at": None, "closes_at": utc_now() - timedelta(minutes=1)}
        courses.change_assignment(session, user, found, past)
    visit = course.visit("ada")
    assert "closed" in visit.get(course.hw).text
    visit.page = teacher.page
    visit.get("/tokens")
    assert visit.send_file(f"{course.hw}/submissions", "homework.py", RIGHT).status_code == 409


def announced(visit: Visit, path: str) -> str:
    """The answer to an upload of a page's form of which nothing but the headers is ever sent."""
    address = visit.client.base_url
    cookies = "; ".join(f"{name}={value}" for name, value in visit.client.cookies.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc.decode()}\r\nCookie: {cookies}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((address.host, address.port), timeout=10) as line:
        line.sendall(head.encode())
        return b"".join(iter(lambda: line.recv(1 << 16), b"")).decode()


def test_what_cannot_be_handed_in_is_refused_before_it_is_read(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.service.api.limits._BROWSERS_SECONDS", 0.2)  # of a body that is still let come
    course = make_course(service, max_attempts=1)
    visit = course.visit("ada")
    visit.get(course.hw)
    visit.send_file(f"{course.hw}/submissions", "homework.py", HALF_RIGHT)
    answer = announced(visit, f"{course.hw}/submissions")
    assert answer.startswith("HTTP/1.1 409")
    assert "<form" in answer  # on the page of the assignment
    assert "attempt" in answer.partition('role="alert"')[2][:400]
    assert announced(course.visit("bob"), f"{course.hw}/batches").startswith("HTTP/1.1 403")
