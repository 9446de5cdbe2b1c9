"""Limits: each one is hit for real, and told apart from the others."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import (
    Cell,
    CellCrashed,
    CellFailure,
    CellMemoryExceeded,
    CellTimeout,
    Frame,
    Limits,
    Sandbox,
    SubmissionRaised,
)
from grader.sandbox.inside.time_limit import PATIENCE

SOURCE = """
import ctypes, os, signal, sys, time
import numpy as np

def train():
    step()

def step():
    while True: pass

def swallow():
    while True:
        try:
            time.sleep(60)
        except:
            return "swallowed"

def stubborn():
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True: pass

def deaf():
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True: pass

def allocate():
    return len([bytearray(1 << 20) for _ in range(10_000)])

def allocate_array():
    return np.ones(10**10)

def allocate_map():
    import mmap
    return [mmap.mmap(-1, 1 << 28) for _ in range(100)]

def recurse(n=0):
    return recurse(n + 1)

def overflow_the_stack():
    sys.setrecursionlimit(10**8)
    def compare(_):
        return sorted([1, 2], key=compare)
    return compare(0)

def null_pointer():
    ctypes.string_at(0)

def leave():
    os._exit(3)

def close_pipes():
    os.closerange(0, 16)
    time.sleep(60)

def fine():
    return 1
