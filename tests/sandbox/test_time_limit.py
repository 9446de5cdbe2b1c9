"""A call's time passes while it may run: what a busy machine takes away is not the submission's."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context

from grader.sandbox.inside.time_limit import PATIENCE, RUN_SHARE, Limit

SECONDS = 0.5
SPINNING = "print(flush=True)\nwhile True: pass"


@contextmanager
def crowded(others: int) -> Iterator[None]:
    """One core for this process and for others that never rest."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    command = [sys.executable, "-S", "-c", SPINNING]
    spinning = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(others)]
    try:
        for one in spinning:
            assert one.stdout is not None
            one.stdout.readline()  # it has begun
        yield
    finally:
        for one in spinning:
            one.kill()
            one.communicate()
        os.sched_setaffinity(0, before)


def spin_until(limit: Limit, seconds: float) -> None:
    while time.monotonic() - limit.started < seconds:
        pass


def alone(work: Callable[[], None]) -> None:
    """In a process of one thread, as a cell is: what other threads wait for is counted for their process."""
    process = get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 0


def demand_time_for_what_is_kept_from_running() -> None:
    limit = Limit(SECONDS)
    spin_until(limit, 1.01 * SECONDS)
    assert not limit.is_over()
    while not limit.is_over():
        pass
    used, passed = time.process_time() - limit.used, time.monotonic() - limit.started
    assert used >= RUN_SHARE * SECONDS or passed >= PATIENCE * SECONDS


def test_a_process_that_is_kept_from_running_has_its_time_later():
    with crowded(3):
        alone(demand_time_for_what_is_kept_from_running)


def test_a_process_that_runs_has_had_it():
    limit = Limit(0.1)
    while time.process_time() - limit.used < 0.1:
        pass
    assert limit.is_over()


def test_a_process_that_sleeps_has_had_it():
    limit = Limit(0.1)
    for _ in range(12):
        time.sleep(0.01)
    assert limit.is_over()
