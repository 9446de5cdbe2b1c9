"""Long tables of cases: the suite runs a sample that has some of every kind, `make tables` runs them whole."""

import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")
WHOLE = bool(os.environ.get("GRADER_TABLES"))


def sampled(table: Iterable[T], kind: Callable[[T], Hashable], of_each: int = 1) -> list[T]:
    """So many entries of each kind, the first ones, in the table's order; or all, where whole tables are asked for."""
    seen: Counter[Hashable] = Counter()
    found = []
    for entry in table:
        seen[kind(entry)] += 1
        if WHOLE or seen[kind(entry)] <= of_each:
            found.append(entry)
    return found
