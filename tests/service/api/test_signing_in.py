"""Tokens, visits of browsers, and requests that another site would like them to make."""

from datetime import UTC, datetime, timedelta

from grader.service import people
from service.api.conftest import Course
from service.api.running import Service, client


def test_a_token_is_told_once_and_kept_as_a_hash(service: Service, course: Course) -> None:
    with course.door("ada") as door:
        created = door.post("/me/tokens", json={"label": "laptop"}).json()
        assert door.get("/me").json()["login"] == course.login("ada")
        listed = door.get("/me/tokens").json()
    assert [token["label"] for token in listed] == ["laptop", f"roster of {course.slug}"]
    assert "token" not in listed[0]
    secret = created["token"].encode()
    kept = b"".join(path.read_bytes() for path in service.settings.folder.glob("grader.db*"))
    assert people.digest(created["token"]).encode() in kept
    assert secret not in kept


def test_a_revoked_or_expired_token_is_none(service: Service, course: Course) -> None:
    with course.door("ada") as door:
        made = door.post("/me/tokens", json={"expires_at": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()})
        with service.door(made.json()["token"]) as late:
            answer = late.get("/me")
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"] == "Bearer"
        made = door.post("/me/tokens", json={})
        with service.door(made.json()["token"]) as other:
            assert other.get("/me").status_code == 200
            with course.door("bob") as stranger:
                assert stranger.delete(f"/tokens/{made.json()['id']}").status_code == 404
            assert door.delete(f"/tokens/{made.json()['id']}").status_code == 204
            assert other.get("/me").status_code == 401


def test_a_browser_changes_something_only_with_the_secret_of_its_pages(service: Service, course: Course) -> None:
    with service.context.sessions.begin() as session:
        cookie, visit = people.open_visit(session, course.tokens["ada"], hours=1)
        secret = people.csrf_token(visit)
    with client(base_url=f"{service.url}/api/v1", cookies={people.VISIT_COOKIE: cookie}) as browser:
        assert browser.get("/me").json()["login"] == course.login("ada")
        assert browser.post("/me/tokens", json={}).status_code == 403
        assert browser.post("/me/tokens", json={}, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
        assert browser.post("/me/tokens", json={}, headers={"X-CSRF-Token": secret}).status_code == 201
        with course.door("ada") as door:
            token = next(t for t in door.get("/me/tokens").json() if t["label"].startswith("roster"))
            door.delete(f"/tokens/{token['id']}")
        assert browser.get("/me").status_code == 401, "the visit ends with the token that opened it"


def test_a_wrong_token_beside_a_right_cookie_is_refused(service: Service, course: Course) -> None:
    with service.context.sessions.begin() as session:
        cookie, _ = people.open_visit(session, course.tokens["ada"], hours=1)
    headers = {"Authorization": "Bearer grader_wrong"}
    with client(base_url=f"{service.url}/api/v1", cookies={people.VISIT_COOKIE: cookie}, headers=headers) as both:
        assert both.get("/me").status_code == 401


def test_making_a_token_for_somebody_else_is_on_record(service: Service, course: Course) -> None:
    login = course.login("bob")
    with service.door() as door:
        token = door.post(f"/users/{login}/tokens", json={"label": "lost the other"}).json()["token"]
        entry = door.get("/audit?limit=1").json()[0]
        assert (entry["action"], entry["subject"], entry["actor"]) == ("token created", login, "admin")
        with service.door(token) as bobs:
            assert bobs.get("/me").json()["login"] == login
