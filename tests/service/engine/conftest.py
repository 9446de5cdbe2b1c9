"""A service of each test's own, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.service.engine.setting import Setting

MakeSetting = Callable[..., Setting]


@pytest.fixture
def make_setting(tmp_path: Path, database_url: str) -> Iterator[MakeSetting]:
    made: list[Setting] = []

    def make(**settings: object) -> Setting:
        made.append(Setting(tmp_path, database_url, **settings))
        return made[-1]

    yield make
    for setting in made:
        setting.close()
