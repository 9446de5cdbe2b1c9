"""A service of each test's own, on both databases."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.service.data import make_engine
from grader.service.data.migrate import migrate
from tests.service.conftest import DATABASES
from tests.service.engine.setting import Setting
from tests.service.postgres import Cluster

MakeSetting = Callable[..., Setting]


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to copy: to make its tables takes longer than many a test."""
    path = tmp_path_factory.mktemp("template") / "grader.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(cluster: Cluster) -> Iterator[str]:
    """The name of a database to copy."""
    with cluster.database() as url:
        _migrate(url)
        yield url.partition("?")[0].rpartition("/")[2]


@pytest.fixture
def postgres_url(cluster: Cluster, postgres_with_tables: str) -> Iterator[str]:
    """The URL of a database of PostgreSQL with all tables."""
    with cluster.database(postgres_with_tables) as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with all tables, of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    shutil.copyfile(request.getfixturevalue("sqlite_with_tables"), tmp_path / "grader.db")
    return f"sqlite:///{tmp_path / 'grader.db'}"


@pytest.fixture
def make_setting(tmp_path: Path, database_url: str) -> Iterator[MakeSetting]:
    made: list[Setting] = []

    def make(**settings: object) -> Setting:
        made.append(Setting(tmp_path, database_url, **settings))
        return made[-1]

    yield make
    for setting in made:
        setting.close()


def _migrate(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
