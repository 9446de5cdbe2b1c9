"""Names that may be one another, misspelt."""

import difflib
from collections.abc import Iterable

LIKENESS = 0.6
NEAREST = 3


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The names written nearly like one: those alone that differ in nothing but capitals, if there are such."""
    others = [one for one in dict.fromkeys(known) if one != name]
    in_capitals = [one for one in others if one.casefold() == name.casefold()]
    return in_capitals[:NEAREST] or difflib.get_close_matches(name, others, n=NEAREST, cutoff=LIKENESS)
