"""What can go wrong with a data set.

::

    DatasetError          files that are no MNIST, or a folder that cannot be used
    └── FetchError        no mirror delivered a file; ``attempts`` says what was tried
"""

from dataclasses import dataclass


class DatasetError(Exception):
    """A data set could not be read or stored. The message is one clear sentence for the user."""


@dataclass(frozen=True)
class FetchAttempt:
    """One address that was tried, and why it did not deliver."""

    url: str
    reason: str


class FetchError(DatasetError):
    """No mirror delivered ``filename``. ``attempts`` lists what was tried, in that order."""

    def __init__(self, filename: str, attempts: tuple[FetchAttempt, ...], remedy: str) -> None:
        self.filename = filename
        self.attempts = attempts
        tried = "\n".join(f"  {attempt.url}: {attempt.reason}" for attempt in attempts)
        super().__init__(f"{filename} could not be fetched. Tried:\n{tried or '  no mirror'}\n{remedy}")
