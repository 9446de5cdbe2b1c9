"""The reports on an assignment's examples are made once, for all tests of a file."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.xdist_group(item.path.stem))
