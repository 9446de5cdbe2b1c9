"""How much of its time a submission has used; cells that share this share the time."""

from dataclasses import dataclass


@dataclass
class TimeUsed:
    """Of the assignment's `total_seconds`, by wall clock: by all that is asked of a submission, transport included."""

    seconds: float = 0.0
