"""Signing in by a token, and what cannot be done without."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.service.pages.links import own_path
from tests.service.pages.visiting import Course

pytestmark = pytest.mark.xdist_group("pages")


def test_a_token_opens_the_page_that_was_asked_for(graded: Course) -> None:
    visit = graded.visit()
    asked = visit.get(graded.hw)
    assert asked.url.path == "/sign-in"
    assert asked.url.params["next"] == graded.hw
    answer = visit.post("/sign-in", {"token": graded.tokens["ada"], "next": graded.hw})
    assert answer.url.path == graded.hw
    assert graded.tokens["ada"] not in "".join(str(step.url) for step in answer.history)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(graded: Course) -> None:
    visit = graded.visit()
    answer = visit.client.post("/sign-in", data={"token": graded.tokens["ada"]}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert graded.tokens["ada"].lower() not in cookie


def test_a_wrong_token_is_refused_in_words_and_signs_nobody_in(graded: Course) -> None:
    visit = graded.visit()
    for token, words in (("grader_wrong", "not known here"), ("", "Paste your token")):
        answer = visit.post("/sign-in", {"token": token, "next": graded.hw})
        assert answer.status_code == 401
        assert words in visit.text()
        assert f'value="{graded.hw}"' in visit.page
    assert visit.get("/").url.path == "/sign-in"


def test_signing_out_ends_the_visit_and_revoking_its_token_too(course: Course) -> None:
    visit, other = course.visit("ada"), course.visit("ada")
    cookie = dict(visit.client.cookies)
    visit.get("/tokens")
    visit.post("/sign-out")
    visit.client.cookies.update(cookie)
    assert visit.get("/tokens").url.path == "/sign-in"
    other.get("/tokens")
    fresh = other.post("/tokens", {"label": "laptop"})
    assert fresh.status_code == 200
    token = other.text().split("nobody can look it up. ")[1].split()[0]
    assert token.startswith("grader_")
    assert token not in other.get("/tokens").text
    number = other.page.split("/revoke")[-2].rsplit("/", 1)[1]
    other.post(f"/tokens/{number}/revoke")
    assert other.get("/").url.path == "/sign-in"


def test_a_visit_that_has_ended_is_said_with_the_way_back(course: Course) -> None:
    visit = course.visit("ada")
    visit.get(course.hw)
    visit.client.cookies.clear()
    headers = {"Referer": f"{course.service.url}{course.hw}"}
    assert visit.post("/tokens", {"label": "x"}, headers=headers).status_code == 401
    back = re.search(r'href="(/sign-in[?]next=[^"]+)"', visit.page)
    assert back
    visit.get(back[1])
    assert visit.post("/sign-in", {"token": course.tokens["ada"], "next": course.hw}).url.path == course.hw


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
)
def test_no_other_site_can_send_a_form(graded: Course, headers: dict[str, str]) -> None:
    visit = graded.visit("ada")
    visit.get("/tokens")
    assert visit.post("/tokens", {"label": "evil"}, headers=headers).status_code == 403
    guest = graded.visit()
    assert guest.post("/sign-in", {"token": graded.tokens["bob"]}, headers=headers).status_code == 403
    assert "evil" not in visit.get("/tokens").text


def test_a_form_without_the_word_of_its_visit_is_refused(graded: Course) -> None:
    visit, other = graded.visit("ada"), graded.visit("ada")
    other.get("/tokens")
    assert visit.client.post("/tokens", data={"label": "x"}).status_code == 403
    visit.page = other.page  # a form of another visit of the same person
    assert visit.post("/tokens", {"label": "x"}).status_code == 403
    headers = {"X-CSRF-Token": "0" * 64}
    visit.get("/tokens")
    assert visit.post("/tokens", {"label": "x"}, headers=headers).status_code == 403


@given(st.text() | st.from_regex(r"[/\\]{1,3}[a-z:@.]+", fullmatch=True))
def test_signing_in_never_leads_to_another_site(path: str) -> None:
    found = own_path(path)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert found.isascii()
    assert found.isprintable()


def test_what_there_is_not_is_said_in_a_page(graded: Course) -> None:
    visit = graded.visit("ada")
    for path in (
        "/nowhere",
        "/submissions/x",
        "/courses/none",
        f"{graded.path}/assignments/none",
        "/static/x/secrets.txt",
    ):
        answer = visit.get(path)
        assert answer.status_code == 404, path
        assert "Not found" in visit.text()
    assert visit.get("/admin").status_code == 403
    assert visit.client.put(graded.hw).status_code == 405
