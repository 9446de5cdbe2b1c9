"""Names that may be one another, misspelt."""

import difflib
from collections.abc import Iterable

LIKENESS = 0.6
NEAREST = 3
TURNED_FROM = 4  # letters


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The names written nearly like one: those alone that differ in nothing but capitals, if there are such.

    Else those of the same letters behind the same first one, which come in another order: `asix` for `axis`.
    """
    others = [one for one in dict.fromkeys(known) if one != name]
    in_capitals = [one for one in others if one.casefold() == name.casefold()]
    alike = [one for one in others if one[:1] == name[:1] and len(name) >= TURNED_FROM]
    turned = [one for one in alike if sorted(one) == sorted(name)]
    close = in_capitals or turned or difflib.get_close_matches(name, others, n=NEAREST, cutoff=LIKENESS)
    return close[:NEAREST]
