"""Courses, and browsers without a window (httpx) for what needs no script."""

import itertools
import os
import re
import time
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx

from grader.service import courses, people, rosters
from grader.service.data import Role
from tests.service.api.running import Service, client
from tests.softplus import HALF_RIGHT

_numbers = itertools.count(1)
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')
_KEY = re.compile(r'(?:name="key" value="|/(?:submissions|explain)\?key=)([^"]+)"')


@dataclass
class Visit:
    """Somebody at their browser: it follows, keeps cookies, and sends along what the last page's forms hold."""

    client: httpx.Client
    page: str = ""

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._keep(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        hidden = {name: found[1] for name, found in (("csrf", _CSRF.search(self.page)),) if found}
        return self._keep(self.client.post(path, data={**hidden, **(data or {})}, **more))

    def send_file(self, path: str, name: str, content: str | bytes, **fields: Any) -> httpx.Response:
        """The page's own key goes along in the address and in the form, whichever of them it was in."""
        found = _KEY.search(self.page)
        key = {"key": found[1]} if found else {}
        return self.post(path, {**key, **fields}, params=key, files={"file": (name, content)})

    def text(self) -> str:
        """The last page's words."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    def until(self, path: str, words: str, seconds: float = 30) -> str:
        """Look again and again, as somebody without a script does."""
        end = time.monotonic() + seconds
        while words not in self.get(path).text:
            assert time.monotonic() < end, f"{words!r} never came to {path}: {self.text()[-800:]}"
            time.sleep(0.1)
        return self.page

    def _keep(self, response: httpx.Response) -> httpx.Response:
        if response.headers.get("content-type", "").startswith("text/html"):
            self.page = response.text
        return response


@dataclass
class Course:
    """A course with the assignment `hw`, a teacher and two students."""

    service: Service
    slug: str
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/courses/{self.slug}"

    @property
    def hw(self) -> str:
        return f"{self.path}/assignments/hw"

    def visit(self, name: str = "") -> Visit:
        """Signed in as one of the course, or as nobody."""
        visit = Visit(client(base_url=self.service.url, follow_redirects=True, timeout=30))
        if name:
            token = self.service.admin if name == "admin" else self.tokens[name]
            assert visit.post("/sign-in", {"token": token}).status_code == 200
        return visit

    def submit(self, name: str = "ada", content: str | bytes = HALF_RIGHT, filename: str = "homework.py") -> str:
        """Hand in and wait for the grade; the submission's path."""
        visit = self.visit(name)
        visit.get(self.hw)
        path = visit.send_file(f"{self.hw}/submissions", filename, content).url.path
        visit.until(path, 'class="report"')
        return path


def make_course(service: Service, assignment: str = "softplus", **settings: Any) -> Course:
    made = Course(service, f"c{next(_numbers)}-{os.getpid()}")
    with service.context.sessions.begin() as session:
        admin = people.get_user(session, "admin")
        course = courses.new_course(session, admin, made.slug, f"Course {made.slug}")
        for name, role in (("teacher", Role.INSTRUCTOR), ("ada", Role.STUDENT), ("bob", Role.STUDENT)):
            user = people.new_user(
                session, f"{name}-{made.slug}", name=name.title(), email=f"{name}@{made.slug}.example"
            )
            made.tokens[name] = people.create_token(session, user, "first")
            rosters.enroll(session, admin, course, user, role, f"{name}/1")
        courses.set_assignment(session, admin, course, service.context.shelf, assignment, slug="hw", **settings)
    return made
