"""Where the mistake lies by which a gradient is wrong, and what it is: values in between are moved as well.

Where the gradient by one of them stands in the script, the mistake lies below it.
"""

from collections.abc import Collection, Sequence

from grader.reading.judging.finding import Finding
from grader.reading.probed.probed_names import Between, is_normalised, name_between, name_of_normalisation
from grader.reading.probed.prober import Measuring, Moved
from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import ADDING, VIEWS, Graph
from grader.reading.recorded.recording import Array

PROBED = "not-the-derivative"  # the code of what has no name
MAX_BETWEEN = 8
LEAST_TOLD = 1e-3


def finding_of(prober: Measuring, part: Moved, ratio: float) -> Finding:
    """What is wrong with the gradient of a part, which is `ratio` times what it should be in one direction."""
    graph, start, update = prober.graph, prober.start, part.update
    event = made_at(prober, update, graph.size(part.value))
    above = prober.above
    ancestors = graph.ancestors(event, start) - {event}
    below: list[int] = []  # values whose gradient is wrong, from the parameter up
    code = PROBED
    facts: dict[str, float | int | str] = {}
    for value, at in _between(prober, part):
        backward = [one for one in ancestors if graph.size(graph.events[one].result) == graph.size(value)]
        if not prober.has_time or not backward:
            break
        stands = prober.gradient_among(value, backward)
        if stands is None:
            continue
        if stands >= 0:
            place = graph.recording.place_of(graph.events[at])
            above = f"what is sent back to the result of line {place.line} is right"
            code, facts = _named(prober, below, value, stands, event)
            slope = _wrong_slope(prober, [*below, value], ancestors) if code == PROBED else None
            code, facts, event = slope or (code, facts, event)
            break
        if below and _is_activation(graph, below[-1], value):  # its gradient stands before the slope comes in
            backward = [at for at in backward if at in graph.ancestors(event, start) - {event}] or backward
        event = max(set(backward) - prober.forward, default=event)  # the lowest of what is wrong
        below.append(value)
    if code == PROBED and below and graph.events[event].op in VIEWS:
        code, event = _turned(prober, below, event, ancestors)
    facts |= {"ratio": _in_words(ratio), "above": above, "value": part.one.value}
    return Finding(part.one.quantity or "the gradient", code, event, prober.layer, facts)


def _in_words(ratio: float) -> str:
    """How many times the change of the cost it is; a number that is next to nothing, or beyond all, says no more."""
    if not LEAST_TOLD < abs(ratio) < 1 / LEAST_TOLD:
        return "no multiple of it"
    digits = 3 if abs(ratio - 1) >= 5e-3 else 6
    return f"{ratio:.{digits}g} times what it is, and another multiple in another direction"


def _is_activation(graph: Graph, lower: int, upper: int) -> bool:
    """Whether one value is a function of each number of another alone that has a name."""
    z, a = graph.array(lower), graph.array(upper)
    if z is None or a is None or z.shape != a.shape:
        return False
    return act.recognise(z.reshape(len(z), -1), a.reshape(len(a), -1)) not in (None, act.IDENTITY, act.SOFTMAX)


def _turned(prober: Measuring, below: Sequence[int], wrong: int, ancestors: Collection[int]) -> tuple[str, int]:
    """(code, event) of what is wrong and comes out of a view: whether that is the mistake, or what it is a view of."""
    graph = prober.graph
    for value in reversed(below):
        same = [at for at in sorted(ancestors) if graph.size(graph.events[at].result) == graph.size(value)]
        turned = _seen_as(prober, value)
        stands = prober.gradient_among(turned, same) if turned != value and prober.has_time else None
        views = [at for at in same if stands is not None and at > stands >= 0 and graph.events[at].op in VIEWS]
        if views:
            return "axes-not-turned-back", views[0]
    same = [at for at in ancestors if graph.size(graph.events[at].result) == graph.size(below[-1])]
    return PROBED, max((at for at in same if graph.events[at].op not in VIEWS), default=wrong)


def _wrong_slope(
    prober: Measuring, values: Sequence[int], ancestors: Collection[int]
) -> tuple[str, dict[str, float | int | str], int] | None:
    """(code, facts, event) of a product that puts another factor in the place of a slope, of whatever was sent there.

    What is sent to a, behind a pooling of many equal numbers, is hardly the derivative by it: there is none.
    """
    graph = prober.graph
    for lower in values:
        users = [graph.events[at] for at in graph.users.get(lower, ()) if at in prober.forward]
        upper = next((user.result for user in users if _is_activation(graph, lower, user.result)), None)
        z, a = graph.array(lower), None if upper is None else graph.array(upper)
        for at in sorted(ancestors) if z is not None and a is not None else ():
            event, made = graph.events[at], graph.array(graph.events[at].result)
            if event.op not in ("Mult", "multiply") or made is None or made.size != graph.size(lower):
                continue
            for sent in (graph.array(operand) for operand in event.operands):
                if sent is not None and z is not None and a is not None and sent.shape == z.shape == made.shape:
                    if (a == 0).any() and not sent[a == 0].any():
                        continue  # the slope of a ReLU is in it already
                    found = name_between(Between(z, a, sent, made))
                    if found is not None and found[0] != "slope-forgotten":
                        return found[0], {"f": found[1]}, at
    return None


