"""What leaves the network: the activation of the last layer, and the targets that it is compared with."""

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import PARTS, PRODUCTS, Graph
from grader.reading.recorded.recording import Array, Event
from grader.reading.structure.decided import is_decided
from grader.reading.structure.network import Pass
from grader.reading.structure.passes import Flow, rows
from grader.reading.structure.texts import Texts

SEVERAL = 3  # numbers of classes
MAX_DESCENDANTS = 120
MAX_REACH = 12_000  # events after z: of a softmax that is taken row by row as well
_COMPARING = ("Sub", "subtract", "Mult", "multiply", "Div", "divide", "Add", "add", "ne", "eq", "power", "dot", "vdot",
              "MatMult", "where", "inner", "matmul", "einsum")  # fmt: skip


def descendants(graph: Graph, start: int, limit: int) -> Iterator[Event]:
    """The events that descend from the event `start`, in time, up to the event `limit`."""
    seen = {start}
    queue: list[int] = []

    def push(event: Event) -> None:
        for user in graph.users.get(event.result, ()):
            if event.index < user <= limit and user not in seen:
                seen.add(user)
                heapq.heappush(queue, user)

    push(graph.events[start])
    for _ in range(MAX_DESCENDANTS):
        if not queue:
            return
        event = graph.events[heapq.heappop(queue)]
        yield event
        push(event)


@dataclass(frozen=True)
class Found:
    """The output: its activation (None: not known), the code of a wrong one, where it was made."""

    activation: act.Activation | None
    wrong: str | None
    place: int | None


def limit_of(passes: Sequence[Pass], k: int, end: int) -> int:
    """The last event that can have to do with a pass: the next pass begins after it, at the same place."""
    following = passes[k + 1].first if k + 1 < len(passes) else end
    return min(following, passes[k].last + MAX_REACH, end)


def find_output(
    graph: Graph, passes: Sequence[Pass], is_column: bool, end: int, tolerance: float, texts: Texts
) -> Found:
    """Recognise the activation of the last layer in the passes, and put its values into them.

    `tolerance` is that of the activation's name: in single precision a sigmoid is none to ten digits, and its 1 − a,
    which is rounded less, would pass for one with a wrong sign.
    """
    tables, again = [], []  # what is made at each place, at first and once more
    for k, one in enumerate(passes):
        z = one.layers[-1].z
        found: dict[int, tuple[Array, int]] = {}
        more: dict[int, tuple[Array, int]] = {}
        for event in descendants(graph, one.last, limit_of(passes, k, end)):
            if graph.size(event.result) != z.size or event.place in more or event.op in PRODUCTS:
                continue  # a product is of the next step already, with weights that were changed
            value = graph.array(event.result)
            if value is not None and not graph.values.is_whole(event.result) and not is_decided(graph, event):
                table = more if event.place in found else found
                table[event.place] = (_like(value, z, is_column), event.result)
        tables.append(found)
        again.append(more)
    places = [place for place in tables[0] if all(place in table for table in tables)]
    z = np.vstack([one.layers[-1].z for one in passes])
    single = [len(one.layers[-1].z) for one in passes]
    compared = _first_compared(graph, passes[0], tables[0], limit_of(passes, 0, end), texts)
    bare = {-1: (z, passes[0].layers[-1].z_value)}
    if compared is None and _first_compared(graph, passes[0], bare, limit_of(passes, 0, end), texts) is not None:
        put_outputs(passes, [(one.layers[-1].z, one.layers[-1].z_value) for one in passes])
        return Found(act.IDENTITY, None, None)  # an activation that is made of z has to do with a slope alone
    for those in (tables, again):  # a part of what is compared may be a sigmoid of its own
        place = _first_compared(graph, passes[0], those[0], limit_of(passes, 0, end), texts)
        if place is not None and all(place in table for table in those):
            code = act.recognise_wrong_of_numbers(z, np.vstack([table[place][0] for table in those]), tolerance)
            if code in act.OF_SIGMOIDS:
                put_outputs(passes, [table[place] for table in those])
                return Found(None, code, place)
    for kind in ("compared", "usual", "rectified", "wrong", "unusual"):
        for place in places:
            a = np.vstack([table[place][0] for table in tables])
            if np.array_equal(a, z):
                continue
            if kind != "wrong":
                if kind == "compared" and place != compared:
                    continue
                activation = act.recognise(z, a, tolerance)
                if activation is not None and activation.name.startswith("leaky") and (z < 0).all():
                    activation = activation if place == compared else None  # a number times z, as far as is seen
                # beside a sigmoid or a tanh that it is made of, or is
                is_shifted = activation in (act.BIPOLAR, act.CENTRED, *act.SCALED)
                is_kind = is_shifted if kind == "compared" else activation is not None and _kind(activation) == kind
                if activation is act.SIGMOID and is_kind and place != compared:
                    falling = _taken_from_one(graph, passes[0], tables, z, place, tolerance)
                    if falling is not None:
                        put_outputs(passes, [table[falling] for table in tables])
                        return Found(None, "sigmoid-sign", falling)
                if activation is not None and is_kind and activation not in _NOT_AT_THE_END:
                    put_outputs(passes, [table[place] for table in tables])
                    return Found(activation, None, place)
            else:
                biggest = int(np.argmax(single))
                code = act.recognise_wrong(passes[biggest].layers[-1].z, tables[biggest][place][0])
                code = code or act.recognise_wrong_of_numbers(z, a, tolerance)
                if code is not None and not _is_divided_by(graph, tables[0][place][1], passes[0].last):
                    put_outputs(passes, [table[place] for table in tables])
                    return Found(None, code, place)
    decided = _decisions(graph, passes, is_column, end) if len(passes[0].layers) > 1 else None
    if decided is not None:
        put_outputs(passes, decided)
        return Found(act.recognise_steps(z, np.vstack([a for a, _ in decided])), None, None)
    put_outputs(passes, [(one.layers[-1].z, one.layers[-1].z_value) for one in passes])
    return Found(act.IDENTITY, None, None)


