"""How long a call may take: its seconds, counted while the machine lets it run.

A machine that does too much at a time gives a process a part of a second in each second. What has not had its time is
waited for a while longer: a right function must not fail because others were run beside it. One that sleeps has had it.
"""

from __future__ import annotations

import resource
import time

PATIENCE = 4.0  # times its seconds, at most, for a call that is kept from running
RUN_SHARE = 0.8  # of its seconds, in which it has been running: then the machine is not at fault


class TimeLimit(BaseException):
    """Raised into a submission whose time is over; no `except Exception` stops it."""


class Limit:
    """The time of one call, from now on."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.started, self.used = time.monotonic(), time.process_time()
        self.switches = _switches()
        self.has_been_over = False

    def is_over(self) -> bool:
        """Asked when the seconds have passed, and again and again from then on."""
        self.has_been_over = self.has_been_over or not self._is_kept_from_running()
        return self.has_been_over

    def _is_kept_from_running(self) -> bool:
        if time.process_time() - self.used >= RUN_SHARE * self.seconds:
            return False
        if time.monotonic() - self.started >= PATIENCE * self.seconds:
            return False
        waited, stopped = _switches()
        return stopped - self.switches[1] > waited - self.switches[0]


def _switches() -> tuple[int, int]:
    """How often the process has waited for something by itself, and how often it was stopped for others."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_nvcsw, usage.ru_nivcsw
