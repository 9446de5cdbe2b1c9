"""Real sandboxes, started once: with every layer that this machine offers, and with the self-lock alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Cell, Limits, Sandbox

ROWS = np.arange(12.0).reshape(6, 2)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("auto", preload={"rows": ROWS}) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def self_lock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox as on a machine where bubblewrap is not installed."""
    sandbox = Sandbox("auto")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path_factory.mktemp("no-programs")))
        assert sandbox.layers == ("self-lock",)
    with sandbox:
        yield sandbox


@pytest.fixture(params=["all layers", "self-lock"])
def layered(request: pytest.FixtureRequest) -> Sandbox:
    """Each combination of layers in turn."""
    name = "sandbox" if request.param == "all layers" else "self_lock"
    found: Sandbox = request.getfixturevalue(name)
    return found


@pytest.fixture
def cell(sandbox: Sandbox) -> Iterator[Cell]:
    with sandbox.cell(Limits(call_seconds=5.0)) as cell:
        yield cell


@pytest.fixture
def layered_cell(layered: Sandbox) -> Iterator[Cell]:
    with layered.cell(Limits(call_seconds=5.0, memory_bytes=200 << 20)) as cell:
        yield cell


def descendants(pid: int) -> set[int]:
    """The processes that `pid` started, and those that they started, zombies included."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended in between
        parents[int(status.parent.name)] = int(fields[1])
    found = {pid}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return found - {pid}
        found |= more
