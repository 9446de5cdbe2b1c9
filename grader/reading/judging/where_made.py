"""The event at which a quantity of the way back is made: δ, a gradient, or what a wrong one is made of.

Among what went into the update first, else anywhere in the step.
"""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Verdict
from grader.reading.judging.gradient_hypotheses import weight_gradients
from grader.reading.judging.hypotheses import Arrays, Hypothesis
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import coefficient
from grader.reading.recorded.graph import OUTER, PRODUCTS, SCALING, VIEWS
from grader.reading.recorded.recording import Array


def delta_event(judge: Judgement, index: int, delta: Array) -> int | None:
    """Where δ is made: among what went into the update, else anywhere in the step."""
    first = judge.steps[0].sizes[0]
    arrays = [delta[:first], delta]
    own = own_delta_event(judge, index, [delta]) if _is_alike(judge, index) else None
    if own is not None:
        return own
    at = judge.locator.among(arrays, (e for e in judge.ancestors(index) if e >= judge.start))
    if at is not None and index == judge.network.depth - 1:  # where all targets are 0, δ has the numbers of the output
        at = made_of_targets(judge, index, delta) or at
    return at if at is not None else judge.locator.first(arrays, judge.start, judge.end)


def own_delta_event(judge: Judgement, index: int, deltas: Arrays) -> int | None:
    """Where a hidden δ stands with the factor of the one above: where all slopes are alike, there are multiples."""
    above, up = judge.used.get(index + 1), judge.right.get(f"δ{index + 2}")
    graph = judge.network.graph
    factor = None if above is None or up is None else coefficient(judge, above[0], graph.events[up].result)
    if factor is None or np.unique(np.abs(deltas[0])).size < 2:
        return None
    for at in sorted(judge.ancestors(index)):
        own = coefficient(judge, deltas[0], graph.events[at].result) if at >= judge.start else None
        if own is not None and abs(own / factor - 1) < 1e-9:
            return _multiplied(judge, index, at)
    return None


def _multiplied(judge: Judgement, index: int, at: int) -> int:
    """Where numbers that an event gives are multiplied by slopes that are 1, if they are: the same numbers again."""
    events = judge.network.graph.events
    again = (e for e in judge.ancestors(index) if e > at and events[e].op in SCALING)
    return max((e for e in again if events[e].result == events[at].result), default=at)


def _is_alike(judge: Judgement, index: int) -> bool:
    """Whether all slopes of a hidden layer are the same number, so that δ is a multiple of what came from above."""
    if index == judge.network.depth - 1:
        return False
    slope = judge.activation(index).slope(judge.steps[0].layers[index].z)
    return float(np.ptp(slope)) < 1e-12 * max(float(np.abs(slope).max()), 1e-300)


def made_of_targets(judge: Judgement, index: int, delta: Array) -> int | None:
    """The first event that makes a δ, or a multiple of it, and has the targets among what it is made of."""
    graph, y = judge.network.graph, judge.network.passes[0].y_value
    if y is None:
        return None
    targets = {y, graph.base(y)[0]}
    for at in sorted(e for e in judge.ancestors(index) if e >= judge.start):
        if judge.locator.among([delta], [at]) is None:
            continue
        if any(targets & set(graph.events[e].operands) for e in graph.ancestors(at, judge.start - 1)):
            return at
    return None


def in_later_step(judge: Judgement, index: int, deltas: Arrays) -> int | None:
    """Where δ is made in the first step in which it is not 0, if that is not the first of all."""
    graph, parameter = judge.network.graph, judge.network.chain[index]
    if deltas[0].any():
        return None
    ends = [step.start for step in judge.network.steps[1:]]
    for step, delta, end in zip(judge.steps, deltas, ends, strict=False):
        update = next((at for at in parameter.updates if step.start < at < end), None)
        if delta.any() and update is not None:
            return judge.locator.among([delta], graph.ancestors(update, step.start))
    return None


def part_event(judge: Judgement, index: int, delta: Hypothesis) -> int | None:
    """Where that is made of which a wrong δ is made."""
    if delta.part is None:
        return None
    part, first = delta.part()[0], judge.steps[0].sizes[0]
    events, learned = judge.network.graph.events, (*judge.network.chain, *judge.network.parameters.others)
    weights = {version for parameter in learned for version in parameter.versions}  # δ may be a single number
    made = (e for e in judge.ancestors(index) if e >= judge.start and events[e].op not in ("Set", *VIEWS))
    return judge.locator.among([part[:first], part], (e for e in made if events[e].result not in weights))


def weight_event(judge: Judgement, index: int, verdict: Verdict) -> int | None:
    layer, first = judge.steps[0].layers[index], judge.steps[0].sizes[0]
    d = verdict.deltas[0]
    arrays = [layer.u[:first].T @ d[:first], layer.u.T @ d]
    events, entering = judge.network.graph.events, judge.network.passes[0].layers[index].input_value
    made = [e for e in judge.ancestors(index) if events[e].result != entering and events[e].op not in VIEWS]
    products = [e for e in made if e >= judge.start and events[e].op in PRODUCTS | OUTER]
    at = judge.locator.among(arrays, products)  # of inputs that are a unit matrix, δ has the same numbers
    at = at if at is not None else judge.locator.among(arrays, (e for e in made if e >= judge.start))
    at = at if at is not None else judge.locator.first(arrays, judge.start, judge.end)
    return _of_one_number(judge, arrays, at)


def _of_one_number(judge: Judgement, arrays: Sequence[Array], at: int | None) -> int | None:
    """Where the first number of a gradient is made, if that is before the event at which all of them stand together.

    Of units that are written out one by one, each number has a line of its own; a helper may take them all.
    """
    numbers = [float(number) for array in arrays for number in array.flat if number]
    if not judge.network.is_of_units or not numbers:
        return at
    own = judge.locator.scalar(numbers[0], judge.start, judge.end)
    return own if own is not None and (at is None or own < at) else at


def wrong_weight_event(judge: Judgement, index: int, verdict: Verdict) -> int | None:
    if verdict.gradient.code == "activation-left-out":
        return judge.network.passes[0].layers[index].product
    above = judge.used.get(index + 1)
    one = weight_gradients(
        [judge.steps[0]], index, verdict.deltas[:1], None, judge.function_below(index), above and above[:1]
    )
    arrays = [h.arrays()[0] for h in one if h.code == verdict.gradient.code]
    at = None
    if arrays and np.unique(arrays[0]).size == 1:  # any array of one number is a multiple of it
        at = judge.locator.scalar(float(arrays[0].flat[0]), judge.start, judge.end)
    if at is None:
        at = judge.locator.among(arrays, (e for e in judge.ancestors(index) if e >= judge.start))
    if at is None:
        at = judge.locator.first(arrays, judge.start, judge.end)
    at = _of_one_number(judge, arrays, at)
    if at is not None:
        return at
    use = judge.network.flow.uses[judge.network.passes[0].layers[index].product]
    parameter = judge.network.chain[index]
    update = parameter.updates[use.version]
    product = judge.locator.product(update, judge.start, judge.network.graph.shape(parameter.first))
    return product if product is not None else update
