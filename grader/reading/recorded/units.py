"""Units that are gone through one by one: sums of products of single numbers, found and put together to layers.

z_k = w_k1·x_1 + w_k2·x_2 + … + b_k      for each unit k, in a loop, or written out
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.reading.recorded.numbers import PLUS, TIMES, Number, Numbers, slots

MAX_TERMS = 64
MAX_PASSES = 40
RARE = 20  # times as often come the units that a pass has as any other set of them
_ADDING_UP = (*PLUS, "sum")
Key = tuple[int, ...]  # the slots of a unit's weights


@dataclass(frozen=True)
class Term:
    """w·x in a sum: the slot of w, its content, x, and the event."""

    slot: int
    weight: float
    other: float
    source: int  # of x
    event: int


@dataclass(frozen=True)
class UnitSum:
    """z of a unit: its products, its bias."""

    terms: tuple[Term, ...]
    bias: float | None
    bias_slot: int | None
    event: int  # that gives z
    added: int  # that adds the bias

    @property
    def key(self) -> tuple[int, ...]:
        return tuple(term.slot for term in self.terms)

    @property
    def inputs(self) -> tuple[float, ...]:
        return tuple(term.other for term in self.terms)


@dataclass
class UnitPass:
    """The layers of a pass, from the input up; each a list of units in the order of the layer's outputs."""

    layers: list[list[UnitSum]]

    @property
    def first(self) -> int:
        return min(term.event for unit in self.layers[0] for term in unit.terms)

    @property
    def last(self) -> int:
        return max(unit.event for unit in self.layers[-1])


class UnitFinder:
    """Finds the sums that are z of a unit, and puts them together."""

    def __init__(
        self, numbers: Numbers, changes: dict[float, tuple[float, int]], unchanged: Sequence[float] = ()
    ) -> None:
        self.numbers, self.slot_of = numbers, slots(changes)
        free = len(self.slot_of)
        self.slot_of |= {content: free + k for k, content in enumerate(unchanged) if content not in self.slot_of}
        #: where what is learned is changed: by 0 as well, of which nothing is seen
        self.updating = {numbers.events[at].place for _, at in changes.values()}
        self.steady = _steady(numbers)
        self.parts: dict[int, frozenset[int]] = {}  # event -> slots that had a part in it
        self.sums: dict[int, UnitSum | None] = {}

    def passes(self) -> list[UnitPass]:
        found = self._in_order([one for one in self._forward() if one.terms])
        return [] if found is None else found

    def _term(self, number: Number) -> Term | None:
        """A product of a number that is learned with one that is not."""
        if number.event.op not in TIMES or len(number.contents) != 2:
            return None
        owners = [self.slot_of.get(content) for content in number.contents]
        position = 0 if owners[0] is not None else 1
        slot, other = owners[position], 1 - position
        if slot is None or owners[other] is not None or number.contents[other] != number.contents[other]:
            return None
        weight = number.contents[position]
        return Term(slot, weight, number.contents[other], number.sources[other], number.event.index)

    def _sum(self, at: int) -> UnitSum | None:
        """What an event adds up, if that is products of what is learned, and a bias."""
        if at in self.sums:
            return self.sums[at]
        self.sums[at] = None
        number = self.numbers.at[at]
        term = self._term(number)
        if term is not None:
            self.sums[at] = UnitSum((term,), None, None, at, at)
        elif number.event.op in _ADDING_UP:
            self.sums[at] = self._added_up(number)
        return self.sums[at]

    def _added_up(self, number: Number) -> UnitSum | None:
        terms: list[Term] = []
        bias: float | None = None
        slot: int | None = None
        at = added = number.event.index
        for position, (content, source) in enumerate(zip(number.contents, number.sources, strict=True)):
            inner = self._sum(source) if source >= 0 else None
            if inner is not None:
                if inner.bias is not None and bias is not None:
                    return None
                terms += inner.terms
                if inner.bias is not None:
                    bias, slot, added = inner.bias, inner.bias_slot, inner.added
            elif content == 0 and source < 0:
                continue
            elif (
                bias is None
                and content == content
                and (source < 0 or content in self.slot_of or (number.event.place, position) in self.steady)
            ):
                bias, slot, added = content, self.slot_of.get(content), at
            else:
                return None
        is_whole = terms and len(terms) <= MAX_TERMS and len({term.slot for term in terms}) == len(terms)
        return UnitSum(tuple(terms), bias, slot, at, added) if is_whole else None

    def _forward(self) -> Iterator[UnitSum]:
        """The sums that nothing adds to and to whose inputs their own weights have not contributed."""
        numbers = self.numbers
        inner: set[int] = set()
        empty: frozenset[int] = frozenset()
        updates = set(self.slot_of)
        for at, number in numbers.at.items():
            found = self._sum(at)
            if found is not None and self._term(number) is None:  # a product's other factor may be a unit without f
                inner |= {source for source in number.sources if source >= 0 and self.sums.get(source) is not None}
            parts = empty
            for content, source in zip(number.contents, number.sources, strict=True):
                if content in self.slot_of:
                    parts = parts | {self.slot_of[content]}
                elif source >= 0:
                    parts = parts | self.parts.get(source, empty)
            is_update = number.content in updates or number.event.place in self.updating
            self.parts[at] = empty if is_update else parts
        for at, found in self.sums.items():
            if found is None or at in inner:
                continue
            if all(term.slot not in self.parts.get(term.source, empty) for term in found.terms):
                yield found

    def _in_order(self, sums: Sequence[UnitSum]) -> list[UnitPass] | None:
        """The passes: the same units again and again."""
        key_of: dict[int, tuple[int, ...]] = {}
        for one in sums:
            for slot in one.key:
                key_of.setdefault(slot, one.key)
        usual = [one for one in sums if all(key_of[slot] == one.key for slot in one.key)]
        groups: list[dict[tuple[int, ...], UnitSum]] = []
        current: dict[tuple[int, ...], UnitSum] = {}
        for one in sorted(usual, key=lambda found: found.event):
            if one.key in current:
                groups.append(current)
                current = {}
            current[one.key] = one
        groups.append(current)
        kinds = Counter(frozenset(group) for group in groups if group)
        if not kinds:
            return None
        often = max(kinds.values()) / RARE  # what comes once may have numbers of the step among its units
        largest = max(len(kind) for kind, count in kinds.items() if count >= often)
        usual_kind = next(kind for kind, count in kinds.most_common() if len(kind) == largest and count >= often)
        whole = [group for group in groups if group.keys() == usual_kind]
        biased = {key for group in whole for key, one in group.items() if one.bias_slot is not None}
        whole = [g for g in whole if all(g[key].bias_slot is not None for key in biased if key in g)]
        start = _before_changes(whole)
        whole = whole[start : start + MAX_PASSES]
        keys = self._layers([list(group.values()) for group in whole])
        if keys is None:
            return None
        passes = [UnitPass([[group[key] for key in layer] for layer in keys]) for group in whole]
        return [one for one in passes if all(_agree(layer) for layer in one.layers)]

    def _layers(self, groups: Sequence[Sequence[UnitSum]]) -> list[list[Key]] | None:
        """The units of a pass by layers, in the order in which the layer above takes them.

        A unit that gives 0 leaves no trace: what one pass does not tell, another does.
        """
        if not groups:
            return None
        inputs: dict[Key, list[frozenset[Key] | None]] = {}
        for units in groups:
            for unit, below in zip(units, self._below(units), strict=True):
                known = inputs.setdefault(unit.key, below)
                inputs[unit.key] = [two if one is None else one for one, two in zip(known, below, strict=True)]
        depth: dict[Key, int] = {}
        for unit in sorted(groups[0], key=lambda one: one.event):
            lower = [depth.get(key, 0) for one in inputs[unit.key] for key in one or ()]
            depth[unit.key] = 1 + max(lower, default=0)
        layers = [[key for key in depth if depth[key] == d] for d in range(1, max(depth.values()) + 1)]
        for d in range(len(layers) - 1, 0, -1):
            first = layers[d][0]
            order = _filled(inputs[first], layers[d - 1])
            if order is None or any(_filled(inputs[key], layers[d - 1]) != order for key in layers[d]):
                return None
            layers[d - 1] = order
        return layers

    def _below(self, units: Sequence[UnitSum]) -> list[list[frozenset[Key] | None]]:
        """For each unit and each of its terms, the unit that its other factor comes from, with no other between.

        None where that is 0, and nobody's where it is a number of the data.
        """
        events = {unit.event: unit.key for unit in units}
        nobody: frozenset[Key] = frozenset()
        below: dict[int, frozenset[Key]] = {-1: nobody}
        for at in range(min(t.event for u in units for t in u.terms), max(events) + 1):
            number = self.numbers.at.get(at)
            if at in events:
                below[at] = frozenset([events[at]])
            elif number is not None:
                made = [source for source, x in zip(number.sources, number.contents, strict=True) if x]
                below[at] = nobody.union(*[below.get(source, nobody) for source in made])
        return [[below.get(t.source, nobody) if t.other else None for t in unit.terms] for unit in units]


