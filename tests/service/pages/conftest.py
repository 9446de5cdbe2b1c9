"""One running service with a worker, for all tests of a process."""

from collections.abc import Iterator

import pytest

from tests.service.api.running import Service, running, working
from tests.service.pages.visiting import Course, make_course


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("pages"), uploads_per_minute=1000, max_upload_mb=1) as found, working(found):
        yield found


@pytest.fixture
def course(service: Service) -> Course:
    return make_course(service)


@pytest.fixture(scope="session")
def graded(service: Service) -> Course:
    """A course that tests only look at: ada has handed in what is half right."""
    made = make_course(service)
    made.submit("ada")
    return made