def _decisions(graph: Graph, passes: Sequence[Pass], is_column: bool, end: int) -> list[tuple[Array, int]] | None:
    """The first whole numbers of the size of z that something is subtracted from, or that are, if a step gives them."""
    found: list[tuple[Array, int]] = []
    for k, one in enumerate(passes):
        z, limit = one.layers[-1].z, limit_of(passes, k, end)
        for event in descendants(graph, one.last, limit):
            made, value = graph.array(event.result), event.result
            is_step = graph.values.is_whole(value) or is_decided(graph, event)
            if made is None or graph.size(value) != z.size or not is_step:
                continue
            if any(
                user.op in ("Sub", "subtract") for user in graph.users_after(value, event.index) if user.index < limit
            ):
                found.append((_like(made * 1.0, z, is_column), value))
                break
        else:
            return None
    z = np.vstack([one.layers[-1].z for one in passes])
    return found if act.recognise_steps(z, np.vstack([a for a, _ in found])) is not None else None


def _is_divided_by(graph: Graph, value: int, after: int) -> bool:
    """Whether a value is a part of a function: 1 + exp(−z), which 1 is divided by."""
    return any(
        event.op in ("Div", "divide", "true_divide") and event.operands[-1] == value
        for event in graph.users_after(value, after)
    )


def _taken_from_one(
    graph: Graph, one: Pass, tables: list[dict[int, tuple[Array, int]]], z: Array, place: int, tolerance: float
) -> int | None:
    """Where σ(−z) is made, if that is the output, and σ(z) only the 1 − a of a derivative.

    In `1 - 1 / (1 + np.exp(z))` it is used for the difference alone.
    """
    made = tables[0][place][1]
    for other in tables[0]:
        a = np.vstack([table[other][0] for table in tables]) if all(other in table for table in tables) else None
        if a is None or not act.close(a, act.sigmoid(-z), tolerance):
            continue
        users = list(graph.users_after(tables[0][other][1], one.last))
        taken = [e for e in users if e.op in ("Sub", "subtract") and e.result == made]
        if taken and len({event.place for event in users}) > 1:
            return other
    return None


def _first_compared(
    graph: Graph, one: Pass, table: dict[int, tuple[Array, int]], limit: int, texts: Texts
) -> int | None:
    """The place of what is the first to meet, in a difference, something of its size that does not come out of z.

    A number that is written there is a part of the function: in `2 / (1 + np.exp(-z)) - 1` of a single unit.
    """
    made = {value: place for place, (_, value) in table.items()}
    seen = {graph.events[one.last].result}
    for event in descendants(graph, one.last, limit):
        bases = [graph.base(operand, event.index)[0] for operand in event.operands]
        if event.op in ("Sub", "subtract") and len(bases) == 2 and not _LITERAL.search(texts(event.place)):
            for base, other in (bases, bases[::-1]):
                if base in made and other not in seen and graph.size(other) == graph.size(base):
                    return made[base]
        seen.add(event.result)
    return None


def _kind(activation: act.Activation) -> str:
    """Of which turn it is: max(z, 0) may be a part of a cost that is computed of z, beside the sigmoid."""
    if activation in (act.SIGMOID, act.SOFTMAX, act.TANH):
        return "usual"
    return "rectified" if activation is act.RELU else "unusual"


_NOT_AT_THE_END = (act.SINE, act.GAUSS, act.ARCTAN, act.IDENTITY)


def put_outputs(passes: Sequence[Pass], values: Sequence[tuple[Array, int | None]]) -> None:
    for one, (a, value) in zip(passes, values, strict=True):
        one.layers[-1].a, one.layers[-1].a_value = a, value


