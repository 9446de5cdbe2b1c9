"""Networks whose units are gone through one by one, written as networks of layers.

What was found is written into the recording as operations on arrays, in the places of the person's text: u W, + b, the
activations, what is done to each unit of a layer (δ) or to each weight (dW), the new weights. The rest of the reader
then meets a network of layers that learns from one sample at a time.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from grader.reading.recorded.added_values import AddedValues
from grader.reading.recorded.graph import GATHERED, PARTS, PRODUCTS
from grader.reading.recorded.numbers import MINUS, PLUS, TIMES, Number, Numbers, in_single, is_common
from grader.reading.recorded.recording import Array, Event, Recording
from grader.reading.recorded.units import UnitFinder, UnitPass, UnitSum

EVENTS = (4_000, 40_000)  # that are looked at
ENOUGH = 12  # passes
MAX_LENGTH = 4_000  # events of a pass
_ELEMENTS = PARTS | {"Set"}  # of arrays: in a loop over the units, they are no operations of a layer
LEAST_PASSES = 3
MAX_MADE = 2_000  # operations below the first layer


def with_layers(recording: Recording) -> Iterator[tuple[Recording, bool]]:
    """The recording with its units made into layers, as far as it is looked at: a part of it, and then more.

    With each, whether units are left below that were not made into one. Nothing if it goes through no units.
    """
    if any(event.op in PRODUCTS for event in recording.events):
        return
    for limit in EVENTS:
        numbers = Numbers(recording, limit)
        changes = numbers.successors()
        passes = UnitFinder(numbers, changes).passes() if len(changes) > 1 else []
        unchanged = unchanged_weights(numbers, passes)
        passes = (UnitFinder(numbers, changes, unchanged).passes() if unchanged else []) or passes
        if len(passes) >= ENOUGH or (len(passes) > 2 and limit == EVENTS[-1]):
            yield LayerWriter(numbers, changes, passes).recording(), has_more_below(numbers, passes)


class LayerWriter:
    """Writes the layers of the passes into a recording."""

    def __init__(self, numbers: Numbers, changes: dict[float, tuple[float, int]], passes: list[UnitPass]) -> None:
        self.numbers, self.changes, self.passes = numbers, changes, passes
        weights = [term.weight for one in passes[1:] for layer in one.layers for unit in layer for term in unit.terms]
        self.values = AddedValues(numbers.recording.values, all(in_single(weight) == weight for weight in weights))
        self.written: dict[int, list[tuple[int, str, tuple[int, ...], int]]] = {}  # after which event
        self.stacked: set[int] = set()
        self.groups: dict[int, int] = {}  # the last number of each group of a pass -> the group as a value
        self.now = self._first_versions()
        self.versions = {*changes, *(content for content, _ in changes.values())}

    def _first_versions(self) -> dict[int, float]:
        found: dict[int, float] = {}
        for unit in (unit for one in self.passes for layer in one.layers for unit in layer):
            for term in unit.terms:
                found.setdefault(term.slot, term.weight)
            if unit.bias_slot is not None and unit.bias is not None:
                found.setdefault(unit.bias_slot, unit.bias)
        return found

    def recording(self) -> Recording:
        for k, one in enumerate(self.passes):
            end = self.passes[k + 1].first if k + 1 < len(self.passes) else self._end(one)
            self.stacked, self.groups = set(), {}
            for d, layer in enumerate(one.layers):
                self._write_layer(layer, d, self._thrown_away(layer, one.last, end))
            self._write_groups(one, end)
            self._write_updates(one, end)
        return self._together()

    def _end(self, one: UnitPass) -> int:
        length = one.first - self.passes[-2].first if len(self.passes) > 1 else MAX_LENGTH
        return min(one.first + length, len(self.numbers.events))

    def _write(self, after: int, place: int, op: str, operands: Sequence[int], result: int) -> None:
        self.written.setdefault(after, []).append((place, op, tuple(operands), result))

    def _place(self, at: int) -> int:
        return self.numbers.events[at].place

    def _result(self, at: int) -> int:
        return self.numbers.events[at].result

    def _sources(self, at: int) -> list[int]:
        """The events that made what went into one."""
        number = self.numbers.at.get(at)
        several = [number] if number is not None else self.numbers.elements.get(at, [])
        return [source for one in several for source in one.sources if source >= 0]

    def _thrown_away(self, layer: list[UnitSum], start: int, end: int) -> list[Number]:
        """What would be the next biases of a layer, where all are computed and none is ever used."""
        wanted = {unit.bias: unit for unit in layer if unit.bias is not None and unit.bias_slot is None}
        places = {self._place(unit.added) for unit in layer}
        found: dict[float, Number] = {}
        for at in range(start, end) if len(wanted) == len(layer) else ():
            number = self.numbers.at.get(at)
            if number is not None and number.event.op in PLUS + MINUS and len(number.contents) == 2:
                bias, is_change = number.contents[0], number.sources[1] >= 0 and number.event.place not in places
                if bias in wanted and is_change:
                    found[bias] = number
        return list(found.values()) if found and len(found) == len(wanted) else []

    def _write_layer(self, layer: list[UnitSum], depth: int, unused: Sequence[Number]) -> None:
        """A layer, where its first unit is computed; each unit takes its z from there.

        Biases that are never learned are a part of the product, unless changes of them are made and thrown away.
        """
        after = min(unit.event for unit in layer)
        first = layer[0]
        u = self.values.number(np.array(first.inputs))
        made = [term.source for term in first.terms if term.source >= 0] if depth else []
        place = self._place(made[0] if made else first.terms[0].event)
        self._write(after, place, GATHERED, [self._result(at) for at in made], u)
        W = self.values.number(np.array([[term.weight for term in unit.terms] for unit in layer]).T)
        if not any(term.weight in self.versions for unit in layer for term in unit.terms):
            self._write(after, place, "random", (), W)  # nothing changes them: they are what they were drawn as
        z = self.values.number(np.array([self.numbers.at[unit.event].content for unit in layer]))
        biases = [unit.bias for unit in layer if unit.bias is not None and (unit.bias_slot is not None or unused)]
        place = self._place(first.terms[-1].event)
        if len(biases) == len(layer):
            product = self.values.number(self.values_of(z) - np.array(biases))
            b = self.values.number(np.array(biases))
            if unused:
                made = [number.event.operands[0] for number in unused]
                self._write(after, self._place(first.added), GATHERED, made, b)
                last = unused[-1].event
                changed = self.values.number(np.array([number.content for number in unused]))
                self._write(last.index, last.place, "Sub", (b, last.operands[1]), changed)
            if not any(unit.bias in self.versions for unit in layer) and not unused:
                self._write(after, place, "random", (), b)
            self._write(after, place, "dot", (u, W), product)
            self._write(after, self._place(first.added), "Add", (product, b), z)
        else:
            self._write(after, place, "dot", (u, W), z)
        self.stacked |= {z, u}
        for unit in layer:
            self._write(unit.event, self._place(unit.event), "Index", (z,), self._result(unit.event))

    def values_of(self, value: int) -> Array:
        return self.values.arrays[value - len(self.values.table)]

    def _write_groups(self, one: UnitPass, end: int) -> None:
        """What is done to each unit of a layer, or for each weight, as an operation on arrays."""
        units = [len(layer) for layer in one.layers]
        shapes = [(len(layer[0].terms), len(layer)) for layer in one.layers]
        for d, layer in enumerate(one.layers[:-1]):
            after = min(term.event for unit in one.layers[d + 1] for term in unit.terms)
            for group in self._places(layer, after).values():
                if len(group) == len(layer):
                    self._write_group(group, None)
        for group in self._places(one.layers[-1], end).values():
            for part, shape in _parts(group, units, shapes):
                self._write_group(part, shape)

    def _places(self, layer: list[UnitSum], end: int) -> dict[int, list[Number]]:
        """What is made of the units of a layer, by where it stands."""
        below = {unit.event for unit in layer}
        found: dict[int, list[Number]] = {}
        for at in range(min(below), end):
            number = self.numbers.at.get(at)
            if number is not None and at not in below and any(source in below for source in number.sources):
                below.add(at)
                found.setdefault(number.event.place, []).append(number)
        return found

    def _write_group(self, group: list[Number], shape: tuple[int, int] | None) -> None:
        is_update = any(number.content in self.versions for number in group)
        if len(group) < 2 or is_update or len({len(number.contents) for number in group}) > 1:
            return
        after = group[-1].event.index
        if len(group[0].event.operands) == len(group[0].contents):
            operands = [self._column(group, k, after) for k in range(len(group[0].contents))]
        else:  # lists that are added up
            operands = [number.event.result for number in group]
        op, result = group[0].event.op, np.array([number.content for number in group])
        if op in TIMES and shape is not None:
            op, result = "outer", result.reshape(shape)
        number = self.values.known(result)
        self.stacked.add(number)
        self.groups[after] = number
        self._write(after, group[0].event.place, op, [*operands, *self._links(group)], number)

    def _links(self, group: list[Number]) -> list[int]:
        """Nothing where the operands lead back by themselves."""
        return [number.event.result for number in group] if group[0].event.op in TIMES else []

    def _column(self, group: list[Number], position: int, after: int) -> int:
        """The operands of a group in one position, as an array, or as the one number that all have."""
        contents = [number.contents[position] for number in group]
        sources = [number.sources[position] for number in group]
        if len(set(contents)) == 1 and len(set(sources)) == 1:
            return self._result(sources[0]) if sources[0] >= 0 else group[0].event.operands[position]
        value = self.values.known(np.array(contents))
        made = list(dict.fromkeys(source for source in sources if source >= 0))
        if made and value not in self.stacked:
            self._write(after, self._place(made[0]), GATHERED, [self._result(at) for at in made], value)
            self.stacked.add(value)
        return value

    def _write_updates(self, one: UnitPass, end: int) -> None:
        for layer in one.layers:
            weights = [[term.slot for term in unit.terms] for unit in layer]
            self._write_update(np.array(weights).T, one.last, end)
            biases = [unit.bias_slot for unit in layer if unit.bias_slot is not None]
            if len(biases) == len(layer):
                self._write_update(np.array(biases), one.last, end)

    def _write_update(self, numbers: Array, start: int, end: int) -> None:
        """The new version of the weights or biases of a layer, after the last of them is changed."""
        made: list[int] = []
        before = np.vectorize(self.now.__getitem__, otypes=[float])(numbers)
        for slot in numbers.ravel().tolist():
            while self.now[slot] in self.changes and start <= self.changes[self.now[slot]][1] < end:
                self.now[slot], at = self.changes[self.now[slot]]
                made.append(at)
        if not made:
            return
        after = np.vectorize(self.now.__getitem__, otypes=[float])(numbers)
        last = max(made)
        old, difference, new = (self.values.number(array) for array in (before, before - after, after))
        before_it = self._before(made, start)
        operands = [self._result(at) for at in made if at in self.numbers.at]
        operands += [self._result(at) for at in sorted(before_it) if at in self.numbers.at and at not in made]
        operands += [value for at, value in self.groups.items() if at in before_it and at < last]
        penalty = self._penalty(before, start, last)
        if penalty is not None:
            scaled = self.values.number(before * penalty.contents[0 if penalty.contents[1] in before else 1])
            self._write(last, penalty.event.place, "Mult", (old, penalty.event.operands[0]), scaled)
            operands.append(scaled)
        self._write(last, self._place(made[0]), GATHERED, operands, difference)
        self._write(last, self._place(made[0]), "Sub", (old, difference), new)

    def _before(self, events: Sequence[int], start: int) -> set[int]:
        """What some events descend from, as far back as the end of the forward pass."""
        found, pending = set(events), list(events)
        while pending:
            for source in self._sources(pending.pop()):
                if source >= start and source not in found:
                    found.add(source)
                    pending.append(source)
        return found

    def _penalty(self, weights: Array, start: int, last: int) -> Number | None:
        """A weight times a number of the script, on the way to its update."""
        for at in range(start, last):
            number = self.numbers.at.get(at)
            if number is None or number.event.op not in TIMES or len(number.contents) != 2:
                continue
            for position, content in enumerate(number.contents):
                if content in weights and number.sources[1 - position] < 0:
                    return number
        return None

    def _together(self) -> Recording:
        """All events in their order; a number is known by the operation that made it, wherever it was kept."""
        numbers, recording = self.numbers, self.numbers.recording
        last = max(self.written)
        events: list[Event] = []
        moved: dict[int, int] = {}
        start = self.passes[0].first
        elements = {event.place for event in numbers.events[start : last + 1] if event.op in _ELEMENTS}
        for event in numbers.events[: last + 1]:
            moved[event.index] = len(events)
            if event.op not in _ELEMENTS or event.place not in elements:
                events.append(self._canonical(event, len(events)))
            for place, op, operands, result in self.written.get(event.index, ()):
                events.append(Event(len(events), place, op, operands, result))
        named = tuple(
            (moved.get(at, len(events)), place, name, value) for at, place, name, value in recording.named if at <= last
        )
        return replace(recording, events=tuple(events), named=named, values=self.values.together())

    def _canonical(self, event: Event, index: int) -> Event:
        number = self.numbers.at.get(event.index)
        several = self.numbers.elements.get(event.index)
        if several is not None and len(event.operands) > 2:  # an array and a list
            whole = self.values.known(np.array([one.contents[1] for one in several]))
            return replace(event, index=index, operands=(event.operands[0], whole))
        if number is None:
            return replace(event, index=index)
        if len(event.operands) != len(number.sources):  # a list that is added up
            operands = [self._result(source) for source in number.sources if source >= 0]
        else:
            operands = [
                self._result(source) if source >= 0 else operand
                for operand, source in zip(event.operands, number.sources, strict=True)
            ]
        is_root = event.op in ("Pow", "power") and number.contents[-1] == 0.5
        return replace(event, index=index, operands=tuple(operands), op="sqrt" if is_root else event.op)


def _parts(
    group: list[Number], units: list[int], shapes: list[tuple[int, int]]
) -> Iterator[tuple[list[Number], tuple[int, int] | None]]:
    """A place that is come by for each unit of a layer or for each of its weights, or for those of all layers."""
    count = len(group)
    sizes = [inputs * outputs for inputs, outputs in shapes]
    if count in units:
        yield group, None
    elif count in sizes:
        yield group, shapes[sizes.index(count)]
    elif count == sum(units):
        for size in reversed(units):
            yield group[:size], None
            group = group[size:]
    elif count == sum(sizes):
        for size, shape in zip(sizes, shapes, strict=True):
            yield group[:size], shape
            group = group[size:]


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
