"""Settings for every test."""

import os

import pytest

# As the `grade` command does: one thread for linear algebra, since small matrices gain nothing from more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

# Examples are bounded in number, not in time: a loaded machine is no failure. CI draws the same ones every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The service's tests begin first: they wait much and compute little, and others fill the time."""
    items.sort(key=lambda item: "/service/" not in item.nodeid)
