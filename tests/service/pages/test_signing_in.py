"""Signing in by a token, and what cannot be done without."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.service.pages.links import own_path
from tests.service.pages.visiting import Course


def hidden_fields(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


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


def test_a_form_sent_after_the_sign_in_ended_comes_back_as_it_was_filled_in(course: Course) -> None:
    visit, page = course.visit("teacher"), f"{course.hw}/student?key=ada%2F1"
    course.submit("ada")
    visit.get(page)
    visit.client.cookies.clear()
    headers = {"Referer": course.service.url + page}
    typed = {"key": "ada/1", "points": "2", "comment": 'for </textarea> & "effort"', "action": "set", "token": "secret"}
    assert visit.post(f"{course.hw}/student", typed, headers=headers).status_code == 401
    assert "nothing was sent" in visit.text()
    assert "secret" not in visit.page
    assert visit.post("/sign-in", hidden_fields(visit.page) | {"token": "grader_wrong"}).status_code == 401
    back = visit.post("/sign-in", hidden_fields(visit.page) | {"token": course.tokens["teacher"]})
    assert str(back.url).endswith(page)
    assert 'name="points" inputmode="decimal" value="2"' in visit.page
    assert "for &lt;/textarea&gt; &amp; &quot;effort&quot;</textarea>" in visit.page
    assert "has not been sent" in visit.text()
    assert "effort" not in visit.get(page).text  # once, and only by the person's own click
    assert "score was adjusted" in visit.post(f"{course.hw}/student", typed).text


def test_a_file_is_asked_for_again_and_other_pages_are_not_filled(course: Course) -> None:
    visit = course.visit("ada")
    visit.get(course.hw)
    visit.client.cookies.clear()
    visit.client.headers["Referer"] = course.service.url + course.hw
    assert visit.send_file(f"{course.hw}/submissions", "homework.py", "x = 1").status_code == 401
    assert "the file has to be chosen again" in visit.text()
    visit.send_file(f"{course.hw}/submissions", "homework.py", "#" * 3_000_000)  # which is not kept for anybody
    assert "the file has to be chosen again" in visit.text()
    carried = hidden_fields(visit.page) | {"token": course.tokens["ada"]}
    assert visit.post("/sign-in", carried | {"next": "/tokens"}).url.path == "/tokens"
    assert "filled it in" not in visit.text()
    assert "Choose the file again" in visit.get(course.hw).text
    evil = course.visit().post("/tokens", {"label": "evil"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert evil.status_code == 403
    assert "evil" not in evil.text


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
