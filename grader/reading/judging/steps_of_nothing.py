"""Steps that are 0 in all rounds, though the error is not: what makes them nothing is looked for from the step back.

Weights that never change are none that training changes, so the graph alone is asked.
"""

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Event

LEAST = 6  # steps that must be 0
MAX_WALK = 60
SHOWN = 8  # names
MAX_USERS = 40
_TIMES = frozenset(["Mult", "multiply"])
_SQUARING = frozenset(["Pow", "power", "square", *_TIMES])
_EMPTY = frozenset(["zeros", "zeros_like"])


def find_steps_of_nothing(graph: Graph) -> Finding | None:
    """What makes the change of some weights 0 in every step; None where no such reason is seen."""
    places: dict[tuple[int, int], list[Event]] = {}  # of a place, by what is changed there
    for event in graph.events:
        if event.op in ADDING and len(event.operands) == 2 and graph.size(event.result) > 1:
            places.setdefault((event.place, event.operands[0]), []).append(event)
    for events in places.values():
        if (
            len(events) < LEAST
            or not is_multiplied_with(graph, events[0].operands[0])
            or any(not _adds_nothing(graph, e) for e in events)
        ):
            continue
        found = _reason(graph, events[LEAST - 1], f"{len(events):,}")
        if found is not None:
            return found
    return None


def step_of_nothing(graph: Graph, value: int, start: int, end: int) -> Event | None:
    """The first event that changes a value by nothing, or by what rounding loses."""
    for event in graph.users_after(value, start):
        if event.index > end:
            return None
        if event.op in ADDING and event.operands[0] == value and event.result == value:
            return event
    return None


def reason_of_nothing(graph: Graph, step: Event) -> Finding | None:
    """What makes that change 0, each time that it is made; None if it is not 0, or no such reason is seen."""
    same = [one for one in graph.users_after(step.operands[0], step.index - 1) if one.place == step.place]
    are_zero = all(_is_zero(graph, one.operands[1]) for one in same)
    return _reason(graph, step, f"{len(same):,}") if are_zero else None


def is_multiplied_with(graph: Graph, value: int, until: int | None = None) -> bool:
    """Whether a value, or a view of it, is multiplied with an array, as weights are."""
    pending = [(value, -1)]
    for _ in range(MAX_USERS):
        if not pending:
            return False
        one, after = pending.pop()
        for user in graph.users_after(one, after):
            if until is not None and user.index > until:
                break
            others = [operand for operand in user.operands if operand != one]
            if user.op in PRODUCTS or (user.op in _TIMES and any(graph.size(other) > 1 for other in others)):
                return True
            if user.op in VIEWS | PARTS:
                pending.append((user.result, user.index))
    return False


def _adds_nothing(graph: Graph, event: Event) -> bool:
    return graph.size(event.operands[0]) == graph.size(event.result) and _is_zero(graph, event.operands[1])


def _is_zero(graph: Graph, value: int) -> bool:
    array = graph.array(value)
    return array is not None and not array.any()


def _reason(graph: Graph, step: Event, steps: str) -> Finding | None:
    """The first event on the way back from a step whose result is 0, and not for an operand that is."""
    at, seen, has_products, user = graph.sources[step.index][1], set[int](), False, step
    facts: dict[str, float | int | str] = {"value": step.operands[0], "steps": steps}
    for _ in range(MAX_WALK):
        event = graph.events[max(at, 0)]
        if at < 0 or event.place == step.place:  # the weights themselves are 0 as yet, as in a penalty
            return None
        if event.place in seen and event.op in _TIMES and not has_products:
            return Finding("step", "multiplied-to-nothing", at, 0, facts)
        if event.op in _EMPTY:
            if has_products and user.op in _TIMES:
                return Finding("step", "slope-of-zeros", at, 0, facts)
            return None if has_products else Finding("step", "zeros-for-gradient", at, 0, facts)
        if event.op in PRODUCTS:
            bases = (graph.base(operand, at)[0] for operand in event.operands)
            if any(_are_zero_weights(graph, base) for base in bases):
                return _zero_weights(graph, step.index)
        seen.add(event.place)
        has_products = has_products or event.op in PRODUCTS
        empty = [source for source, o in zip(graph.sources[at], event.operands, strict=True) if _is_zero(graph, o)]
        if not empty:
            return _slope_of_data(graph, event, steps)
        at, user = max(empty), event
    return None


def _are_zero_weights(graph: Graph, value: int) -> bool:
    """Whether one step after another changes zeros, by nothing as yet: a state before the first sample is 0 as well."""
    if value not in graph.made_at_random or not _is_zero(graph, value):
        return False
    steps = [e for e in graph.users_after(value, -1) if e.op in ADDING and e.operands[0] == e.result == value]
    before = [graph.sources[step.index][0] for step in steps]
    return any(source >= 0 and graph.events[source].op in ADDING for source in before)


def _zero_weights(graph: Graph, until: int) -> Finding:
    """All weights that are multiplied with while they are as they were made, of zeros: the first, and their names."""
    found: dict[int, int] = {}
    for event in graph.events[:until]:
        for operand in event.operands if event.op in PRODUCTS else ():
            base = graph.base(operand, event.index)[0]
            if graph.size(base) > 1 and _are_zero_weights(graph, base):
                found.setdefault(base, graph.makers[base][0])
    names = {value: name for _, _, name, value in reversed(graph.recording.named) if value in found}
    in_order = sorted(found, key=lambda value: found[value])
    are_named = all(value in names for value in in_order)
    told = ", ".join(names[value][:40] for value in in_order[:SHOWN]) if are_named else "These weights"
    facts: dict[str, float | int | str] = {"layers": told}
    return Finding("W", "zero-weights", found[in_order[0]], 0, facts)


def _slope_of_data(graph: Graph, event: Event, steps: str) -> Finding | None:
    """A slope, a·(1 − a) or 1 − a², of numbers in whose making no weights have a part: targets, or inputs."""
    value, formula, numbers = None, "a·(1 − a)", "0 or 1"
    for operand, source in zip(event.operands, graph.sources[event.index], strict=True):
        maker = graph.events[source] if source >= 0 else None
        if maker is None or not maker.operands:
            continue
        is_of_one = maker.op in ("Sub", "subtract") and graph.values.scalar(maker.operands[0]) == 1
        if event.op in _TIMES and is_of_one and maker.operands[-1] in event.operands:
            value = maker.operands[-1]
        elif event.op in ("Sub", "subtract") and event.operands[0] != operand and maker.op in _SQUARING:
            value, formula, numbers = maker.operands[0], "1 − a²", "−1 or 1"
    if value is None or graph.size(value) < 2 or _is_made_with_products(graph, value, event.index):
        return None
    facts: dict[str, float | int | str] = {"value": value, "steps": steps, "formula": formula, "numbers": numbers}
    return Finding("step", "slope-of-data", event.index, 0, facts)


def _is_made_with_products(graph: Graph, value: int, before: int) -> bool:
    maker = graph.maker(value, before)
    return maker is not None and maker.index in graph.of_products
