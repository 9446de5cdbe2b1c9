"""Judges the change of every parameter: which δ, dW and db explain it, and which mistake a wrong one is.

From the output down. The right formulas are tried first, strictly; then the wrong ones, strictly; then the right ones
up to what does no harm (an ε inside a logarithm). A layer whose right gradient stands among what its update was made
of, but whose update is of no known form, is let be: the gradient is right, and the rest is not understood.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.reading.judging.adam_shares import with_own_rate
from grader.reading.judging.biases import judge_bias
from grader.reading.judging.finding import Finding, Verdict
from grader.reading.judging.hypotheses import (
    Arrays,
    Hypothesis,
    hidden_deltas,
    output_deltas,
    weight_gradients,
    without_ones,
)
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizers import Optimizer
from grader.reading.judging.other_masks import find_other_mask
from grader.reading.judging.own_factors import coefficient
from grader.reading.judging.stray_factors import (
    OF_STEPS,
    find_stray_factor,
    is_choice,
    where_multiplied,
    with_number_of_step,
)
from grader.reading.judging.updates import is_adaptive, is_left_over, is_plain_update
from grader.reading.judging.weights import change_of_weights, first_adaptive, first_fit, judge_weights, rows_looked_at
from grader.reading.recorded.graph import GATHERED, VIEWS
from grader.reading.recorded.recording import Array
from grader.reading.structure.network_read import Network

_SLOPES = ("slope-of-ReLU", "slope-of-sigmoid", "slope-of-tanh")
_SENT_BARE = ("raw-error-sent-back", "slope-above-missing")


def judge_network(network: Network, cost: str | None) -> Judgement:
    """Judge the way back of a network; `cost` is the one that is meant, if it is known."""
    judge = Judgement(network, cost)
    above: Arrays | None = None
    for index in range(judge.network.depth - 1, -1, -1):
        hypotheses = _deltas(judge, index, above)
        verdict = judge_weights(judge, index, hypotheses)
        verdict = _sent_back_right(judge, index, verdict) or verdict
        with np.errstate(all="ignore"):
            judge.right_deltas[index] = next(h for h in hypotheses if h.is_right).arrays()
        if verdict is None:
            deltas = _unexplained(judge, index, hypotheses)
        else:
            _report(judge, index, verdict)
            deltas = verdict.deltas
        judge.used[index] = deltas
        if verdict is not None:
            judge.verdicts[index] = verdict
        if verdict is not None or not judge.network.chain[index].is_updated:
            judge_bias(judge, index, deltas, above, verdict)
        above = deltas
        if verdict is None and judge.network.chain[index].is_updated and index:
            # what stands below an unexplained layer was made of something that is not known
            judge.unread += [f"δ{lower + 1}" for lower in range(index)]
            break
    _let_be_below_unknown(judge)
    return judge


def _let_be_below_unknown(judge: Judgement) -> None:
    """No δ of a layer whose function is not known is called right, nor one further down: its slope is not known.

    With 1 for the slope they may agree (a sum with what goes past the layer); that is for measuring to tell.
    """
    unknown = [index for index in range(judge.network.depth - 1) if judge.network.activations[index] is None]
    for index in range(max(unknown, default=-1) + 1):
        for quantity in (f"δ{index + 1}", f"dW{index + 1}", f"db{index + 1}"):
            if quantity in judge.right:
                del judge.right[quantity]
                judge.unread.append(quantity)


def _sent_back_right(judge: Judgement, index: int, verdict: Verdict | None) -> Verdict | None:
    """Whether a wrong δ above went into its dW alone, and the right one was sent back: then dW is wrong, not δ."""
    up = index + 1
    number = next((k for k, f in enumerate(judge.findings) if f.quantity == f"δ{up + 1}"), None)
    if number is None and verdict is None and up == judge.network.depth - 1:
        return _other_cost_sent_back(judge, index)
    if number is None or (verdict is not None and verdict.delta.is_right) or up not in judge.right_deltas:
        return None
    rows = rows_looked_at(judge, index)
    change = change_of_weights(judge, index, rows)
    if change is None or change.is_lost_in_rounding:
        return None
    hypotheses = [h for h in _deltas(judge, index, judge.right_deltas[up]) if h.is_right]
    found = first_fit(judge, index, change, rows, hypotheses, True, judge.strict)
    if found is None and is_adaptive(judge, index):
        found = first_adaptive(judge, index, change, rows, hypotheses)
    if found is not None:
        judge.findings[number] = replace(judge.findings[number], quantity=f"dW{up + 1}")
        judge.right.pop(f"dW{up + 1}", None)
        judge.right[f"δ{up + 1}"] = _delta_event(judge, up, judge.right_deltas[up][0])
        _judge_bias_again(judge, up)
    return found


def _other_cost_sent_back(judge: Judgement, index: int) -> Verdict | None:
    """Whether the layer below the last got δ of the squared error, and dW of the last is made without its slope."""
    up = index + 1
    rows = rows_looked_at(judge, index)
    change = change_of_weights(judge, index, rows)
    if judge.used_cost != "cross-entropy" or judge.activation(up).couples or change is None:
        return None
    with np.errstate(all="ignore"):
        tops = output_deltas(judge.steps, judge.network.output_activation, judge.cost)
        other = next((h for h in tops if h.is_right and h.cost == "squared error"), None)
        if other is None or change.is_lost_in_rounding:
            return None
        deltas = other.arrays()
    hypotheses = [h for h in _deltas(judge, index, deltas) if h.is_right]
    found = first_fit(judge, index, change, rows, hypotheses, True, judge.strict)
    if found is not None:
        event = judge.right.pop(f"dW{up + 1}", None)
        judge.right[f"δ{up + 1}"] = _delta_event(judge, up, deltas[0])
        judge.findings.append(Finding(f"dW{up + 1}", "no-output-slope", event, up))
        judge.right_deltas[up], judge.used_cost = deltas, "squared error"
        judge.used[up] = deltas
        _judge_bias_again(judge, up)
    return found


def _judge_bias_again(judge: Judgement, index: int) -> None:
    """With the right δ, now that it is known to be the one that was sent on."""
    quantity = f"db{index + 1}"
    judge.findings = [finding for finding in judge.findings if finding.quantity != quantity]
    judge.right.pop(quantity, None)
    above = judge.used.get(index + 1)
    judge_bias(judge, index, judge.right_deltas[index], above, judge.verdicts.get(index))


def _deltas(judge: Judgement, index: int, above: Arrays | None) -> list[Hypothesis]:
    network = judge.network
    if above is None:
        return [*output_deltas(judge.steps, network.output_activation, judge.cost), *with_number_of_step(judge)]
    unsloped = _unsloped(judge, index + 1)
    if unsloped is not None and all(np.allclose(e, d) for e, d in zip(unsloped, above, strict=True)):
        unsloped = None
    return hidden_deltas(judge.steps, index, judge.activation(index), above, unsloped=unsloped, ones=network.ones)


def _unsloped(judge: Judgement, index: int) -> Arrays | None:
    """What a layer got from above before its slope was multiplied in."""
    if index == judge.network.depth - 1:
        return [step.out - step.y for step in judge.steps]
    verdict = judge.verdicts.get(index)
    if verdict is not None and verdict.delta.code in _SENT_BARE and verdict.delta.part is not None:
        return verdict.delta.part()  # the bare error came here, and may be sent on
    above = judge.used.get(index + 1)
    if above is None:
        return None
    found = []
    for step, delta in zip(judge.steps, above, strict=True):
        W = step.layers[index + 1].W
        found.append(delta @ without_ones(W, judge.network.ones, W.shape[0] - step.layers[index].z.shape[1]).T)
    return found


def _unexplained(judge: Judgement, index: int, hypotheses: Sequence[Hypothesis]) -> Arrays:
    """Nothing fits: say so if the update is plain enough to be sure, and go on with the right δ."""
    network = judge.network
    right = next(h for h in hypotheses if h.is_right)
    with np.errstate(all="ignore"):
        deltas = right.arrays()
    parameter = network.chain[index]
    if not parameter.is_updated:
        _frozen(judge, index, deltas)
        return deltas
    if any(step.layers[index].dW is None for step in judge.steps):
        judge.unread.append(f"dW{index + 1}")
        return deltas
    is_output = index == network.depth - 1  # a cost of its own (weighted, robust) has a δ of its own
    is_known = not is_output or (network.cost is not None and network.cost.event is not None)
    if not is_known or not is_plain_update(judge, index) or network.activations[index] is None:
        judge.unread.append(f"dW{index + 1}")
        return deltas
    at = _delta_event(judge, index, deltas[0])
    use = network.flow.uses[network.passes[0].layers[index].product]
    update = parameter.updates[use.version]
    product = judge.locator.product(update, judge.start, network.graph.shape(parameter.first))
    if product is None:  # a weight may be a part of one long vector
        weights = network.passes[0].layers[index].weights
        product = judge.locator.product(update, judge.start, network.graph.shape(weights))
    event = product if product is not None else update
    if product is not None and (at is None or _is_of_another_delta(judge, product, index, deltas[0])):
        at, event = None, _made_of(judge, product, index)
    if at is not None:
        judge.right[f"δ{index + 1}"] = at
        judge.findings.append(Finding(f"dW{index + 1}", "unexplained", event, index))
    else:
        stray = find_other_mask(judge, index, hypotheses)
        if stray is None and product is not None:
            stray = find_stray_factor(judge, index, event, deltas[0])
        if stray is not None and is_choice(judge, stray):
            judge.unread.append(f"dW{index + 1}")
            return deltas
        judge.findings.append(stray or Finding(f"δ{index + 1}", "unexplained", event, index))
    return deltas


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
    G = layer.u.T @ deltas[0]
    steps = judge.network.steps  # what is thrown away may be computed behind all updates
    at = judge.locator.first([G], judge.start, steps[1].start - 1 if len(steps) > 1 else judge.end)
    if at is not None:
        judge.findings.append(Finding(f"W{index + 1}", "never-updated", at, index))
    else:
        judge.notes.append(f"W{index + 1} is never changed")


def _report(judge: Judgement, index: int, verdict: Verdict) -> None:
    number = index + 1
    at = _delta_event(judge, index, verdict.deltas[0])
    above = judge.verdicts.get(index + 1)
    if verdict.fit is not None:
        judge.fits[f"dW{number}"] = verdict.fit
    if verdict.optimizer is not None:
        optimizer, share_at = with_own_rate(judge, index, verdict.optimizer)
        judge.optimizers[f"dW{number}"] = optimizer
        if share_at is None:
            _report_optimizer(judge, index, optimizer)
        elif all(one.quantity != "step" for one in judge.findings):
            judge.findings.append(Finding("step", optimizer.code, share_at, index))
    if index == judge.network.depth - 1:
        judge.used_cost = verdict.delta.cost or None
    if verdict.is_loose and verdict.fit is None:
        return  # lost in rounding: nothing was judged
    if verdict.delta.is_right and _is_nearly_right(judge, verdict, above):
        judge.unread += [f"δ{number}", f"dW{number}"]
        judge.notes.append(f"δ{number} is right to a few digits only, though what it is made of is exact")
        return
    if verdict.delta.is_right:
        judge.right[f"δ{number}"] = at
    elif above is not None and above.gradient.code == "activation-left-out" and verdict.delta.code in _SLOPES:
        pass  # the slope of the function that the forward pass leaves out
    else:
        event = _part_event(judge, index, verdict.delta)
        if verdict.delta.code in OF_STEPS:
            event = where_multiplied(judge, verdict.delta.code)
        if verdict.delta.code == "error-squared":  # the slope alone is a multiple of it, if the cost is one number
            event = _made_of_targets(judge, index, verdict.deltas[0])
        if verdict.delta.code == "output-without-target":  # a copy of the output, rather than the output
            output, events = judge.network.passes[0].layers[-1].a_value, judge.network.graph.events
            event = max((e for e in judge.ancestors(index) if events[e].result == output), default=event)
        if event is None:
            at = _own_delta_event(judge, index, verdict.deltas) or at
            at = _in_later_step(judge, index, verdict.deltas) if at is None else at
            event = at if at is not None else _weight_event(judge, index, verdict)
            updates = judge.network.chain[index].updates
            event = updates[0] if event is None and updates else event
        judge.findings.append(Finding(f"δ{number}", verdict.delta.code, event, index))
    if verdict.gradient.is_right:
        judge.right[f"dW{number}"] = _weight_event(judge, index, verdict)
    else:
        judge.findings.append(
            Finding(f"dW{number}", verdict.gradient.code, _wrong_weight_event(judge, index, verdict), index)
        )
    if verdict.is_piled or (verdict.fit is not None and abs(verdict.fit.momentum - 1) < 1e-4):
        judge.pile_up(index)
    elif verdict.fit is not None and is_left_over(judge, index, verdict.fit.momentum):
        judge.pile_up(index, share=judge.steps[0].n)


def _is_nearly_right(judge: Judgement, verdict: Verdict, above: Verdict | None) -> bool:
    """Whether a hidden δ is not exact where the one above is: another slope that is alike near 0, or a measured one."""
    is_exact = above is not None and not above.is_loose and above.optimizer is None
    return verdict.is_loose and is_exact and judge.network.tolerance < 1e-6 and verdict.fit is not None


def _is_alike(judge: Judgement, index: int) -> bool:
    """Whether all slopes of a hidden layer are the same number, so that δ is a multiple of what came from above."""
    if index == judge.network.depth - 1:
        return False
    slope = judge.activation(index).slope(judge.steps[0].layers[index].z)
    return float(np.ptp(slope)) < 1e-12 * max(float(np.abs(slope).max()), 1e-300)


def _own_delta_event(judge: Judgement, index: int, deltas: Arrays) -> int | None:
    """Where a hidden δ stands with the factor of the one above: where all slopes are alike, there are multiples."""
    above, up = judge.used.get(index + 1), judge.right.get(f"δ{index + 2}")
    graph = judge.network.graph
    factor = None if above is None or up is None else coefficient(judge, above[0], graph.events[up].result)
    if factor is None or np.unique(np.abs(deltas[0])).size < 2:
        return None
    for at in sorted(judge.ancestors(index)):
        own = coefficient(judge, deltas[0], graph.events[at].result) if at >= judge.start else None
        if own is not None and abs(own / factor - 1) < 1e-9:
            return at
    return None


def _delta_event(judge: Judgement, index: int, delta: Array) -> int | None:
    """Where δ is made: among what went into the update, else anywhere in the step."""
    first = judge.steps[0].sizes[0]
    arrays = [delta[:first], delta]
    own = _own_delta_event(judge, index, [delta]) if _is_alike(judge, index) else None
    if own is not None:
        return own
    at = judge.locator.among(arrays, (e for e in judge.ancestors(index) if e >= judge.start))
    return at if at is not None else judge.locator.first(arrays, judge.start, judge.end)


def _made_of_targets(judge: Judgement, index: int, delta: Array) -> int | None:
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


def _in_later_step(judge: Judgement, index: int, deltas: Arrays) -> int | None:
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


def _report_optimizer(judge: Judgement, index: int, optimizer: Optimizer) -> None:
    """A mistake in the rule of the step. Adam without correction may have that of the first step for ever."""
    graph, parameter = judge.network.graph, judge.network.chain[index]
    size = graph.size(parameter.first)

    def divisions(update: int, start: int) -> dict[int, float]:
        """Where an average is divided by a number, and by which."""
        found = {}
        for at in graph.ancestors(update, start):
            event = graph.events[at]
            by = graph.values.scalar(event.operands[-1]) if event.operands else None
            if event.op in ("Div", "divide", "true_divide") and graph.size(event.result) == size and by is not None:
                found[at] = by
        return found

    code = optimizer.code
    if optimizer.name == "Adam without correction" and len(judge.steps) > 1 and len(parameter.updates) > 1:
        later = divisions(parameter.updates[1], judge.steps[1].start)
        is_first = any(abs(by - (1 - optimizer.constants["beta1"])) < 1e-12 for by in later.values())
        code = "adam-step-never-counted" if is_first else ""
        if not code:
            shares = optimizer.constants
            times = (1 - shares["beta1"]) / float(np.sqrt(1 - shares["beta2"]))
            judge.notes.append(
                "Adam's averages are not divided by 1 − βᵗ: as they begin at 0, the first steps are "
                f"{times:.2g} times as long as Adam's"
            )
    if code and all(one.quantity != "step" for one in judge.findings):
        first = divisions(parameter.updates[0], judge.start)  # there a right correction and a wrong one are the same
        own = [at for at, by in first.items() if abs(by - (1 - optimizer.constants["beta1"])) < 1e-12]
        if code == "adam-second-corrected-with-first-share":
            own = [max(own)] if own else []
        at = own[0] if own and code != "adam-without-root" else max(first, default=parameter.updates[0])
        if code in ("adam-rates-exchanged", "adam-second-with-first-share"):
            at = _averaging(judge, index, optimizer.constants["beta1"], code) or at
        judge.findings.append(Finding("step", code, at, index))


def _averaging(judge: Judgement, index: int, share: float, code: str) -> int | None:
    """Where an average of Adam is multiplied by a share: the first one, or the second."""
    graph, size = judge.network.graph, judge.network.graph.size(judge.network.chain[index].first)
    found = [
        at
        for at in sorted(judge.ancestors(index))
        if graph.events[at].op in ("Mult", "multiply")
        and graph.size(graph.events[at].result) == size
        and any(graph.values.scalar(operand) == share for operand in graph.events[at].operands)
    ]
    return None if not found else found[-1] if code == "adam-second-with-first-share" else found[0]


def _part_event(judge: Judgement, index: int, delta: Hypothesis) -> int | None:
    """Where that is made of which a wrong δ is made."""
    if delta.part is None:
        return None
    part, first = delta.part()[0], judge.steps[0].sizes[0]
    return judge.locator.among([part[:first], part], (e for e in judge.ancestors(index) if e >= judge.start))


def _weight_event(judge: Judgement, index: int, verdict: Verdict) -> int | None:
    layer, first = judge.steps[0].layers[index], judge.steps[0].sizes[0]
    d = verdict.deltas[0]
    arrays = [layer.u[:first].T @ d[:first], layer.u.T @ d]
    events, entering = judge.network.graph.events, judge.network.passes[0].layers[index].input_value
    made = [e for e in judge.ancestors(index) if events[e].result != entering and events[e].op not in VIEWS]
    at = judge.locator.among(arrays, (e for e in made if e >= judge.start))
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


def _wrong_weight_event(judge: Judgement, index: int, verdict: Verdict) -> int | None:
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