"""


def line_of(text: str) -> int:
    return SOURCE[: SOURCE.index(text)].count("\n") + 1


@pytest.fixture
def loaded(layered_cell: Cell) -> Cell:
    assert layered_cell.run(SOURCE, "homework.py", seconds=5).failure is None
    return layered_cell


def failure_of(call: Callable[[], Any]) -> CellFailure:
    with pytest.raises(CellFailure) as raised:
        call()
    return raised.value


def test_a_loop_is_interrupted_where_it_is(loaded: Cell) -> None:
    failure = failure_of(lambda: loaded.call("train", seconds=0.2))
    assert isinstance(failure, CellTimeout)
    assert str(failure) == "still running after 0.2 s in `step`, line 9"
    assert failure.frames == (Frame("homework.py", 6, "train"), Frame("homework.py", 9, "step"))
    assert loaded.alive
    assert loaded.call("fine").value == 1


def test_a_unit_is_interrupted_too(loaded: Cell) -> None:
    outcome = loaded.run("reached = 1\nwhile True: pass\n", "homework.py:cell 2", seconds=0.2)
    assert isinstance(outcome.failure, CellTimeout)
    assert outcome.failure.frames == (Frame("homework.py:cell 2", 2, "<module>"),)
    assert outcome.seconds < 0.2 * PATIENCE + 0.5  # on a machine that is busy with something else
    assert "reached" in loaded.names()


def test_a_bare_except_may_end_the_call_but_not_stay(loaded: Cell) -> None:
    assert loaded.call("swallow", seconds=0.2).value == "swallowed"


@pytest.mark.parametrize("name", ["stubborn", "deaf"])
def test_what_does_not_react_is_killed(loaded: Cell, name: str) -> None:
    started = time.monotonic()
    failure = failure_of(lambda: loaded.call(name, seconds=0.2))
    assert isinstance(failure, CellTimeout)
    assert failure.frames == ()
    assert "did not stop" in str(failure)
    assert time.monotonic() - started < 2
    assert not loaded.alive
    assert isinstance(failure_of(lambda: loaded.call("fine")), CellCrashed)


def test_the_time_of_all_calls_is_bounded(sandbox: Sandbox) -> None:
    with sandbox.cell(Limits(call_seconds=5.0, total_seconds=0.3)) as cell:
        cell.run(SOURCE, "homework.py", seconds=5)
        first = failure_of(lambda: cell.call("train"))
        assert isinstance(first, CellTimeout)
        assert first.seconds <= 0.3
        then = failure_of(lambda: cell.call("fine"))
        assert "the 0.3 s that the whole submission may take are used up" in str(then)


@pytest.mark.parametrize("name", ["allocate", "allocate_array"])
def test_memory_is_bounded(loaded: Cell, name: str) -> None:
    failure = failure_of(lambda: loaded.call(name))
    assert isinstance(failure, CellMemoryExceeded)
    assert failure.limit_bytes == 200 << 20
    assert "200 MB" in str(failure)
    assert failure.frames[-1].filename == "homework.py"
    assert loaded.call("fine").value == 1


def test_mapped_memory_is_bounded_as_well(loaded: Cell) -> None:
    assert isinstance(failure_of(lambda: loaded.call("allocate_map")), CellMemoryExceeded | SubmissionRaised)


def test_the_permitted_memory_is_there(sandbox: Sandbox) -> None:
    with sandbox.cell(Limits(memory_bytes=100 << 20)) as cell:
        cell.run("def take(n): return len(bytearray(n))", "m.py", seconds=5)
        assert cell.call("take", [90 << 20]).value == 90 << 20
        assert isinstance(failure_of(lambda: cell.call("take", [110 << 20])), CellMemoryExceeded)


def test_recursion_is_an_ordinary_error(loaded: Cell) -> None:
    failure = failure_of(lambda: loaded.call("recurse"))
    assert isinstance(failure, SubmissionRaised)
    assert failure.type_name == "RecursionError"
    assert failure.frames[-1] == Frame("homework.py", line_of("return recurse"), "recurse")


@pytest.mark.parametrize(
    ("name", "reason", "place"),
    [
        ("null_pointer", "segmentation fault", f"in `null_pointer`, line {line_of('string_at')}"),
        ("leave", "exit code 3", ""),
        ("close_pipes", "closed the pipe", ""),
    ],
)
def test_a_crash_is_told_and_ends_the_cell(loaded: Cell, name: str, reason: str, place: str) -> None:
    failure = failure_of(lambda: loaded.call(name))
    assert isinstance(failure, CellCrashed)
    assert reason in failure.reason
    assert place in str(failure)
    assert not loaded.alive


def test_a_recursion_in_native_code_is_contained(loaded: Cell) -> None:
    failure = failure_of(lambda: loaded.call("overflow_the_stack"))
    if isinstance(failure, SubmissionRaised):  # Python 3.12 and later count these as well
        assert failure.type_name == "RecursionError"
    else:
        assert isinstance(failure, CellCrashed)
        assert "segmentation fault" in failure.reason
    last = failure.frames[-1]  # the stack may end as the function is entered
    assert last in [Frame("homework.py", line_of(text), "compare") for text in ("def compare", "sorted([1")]


def test_what_was_printed_before_a_crash_is_kept(loaded: Cell) -> None:
    loaded.run("def f():\n    print('last words')\n    os._exit(0)", "f.py", seconds=5)
    failure_of(lambda: loaded.call("f"))
    assert loaded.output.stdout == "last words\n"


def test_output_is_drained_but_kept_within_its_bound(sandbox: Sandbox) -> None:
    source = "import sys\nfor i in range(160):\n    print('x' * 65_535)\nsys.stderr.write('y' * 10)\n"
    with sandbox.cell(Limits(output_bytes=1_000)) as cell:
        assert cell.run(source, "loud.py", seconds=10).failure is None
        assert cell.output.stdout == "x" * 1_000
        assert cell.output.stderr == "y" * 10
        assert cell.output.truncated


def test_output_that_is_no_text_is_readable(cell: Cell) -> None:
    cell.run("import os\nos.write(1, b'\\xff\\xfeok')\nprint('\\ud800')", "b.py", seconds=5)
    assert cell.output.stdout == "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}ok\\ud800\n"


@pytest.mark.parametrize("bad", [{"call_seconds": 0}, {"memory_bytes": -1}, {"output_bytes": -1}])
def test_impossible_limits_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        Limits(**bad)


def test_small_calls_are_cheap(loaded: Cell) -> None:
    def seconds_of_call() -> float:
        started = time.perf_counter()
        loaded.call("fine")
        return time.perf_counter() - started

    # Ten times what it takes on an idle machine; on a busy one most calls wait for their turn.
    assert np.quantile([seconds_of_call() for _ in range(200)], 0.1) < 0.003
