"""Judges what no formula is known for by moving it: kernels, scales of a normalisation, whatever lies between.

A parameter is moved a little along a direction D, in the person's own forward pass, and the network is run again up to
z of the lowest layer whose δ was judged right. What the cost changes by is then Σ δ ⊙ dz, whatever lies in between:
a convolution in loops or by im2col, pooling, a batch normalisation. What the script believes is ⟨its gradient, D⟩,
and its gradient is the change of the parameter divided by the rate. The two must be equal.

Of what is wrong, values between the parameter and z are moved as well: where the gradient by one of them stands in the
script, the mistake lies below it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.unjudged import Unjudged
from grader.reading.judging.updates import goes_into_its_step, is_plain_step
from grader.reading.probed.probed_places import PROBED, finding_of, made_at
from grader.reading.probed.prober import Again, Anchor, Moved, Prober
from grader.reading.structure.parameters import Parameter

MAX_PARAMETERS = 10
MANY = 700  # numbers of one place
LATE = 2  # the step that is looked at: at the first, scales are 1 and biases 0, and faults do not show


def judge_by_probing(
    judgement: Judgement, unjudged: Sequence[Unjudged], again: Again, *, is_final: bool
) -> list[Unjudged]:
    """Judge them; gives those of which still nothing can be said. Findings are added to the judgement.

    Unless it is final, a finding says no more than that something is wrong.
    """
    anchor = _anchor(judgement)
    if anchor is None or judgement.is_aligned or judgement.findings or len(unjudged) > MAX_PARAMETERS:
        return list(unjudged)
    prober = Prober(judgement, anchor, again)
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
        _are_right(judgement, parts)
        return left
    if not is_final:
        judgement.findings.append(Finding("the gradient", PROBED, None, anchor.layer, {"value": parts[0].one.value}))
        return left
    for part in sorted(parts, key=lambda part: part.one.event or 0, reverse=True):  # from the output down
        ratio = _wrong(prober, part) if prober.has_time and not judgement.findings else None
        count = judgement.steps[0].n
        if ratio is None:
            left.append(part.one)
        elif ratio == 1:
            _are_right(judgement, [part])
        elif count > 1 and abs(max(ratio, 1 / ratio) / count - 1) < prober.tolerance:
            code = "divided-twice" if ratio < 1 else "not-divided"
            facts: dict[str, float | int | str] = {"n": count, "value": part.one.value}
            facts["others"] = "The gradients above are means"
            at = made_at(prober, part.update, prober.graph.size(part.value))
            judgement.findings.append(Finding("the gradient", code, at, facts=facts))
        else:
            judgement.findings.append(_beside_what_is_right(judgement, prober, part, finding_of(prober, part, ratio)))
    return left


def _are_right(judgement: Judgement, parts: Sequence[Moved]) -> None:
    judgement.right.update({part.one.quantity: None for part in parts if part.one.quantity})
    judgement.right_outside.update({part.one.value: part.update for part in parts if not part.one.quantity})
    judgement.unread = [quantity for quantity in judgement.unread if quantity not in judgement.right]


def _beside_what_is_right(judgement: Judgement, prober: Prober, part: Moved, finding: Finding) -> Finding:
    """The finding, where the gradient itself is made if it lies at what is right of another layer: a δ in its place."""
    events = prober.graph.events
    often = Counter(event.place for event in judgement.network.graph.events[judgement.start : judgement.end + 1])
    places = {events[at].place for at in judgement.right.values() if at is not None}
    right = {place for place in places if often[place] == 1}  # else it may be the line of all layers
    if finding.event is None or finding.event >= len(events) or events[finding.event].place not in right:
        return finding
    return replace(finding, event=made_at(prober, part.update, prober.graph.size(part.value)))


def _wrong(prober: Prober, part: Moved) -> float | None:
    """How many times the change of the cost a wrong gradient gives; 1 if it is right, None if that is not sure."""
    if not is_plain_step(prober.graph, part.value, part.update, prober.anchor.event, prober.forward):
        return None  # a rule of its own: its change is no gradient
    ratios = [prober.ratio(part.value, part.gradient, seed) for seed in (2, 3)]
    known = [ratio for ratio in ratios if ratio is not None]
    apart = sorted(abs(ratio - 1) / prober.tolerance for ratio in known)
    if len(apart) == 2 and 1 < apart[0] < 10 < 50 < apart[1]:  # one direction says little: two others
        others = [prober.ratio(part.value, part.gradient, seed) for seed in (4, 5)]
        known = [ratio for ratio in others if ratio is not None]
    near = [abs(ratio - 1) < prober.tolerance for ratio in known]
    if any(near):
        return 1.0 if all(near) else None
    is_scaled = len(known) == 2 and abs(known[0] / known[1] - 1) < 5 * prober.tolerance  # another rate
    n = prober.judgement.steps[0].n
    if is_scaled and known[0] > 0 and n > 1 and abs(max(known[0], 1 / known[0]) / n - 1) < prober.tolerance:
        return known[0]
    if len(known) < 2 or is_scaled or min(abs(ratio - 1) for ratio in known) < 10 * prober.tolerance:
        return None
    if goes_into_its_step(prober.graph, part.value, part.update, prober.anchor.event) and _is_penalised(prober, part):
        return None
    # of a bias, equal values under a maximum may be the cause
    return known[0] if np.ndim(part.gradient) > 1 or _is_scale(prober.judgement, part) else None


def _is_penalised(prober: Prober, part: Moved) -> bool:
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


def _is_scale(judgement: Judgement, part: Moved) -> bool:
    """Whether a vector multiplies something: it is no bias."""
    graph = judgement.network.graph
    users = (graph.events[at] for at in graph.users.get(part.one.value, ()) if at < judgement.start)
    return any(event.op in ("Mult", "multiply") for event in users)


def _anchor(judgement: Judgement) -> Anchor | None:
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
    return Anchor(lowest, step, part.summed, part.z, delta, fit.c) if delta.shape == part.z.shape else None


def _is_cut(judgement: Judgement) -> bool:
    """Whether loops compute so many numbers that not all are noted: then the first step is seen best."""
    graph = judgement.network.graph
    counts = Counter(event.place for event in graph.events if graph.size(event.result) == 1)
    return max(counts.values(), default=0) >= MANY


def _moved(judgement: Judgement, one: Unjudged, prober: Prober) -> Moved | None:
    """What a parameter is in the step, and its gradient: what it was changed by, divided by the rate."""
    graph = judgement.network.graph
    value, update = _version(judgement, one, prober)
    before, later = graph.array(value), None if update is None else graph.array(graph.events[update].result)
    if before is None or later is None or update is None or before.size != later.size or not np.isfinite(later).all():
        return None
    gradient = -(later.reshape(before.shape) - before) / prober.anchor.rate
    return Moved(one, value, gradient, update) if gradient.any() else None


def _version(judgement: Judgement, one: Unjudged, prober: Prober) -> tuple[int, int | None]:
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
