"""What is found of a layer whose change no δ and dW explain, and of one that is never changed."""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.hypotheses import Arrays, Hypothesis
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import coefficient
from grader.reading.judging.steps_of_nothing import reason_of_nothing, step_of_nothing
from grader.reading.judging.stray_factors import find_stray_factor, is_choice
from grader.reading.judging.updates import is_plain_update
from grader.reading.judging.where_made import delta_event
from grader.reading.recorded.graph import ADDING, GATHERED, PRODUCTS
from grader.reading.recorded.recording import Array, Event

MAX_NUMBERS = 8  # of a δ, that are looked for


def unexplained(judge: Judgement, index: int, hypotheses: Sequence[Hypothesis]) -> Arrays:
    """Nothing fits: say so if the update is plain enough to be sure, and go on with the right δ."""
    network = judge.network
    right = next(h for h in hypotheses if h.is_right)
    with np.errstate(all="ignore"):
        deltas = right.arrays()
    parameter = network.chain[index]
    if not parameter.is_updated:
        _frozen(judge, index, deltas)
        return deltas
    is_of_one = judge.steps[0].n == 1 and judge.steps[0].layers[index].u.size == 1  # dW has the shape of δ then
    if is_of_one or any(step.layers[index].dW is None for step in judge.steps):
        judge.unread.append(f"dW{index + 1}")
        return deltas
    is_output = index == network.depth - 1  # a cost of its own (weighted, robust) has a δ of its own
    is_known = not is_output or (network.cost is not None and network.cost.event is not None)
    if not is_known or not is_plain_update(judge, index) or network.activations[index] is None:
        judge.unread.append(f"dW{index + 1}")
        return deltas
    at = delta_event(judge, index, deltas[0])
    use = network.flow.uses[network.passes[0].layers[index].product]
    update = parameter.updates[use.version]
    product = judge.locator.product(update, judge.start, network.graph.shape(parameter.first))
    if product is None:  # a weight may be a part of one long vector
        weights = network.passes[0].layers[index].weights
        product = judge.locator.product(update, judge.start, network.graph.shape(weights))
    event = product if product is not None else _step_of(judge, update)
    if product is not None and (at is None or _is_of_another_delta(judge, product, index, deltas[0])):
        at, event = None, _made_of(judge, product, index)
    if at is not None:
        judge.right[f"δ{index + 1}"] = at
        judge.findings.append(Finding(f"dW{index + 1}", "unexplained", event, index))
    else:
        stray = find_other_mask(judge, index, hypotheses)
        if stray is None and product is not None:
            stray = find_stray_factor(judge, index, event, deltas[0])
        if (stray is None or stray.code == "sent-through-another") and _is_sent_by_drawn(judge, index):
            judge.is_aligned = True
            way = f"numbers that are drawn and never change, not through W{index + 2}"
            judge.notes.append(f"what goes back to layer {index + 1} goes through {way}: feedback alignment, a choice")
            judge.unread += [f"δ{index + 1}", f"dW{index + 1}"]
            return deltas
        if stray is not None and is_choice(judge, stray):
            judge.unread.append(f"dW{index + 1}")
            return deltas
        judge.findings.append(stray or Finding(f"δ{index + 1}", "unexplained", event, index))
    return deltas


def _is_sent_by_drawn(judge: Judgement, index: int) -> bool:
    """Whether δ is made by a product with drawn numbers in the place of the weights above, which nothing changes."""
    network, graph = judge.network, judge.network.graph
    if index == network.depth - 1:
        return False
    size, going = graph.size(network.chain[index + 1].first), network.passes[0].last
    for at in judge.ancestors(index):
        event = graph.events[at]
        if at <= going or event.op not in PRODUCTS:
            continue
        for operand in event.operands:
            base, _ = graph.base(operand, at)
            is_used = any(user <= going for user in graph.users.get(base, ()) if graph.events[user].op in PRODUCTS)
            is_other = base in graph.made_at_random and network.parameters.owner(base) is None and not is_used
            if is_other and graph.size(base) == size and graph.events[graph.makers[base][-1]].index < judge.start:
                return True
    return False


def deltas_of_file(judge: Judgement, index: int) -> Arrays | None:
    """δ of each step as it stands in the product that a plain step is made of, where no formula explains it.

    It is given the factor with which this layer moves like the one above: what is sent on is judged by it.
    """
    network, graph, parameter = judge.network, judge.network.graph, judge.network.chain[index]
    found: list[tuple[float, Array, int]] = []  # the rate, δ, the product
    for step, part in zip(judge.steps, network.passes, strict=False):
        use, layer = network.flow.uses[part.layers[index].product], step.layers[index]
        if len(step.sizes) > 1 or use.version >= len(parameter.updates) or layer.dW is None:
            return None
        product = judge.locator.product(parameter.updates[use.version], part.last, graph.shape(parameter.first))
        arrays = [] if product is None else [graph.array(operand) for operand in graph.events[product].operands]
        for form in [one for array in arrays if array is not None for one in (np.atleast_2d(array), array.T)]:
            G = layer.u.T @ form if form.shape == layer.z.shape and len(form) == len(layer.u) else np.zeros(0)
            rate = -float(np.sum(G * layer.dW)) / (float(np.sum(G * G)) or 1.0) if G.shape == layer.dW.shape else 0.0
            if product is not None and rate and np.abs(layer.dW + rate * G).max() < 1e-6 * np.abs(layer.dW).max():
                found.append((rate, np.asarray(form, float), product))
                break
    rates = [rate for rate, _, _ in found]
    if len(found) < len(judge.steps) or np.ptp(rates) > 1e-6 * abs(rates[0]):
        return None
    judge.right[f"dW{index + 1}"] = found[0][2]
    above = judge.fits.get(f"dW{index + 2}")
    due = above.c if above is not None and above.c else abs(rates[0])
    return [delta * (rates[0] / due) for _, delta, _ in found]


