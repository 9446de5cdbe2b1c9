"""The operations of a run on single numbers, as a graph of their own.

Where a script goes through the units one by one, a number passes through lists, dicts and the elements of arrays on
its way from one operation to the next. What it is worth tells where it comes from: two numbers that were computed
differ somewhere in their sixteen digits, save for 0, 1 and their like.
"""

import struct
from collections import Counter
from dataclasses import dataclass

from grader.reading.recorded.graph import PARTS, VIEWS
from grader.reading.recorded.recording import Event, Recording

MAX_ELEMENTS = 400  # of an array that is looked at number by number
MAX_LINKS = 4  # sums between one version of a number and the next: `w + a + b`
MAX_ROOM = 8  # successors looked at
OF_AN_UPDATE = 0.05  # at least, of what a place gives is a new version of a number, where numbers are learned
_SINGLE = struct.Struct("f")
_HANDING_ON = VIEWS | PARTS | {"Set", "float", "item"}
PLUS, MINUS, TIMES = ("Add", "add"), ("Sub", "subtract"), ("Mult", "multiply")


@dataclass(frozen=True, slots=True)
class Number:
    """An operation that gives a number; a source is the index of the operation that made an operand, or -1."""

    event: Event
    contents: tuple[float, ...]
    sources: tuple[int, ...]
    content: float


