"""Steps of the diagnosis that are taken each by itself: an error in one loses no other."""

from collections.abc import Iterator
from contextlib import contextmanager


class Apart:
    """Takes steps apart from each other.

    Attributes:
        errors: what ended some of them, in the order in which it came.
    """

    def __init__(self) -> None:
        self.errors: list[Exception] = []

    @contextmanager
    def step(self) -> Iterator[None]:
        """One step, a `with` block: an error ends it, and is noted."""
        try:
            yield
        except Exception as error:  # of whatever kind: the others are to be taken all the same
            self.errors.append(error)