def _step_of(judge: Judgement, update: int) -> int:
    """What an update takes, if that is made in this step; else the update."""
    graph = judge.network.graph
    taken = graph.sources[update][1:]
    return taken[0] if graph.events[update].op in ADDING and taken and taken[0] > judge.start else update


def _made_of(judge: Judgement, product: int, index: int) -> int:
    """The event that makes what stands in the place of δ in a product that gives dW."""
    graph = judge.network.graph
    entering = judge.network.passes[0].layers[index].input_value
    for operand in graph.events[product].operands:
        base, _ = graph.base(operand, product)
        maker = graph.maker(base, product)
        is_own = maker is not None and maker.index > judge.start and maker.op != GATHERED
        if maker is not None and is_own and base != entering and not _is_input(judge, index, base):
            return maker.index
    return product


def _is_input(judge: Judgement, index: int, value: int) -> bool:
    """Whether a value is what goes into a layer times a number, as in `rate * x.T @ delta`."""
    u = judge.steps[0].layers[index].u
    return any(coefficient(judge, array, value) is not None for array in (u, u[: judge.steps[0].sizes[0]]))


def _is_of_another_delta(judge: Judgement, product: int, index: int, delta: Array) -> bool:
    """Whether δ stands somewhere on the way, and dW is made of what became of it."""
    made = _made_of(judge, product, index)
    arrays = [delta[: judge.steps[0].sizes[0]], delta]
    size = judge.network.graph.size(judge.network.graph.events[made].result)
    return size in {array.size for array in arrays} and judge.locator.among(arrays, [made]) is None


def _frozen(judge: Judgement, index: int, deltas: Arrays) -> None:
    layer = judge.steps[0].layers[index]
    if not any(step.layers[index].u.any() for step in judge.steps):
        judge.notes.append(
            f"what enters layer {index + 1} is 0 in all steps that were seen, so W{index + 1} rests in them"
        )
        return
    graph, weights = judge.network.graph, judge.network.passes[0].layers[index].weights
    nothing = step_of_nothing(graph, weights, judge.start, judge.network.end)
    if nothing is not None:
        add_nothing(judge, f"W{index + 1}", nothing)
        return
    if next(graph.users_after(weights, judge.end), None) is None:
        return  # the next pass, in another line, may take what it has become
    G = layer.u.T @ deltas[0]
    steps = judge.network.steps  # what is thrown away may be computed behind all updates
    at = judge.locator.first([G], judge.start, steps[1].start - 1 if len(steps) > 1 else judge.end)
    made = _delta_made(judge, index, deltas[0]) if at is None else None
    if made is not None:
        kept = " δ of its layer is computed here, and it is not changed by that."
        judge.findings.append(Finding(f"W{index + 1}", "never-updated", made, index, {"kept": kept}))
    elif at is not None:
        kept = " Its gradient is computed here; what is made of that does not come back to it."
        judge.findings.append(Finding(f"W{index + 1}", "never-updated", at, index, {"kept": kept}))
    else:
        judge.notes.append(f"W{index + 1} was not changed in the steps that were seen")


def add_nothing(judge: Judgement, name: str, step: Event) -> None:
    """Tell why a parameter that is changed by 0 in each step is not learned, or that it is so."""
    found = reason_of_nothing(judge.network.graph, step)
    if found is None:
        judge.notes.append(f"{name} stays what it is: what the steps change it by is 0, or lost in rounding")
    elif all(one.code != found.code for one in judge.findings):
        judge.findings.append(found)


def _delta_made(judge: Judgement, index: int, delta: Array) -> int | None:
    """Where δ of a hidden layer of units that are written one by one is made: the last of its numbers."""
    numbers = [float(number) for number in delta[: judge.steps[0].sizes[0]].flat]
    if index == judge.network.depth - 1 or not judge.network.is_of_units or not all(numbers):
        return None
    found = [judge.locator.scalar(number, judge.start, judge.end) for number in numbers[:MAX_NUMBERS]]
    return max((at for at in found if at is not None), default=None) if None not in found else None


def find_other_mask(judgement: Judgement, index: int, hypotheses: Sequence[Hypothesis]) -> Finding | None:
    """The fault of a δ that is right but for its mask; `hypotheses` are those of δ of this layer."""
    layer, graph = judgement.steps[0].layers[index], judgement.network.graph
    whole = next((h for h in hypotheses if h.code == "dropout-mask-missing"), None)
    if layer.mask is None or whole is None or len(judgement.steps[0].sizes) > 1:
        return None
    with np.errstate(all="ignore"):
        bare = whole.arrays()[0]
    made = sorted(at for at in judgement.ancestors(index) if at >= judgement.start)
    for at in made:
        event = graph.events[at]
        if event.op not in ("Mult", "multiply"):
            continue
        for operand in event.operands:
            mask = _as_mask(graph.array(operand), bare)
            if mask is None or np.array_equal(mask != 0, layer.mask != 0) or not bare[mask == 0].any():
                continue  # the mask of the forward pass, or the slope of a ReLU
            if judgement.locator.among([bare * mask], made) is not None:
                return Finding(f"δ{index + 1}", "dropout-mask-drawn-anew", at, index)
    return None


def _as_mask(array: Array | None, delta: Array) -> Array | None:
    """An array of zeros and of one other number, in the form of δ."""
    if array is None or array.size != delta.size or not array.any() or array.all():
        return None
    if np.ptp(array[array != 0]) > 1e-12:
        return None
    mask = array.astype(float)
    if mask.shape == delta.T.shape and mask.shape != delta.shape:
        return np.asarray(mask.T)
    return mask.reshape(delta.shape)
