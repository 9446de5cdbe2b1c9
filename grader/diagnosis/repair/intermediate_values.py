"""What is known of the intermediate values that a right solution has in the calls in which edits are tried."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.diagnosis.cases.leaves import Array
from grader.diagnosis.repair.failed_calls import Probe

Levels = Mapping[Any, int]  # how much of each quantity is shown


@dataclass(frozen=True)
class OneCall:
    """A call, with the quantities that a right solution computes in it, and how many samples it has.

    Of those that are `only_wholly` another value is a multiple as well.
    """

    probe: Probe
    quantities: Mapping[Any, Array]
    only_wholly: frozenset[Any]
    samples: float


class Intermediates(Protocol):
    """The intermediate values that a right solution has in some calls."""

    @property
    def calls(self) -> Sequence[OneCall]: ...
    @property
    def sizes(self) -> Collection[int]: ...
    def levels(self, call: OneCall, values: Iterable[Array]) -> Levels:
        """How much of each quantity some values show."""

    def are_right(self, call: OneCall, values: Iterable[Array]) -> bool:
        """Whether some values, of which there are any, all are quantities of a right solution."""

    def are_kept(self, before: Levels, after: Levels) -> bool:
        """Whether all that was shown is shown still."""

    def lines_left(self, shown: Sequence[Levels]) -> Collection[int]:
        """The lines that compute nothing but results which are not shown wholly in every call."""

    def are_all_results(self, call: OneCall, shown: Levels) -> bool:
        """Whether all parts of the result are shown, wholly."""

    def absent(self, shown: Sequence[Levels]) -> Sequence[Mapping[Any, Array]]:
        """The quantities that are not shown in some call, as they are in each."""

    def has_step(self, gained: Levels) -> bool:
        """Whether among quantities gained is all that a step gives, of several numbers."""

    def results(self, gained: Levels) -> int:
        """How many of the quantities gained are parts of the result, and wholly right."""
