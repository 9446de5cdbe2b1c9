"""One running service with a worker, for all tests here, and no longer: it would look for work to the end."""

from collections.abc import Iterator
from subprocess import Popen

import pytest
from playwright.sync_api import Browser

from tests.service.api.running import Service, running, working
from tests.service.pages.browsing import chromium
from tests.service.pages.visiting import Course, make_course


@pytest.fixture(scope="package")
def service_and_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Popen[bytes]]]:
    folder = tmp_path_factory.mktemp("pages")
    with running(folder, uploads_per_minute=1000, max_upload_mb=1) as service, working(service) as worker:
        yield service, worker


@pytest.fixture(scope="package")
def service(service_and_worker: tuple[Service, Popen[bytes]]) -> Service:
    return service_and_worker[0]


@pytest.fixture(scope="package")
def worker(service_and_worker: tuple[Service, Popen[bytes]]) -> Popen[bytes]:
    return service_and_worker[1]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def course(service: Service) -> Course:
    return make_course(service)


@pytest.fixture(scope="package")
def graded(service: Service) -> Course:
    """A course that tests only look at: ada has handed in what is half right."""
    made = make_course(service)
    made.submit("ada")
    return made
