"""Units below those that are learned, whose own weights nothing changes: what they multiply with stays as it is."""

import itertools
from collections.abc import Sequence

from grader.reading.recorded.numbers import PLUS, TIMES, Number, Numbers, is_common
from grader.reading.recorded.units import UnitPass

LEAST_PASSES = 3
MAX_MADE = 2_000  # operations below the first layer


def unchanged_weights(numbers: Numbers, passes: Sequence[UnitPass]) -> list[float]:
    """The numbers that what enters the first layer is made with in every pass, where all beside them differs."""
    rows = [_made_below(numbers, one, before) for before, one in itertools.pairwise(passes)]
    rows = [row for row in rows if [n.event.place for n in row] == [n.event.place for n in rows[0]]]
    if len(rows) < LEAST_PASSES or not rows[0]:
        return []
    found: dict[float, None] = {}
    for column in zip(*rows, strict=True):
        kinds = [set(values) for values in zip(*[number.contents for number in column], strict=True)]
        if len(kinds) == 2 and sorted(len(kind) > 1 for kind in kinds) == [False, True]:
            (content,) = min(kinds, key=len)
            if not is_common(content):
                found[content] = None
    return list(found)


def has_more_below(numbers: Numbers, passes: Sequence[UnitPass]) -> bool:
    """Whether what enters the first layer is made by products of which both sides differ: by units that learn."""
    sides: dict[int, tuple[set[float], set[float]]] = {}
    for before, one in itertools.pairwise(passes):
        for number in _made_below(numbers, one, before):
            if number.event.op in TIMES:
                for side, content in zip(
                    sides.setdefault(number.event.place, (set(), set())), number.contents, strict=True
                ):
                    side.add(content)
    return any(len(first) > 1 and len(second) > 1 for first, second in sides.values())


def _made_below(numbers: Numbers, one: UnitPass, before: UnitPass) -> list[Number]:
    """The products and sums that a pass makes of its data before it comes to the first layer that is learned."""
    pending = [term.source for unit in one.layers[0] for term in unit.terms if term.source >= 0]
    seen: set[int] = set()
    while pending and len(seen) < MAX_MADE:
        at = pending.pop()
        if at > before.last and at not in seen and at in numbers.at:
            seen.add(at)
            pending += [source for source in numbers.at[at].sources if source >= 0]
    made = [numbers.at[at] for at in sorted(seen)]
    return [number for number in made if number.event.op in TIMES + PLUS and len(number.contents) == 2]
