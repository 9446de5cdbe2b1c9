"""Rosters: whoever gets another key keeps their work, and nobody gets at somebody else's."""

from pathlib import Path

import sqlalchemy as sa
from batch.conftest import zipped

from grader.service.data import Adjustment
from service.api.conftest import Course
from service.api.test_counting import row_of
from service.api.test_grades import graded
from tests.softplus import HALF_RIGHT, RIGHT


def import_roster(course: Course, text: str, **query: object) -> dict:
    with course.door("teacher") as door:
        answer = door.post(f"/courses/{course.slug}/roster", files={"file": ("r.csv", text)}, params=query)
        return answer.raise_for_status().json()


def test_another_key_takes_work_attempts_and_decisions_along(live_course: Course) -> None:
    course = live_course
    course.set(max_attempts=2)
    graded(course, "ada", HALF_RIGHT)
    graded(course, "bob", RIGHT)
    with course.door("teacher") as door:
        decision = {"points": 1, "comment": "agreed"}
        door.put(f"{course.hw}/adjustments/ada", json=decision).raise_for_status()
    with course.service.context.sessions.begin() as session:  # as if this assignment had a question for a person
        for adjustment in session.scalars(sa.select(Adjustment).where(Adjustment.student_key == "ada")):
            adjustment.written = {"why": 3.0}
    sheet = f"login,key\n{course.login('ada')},99999\n"
    planned = import_roster(course, sheet, dry_run=True)
    assert planned["changes"][0]["details"] == ["key ada becomes 99999; what was handed in goes along"]
    assert row_of(course, "ada")["score"]["final"] == 7.0, "nothing is changed by a dry run"
    assert import_roster(course, sheet)["changed"] == 1
    assert row_of(course, "99999")["score"]["final"] == 7.0
    with course.door("ada") as door:
        assert door.get(course.hw).json()["attempts"] == {"used": 1, "left": 1}
        (mine,) = door.get(f"{course.hw}/submissions").json()["items"]
        assert (mine["student"]["key"], mine["attempt"], mine["score"]["final"]) == ("99999", 1, 7.0)

    swapped = f"login,key\n{course.login('ada')},bob\n{course.login('bob')},99999\n"
    import_roster(course, swapped)
    assert row_of(course, "bob")["score"]["final"] == 7.0
    assert row_of(course, "99999")["score"]["final"] == 10.0
    with course.door("teacher") as door:
        (decided,) = door.get(f"{course.hw}/adjustments").json()
        assert (decided["student"], decided["written"]) == ("bob", {"why": 3.0})
        door.put(f"/courses/{course.slug}/roster/{course.login('ada')}", json={"key": "ada"}).raise_for_status()
    assert row_of(course, "ada")["score"]["final"] == 7.0


def test_a_roster_without_keys_changes_no_key(course: Course) -> None:
    done = import_roster(course, f"login,email\n{course.login('ada')},new@example.edu\n")
    assert [change["details"] for change in done["changes"]] == [
        [f"e-mail ada@{course.slug}.example becomes new@example.edu"]
    ]
    with course.door("teacher") as door:
        members = {m["login"]: m for m in door.get(f"/courses/{course.slug}/roster").json()}
    assert (members[course.login("ada")]["key"], members[course.login("ada")]["email"]) == ("ada", "new@example.edu")


def test_work_under_a_key_of_nobody_comes_to_who_gets_that_key(live_course: Course, tmp_path: Path) -> None:
    """A batch came before the roster that knows its students' ids."""
    course = live_course
    graded(course, "ada", HALF_RIGHT)
    download = tmp_path / "class.zip"
    download.write_bytes(zipped({"lovelaceada_4711_90001_hw.py": RIGHT, "roejoe_4712_90002_hw.py": RIGHT}))
    with course.client("teacher") as client:
        batch = client.submit_batch(course.slug, "hw", download)
        assert all(status.id == batch.id for status in client.watch_batch(batch.id))
    import_roster(course, f"login,key\n{course.login('ada')},4711\n")
    row = row_of(course, "4711")
    assert (row["attempt"], row["score"]["final"]) == (2, 10.0)
    with course.door("ada") as door:
        items = door.get(f"{course.hw}/submissions").json()["items"]
    assert sorted(item["attempt"] for item in items) == [1, 2]


