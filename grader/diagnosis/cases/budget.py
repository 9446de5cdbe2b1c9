"""How long a search may take, in a measure that is the same in every grading of a submission.

Work is counted in function calls of the interpreter, not in seconds: a call costs 0.2 to 0.6 µs in the replays of all
assignments of the library, NumPy's part included, whether a replay is one matrix product or a training run.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

CALLS_PER_SUBMISSION = 900_000
KEPT_FOR_LATER = 100_000


class BudgetSpent(Exception):
    """A search has used up what it was given."""


class Budget:
    """A number of function calls to be spent."""

    def __init__(self, calls: int = CALLS_PER_SUBMISSION) -> None:
        self.left = calls

    def spend(self, calls: int) -> None:
        """Take calls away before they are made.

        Raises:
            BudgetSpent: that many are not left.
        """
        if calls > self.left:
            raise BudgetSpent
        self.left -= calls

    @contextmanager
    def half(self) -> Iterator[None]:
        """Keep one half for later: what is spent meanwhile comes from the other."""
        kept = self.left // 2
        self.left -= kept
        try:
            yield
        finally:
            self.left += kept

    @contextmanager
    def share(self, later: int) -> Iterator["Budget"]:
        """A budget of its own for one function; what it does not need comes back.

        For each function that is looked at later something is kept: a fixed amount that is enough for most, or an
        equal part where so much is not there.
        """
        granted = max(self.left - later * KEPT_FOR_LATER, self.left // (later + 1))
        part = Budget(granted)
        self.left -= granted
        try:
            yield part
        finally:
            self.left += part.left


class CallCounter:
    """Counts the function calls made in a `with` block by this thread, those of functions written in C included."""

    def __init__(self) -> None:
        self.calls = 0

    def __enter__(self) -> "CallCounter":
        self._previous = sys.getprofile()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._previous if callable(self._previous) else None)

    def _count(self, frame: FrameType, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            self.calls += 1
