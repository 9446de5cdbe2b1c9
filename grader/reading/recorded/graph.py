"""The events of a run as a graph in time: which event made each operand, and who used each result.

Values are known by content, so one value can be made several times; an operand comes from the last event before
that made it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from grader.reading.recorded.recording import Array, Event, Recording

PRODUCTS = frozenset(["MatMult", "dot", "matmul", "einsum", "tensordot", "inner"])
OUTER = frozenset(["outer", "kron"])
#: The same numbers in another form.
VIEWS = frozenset([
    "T", "transpose", "swapaxes", "reshape", "ravel", "flatten", "copy", "astype", "array", "asarray", "squeeze",
    "expand_dims", "atleast_2d", "mat", "matrix", "asmatrix", "ascontiguousarray", "view", "deepcopy", "tolist",
    "float64", "float32", "asanyarray", "asfarray", "float", "item",
])  # fmt: skip
ADDING = frozenset(["Add", "Sub", "add", "subtract"])
SCALING = frozenset(["Mult", "Div", "multiply", "divide", "true_divide"])
GATHERED = "gathered"  # single numbers put together by the reader, not by the script
PARTS = frozenset(["Index", "Item"])

#: what makes arrays of nothing but their sizes
DRAWING = frozenset([
    "randn", "rand", "uniform", "normal", "standard_normal", "random", "random_sample", "zeros", "ones",
    "zeros_like", "ones_like", "full", "randint", "integers", "empty", "truncated_normal", "ranf", "sample",
    "eye", "full_like",
])  # fmt: skip


class Graph:
    """Events with their sources and users."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.events = recording.events
        self.values = recording.values
        self.users: dict[int, list[int]] = {}  # value -> events that use it
        self.makers: dict[int, list[int]] = {}  # value -> events that make it
        self.sources: list[tuple[int, ...]] = []  # of each event, per operand: the event that made it, or -1
        last: dict[int, int] = {}
        for event in self.events:
            self.sources.append(tuple([last.get(operand, -1) for operand in event.operands]))
            for operand in set(event.operands):
                self.users.setdefault(operand, []).append(event.index)
            last[event.result] = event.index
            self.makers.setdefault(event.result, []).append(event.index)

    def users_after(self, value: int, index: int) -> Iterator[Event]:
        """The events that use a value later than the event with this index."""
        users = self.users.get(value, [])
        for user in users[bisect_right(users, index) :]:
            yield self.events[user]

    def maker(self, value: int, before: int | None = None) -> Event | None:
        """The last event (before that index) that made the value."""
        makers = self.makers.get(value, [])
        position = len(makers) if before is None else bisect_left(makers, before)
        return self.events[makers[position - 1]] if position else None

    def array(self, value: int) -> Array | None:
        return self.values.get(value)

    def size(self, value: int) -> int:
        return self.values.sizes[value]

    def shape(self, value: int) -> tuple[int, ...]:
        return self.values.shapes[value]

    def base(self, value: int, before: int | None = None) -> tuple[int, bool]:
        """The value behind views of all of it, and whether an odd number of them were transposes."""
        is_turned = False
        for _ in range(12):
            maker = self.maker(value, before)
            if maker is None or maker.op not in VIEWS or not maker.operands:
                break
            inner = maker.operands[0]
            if self.size(inner) != self.size(value):
                break
            if maker.op in ("T", "transpose", "swapaxes") and len(self.shape(value)) == 2:
                is_turned = not is_turned
            value, before = inner, maker.index
        return value, is_turned

    def ancestors(self, index: int, stop: int = -1) -> set[int]:
        """The events that an event descends from (itself included), back to the event `stop`."""
        found = {index}
        pending = [index]
        while pending:
            for source in self.sources[pending.pop()]:
                if source > stop and source not in found:
                    found.add(source)
                    pending.append(source)
        return found

    @cached_property
    def of_products(self) -> set[int]:
        """The events in which a product has a part."""
        found: set[int] = set()
        for event, sources in zip(self.events, self.sources, strict=True):
            if event.op in PRODUCTS or not found.isdisjoint(sources):
                found.add(event.index)
        return found

    @cached_property
    def made_at_random(self) -> set[int]:
        """Values that come from a random generator or a constant, through operations on them alone."""
        found: set[int] = set()
        for event in self.events:
            if event.op in DRAWING:
                found.add(event.result)
            elif event.op in VIEWS | ADDING | SCALING | {"Index", "USub", "Pow"}:
                arrays = [o for o in event.operands if self.size(o) > 1]
                if arrays and all(o in found for o in arrays):
                    found.add(event.result)
        return found

    @cached_property
    def without_products(self) -> set[int]:
        """Values in whose making no product had a part."""
        tainted: set[int] = set()
        clean: set[int] = set()
        for event in self.events:
            for operand in event.operands:
                if operand not in tainted:
                    clean.add(operand)
            is_tainted = event.op in PRODUCTS | OUTER or any(operand in tainted for operand in event.operands)
            if is_tainted and event.result not in clean:
                tainted.add(event.result)
        return clean - tainted