def _like(value: Array, z: Array, is_column: bool) -> Array:
    found = rows(value, is_column)
    if found.shape != z.shape == value.shape:  # made in columns, and turned before the activation
        return value
    if found.shape != z.shape == found.shape[::-1]:  # made in rows, and turned
        return found.T
    return found if found.shape == z.shape else value.reshape(z.shape) if min(z.shape) == 1 else found.reshape(z.shape)


@dataclass(frozen=True)
class Target:
    """Where the targets meet the output: the place, which operand, and in which form they are."""

    place: int
    position: int
    form: str  # "array", "negative", "labels", "number"
    is_difference: bool


def find_targets(graph: Graph, flow: Flow, passes: Sequence[Pass], is_column: bool, end: int, texts: Texts) -> bool:
    """Find what the output is compared with, and put it into the passes as rows; False if there is nothing.

    It is met before the next pass begins, or where all have gone forward; if nothing is, it may be a number for all.
    """
    for limit, is_for_all in ((limit_of, False), (_limit_of_step, False), (limit_of, True)):
        for target in _candidates(graph, flow, passes[0], is_column, limit(passes, 0, end), texts, is_for_all):
            found: list[tuple[Array, int]] = []
            for k, one in enumerate(passes):
                y = _target_of(graph, one, target, is_column, limit(passes, k, end), is_for_all)
                if y is None:
                    break
                found.append(y)
            is_number = target.form != "labels" and len({graph.shape(number) for _, number in found}) == 1
            is_number = is_number and not is_for_all and graph.shape(found[0][1]) == () and found[0][0].size > 1
            if is_number and not _are_classes(found):
                continue  # a number of the formula
            if len(found) == len(passes):
                for one, entry in zip(passes, found, strict=True):
                    one.y, one.y_value = entry
                return True
    return False


def _are_classes(found: Sequence[tuple[Array, int]]) -> bool:
    """Whether single numbers, each for all outputs of a sample, are those of several classes."""
    numbers = {float(y.flat[0]) for y, _ in found}
    units = found[0][0].size
    return units > 2 and len(numbers) >= SEVERAL and all(one % 1 == 0 and 0 <= one <= units for one in numbers)


def _limit_of_step(passes: Sequence[Pass], k: int, end: int) -> int:
    """The last event before a pass begins whose weights are others."""
    weights = passes[k].layers[0].weights
    following = next((one.first for one in passes[k + 1 :] if one.layers[0].weights != weights), end)
    return min(following, passes[k].last + MAX_REACH, end)


_LITERAL = re.compile(r"^\(*\s*[\d.]+(e-?\d+)?\s*\)*\s*[-+*/]|[-+*/]\s*\(*\s*[\d.]+(e-?\d+)?\s*\)*\s*$")


def _candidates(
    graph: Graph, flow: Flow, one: Pass, is_column: bool, limit: int, texts: Texts, is_for_all: bool
) -> list[Target]:
    a = one.layers[-1].a
    assert a is not None
    is_number = a.size == 1
    ranked: list[tuple[int, int, Target]] = []
    keys: dict[tuple[int, int], set[int]] = {}  # with which the output is indexed: in a loop with many
    outputs = {one.layers[-1].a_value, one.layers[-1].z_value}
    inputs = graph.base(one.layers[0].input_value, one.first)[0]
    last = one.layers[-1]
    makers = graph.makers.get(last.a_value, ()) if last.a_value not in (None, last.z_value) else ()
    made = next((at for at in makers if at > one.last), -1)
    again = descendants(graph, one.last, limit) if is_number and made >= 0 else ()  # numbers are not known by content
    outputs |= {e.result for e in again if e.place == graph.events[made].place and graph.array(e.result) == a.item()}
    for event in descendants(graph, one.last, limit):
        if event.index <= made:
            continue  # what the last function is made of
        sources = graph.sources[event.index]
        for position, operand in enumerate(event.operands):
            source = sources[position]
            if (
                operand in outputs
                or (source > one.last and flow.parts[source])
                or (source >= one.first and flow.parts[source])
            ):
                continue
            others = [o for k, o in enumerate(event.operands) if k != position]
            touches = any(_is_view_of(graph, o, outputs, event.index) for o in others)
            owner = flow.parameters.owner(operand, event.index)
            if owner is not None and (owner[1] or not touches):
                continue  # what training has made, as a state that is changed from round to round, is no target
            is_difference = event.op in ("Sub", "subtract") and touches
            size = graph.size(operand)
            if event.op in ("Index", "Set") and position > 0 and size == len(a) and a.shape[1] > 1:
                keys.setdefault((event.place, position), set()).add(operand)
                if a.size in (graph.size(event.operands[0]), graph.size(event.result)) and is_labels(
                    graph, operand, a.shape[1]
                ):
                    ranked.append((1, event.index, Target(event.place, position, "labels", False)))
                continue
            is_of_one = is_difference and _is_of_one(graph, operand, event.result, a, is_column, is_for_all)
            if event.op not in _COMPARING or (size != a.size and not is_of_one):
                continue
            if (is_number or is_of_one) and graph.shape(operand) == () and _LITERAL.search(texts(event.place)):
                continue
            value = graph.array(operand)
            if not is_difference and not is_number and graph.base(operand, event.index)[0] == inputs:
                continue  # what goes into dW
            if value is None or (not is_number and np.ptp(value) == 0 and size > 1 and not is_difference):
                continue
            is_negative = not is_difference and value.min() < 0 and value.max() <= 0
            is_negative = is_negative or (is_number and touches and event.op in ("Add", "add"))  # a + (−y)
            form = "negative" if is_negative else "array"
            is_near = touches or event.op in ("Mult", "multiply", "dot", "MatMult", "einsum")  # y / a, not 1 − y
            rank = 0 if is_difference else 2 if is_near else 3
            ranked.append((rank, event.index, Target(event.place, position, form, is_difference)))
    found = [target for _, _, target in sorted(ranked, key=lambda entry: entry[:2])]
    return [t for t in found if t.form != "labels" or len(keys[t.place, t.position]) == 1]