class Numbers:
    """All operations that give a number, and which numbers a loop changes from step to step."""

    def __init__(self, recording: Recording, limit: int) -> None:
        self.recording = recording
        self.events = recording.events[:limit]
        self.at: dict[int, Number] = {}  # event -> what it gives
        self.made: dict[int, int] = {}  # value -> the event that made it
        self.elements: dict[int, list[Number]] = {}  # event that adds small arrays -> what it does to each element
        self._recent: list[int] = []  # products so far
        last: dict[float, int] = {}
        rounded: dict[float, int] = {}
        scalars = recording.values.scalars
        for event in self.events:
            content = scalars[event.result]
            if event.op in PLUS or event.op in MINUS:
                self._add_elements(event, last, rounded)
            if event.op in _HANDING_ON or content != content or not event.operands:
                continue
            contents, sources = self._summed(event, last, rounded)
            for operand in event.operands if not contents else ():
                value = scalars[operand]
                contents.append(value)
                sources.append(-1 if value != value else self._source(operand, value, last, rounded))
            self.at[event.index] = Number(event, tuple(contents), tuple(sources), content)
            self.made[event.result] = event.index
            if event.op in TIMES:
                self._recent.append(event.index)
            if not is_common(content):
                last[content] = event.index
                rounded[in_single(content)] = event.index

    def _summed(self, event: Event, last: dict[float, int], rounded: dict[float, int]) -> tuple[list[float], list[int]]:
        """The numbers of a list that is added up: each by what it is worth, or all by the products just before."""
        values = self.recording.values
        if event.op != "sum" or len(event.operands) != 1 or not 0 < values.sizes[event.operands[0]] <= MAX_ELEMENTS:
            return [], []
        array = values.get(event.operands[0])
        contents = [] if array is None or array.ndim != 1 else array.tolist()
        recent = self._recent[-len(contents) :]
        if contents and [self.at[at].content for at in recent] == contents:
            return contents, list(recent)
        return contents, [self._source(-1, content, last, rounded) for content in contents]

    def _add_elements(self, event: Event, last: dict[float, int], rounded: dict[float, int]) -> None:
        """Weights in an array, to which a list of changes is added: number by number."""
        values = self.recording.values
        first, *others = event.operands
        size, shape = values.sizes[event.result], values.shapes[event.result]
        if shape == () or size > MAX_ELEMENTS or values.shapes[first] != shape or not others:
            return
        array, result = values.get(first), values.get(event.result)
        if len(others) == 1 and values.shapes[others[0]] == shape:
            other = values.get(others[0])
            several = None if other is None else other.ravel().tolist()
        else:  # a list of numbers, each with its own
            several = [values.scalars[one] for one in others] if len(others) == size else None
        if array is None or result is None or several is None:
            return
        sources = [self._source(value, x, last, rounded) for value, x in zip(others * size, several, strict=False)]
        rows = zip(array.ravel().tolist(), several, sources, result.ravel().tolist(), strict=True)
        self.elements[event.index] = [Number(event, (x, y), (-1, source), z) for x, y, source, z in rows]

    def _source(self, value: int, content: float, last: dict[float, int], rounded: dict[float, int]) -> int:
        made = self.made.get(value)
        if made is not None:
            return made
        if is_common(content):
            return -1
        return last.get(content, rounded.get(content, -1))

    def successors(self) -> dict[float, tuple[float, int]]:
        """What a number becomes: content -> (the next content, the event that makes it).

        A weight is a factor of a product, a bias is added to a sum; what adding makes of it stands there again later.
        """
        factors: dict[tuple[int, int], dict[float, tuple[int, int]]] = {}  # place -> content -> first and last use
        terms: dict[tuple[int, int], dict[float, tuple[int, int]]] = {}
        adding: dict[float, list[Number]] = {}
        for number in (one for several in self.elements.values() for one in several):
            adding.setdefault(number.contents[0], []).append(number)
        for number in self.at.values():
            event = number.event
            if len(number.contents) != 2:
                continue
            uses = factors if event.op in TIMES else terms if event.op in PLUS else None
            for position, content in enumerate(number.contents):
                if is_common(content) or content != content:
                    continue
                if uses is not None:
                    found = uses.setdefault((event.place, position), {})
                    found[content] = (found.get(content, (event.index, 0))[0], event.index)
                if event.op in PLUS or (event.op in MINUS and position == 0):
                    adding.setdefault(content, []).append(number)
        changes: dict[float, tuple[float, int]] = {}
        for uses in (factors, terms):
            for (place, _), contents in uses.items():
                if len(contents) < 2:
                    continue
                for content, (first, _) in contents.items():
                    if content not in changes:
                        found_next = self._next(content, first, place, contents, adding, uses is terms)
                        if found_next is not None:
                            changes[content] = found_next
        return self._of_updates(self._without_gradients(changes, factors))

    def _without_gradients(
        self, changes: dict[float, tuple[float, int]], factors: dict[tuple[int, int], dict[float, tuple[int, int]]]
    ) -> dict[float, tuple[float, int]]:
        """Without what is multiplied by a rate alone, and so changes another number: a gradient that is added up."""
        sources = [source for _, at in changes.values() if at in self.at for source in self.at[at].sources[1:]]
        steps = {self.events[at].place for at in sources if at >= 0 and self.events[at].op in TIMES}
        elsewhere = {content for (place, _), uses in factors.items() if place not in steps for content in uses}
        scaled = {content for (place, _), uses in factors.items() if place in steps for content in uses}
        return {content: found for content, found in changes.items() if content in elsewhere or content not in scaled}

    def _of_updates(self, changes: dict[float, tuple[float, int]]) -> dict[float, tuple[float, int]]:
        """Those at places that give what is learned again and again, not now and then.

        Where gradients are added up, a few sums look like what a number becomes.
        """
        made = Counter(number.event.place for number in self.at.values())
        made.update(one.event.place for several in self.elements.values() for one in several)
        changed = Counter(self.events[at].place for _, at in changes.values())
        rare = {place for place, count in changed.items() if count < OF_AN_UPDATE * made[place]}
        return {content: change for content, change in changes.items() if self.events[change[1]].place not in rare}

    def _next(
        self,
        content: float,
        first: int,
        place: int,
        uses: dict[float, tuple[int, int]],
        adding: dict[float, list[Number]],
        is_term: bool,
    ) -> tuple[float, int] | None:
        level = [content]
        for _ in range(MAX_LINKS):
            following: list[float] = []
            for one in level:
                places = {place} if is_term else set()  # where many samples are looked at, one sum stands for all
                for number in adding.get(one, ()):
                    event = number.event
                    is_left = number.content == content  # a step of nothing
                    if event.index < first or is_left or event.place in places or len(places) > MAX_ROOM:
                        continue
                    places.add(event.place)
                    if number.content in uses and uses[number.content][1] > event.index:
                        return number.content, event.index
                    following.append(number.content)
            level = following[:MAX_ROOM]
        return None


def in_single(content: float) -> float:
    """What single precision leaves of a number."""
    try:
        return float(_SINGLE.unpack(_SINGLE.pack(content))[0])
    except OverflowError:
        return content


def is_common(content: float) -> bool:
    """Whether a number is one that comes about in many ways."""
    return content == 0 or (abs(content) < 1e6 and content == round(content, 2))


def slots(changes: dict[float, tuple[float, int]]) -> dict[float, int]:
    """Which of the changing numbers each content is a version of."""
    found: dict[float, int] = {}
    following = {content: new for content, (new, _) in changes.items()}
    later = set(following.values())
    starts = [content for content in following if content not in later]
    for number, start in enumerate(starts):
        content: float | None = start
        while content is not None and content not in found:
            found[content] = number
            content = following.get(content)
    return found
