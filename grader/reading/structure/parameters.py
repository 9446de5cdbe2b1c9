"""The parameters of a run, found without a name.

A parameter is an operand of a product that comes back at the same place of the text after nothing but adding,
subtracting and scaling (an update), and that no product had a part in when it was first used.
"""

import heapq
from bisect import bisect_right
from dataclasses import dataclass, field

from grader.reading.recorded.graph import ADDING, OUTER, PARTS, PRODUCTS, SCALING, VIEWS, Graph
from grader.reading.recorded.recording import Event
from grader.reading.structure.fillings import change_of_whole, is_activation, is_added, made_by_layer
from grader.reading.structure.moved import is_as_before, is_moved, is_tried

MAX_STEPS_OF_SEARCH = 6_000
MAX_SEARCHED = 120_000  # events in all searches together
MAX_PARAMETERS = 64
MANY_VERSIONS = 50  # more than these, a product has what is another array each time


@dataclass
class Parameter:
    """A parameter and what it was over time.

    Attributes:
        versions: its values, as they are at its places of use (not their transposes).
        updates: for each version but the first, the event that made it.
        again: values that are a version put back, up to rounding, and which.
    """

    number: int
    versions: list[int]
    updates: list[int] = field(default_factory=list)
    is_bias: bool = False
    again: dict[int, int] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return self.versions[0]

    @property
    def is_updated(self) -> bool:
        return len(self.versions) > 1


_OF_THE_SHAPE_ALONE = frozenset(["zeros_like", "ones_like", "empty_like", "full_like"])