def _is_of_one(graph: Graph, value: int, difference: int, a: Array, is_column: bool, is_for_all: bool) -> bool:
    """Whether a row of targets is taken for those of each sample: a difference to all outputs is made of it.

    Of as many samples as units, a vector may be labels, one for each sample; a row that meets rows is not. So is the
    label of a single sample that is taken for the targets of all its outputs.
    """
    if is_for_all:  # or one for all units of a sample, but for the numbers of a derivative: `one - a`
        number = graph.values.scalar(value) if graph.shape(value) == () else None
        is_row = graph.size(value) == len(a) > 1 and len(a) != a.shape[1] > 1
        return (number not in (None, 0.0, 1.0) or is_row) and graph.size(difference) == a.size
    if len(a) == 1 and graph.size(value) == 1:
        return a.shape[1] > 1 and graph.size(difference) == a.size
    is_row = not is_column and graph.shape(value) == (1, a.shape[1])
    is_one = graph.size(value) == a.shape[1] > 1 and len(a) != 1 and (is_row or len(a) != a.shape[1])
    return is_one and graph.size(difference) == a.size


def _is_view_of(graph: Graph, value: int, outputs: set[int | None], before: int) -> bool:
    """Whether a value is one of these in another form, or the only number of one: `y[0]`."""
    base = graph.base(value, before)[0]
    maker = graph.maker(base, before) if graph.size(base) == 1 else None
    if maker is not None and maker.op in PARTS and graph.size(maker.operands[0]) == 1:
        base = maker.operands[0]
    return value in outputs or base in outputs


def is_labels(graph: Graph, value: int, kinds: int) -> bool:
    array = graph.array(value)
    if array is None or not np.array_equal(array, np.round(array)):
        return False
    flat = array.ravel()
    is_range = flat.size > 1 and bool((np.diff(flat) == 1).all())
    return bool(flat.min() >= 0 and flat.max() < kinds) and not is_range


def _target_of(
    graph: Graph, one: Pass, target: Target, is_column: bool, limit: int, is_for_all: bool
) -> tuple[Array, int] | None:
    a = one.layers[-1].a
    assert a is not None
    for event in descendants(graph, one.last, limit):
        if event.place != target.place or target.position >= len(event.operands):
            continue
        operand = event.operands[target.position]
        is_of_one = target.is_difference and _is_of_one(graph, operand, event.result, a, is_column, is_for_all)
        if graph.size(operand) != (len(a) if target.form == "labels" else a.size) and not is_of_one:
            continue  # of one unit, in a loop
        value = graph.array(operand)
        if value is None:
            return None
        if target.form == "labels":
            if not is_labels(graph, operand, a.shape[1]) or value.size != len(a):
                return None
            return np.eye(a.shape[1])[value.ravel().astype(int)], operand
        if is_of_one:
            is_each = is_for_all and value.size == len(a)
            return np.broadcast_to(value.reshape((-1, 1) if is_each else (1, -1)), a.shape), operand
        if value.size != a.size:
            return None
        y = value if value.shape == a.shape and not (is_column and len(set(a.shape)) == 1) else None
        if y is None:
            y = rows(value, is_column)
        if y.shape != a.shape == y.shape[::-1]:  # as the output is, turned behind z
            y = y.T
        y = y if y.shape == a.shape else value.reshape(a.shape)
        return (-y if target.form == "negative" else y), operand
    return None
