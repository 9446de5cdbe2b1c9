"""What is said of one kind of edit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Sentences about one kind of edit; `{before}` and `{after}` stand for the pieces of code."""

    title: str
    why: str
    nudge: str
    is_shown: bool = True  # whether the edit itself may be told
