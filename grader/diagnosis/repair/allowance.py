"""How many edits may be tried for one submission, in counts that are the same on any machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

KEPT_FOR_LATER = (350, 250_000)  # trials and function calls, for each function that is looked at later

BEHIND = (400, 160_000)  # for what is wrong behind an exception, with each edit that may put that right

# The same, for several edits step by step where no single one does: of one function, and of all.
STEPS_OF_ONE, STEPS_OF_ALL = (650, 500_000), (1_200, 900_000)
SHARES = 3  # of one part of which a function has at least


class Spent(Exception):
    """No more trials can be paid for."""


@dataclass
class Allowance:
    """Trials that are left for one submission: their number, and what they cost in function calls."""

    trials: int = 2_000
    calls: int = 1_200_000

    def spend(self, trials: int, price: int) -> None:
        if trials > self.trials or trials * price > self.calls:
            raise Spent
        self.trials -= trials
        self.calls -= trials * price

    @contextmanager
    def at_most(self, trials: int, calls: int) -> Iterator[None]:
        """No more than so many trials and function calls within a `with` block."""
        with self._without(max(self.trials - trials, 0), max(self.calls - calls, 0)):
            yield

    @contextmanager
    def at_least(self, trials: int, calls: int) -> Iterator[None]:
        """No less than so many within a `with` block; what it takes of what there is counts."""
        more = max(trials - self.trials, 0), max(calls - self.calls, 0)
        with self._without(-more[0], -more[1]):
            yield
        self.trials, self.calls = max(self.trials, 0), max(self.calls, 0)

    @contextmanager
    def share(self, later: int) -> Iterator[None]:
        """One function's part, when so many are looked at later; what it does not need is theirs as well.

        For each of these something is kept: a fixed amount that is enough for most, or what an equal part, or a third,
        leaves of what is there. The later ones are built on those before them, mostly.
        """
        trials, calls = (
            min(later * kept, left - left // min(later + 1, SHARES))
            for left, kept in zip((self.trials, self.calls), KEPT_FOR_LATER, strict=True)
        )
        with self._without(trials, calls):
            yield

    @contextmanager
    def _without(self, trials: int, calls: int) -> Iterator[None]:
        self.trials -= trials
        self.calls -= calls
        try:
            yield
        finally:
            self.trials += trials
            self.calls += calls
