"""Databases of both kinds, each test its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.postgres import Cluster, find_binaries
from tests.tables import WHOLE

DATABASES = ["sqlite", "postgresql"]


def mainly(database: str) -> pytest.MarkDecorator:
    """For what depends on the processes of the service rather than on its database: one of them; `make tables` both."""
    return pytest.mark.parametrize("database_url", DATABASES if WHOLE else [database], indirect=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server."""
    binaries = find_binaries()
    if binaries is None:
        missing = "PostgreSQL is not installed (Debian: apt install postgresql), so half of the service is not tested"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    cluster = Cluster(binaries)
    cluster.start()
    yield cluster
    cluster.close()


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """The URL of an empty database of PostgreSQL."""
    with cluster.database() as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'grader.db'}"