class Parameters:
    """All parameters, and which of them a value is a version of."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.all: list[Parameter] = []
        self.of: dict[int, tuple[Parameter, int]] = {}  # value -> parameter, version
        self.others: list[Parameter] = []  # what training changes and enters no product: kernels, scales, velocities
        self._left = MAX_SEARCHED
        self.moved: dict[int, int] = {}  # what a version is with one number moved, to see the cost -> the event
        self._rooted = graph.without_products
        self._still: set[tuple[int, int]] = set()  # (value, size of a part): data, whose parts nothing changes
        self._find(PRODUCTS | OUTER)
        self._find(ADDING)
        self._find_others()
        self._complete()

    @property
    def weights(self) -> list[Parameter]:
        return [p for p in self.all if not p.is_bias]

    def owner(self, value: int, before: int | None = None) -> tuple[Parameter, int, bool] | None:
        """(parameter, version, turned) of a value or a view of all of one."""
        if value in self.of:
            return *self.of[value], False
        base, is_turned = self.graph.base(value, before)
        return (*self.of[base], is_turned) if base in self.of else None

    def _find(self, ops: frozenset[str]) -> None:
        graph = self.graph
        is_product = ops is not ADDING
        places: dict[tuple[int, int], dict[int, int]] = {}  # (place, position) -> base value -> last use
        firsts: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        for event in graph.events:
            if event.op not in ops or len(event.operands) != 2:
                continue
            for position, operand in enumerate(event.operands):
                if not is_product and not self._is_bias_like(event, position):
                    continue
                base, _ = graph.base(operand, event.index)
                uses = places.setdefault((event.place, position), {})
                if base not in uses:
                    firsts.setdefault((event.place, position), []).append((event.index, base, operand))
                uses[base] = event.index

        def is_of_data(key: tuple[int, int]) -> bool:
            """Whether it is another array each time, as patches of an image, or rows of one that stays: samples."""
            makers = [graph.maker(base, index) for index, base, _ in firsts[key][:3]]
            wholes = {maker.operands[0] if maker and maker.op in PARTS else -1 for maker in makers}
            return len(places[key]) > MANY_VERSIONS or (len(makers) > 2 and len(wholes) == 1 and -1 not in wholes)

        for key, uses in sorted(places.items(), key=lambda one: is_of_data(one[0])):  # else it uses the search up
            if len(uses) < 2:
                continue
            for index, base, operand in firsts[key][:40]:
                # several biases may start with the same numbers
                if (base in self.of and is_product) or base in self.moved or len(self.all) >= MAX_PARAMETERS:
                    continue
                if base not in self._rooted and base not in graph.made_at_random:
                    continue
                if is_product and graph.size(base) < 2 and graph.shape(operand) == () and not self._grows(base, index):
                    continue
                self._follow(base, operand, index, uses, not is_product)

    def _grows(self, number: int, index: int) -> bool:
        """Whether an array is added to a number: `w = 2` and then `w = w + X.T @ d`, a matrix."""
        users = self.graph.users_after(number, index)
        return any(user.op in ADDING and self.graph.size(user.result) > 1 for user in users)

    def _find_others(self) -> None:
        """Arrays that were drawn or filled, and stand at the same place again after nothing but an update.

        Vectors that are written number by number as well, where others are multiplied by them.
        """
        graph = self.graph
        self._left = MAX_SEARCHED // 3
        firsts: dict[int, tuple[int, tuple[int, int]]] = {}
        uses: dict[tuple[int, int], dict[int, int]] = {}
        for event in graph.events:
            if event.op in _OF_THE_SHAPE_ALONE:
                continue
            for position, value in enumerate(event.operands):
                if graph.size(value) < 2 or value in self.of or value in self.moved or event.op in PRODUCTS:
                    continue
                at = uses.setdefault((event.place, position), {})
                at[value] = event.index
                if value in graph.made_at_random or self._is_written(event, value):
                    firsts.setdefault(value, (event.index, (event.place, position)))
        for value, (index, place) in firsts.items():
            if len(uses[place]) > 1 and len(self.others) < MAX_PARAMETERS:
                found = self._versions(Parameter(-1, [value]), value, index, uses[place])
                if found.is_updated and not self._is_filled(found) and not self._is_buffer(found):
                    self.others.append(found)

    def followed(self, value: int, index: int) -> Parameter:
        """A value that the event with that index uses, with what stands there in its place later on."""
        place = self.graph.events[index].place
        position = self.graph.events[index].operands.index(value)
        uses: dict[int, int] = {}
        for event in self.graph.events[index:]:
            if event.place == place and len(event.operands) > position:
                uses[event.operands[position]] = event.index
        self._left = MAX_SEARCHED // 3
        return self._versions(Parameter(-1, [value]), value, index, uses)

    def _is_written(self, event: Event, value: int) -> bool:
        """Whether a vector that is multiplied by another one stands in the text: no operation on arrays made it."""
        graph = self.graph
        shapes = {graph.shape(operand) for operand in event.operands}
        if event.op not in ("Mult", "multiply") or len(shapes) != 1 or len(graph.shape(value)) != 1:
            return False
        maker = graph.maker(value, event.index)
        return maker is None or maker.op in ("array", "asarray")

    def _is_filled(self, parameter: Parameter) -> bool:
        """Whether it is an array of zeros that a loop fills: results, not something that is learned."""
        array = self.graph.array(parameter.first)
        is_empty = array is not None and bool((array == array.flat[0]).all())
        return is_empty and any(self.graph.events[at].op == "Set" for at in parameter.updates)

    def _is_bias_like(self, event: Event, position: int) -> bool:
        """Whether an operand is added to something larger made of a product with a parameter, or taken off."""
        graph = self.graph
        other = event.operands[1 - position]
        is_taken = event.op in ("Sub", "subtract") and position == 1 and graph.shape(event.result) != ()
        if not (event.op in ("Add", "add") or is_taken) or graph.size(event.operands[position]) > graph.size(other):
            return False
        source = graph.sources[event.index][1 - position]
        if source < 0 or graph.shape(event.result) == ():
            return source >= 0 and self._is_weighted(source)
        return self._is_weighted(source)

    def _is_weighted(self, index: int) -> bool:
        """Whether an event is a product with a weight, or a view or sum of one."""
        graph = self.graph
        for _ in range(6):
            event = graph.events[index]
            if event.op in PRODUCTS or event.op in OUTER:
                return any(self.owner(operand, event.index) for operand in event.operands)
            sources = [s for s in graph.sources[index] if s >= 0]
            if event.op not in VIEWS | ADDING | {"Set", "sum", "Index", "Item"} or not sources:
                return False
            index = max(sources)
        return False

    def _follow(self, base: int, operand: int, index: int, uses: dict[int, int], is_bias: bool) -> None:
        parameter = self._versions(Parameter(len(self.all), [base], is_bias=is_bias), operand, index, uses)
        if parameter.is_updated and not self._stays(parameter):
            self.all.append(parameter)
            for i, version in enumerate(parameter.versions):
                self.of.setdefault(version, (parameter, i))
            for value, i in parameter.again.items():
                self.of.setdefault(value, (parameter, i))
            inner, is_turned = self.graph.base(operand, index)
            if inner == base and not is_turned:  # which a step of nothing gives again, and is no view then
                self.of.setdefault(operand, (parameter, 0))

    def _stays(self, parameter: Parameter) -> bool:
        """Whether something is taken from it anew in each step: from targets, of which outputs of 0 leave t − o."""
        value, update = parameter.first, self.graph.events[parameter.updates[0]]
        made = [self.graph.events[at] for at in self.graph.users.get(value, ())]
        others = [one for one in made if one.place == update.place and one.result != value]
        return len(parameter.versions) == 2 and value not in self.graph.made_at_random and len(others) > 2

    def _versions(self, parameter: Parameter, operand: int, index: int, uses: dict[int, int]) -> Parameter:
        """The parameter with all its versions; `operand` is how it was used first, by the event `index`."""
        current, at = parameter.first, index
        view = operand  # a reshaped one is what the update goes on with
        places: set[int] = set()  # of the updates so far
        wholes: set[int] = set()  # sizes of longer vectors that it is a part of
        while len(parameter.versions) < 200:
            again: list[int] = []
            found = self._successor(current, view, at, uses, places, wholes, again)
            parameter.again.update(dict.fromkeys(again, len(parameter.versions) - 1))
            if found is None:
                break
            at, current = found
            view = current
            parameter.versions.append(current)
            parameter.updates.append(change_of_whole(self.graph, at))
            places.add(self.graph.events[at].place)
        return parameter

    def _successor(
        self,
        value: int,
        view: int,
        after: int,
        uses: dict[int, int],
        places: set[int],
        wholes: set[int],
        again: list[int],
    ) -> tuple[int, int] | None:
        """The next version: the first value that adding and scaling make of this one and that is used like it.

        The last one of a run need not be used any more; the place where the others were made tells it. One whose
        numbers are moved one by one, to see what the cost does, and put back, is none: `again` gets what is put back.
        """
        graph = self.graph
        sizes = {graph.size(value)}
        starts = {value, view}
        whole, before = value, after + 1
        for _ in range(6):  # a part of a longer vector is changed with it
            maker = graph.maker(whole, before)
            if maker is None or not maker.operands or maker.op not in VIEWS | PARTS | {"split"}:
                break
            whole, before = maker.operands[0], maker.index  # a view may be equal to what it is of
            is_still = (whole, graph.size(value)) in self._still
            if not is_still and (whole in graph.made_at_random or whole in self._rooted or graph.size(whole) in wholes):
                sizes.add(graph.size(whole))
                starts.add(whole)
        wholes |= sizes
        queue: list[tuple[int, int, bool]] = []  # of each value its next user alone
        seen: set[tuple[int, int, bool]] = set()

        def push(source: int, since: int, is_changed: bool) -> None:
            users = graph.users.get(source, [])
            following = bisect_right(users, since)
            if following < len(users):
                heapq.heappush(queue, (users[following], source, is_changed))

        for start in starts:
            push(start, after if start in (value, view) else -1, False)
        is_still = True
        unused: tuple[int, int] | None = None  # an element set by a loop that goes on with the others
        for _ in range(MAX_STEPS_OF_SEARCH):
            if not queue and is_still:
                self._still.update((start, graph.size(value)) for start in starts - {value, view})
            if not queue or self._left <= 0:
                return unused
            self._left -= 1
            at, source, is_changed = heapq.heappop(queue)
            if (at, source, is_changed) in seen:
                continue  # and so is what follows
            seen.add((at, source, is_changed))
            push(source, at, is_changed)
            event = graph.events[at]
            result = event.result
            if result == source or not self._keeps(event, source):
                continue
            if graph.size(result) not in sizes and not (event.op in ADDING and result in uses):  # grown by broadcasting
                continue
            is_changed = is_changed or event.op in ADDING or event.op == "Set"
            is_still = is_still and not is_changed
            is_alike = event.place in places and graph.size(result) == graph.size(value)
            is_update = (result in uses and uses[result] > at) or is_alike
            if event.op == "Set" and result != value and is_as_before(graph, result, value):
                again.append(result)
            elif event.op in ADDING and is_tried(graph, event, starts):
                self.moved[result] = at
                continue
            elif event.op == "Set" and is_moved(graph, event, value):
                self.moved[result] = at
            elif is_changed and at > after and result != value and is_update and result not in self.of:
                if event.op != "Set" or uses.get(result, -1) > at:
                    return self._own_update(at, result, starts), result
                unused = at, result
            push(result, at, is_changed)
        return unused

    def _own_update(self, at: int, result: int, starts: set[int]) -> int:
        """Where a version itself is changed, if another number that was like it came to the same before.

        Momentum and bias are both 0 at first: `v = μ·v − rate·db` gives what `b += v` gives after it.
        """
        makers = self.graph.makers[result]
        own = (self.graph.events[one] for one in makers[bisect_right(makers, at) :])
        return max((one.index for one in own if one.op in ADDING and one.operands[0] in starts), default=at)

    def _keeps(self, event: Event, source: int) -> bool:
        """Whether what an event gives is its operand `source`, changed by no more than an update."""
        graph, operands = self.graph, event.operands
        if event.op in VIEWS or event.op in PARTS:
            return operands[0] == source
        if event.op in ("Sub", "subtract"):
            return operands[0] == source
        if event.op in ("Add", "add"):
            return source in operands
        if event.op in SCALING:
            others = [o for o in operands if o != source]
            return all(graph.size(o) == 1 for o in others) and bool(others)
        if event.op == "Set":
            return len(operands) > 1 and operands[0] == source and not is_activation(graph, event)
        return event.op in ("concatenate", "hstack", "vstack", "clip")

    def _complete(self) -> None:
        """Leave out what is a part of another one (weights without the row of the bias), and count."""
        graph = self.graph
        wholes = {version for other in self.others for version in other.versions}

        def is_vector_of_table(parameter: Parameter, maker: Event) -> bool:
            """Whether it is a row of what is looked up; kernels, weights in one long array, and biases that are always
            the same row of the weights, are none."""
            arrays = graph.array(parameter.first), graph.array(maker.operands[0])
            rows = {event.operands[1:] for event in graph.events if event.place == maker.place}
            is_one = parameter.is_bias and len(maker.operands) > 1 and len(rows) == 1
            return not is_one and [array.ndim for array in arrays if array is not None] == [1, 2]

        def is_part(parameter: Parameter) -> bool:
            makers = (graph.events[at] for at in graph.makers.get(parameter.first, ()))  # T of a number is it again
            maker = next((one for one in makers if one.op not in VIEWS), None)
            if maker is None or maker.op not in PARTS:
                return False
            if maker.operands[0] in wholes and is_vector_of_table(parameter, maker):
                return True
            owner = self.owner(maker.operands[0], maker.index)
            return owner is not None and owner[0] is not parameter and not owner[0].is_bias

        parts = [parameter for parameter in self.all if is_part(parameter) or self._is_buffer(parameter)]
        self.all = [parameter for parameter in self.all if parameter not in parts]
        self.of = {value: owner for value, owner in self.of.items() if owner[0] not in parts}
        for number, parameter in enumerate(self.all):
            parameter.number = number

    def _is_buffer(self, parameter: Parameter) -> bool:
        """Whether it is an array that inputs are put into before each product: `self.inputs[:-1] = x`."""
        return all(self.is_filling(self.graph.events[at]) for at in parameter.updates)

    def is_filling(self, event: Event) -> bool:
        """Whether several numbers are put into an array in whose making no product had a part, or that a layer gave."""
        if event.op != "Set" or len(event.operands) < 2 or self.graph.size(event.operands[1]) < 2:
            return False
        if is_added(self.graph, event):  # as `table[word] -= rate * gradient` does
            return False
        return event.operands[1] in self._rooted or made_by_layer(
            self.graph, event, lambda value, at: self.owner(value, at) is not None
        )
