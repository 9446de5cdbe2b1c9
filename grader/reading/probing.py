"""Judges what no formula is known for by moving it: kernels, scales of a normalisation, whatever lies between.

A parameter is moved a little along a direction D, in the person's own forward pass, and the network is run again up to
z of the lowest layer whose δ was judged right. What the cost changes by is then Σ δ ⊙ dz, whatever lies in between:
a convolution in loops or by im2col, pooling, a batch normalisation. What the script believes is ⟨its gradient, D⟩,
and its gradient is the change of the parameter divided by the rate. The two must be equal.

Of what is wrong, values between the parameter and z are moved as well: where the gradient by one of them stands in the
script, the mistake lies below it.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.finding import Finding
from grader.reading.graph import ADDING, VIEWS, Graph
from grader.reading.judgement import Judgement
from grader.reading.parameters import Parameter
from grader.reading.passes import rows
from grader.reading.probed_names import Between, is_normalised, name_between, name_of_normalisation
from grader.reading.recording import Array, Recording
from grader.reading.run import Move
from grader.reading.unjudged import Unjudged
from grader.reading.updates import goes_into_its_step, is_plain_step

PROBED = "not-the-derivative"  # the code of what is found here
MAX_PARAMETERS = 10
MAX_BETWEEN = 8
SECONDS = 30.0  # after which nothing further is looked at
MANY = 700  # numbers of one place
LATE = 2  # the step that is looked at: at the first, scales are 1 and biases 0, and faults do not show
#: Runs the file again, with arrays moved, up to an event; None if that cannot be done.
Again = Callable[[Sequence[Move], int], Recording | None]


@dataclass(frozen=True)
class _Anchor:
    """z of the lowest layer that was judged right, in one step: where changes are measured."""

    layer: int
    step: int
    event: int
    z: Array
    delta: Array
    rate: float  # Δ = −rate · gradient


@dataclass(frozen=True)
class _Moved:
    """A parameter as it is in the step, its gradient as the script has it, and what it becomes."""

    one: Unjudged
    value: int
    gradient: Array
    update: int  # the event that changes it


class _Prober:
    def __init__(self, judgement: Judgement, anchor: _Anchor, again: Again) -> None:
        self.judgement, self.anchor, self.again = judgement, anchor, again
        self.graph = judgement.network.graph
        self.forward = self.graph.ancestors(anchor.event)
        self.is_precise = judgement.network.tolerance < 1e-6
        self.tolerance = 2e-4 if self.is_precise else 2e-2
        self.together = 2e-5 if self.is_precise else 2e-2  # of all at once, where one that is wrong is a part
        self._until = time.monotonic() + SECONDS
        self.step = 1e-6 if self.is_precise else 1e-3

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self._until

    def direction(self, value: int, seed: int) -> Array:
        array = self.graph.array(value)
        assert array is not None
        size = float(np.sqrt(np.mean(array * array))) or 0.1
        draws = np.random.default_rng(seed)
        signs = np.where(draws.random(array.shape) < 0.5, -1.0, 1.0) if seed % 2 else 1.0
        return np.asarray(np.abs(draws.normal(size=array.shape)) * size * signs)

    def change(self, moved: Sequence[tuple[int, Array]], sign: float = 1.0) -> float | None:
        """By how much the cost changes, for a step of 1, when values are moved; None if it cannot be measured."""
        moves = []
        for value, direction in moved:
            array = self.graph.array(value)
            event = min((at for at in self.graph.users.get(value, ()) if at in self.forward), default=None)
            if array is None or event is None:
                return None
            moves.append(Move(event, array, sign * self.step * direction))
        recording = self.again(moves, self.anchor.event)
        result = None if recording is None else recording.values.get(recording.events[self.anchor.event].result)
        z = None if result is None else rows(result, self.judgement.network.is_column)
        if z is None or z.size != self.anchor.z.size:
            return None
        difference = (z.reshape(self.anchor.z.shape) - self.anchor.z) / (sign * self.step)
        found = float(np.sum(self.anchor.delta * difference))
        return found if np.isfinite(found) else None

    def are_all_right(self, parts: Sequence[_Moved]) -> bool:
        """One run for all: each is moved so that the script expects a change of 1 of it."""
        moved, expected = [], 0.0
        for part in parts:
            direction = self.direction(part.value, 3)
            believed = float(np.sum(part.gradient * direction))
            if abs(believed) > 1e-9 * float(np.sum(np.abs(part.gradient * direction))) and abs(believed) > 1e-12:
                direction, expected = direction / believed, expected + 1.0
            moved.append((part.value, direction))
        change = self.change(moved)
        return change is not None and abs(change - expected) < self.together * max(1.0, expected)

    def ratio(self, value: int, gradient: Array, seed: int) -> float | None:
        """What the script takes for the change of the cost, over what it is: to both sides, or to one at a kink."""
        direction = self.direction(value, seed)
        believed = float(np.sum(gradient * direction))
        forth = self.change([(value, direction)])
        if forth and abs(believed / forth - 1) < self.tolerance:
            return believed / forth
        back = self.change([(value, direction)], -1.0) if forth else None
        if not forth or not back:
            return None
        changes = forth, back
        up, down = believed / forth, believed / back
        both = 2 * believed / (changes[0] + changes[1]) if changes[0] + changes[1] else float("inf")
        nearest = min((both, up, down), key=lambda ratio: abs(ratio - 1))
        is_smooth = abs(up - down) < 2e-2 * max(abs(up), abs(down))
        return nearest if is_smooth or abs(nearest - 1) < self.tolerance else None


def judge_by_probing(
    judgement: Judgement, unjudged: Sequence[Unjudged], again: Again, *, is_final: bool
) -> list[Unjudged]:
    """Judge them; gives those of which still nothing can be said. Findings are added to the judgement.

    Unless it is final, a finding says no more than that something is wrong.
    """
    anchor = _anchor(judgement)
    if anchor is None or judgement.findings or len(unjudged) > MAX_PARAMETERS:
        return list(unjudged)
    prober = _Prober(judgement, anchor, again)
    above = {f"W{number}" for number in range(1, judgement.network.depth + 1)}  # steps of an unknown kind
    found = [
        None if one.quantity in above or one.quantity in judgement.right else _moved(judgement, one, prober)
        for one in unjudged
    ]
    parts = [part for part in found if part is not None]
    left = [one for one, part in zip(unjudged, found, strict=True) if part is None]
    if not parts:
        return left
    if prober.are_all_right(parts):
        judgement.right.update({part.one.quantity: None for part in parts if part.one.quantity})
        judgement.unread = [quantity for quantity in judgement.unread if quantity not in judgement.right]
        return left
    if not is_final:
        judgement.findings.append(Finding("the gradient", PROBED, None, anchor.layer, {"value": parts[0].one.value}))
        return left
    for part in sorted(parts, key=lambda part: part.one.event or 0, reverse=True):  # from the output down
        ratio = _wrong(prober, part) if prober.has_time and not judgement.findings else None
        if ratio is None:
            left.append(part.one)
        elif ratio != 1:
            judgement.findings.append(_finding(judgement, prober, part, ratio))
    return left


def _wrong(prober: _Prober, part: _Moved) -> float | None:
    """How many times the change of the cost a wrong gradient gives; 1 if it is right, None if that is not sure."""
    if not is_plain_step(prober.graph, part.value, part.update, prober.anchor.event, prober.forward):
        return None  # a rule of its own: its change is no gradient
    ratios = [prober.ratio(part.value, part.gradient, seed) for seed in (2, 3)]
    known = [ratio for ratio in ratios if ratio is not None]
    near = [abs(ratio - 1) < prober.tolerance for ratio in known]
    if any(near):
        return 1.0 if all(near) else None
    is_scaled = len(known) == 2 and abs(known[0] / known[1] - 1) < 5 * prober.tolerance  # another rate
    if len(known) < 2 or is_scaled or min(abs(ratio - 1) for ratio in known) < 10 * prober.tolerance:
        return None
    if goes_into_its_step(prober.graph, part.value, part.update, prober.anchor.event) and _is_penalised(prober, part):
        return None
    # of a bias, equal values under a maximum may be the cause
    return known[0] if np.ndim(part.gradient) > 1 or _is_scale(prober.judgement, part) else None


def _is_penalised(prober: _Prober, part: _Moved) -> bool:
    """Whether the gradient is the right one, up to a rate of its own, and a penalty.

    Three directions for two numbers: what the script takes for the change must be α times what it is, and κ times
    what the penalty changes by. Where that cannot be measured, it may be.
    """
    array = prober.graph.array(part.value)
    assert array is not None
    believed, changes, directions = [], [], []
    for seed in (2, 3, 4, 5):
        direction = prober.direction(part.value, seed)
        ratio = prober.ratio(part.value, part.gradient, seed) if prober.has_time else None
        if ratio:
            believed.append(float(np.sum(part.gradient * direction)))
            changes.append(believed[-1] / ratio)
            directions.append(direction)
    if len(believed) < 3:
        return True
    for slope in (array, np.sign(array)):
        terms = np.array([changes, [float(np.sum(slope * one)) for one in directions]]).T
        found = np.linalg.lstsq(terms, np.array(believed), rcond=None)[0]
        if np.abs(terms @ found - believed).max() < 10 * prober.tolerance * np.abs(believed).max():
            return True
    return False


def _is_scale(judgement: Judgement, part: _Moved) -> bool:
    """Whether a vector multiplies something: it is no bias."""
    graph = judgement.network.graph
    users = (graph.events[at] for at in graph.users.get(part.one.value, ()) if at < judgement.start)
    return any(event.op in ("Mult", "multiply") for event in users)


def _anchor(judgement: Judgement) -> _Anchor | None:
    network = judgement.network
    lowest = None
    for index in range(network.depth - 1, -1, -1):
        if f"δ{index + 1}" not in judgement.right or f"dW{index + 1}" not in judgement.right:
            break
        lowest = index
    if lowest is None or any(len(step.sizes) != 1 for step in judgement.steps):
        return None
    fit = judgement.fits.get(f"dW{lowest + 1}")
    if fit is None or not fit.c or any((fit.kappa, fit.kappa_sign, fit.constant, fit.total, fit.momentum, fit.rates)):
        return None
    step = 0 if _is_cut(judgement) else min(LATE, len(judgement.steps) - 1)
    part = network.passes[step].layers[lowest]
    delta = judgement.used[lowest][step]
    return _Anchor(lowest, step, part.summed, part.z, delta, fit.c) if delta.shape == part.z.shape else None


def _is_cut(judgement: Judgement) -> bool:
    """Whether loops compute so many numbers that not all are noted: then the first step is seen best."""
    graph = judgement.network.graph
    counts = Counter(event.place for event in graph.events if graph.size(event.result) == 1)
    return max(counts.values(), default=0) >= MANY


def _moved(judgement: Judgement, one: Unjudged, prober: _Prober) -> _Moved | None:
    """What a parameter is in the step, and its gradient: what it was changed by, divided by the rate."""
    graph = judgement.network.graph
    value, update = _version(judgement, one, prober)
    before, later = graph.array(value), None if update is None else graph.array(graph.events[update].result)
    if before is None or later is None or update is None or before.size != later.size or not np.isfinite(later).all():
        return None
    gradient = -(later.reshape(before.shape) - before) / prober.anchor.rate
    return _Moved(one, value, gradient, update) if gradient.any() else None


def _version(judgement: Judgement, one: Unjudged, prober: _Prober) -> tuple[int, int | None]:
    """The version of a parameter that the step uses, and the event that makes the next."""
    parameters = judgement.network.parameters
    owner: Parameter | None = next(
        (p for p in (*parameters.all, *parameters.others) if p.is_updated and one.value in p.versions[:1]), None
    )
    graph = judgement.network.graph
    if owner is None:
        later = graph.makers.get(one.after, ()) if one.after is not None and prober.anchor.step == 0 else ()
        return one.value, next((at for at in later if at > prober.anchor.event), None)
    used = [
        k
        for k, version in enumerate(owner.versions[:-1])
        if any(at in prober.forward and at < owner.updates[k] for at in graph.users.get(version, ()))
    ]
    last = max((k for k in used if k == 0 or owner.updates[k - 1] < prober.anchor.event), default=None)
    return (one.value, None) if last is None else (owner.versions[last], owner.updates[last])


def _finding(judgement: Judgement, prober: _Prober, part: _Moved, ratio: float) -> Finding:
    graph = judgement.network.graph
    start, update = prober.anchor.event, part.update
    event = _made_at(prober, update, graph.size(part.value))
    above = f"what comes from above (δ{prober.anchor.layer + 1}) is right"
    ancestors = graph.ancestors(event, start) - {event}
    below: list[int] = []  # values whose gradient is wrong, from the parameter up
    code, facts = PROBED, {}
    for value, at in _between(prober, part):
        backward = [one for one in ancestors if graph.size(graph.events[one].result) == graph.size(value)]
        if not prober.has_time or not backward:
            break
        stands = _stands(prober, value, backward)
        if stands is None:
            continue
        if stands >= 0:
            place = graph.recording.place_of(graph.events[at])
            above = f"what is sent back to the result of line {place.line} is right"
            code, facts, event = _named(prober, below, value, stands, event)
            break
        event = max(backward)  # the lowest of what is wrong
        below.append(value)
    if code == PROBED and below and graph.events[event].op in VIEWS:
        code, event = _turned(prober, below, event, ancestors)
    facts |= {"ratio": f"{ratio:.3g}", "above": above, "value": part.one.value}
    return Finding(part.one.quantity or "the gradient", code, event, prober.anchor.layer, facts)


def _turned(prober: _Prober, below: Sequence[int], wrong: int, ancestors: Collection[int]) -> tuple[str, int]:
    """(code, event) of what is wrong and comes out of a view: whether that is the mistake, or what it is a view of."""
    graph = prober.graph
    for value in reversed(below):
        same = [at for at in sorted(ancestors) if graph.size(graph.events[at].result) == graph.size(value)]
        turned = _seen_as(prober, value)
        stands = _stands(prober, turned, same) if turned != value and prober.has_time else None
        views = [at for at in same if stands is not None and at > stands >= 0 and graph.events[at].op in VIEWS]
        if views:
            return "axes-not-turned-back", views[0]
    same = [at for at in ancestors if graph.size(graph.events[at].result) == graph.size(below[-1])]
    return PROBED, max((at for at in same if graph.events[at].op not in VIEWS), default=wrong)


def _seen_as(prober: _Prober, value: int) -> int:
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
    prober: _Prober, below: Sequence[int], upper: int, right: int, wrong: int
) -> tuple[str, dict[str, float | int | str], int]:
    """(code, facts, event) of what was made of the right gradient by a value on the way to what is below.

    Args:
        right: the event that makes the gradient by `upper`.
        wrong: the event that makes the gradient by the nearest value below it.
    """
    graph = prober.graph
    gradient = graph.array(graph.events[right].result)
    arrays = [graph.array(value) for value in (*below, upper)]
    if gradient is None or not below or any(array is None for array in arrays):
        return PROBED, {}, wrong
    known = [array for array in arrays if array is not None]
    shape = known[-1].shape
    chain = [at for at in sorted(graph.ancestors(wrong, right)) if at > right]
    same = [at for at in chain if graph.size(graph.events[at].result) == gradient.size]
    for at in [*same, right]:  # where nothing is done, what is right stands for what is wrong
        made = graph.array(graph.events[at].result)
        if made is None or gradient.size != known[-1].size or known[-2].shape != shape:
            continue
        found = name_between(Between(known[-2], known[-1], gradient.reshape(shape), made))
        if found is not None and (at != right or not same):
            return found[0], {"f": found[1]}, at if at != right else wrong
    sent = sorted(graph.ancestors(wrong, prober.anchor.event))
    for at in reversed([*same, right]):
        name = _of_normalisation(prober, below, sent, at)
        if name is not None:
            return name, {}, at if at != right else wrong
    return PROBED, {}, wrong


def _of_normalisation(prober: _Prober, below: Sequence[int], sent: Sequence[int], at: int) -> str | None:
    """The mistake by which an event makes the gradient by a value below a normalisation of what was sent back."""
    graph, made = prober.graph, prober.graph.array(prober.graph.events[at].result)
    for z in (graph.array(value) for value in below):
        if made is None or z is None or z.size != made.size or z.ndim != 2:
            continue
        gradients = [graph.array(graph.events[one].result) for one in reversed(sent) if one < at]
        for normal, scale in _normal(prober, z):
            for gradient in gradients:
                if gradient is not None and gradient.size == z.size:
                    name = name_of_normalisation(
                        z, normal, scale, gradient.reshape(z.shape), made.reshape(z.shape)
                    )
                    if name is not None:
                        return name
    return None


def _normal(prober: _Prober, z: Array) -> list[tuple[Array, Array | None]]:
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


def _between(prober: _Prober, part: _Moved) -> list[tuple[int, int]]:
    """(value, event) of the large results between a parameter and z, from the parameter up."""
    graph, anchor = prober.graph, prober.anchor
    start = min(at for at in graph.users[part.value] if at in prober.forward)
    depends = {start}
    for at in range(start + 1, anchor.event):
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


def _stands(prober: _Prober, value: int, backward: Sequence[int]) -> int | None:
    """The event that makes the gradient by a value, or its mean over the samples: −1 if none of some does.

    None if the value moves nothing.
    """
    graph, n = prober.graph, prober.judgement.steps[0].n
    direction = prober.direction(value, 3)
    change = prober.change([(value, direction)])
    if not change:
        return None
    for at in backward:
        array = graph.array(graph.events[at].result)
        if array is not None:
            ratio = float(np.sum(array.reshape(direction.shape) * direction)) / change
            if min(abs(abs(ratio) * factor - 1) for factor in (1.0, float(n))) < prober.tolerance:
                return at
    return -1


def _made_at(prober: _Prober, update: int, size: int) -> int:
    """Where the gradient is made that an update takes: through scaling by numbers, back to what made it."""
    graph = prober.graph
    at = update
    for _ in range(8):
        event = graph.events[at]
        operands = event.operands[1:] if event.op in ADDING else event.operands
        sources = [
            source
            for source, operand in zip(graph.sources[at][-len(operands) :], operands, strict=True)
            if source > prober.anchor.event and graph.size(operand) == size
        ]
        if not sources or (at != update and event.op not in ("Mult", "Div", "multiply", *VIEWS)):
            break
        at = max(sources)
    return at
