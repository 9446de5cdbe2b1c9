"""What makes a function of the contract callable that a submission has written in another form."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Adapter:
    """Source that defines a function of the contract in a cell, by way of what the submission has."""

    filename: str
    source: str