def _seen_as(prober: Measuring, value: int) -> int:
    """The form in which a value goes on in the forward pass."""
    graph, at = prober.graph, -1
    for _ in range(4):
        users = [user for user in graph.users.get(value, ()) if user in prober.forward and user > at]
        at = next((user for user in users if graph.events[user].op in VIEWS), -1)
        if at < 0:
            break
        value = graph.events[at].result
    return value


def _named(
    prober: Measuring, below: Sequence[int], upper: int, right: int, wrong: int
) -> tuple[str, dict[str, float | int | str]]:
    """(code, facts) of what was made of the right gradient by a value on the way to what is below.

    Args:
        right: the event that makes the gradient by `upper`.
        wrong: the event that makes the gradient by the nearest value below it.
    """
    graph = prober.graph
    gradient = graph.array(graph.events[right].result)
    arrays = [graph.array(value) for value in (*below, upper)]
    if gradient is None or not below or any(array is None for array in arrays):
        return PROBED, {}
    known = [array for array in arrays if array is not None]
    shape = known[-1].shape
    made = graph.array(graph.events[wrong].result)
    if made is not None and gradient.size == known[-1].size and known[-2].shape == shape:
        found = name_between(Between(known[-2], known[-1], gradient.reshape(shape), made))
        if found is not None:
            return found[0], {"f": found[1]}
    sent = sorted(graph.ancestors(wrong, prober.start))
    name = _of_normalisation(prober, below, sent, wrong)
    return (name or PROBED), {}


def _of_normalisation(prober: Measuring, below: Sequence[int], sent: Sequence[int], at: int) -> str | None:
    """The mistake by which an event makes the gradient by a value below a normalisation of what was sent back."""
    graph, made = prober.graph, prober.graph.array(prober.graph.events[at].result)
    for z in (graph.array(value) for value in below):
        if made is None or z is None or z.size != made.size or z.ndim != 2:
            continue
        gradients = [graph.array(graph.events[one].result) for one in reversed(sent) if one < at]
        for normal, scale in _normal(prober, z):
            for gradient in gradients:
                if gradient is not None and gradient.size == z.size:
                    name = name_of_normalisation(z, normal, scale, gradient.reshape(z.shape), made.reshape(z.shape))
                    if name is not None:
                        return name
    return None


def _normal(prober: Measuring, z: Array) -> list[tuple[Array, Array | None]]:
    """What a value is normalised to in the forward pass, with the scale that multiplies it."""
    graph = prober.graph
    found: list[tuple[Array, Array | None]] = []
    for at in sorted(prober.forward):
        array = graph.array(graph.events[at].result) if graph.shape(graph.events[at].result) == z.shape else None
        if array is None or not is_normalised(z, array):
            continue
        scales: list[Array | None] = [None]
        for user in graph.users.get(graph.events[at].result, ()):
            if graph.events[user].op in ("Mult", "multiply") and user in prober.forward:
                factors = [graph.array(operand) for operand in graph.events[user].operands]
                scales += [factor for factor in factors if factor is not None and factor.size in z.shape]
        found.append((array, scales[-1]))
    return found[-2:]


def _between(prober: Measuring, part: Moved) -> list[tuple[int, int]]:
    """(value, event) of the large results between a parameter and z, from the parameter up."""
    graph = prober.graph
    start = min(at for at in graph.users[part.value] if at in prober.forward)
    depends = {start}
    for at in range(start + 1, prober.end):
        if any(source in depends for source in graph.sources[at]):
            depends.add(at)
    large = [at for at in sorted(depends & prober.forward) if graph.events[at].op not in VIEWS]
    most = max((graph.size(graph.events[at].result) for at in large), default=0)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for at in large:
        event = graph.events[at]
        if 8 * graph.size(event.result) < most or event.result == part.value:
            continue
        shifted = _shifted(graph, at, depends)
        found = {key: one for key, one in found.items() if one[1] != shifted}  # its gradient is the same
        # of an array that a loop fills, the last
        found[(event.place, 0) if event.op == "Set" else (event.place, at)] = event.result, at
    return sorted(found.values(), key=lambda one: one[1])[:MAX_BETWEEN]


def _shifted(graph: Graph, at: int, depends: Collection[int]) -> int | None:
    """The event to whose result no more than something smaller is added that the parameter has no part in."""
    event, sources = graph.events[at], graph.sources[at]
    if event.op not in ADDING or len(sources) != 2:
        return None
    inner = [source for source in sources if source in depends]
    whole = [source for source in inner if graph.size(graph.events[source].result) == graph.size(event.result)]
    return whole[0] if len(inner) == len(whole) == 1 and event.op in ("Add", "add") else None


def made_at(prober: Measuring, update: int, size: int) -> int:
    """Where the gradient is made that an update takes: through scaling by numbers, back to what made it."""
    graph = prober.graph
    at = update
    for _ in range(8):
        event = graph.events[at]
        operands = event.operands[1:] if event.op in ADDING else event.operands
        sources = [
            source
            for source, operand in zip(graph.sources[at][-len(operands) :], operands, strict=True)
            if source > prober.start and source not in prober.forward and graph.size(operand) == size
        ]
        if not sources or (at != update and event.op not in ("Mult", "Div", "multiply", *VIEWS)):
            break
        at = max(sources)
    return at