def _before_changes(groups: Sequence[dict[Key, UnitSum]]) -> int:
    """The pass from which on weights change, if that is far behind the first: others only look what is given."""
    weights = [[term.weight for unit in group.values() for term in unit.terms] for group in groups]
    changes = [k for k in range(1, len(weights)) if weights[k] != weights[k - 1]][:2]
    if len(changes) < 2 or changes[0] < MAX_PASSES // 2:
        return 0
    return max(0, 2 * changes[0] - changes[1])  # as many passes of the first step as there are of the second


def _steady(numbers: Numbers) -> set[tuple[int, int]]:
    """(place, position) where a sum has the same number again and again: a bias that nothing changes."""
    found: dict[tuple[int, int], set[float]] = {}
    counts: Counter[int] = Counter()
    for number in numbers.at.values():
        if number.event.op in PLUS and len(number.contents) == 2:
            counts[number.event.place] += 1
            for position, content in enumerate(number.contents):
                contents = found.setdefault((number.event.place, position), set())
                if len(contents) < 2:
                    contents.add(content)
    return {key for key, contents in found.items() if len(contents) == 1 and counts[key[0]] > 2}


def _filled(inputs: Sequence[frozenset[Key] | None], lower: Sequence[Key]) -> list[Key] | None:
    """The units of the layer below that a unit takes, in its order; one of them may never have given anything."""
    left = [key for key in lower if not any(key in one for one in inputs if one)]
    if len(left) > 1 or any(len(one) > 1 for one in inputs if one):
        return None
    order = [left[0] if one is None else next(iter(one)) for one in inputs if one or (one is None and left)]
    return order if sorted(order) == sorted(lower) else None


def _agree(layer: list[UnitSum]) -> bool:
    """Whether the units of a layer all take the same, and all have a bias or none."""
    return len({unit.inputs for unit in layer}) == 1 and len({unit.bias is None for unit in layer}) == 1
