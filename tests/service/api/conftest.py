"""One running service for all tests here, and no longer: its worker looks for work. Each has a course of its own."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from batch.conftest import in_a_thread as in_a_thread
from batch.conftest import warm_sandbox as warm_sandbox

from grader.client import Client
from service.api.running import Service, running, working
from tests.softplus import HALF_RIGHT

_numbers = itertools.count(1)


@dataclass
class Course:
    """A course with an assignment `hw`, an instructor and students; doors and tokens by name."""

    service: Service
    slug: str
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def hw(self) -> str:
        return f"/courses/{self.slug}/assignments/hw"

    def door(self, name: str) -> httpx.Client:
        return self.service.door(self.tokens[name])

    def client(self, name: str) -> Client:
        return Client(self.service.url, self.tokens[name], patience=20)

    def login(self, name: str) -> str:
        return f"{name}-{self.slug}"

    def set(self, **terms: Any) -> None:
        """Change the assignment's terms."""
        with self.service.door() as door:
            door.patch(self.hw, json=terms).raise_for_status()

    def submit(
        self, name: str, content: str | bytes = HALF_RIGHT, filename: str = "homework.py", **more: Any
    ) -> httpx.Response:
        """Hand in; the answer, whatever it is."""
        with self.door(name) as door:
            return door.post(f"{self.hw}/submissions", files={"file": (filename, content)}, **more)


MakeCourse = Callable[..., Course]


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Nobody grades here."""
    with running(tmp_path_factory.mktemp("idle"), uploads_per_minute=8) as found:
        yield found


@pytest.fixture(scope="package")
def working_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """With a worker."""
    with running(tmp_path_factory.mktemp("working"), uploads_per_minute=1000) as found, working(found):
        yield found


@pytest.fixture
def course(service: Service) -> Course:
    return make_course(service)


@pytest.fixture
def live_course(working_service: Service) -> Course:
    return make_course(working_service)


def make_course(service: Service) -> Course:
    """A course `c…` with `teacher`, `ada` and `bob`."""
    made = Course(service, f"c{next(_numbers)}")
    with service.door() as door:
        door.post("/courses", json={"slug": made.slug, "title": f"Course {made.slug}"}).raise_for_status()
        door.post(f"/courses/{made.slug}/assignments", json={"assignment": "softplus", "slug": "hw"}).raise_for_status()
        rows = ["login,name,email,key,role"]
        for name, role in (("teacher", "instructor"), ("ada", "student"), ("bob", "student")):
            rows.append(f"{made.login(name)},{name.title()},{name}@{made.slug}.example,{name},{role}")
        answer = door.post(f"/courses/{made.slug}/roster", files={"file": ("roster.csv", "\n".join(rows))})
        tokens = answer.raise_for_status().json()["tokens"]
    made.tokens = {login.removesuffix(f"-{made.slug}"): token for login, token in tokens.items()}
    return made