def test_nobody_gets_the_key_of_somebody_elses_work(live_course: Course) -> None:
    course = live_course
    graded(course, "ada", RIGHT)
    with course.door("teacher") as door:
        roster = f"/courses/{course.slug}/roster"
        door.delete(f"{roster}/{course.login('ada')}").raise_for_status()
        refused = door.put(f"{roster}/{course.login('bob')}", json={"key": "ada"})
        assert refused.status_code == 422
        assert "has the work of" in refused.json()["detail"]
        answer = door.post(roster, files={"file": ("r.csv", f"login,key\n{course.login('bob')},ada\n")})
        assert answer.status_code == 422
        door.put(f"{roster}/{course.login('ada')}", json={"key": "new"}).raise_for_status()
    assert row_of(course, "new")["score"]["final"] == 10.0


def test_a_token_that_an_instructor_has_seen_ends_when_the_account_gains_rights(course: Course) -> None:
    login = f"jones-{course.slug}"
    token = import_roster(course, f"login,name\n{login},Prof Jones\n")["tokens"][login]
    with course.service.door(token) as jones:
        assert jones.get(f"/courses/{course.slug}").status_code == 200
        own = jones.post("/me/tokens", json={"label": "mine"}).json()["token"]
    with course.service.door() as admin:
        admin.put(f"/courses/{course.slug}/roster/{login}", json={"role": "instructor"}).raise_for_status()
        fresh = admin.post(f"/users/{login}/tokens", json={}).raise_for_status().json()["token"]
    for old in (token, own):
        with course.service.door(old) as ivan:
            assert ivan.get(f"/courses/{course.slug}/roster").status_code == 401
    with course.service.door(fresh) as jones:
        assert jones.get(f"/courses/{course.slug}/roster").status_code == 200


def test_a_name_decides_for_nobody_who_is_surely_there(course: Course) -> None:
    """Eve calls herself like Ada on the platform."""
    download = zipped(
        {
            "Ada_ada_1/hw.py": "x",
            "Bob_12_assignsubmission_file/hw.py": RIGHT,
            "Bob_99_assignsubmission_file/hw.py": RIGHT,
            "Ada_13_assignsubmission_file/hw.py": RIGHT,
        }
    )
    with course.door("teacher") as door:
        answer = door.post(f"{course.hw}/batches", files={"file": ("class.zip", download)})
        batch = answer.raise_for_status().json()["id"]
        items = door.get(f"{course.hw}/submissions", params={"batch": batch}).json()["items"]
    assert sorted(item["student"]["key"] for item in items) == ["12", "99", "ada"]


def test_who_is_known_by_the_address_gets_no_second_account(live_course: Course) -> None:
    """The first roster had logins, the next one is another platform's and has none, or calls everybody otherwise."""
    course = live_course
    graded(course, "ada", RIGHT)
    address = f"ada@{course.slug}.example"
    done = import_roster(course, f"First Name,Last Name,SID,Email,Role\nAda,Lovelace,88888,{address.upper()},Student\n")
    assert (done["added"], done["changed"]) == (0, 1)
    assert row_of(course, "88888")["score"]["final"] == 10.0
    done = import_roster(course, f"login,email,key\nal815,{address},77777\n")
    assert (done["added"], done["changed"]) == (0, 1)
    assert f"known by the address {address}: the login stays {course.login('ada')}" in done["changes"][0]["details"]
    assert row_of(course, "77777")["score"]["final"] == 10.0
    shared = f"login,email,key\nal815,{address},1\nbl815,{address},2\n"
    assert import_roster(course, shared, dry_run=True)["added"] == 2, "an address of two people says nothing"
