"""Judges how a bias changes: which sum of which δ explains it, and which mistake a wrong one is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.reading.judging.bias_places import SUMS, behind_scaling, right_event, sum_before, update_of, wrong_event
from grader.reading.judging.finding import Finding, Verdict
from grader.reading.judging.fits import LOOSE, Change, Fit, fit_plain, is_of_rate, length
from grader.reading.judging.gradient_hypotheses import bias_gradients
from grader.reading.judging.hypotheses import Arrays, Hypothesis
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizer_faults import report_optimizer
from grader.reading.judging.optimizers import recognise_optimizer
from grader.reading.judging.steps_of_nothing import step_of_nothing
from grader.reading.judging.unexplained import add_nothing
from grader.reading.judging.updates import SOLVING, constants_of, factors_of, has_root
from grader.reading.recorded.recording import Array
from grader.reading.structure.passes import rows

NOT_KEPT = (
    " What is made of it here is not kept: it is given to another name, to one that the function has for itself, or "
    "to none."
)


def judge_bias(judge: Judgement, index: int, deltas: Arrays, above: Arrays | None, verdict: Verdict | None) -> None:
    """Add what the change of a bias tells, given the δ really used in its layer and in the one above."""
    network = judge.network
    layers = [step.layers[index] for step in judge.steps]
    first = layers[0]
    quantity = f"db{index + 1}"
    if first.b is None or (
        first.b.size == 1 and first.z.shape[1] > 1 and first.db is None and network.biases[index] is None
    ):
        return
    sizes = [layer.b.size if layer.b is not None else 0 for layer in layers]
    if any(size != sizes[0] for size in sizes):
        if max(sizes) == first.z.shape[1]:
            return  # what was one number for all becomes one for each unit, or is not read in all steps
        is_of_samples = max(sizes) % max(1, judge.steps[0].n) == 0 and judge.steps[0].n > 1
        at = sum_before(judge, index)
        is_sum = at is not None and network.graph.events[at].op in SUMS
        code = "bias-shape" if not is_of_samples else "over-units" if is_sum else "not-summed"
        judge.findings.append(Finding(quantity, code, at, index, {"size": max(sizes), "units": first.z.shape[1]}))
        return
    if not any(delta.any() for delta in deltas):
        judge.right[quantity] = None
        return
    same = all(layer.b is not None and np.array_equal(layer.b, first.b) for layer in layers)
    if first.db is None and same and len(layers) > 1:
        _never_updated(judge, index, deltas)
        return
    count = sum(layer.db is not None for layer in layers)
    if count == 0 or any(layer.db is None for layer in layers[:count]):
        return
    before = [layer.b.ravel() for layer in layers[:count] if layer.b is not None]
    change = Change(
        before, [layer.db.ravel() for layer in layers[:count] if layer.db is not None], judge.noise_of(before)
    )
    if change.norm == 0 and same and len(layers) > 1:
        _never_updated(judge, index, deltas)
        return
    one = first if len(layers) == 1 and first.b.size == first.W.size == 1 else None
    if one is not None and one.db is not None and one.dW is not None and one.db.item() == one.dW.item():
        return  # it began as the same number as the weight, and its change may be that of the other
    if first.b.size not in (1, first.z.shape[1]):
        _of_each_sample(judge, index, deltas, above)
        return
    if _is_lost_sum(judge, index, deltas, change):
        return
    if change.is_lost_in_rounding or _is_cancelled(judge, index, deltas, change):
        judge.right[quantity] = None  # nothing to be judged by
        return
    if first.b.size == 1 and first.z.shape[1] > 1:
        _one_bias(judge, index)
    _fit_bias(judge, index, deltas, above, change, verdict, count)


def _of_each_sample(judge: Judgement, index: int, deltas: Arrays, above: Arrays | None) -> None:
    """Biases of as many rows as a step has samples, each of which learns from its own sample alone."""
    first, bias = judge.steps[0].layers[index], judge.network.biases[index]
    n, units = first.z.shape
    if first.b is None or first.db is None or bias is None or first.b.size not in (n, n * units) or n == 1:
        return
    facts: dict[str, float | int | str] = {"n": n, "units": units, "size": str(n)}
    if first.b.size == n:
        change, own = first.db.ravel(), deltas[0].sum(1)
        of_above = above is not None and _is_along(change, above[0].sum(1)) and not _is_along(change, own)
        code = "delta-of-the-layer-above" if of_above else "bias-for-each-sample"
        judge.findings.append(Finding(f"db{index + 1}", code, sum_before(judge, index), index, facts))
        return
    changes = rows(first.db, judge.network.is_column)
    if changes.shape == (n, units) and np.abs(changes - changes[0]).max() > LOOSE * np.abs(changes).max():
        facts["size"] = f"{n}·{units}"
        at = sum_before(judge, index)
        judge.findings.append(Finding(f"db{index + 1}", "bias-for-each-sample", at, index, facts))


def _is_along(one: Array, other: Array) -> bool:
    """Whether one vector is a multiple of another."""
    sizes = length(one) * length(other)
    return sizes > 0 and abs(abs(float(np.einsum("i,i->", one, other))) / sizes - 1) < LOOSE * LOOSE


def _is_lost_sum(judge: Judgement, index: int, deltas: Arrays, change: Change | None) -> bool:
    """Whether a bias moves by rounding alone, or not at all: one number for all units, where δ add up to 0."""
    weights = judge.fits.get(f"dW{index + 1}")
    expected = abs(weights.c) * length(deltas[0].sum(0)) if weights is not None else 0.0
    moved = change.first(1).norm if change is not None else 0.0
    if not expected or moved > 1e-9 * expected or abs(float(deltas[0].sum())) > 1e-9 * float(np.abs(deltas[0]).sum()):
        return False
    total = sum_before(judge, index)
    graph = judge.network.graph
    number = graph.values.scalar(graph.events[total].result) if total is not None else None
    is_sum = number is not None and abs(number) <= 1e-9 * float(np.abs(deltas[0]).sum())
    if total is not None and is_sum and deltas[0].shape[1] > 1:
        code = "one-number-of-the-last-sample" if _is_of_last_sample(judge, index, total) else "one-number"
        judge.findings.append(Finding(f"db{index + 1}", code, total, index))
        return True
    return change is not None


def _is_of_last_sample(judge: Judgement, index: int, total: int) -> bool:
    """Whether an update takes one of the sums that are made for the samples of a step, one by one."""
    graph, update = judge.network.graph, update_of(judge, index)
    if update is None or len(judge.steps[0].sizes) < 2:
        return False
    begun = max((step.start for step in judge.steps if step.start <= total), default=judge.start)
    made = graph.ancestors(update, begun - 1)
    return sum(graph.events[at].place == graph.events[total].place for at in made) == 1


def _is_cancelled(judge: Judgement, index: int, deltas: Arrays, change: Change) -> bool:
    """Whether the δ of the samples add up to 0 for each unit, and a bias moves by what rounding leaves of that.

    Inputs that lie evenly around 0, and targets that change their sign with them, are learned without biases.
    """
    weights = judge.fits.get(f"dW{index + 1}")
    if weights is None:
        return False
    least = 5 * judge.noise * max(float(np.abs(delta).sum()) for delta in deltas)
    largest = max(float(np.abs(moved).max()) for moved in change.changes)
    return all(np.abs(delta.sum(0)).max() <= least for delta in deltas) and largest <= abs(weights.c) * least


def _one_bias(judge: Judgement, index: int) -> None:
    judge.notes.append(f"layer {index + 1} has one bias for all its units")


def _fit_bias(
    judge: Judgement,
    index: int,
    deltas: Arrays,
    above: Arrays | None,
    change: Change,
    verdict: Verdict | None,
    count: int,
) -> None:
    quantity = f"db{index + 1}"
    steps = judge.steps[:count]
    size = change.before[0].size
    hypotheses = bias_gradients(
        steps,
        index,
        deltas[:count],
        above[:count] if above else None,
        judge.activation(index).slope,
        size,
        judge.activation(index - 1).slope if index else None,
    )
    weights = judge.fits.get(f"dW{index + 1}")
    terms: tuple[tuple[str, ...], ...] = ((), ("previous",), ("W",), ("W", "previous"), ("constant",), ("sign",))
    units = deltas[0].shape[1]
    if change.size < 8 and weights is not None and 0 < weights.momentum < 0.9999:
        change = _without_momentum(change, weights.momentum)  # too few numbers to find it from
    each = weights.rates if weights is not None else ()  # of a rate that decays
    rates = [rate / each[0] for rate in each] if each else [1.0] * count
    for tolerance in (judge.strict, LOOSE):
        for hypothesis in hypotheses:
            is_right = hypothesis.is_right or (hypothesis.code == "one-number" and size == 1 and units > 1)
            if tolerance == LOOSE and not is_right:
                continue
            with np.errstate(all="ignore"):
                G = [g * rate for g, rate in zip(hypothesis.arrays(), rates, strict=False)]
            usable = terms if is_right else terms[:2]
            if change.size <= 3 or (verdict is not None and verdict.optimizer is not None):
                usable = terms[:1]  # beside what Adam makes of the weights, a plain rule with more in it is chance
            if not is_right and len(G) < 3 and _is_scalar_sum(G):
                usable = terms[:1]  # two numbers are any two others, with two factors
            fit = fit_plain(change, G, tolerance, usable)
            if fit is None or (
                not is_right
                and size > 1
                and sum(np.unique(g).size for g in G) < 2
                and len(G) < 2
                and not _is_scalar_sum(G)
            ):
                continue
            if not _is_plausible(judge, fit, weights):
                if size == 1:
                    continue
                # where one sample alone counts, its inputs may be taken for a factor
                rate = weights.c if weights is not None and is_right and not each else 0.0
                others = [one for one in hypotheses if rate and not one.is_right]
                other = next((one for one in others if is_of_rate(change, one.arrays(), rate)), None)
                if other is not None:
                    hypothesis, is_right, G = other, False, other.arrays()
            judge.fits[quantity] = fit
            if is_right and not fit.constant:
                total = _number_for_alike(judge, index, G[0]) if size > 1 else None
                if total is not None:
                    judge.findings.append(Finding(quantity, "one-number", total, index))
                    return
                judge.right[quantity] = right_event(judge, index, G[0])
                if fit.momentum > 0.9999 and fit.momentum < 1.0001:
                    judge.pile_up(index, is_bias=True)
                return
            code = "constant-in-bias-gradient" if fit.constant and is_right else hypothesis.code
            judge.findings.append(Finding(quantity, code, wrong_event(judge, index, G[0], code), index))
            return
    update = update_of(judge, index)
    ancestors = judge.network.graph.ancestors(update, judge.start - 1) if update is not None else set()
    if verdict is not None and verdict.optimizer is not None:
        with np.errstate(all="ignore"):
            if _fit_adaptive_bias(judge, index, change, hypotheses, ancestors, verdict):
                return
    right = hypotheses[0]
    with np.errstate(all="ignore"):
        if right.is_right and size > 1:
            at = judge.locator.among([right.arrays()[0]], ancestors)
            if at is not None:
                # beside weights that are understood, what becomes of it must be as well
                if weights is None and (verdict is None or verdict.optimizer is None):
                    judge.right[quantity] = at
                return
    if weights is None or size == 1 or not ancestors:
        return
    # A wrong δ may have gone into the weights alone, made a second time: then the biases have the right one.
    with np.errstate(all="ignore"):
        due = bias_gradients(steps, index, judge.right_deltas[index][:count], None, judge.activation(index).slope, size)
        G = [g * rate for g, rate in zip(due[0].arrays(), rates, strict=False)]
    if fit_plain(change, G, judge.strict, terms[:2]) is not None:
        judge.right[quantity] = right_event(judge, index, G[0])
        return
    if _is_plain_bias_update(judge, index):
        judge.findings.append(Finding(quantity, "unexplained", behind_scaling(judge, sum_before(judge, index)), index))


def _number_for_alike(judge: Judgement, index: int, G: Array) -> int | None:
    """The sum over everything, one number, of a δ whose sums are alike for all units: it fits by chance."""
    if np.ptp(G) > 1e-9 * float(np.abs(G).max()):
        return None
    graph, total = judge.network.graph, sum_before(judge, index)
    event = graph.events[total] if total is not None else None
    is_sum = event is not None and event.op in SUMS and graph.size(event.result) == 1
    return total if is_sum and event is not None and graph.size(event.operands[0]) > G.size else None


def _without_momentum(change: Change, momentum: float) -> Change:
    previous = [np.zeros_like(change.changes[0]), *change.changes[:-1]]
    return replace(change, changes=[d - momentum * p for d, p in zip(change.changes, previous, strict=True)])


def _fit_adaptive_bias(
    judge: Judgement,
    index: int,
    change: Change,
    hypotheses: Sequence[Hypothesis],
    ancestors: set[int],
    verdict: Verdict,
) -> bool:
    """Judge a bias that is changed by the rule of Adam or one like it."""
    constants = constants_of(judge, index)
    is_rooted = has_root(judge, index)
    # another rule than that of the weights may fit a few numbers by chance
    name = judge.optimizers[f"dW{index + 1}"].name.partition(",")[0].replace("AdamW", "Adam")
    rule = name if change.size <= 8 else ""
    for hypothesis in hypotheses:
        G = hypothesis.arrays()
        if verdict.is_piled:
            G = list(np.cumsum(G, axis=0))
        if hypothesis.is_right or change.size > 8:
            for factor in factors_of(judge, G[0], ancestors):
                optimizer = recognise_optimizer(
                    change, [g * factor for g in G], constants, has_root=is_rooted, only=rule
                )
                if optimizer is not None:
                    break
            else:
                continue
            judge.optimizers[f"db{index + 1}"] = optimizer
            if hypothesis.is_right:
                judge.right[f"db{index + 1}"] = right_event(judge, index, G[0])
                bias = judge.network.biases[index]
                if bias is not None and optimizer.code:
                    report_optimizer(judge, index, optimizer, bias)
            else:
                at = wrong_event(judge, index, G[0], hypothesis.code)
                judge.findings.append(Finding(f"db{index + 1}", hypothesis.code, at, index))
            return True
    return False


def _is_scalar_sum(G: Sequence[Array]) -> bool:
    return all(np.unique(g).size == 1 for g in G)


def _is_plausible(judge: Judgement, fit: Fit, weights: Fit | None) -> bool:
    """Whether a rate that was found from single numbers is the weights' own, up to what factors there are."""
    if weights is None:
        return True
    n, units = judge.steps[0].n, judge.steps[0].layers[-1].z.shape[1]
    features = judge.steps[0].layers[0].u.shape[1]
    ratio = fit.c / weights.c if weights.c else 0.0
    usual = (1, 2, 0.5, n, 1 / n, units, 1 / units, -1, 0.1, 10, features / n)
    return any(abs(ratio / x - 1) < 1e-3 for x in usual)


def _is_plain_bias_update(judge: Judgement, index: int) -> bool:
    """Whether nothing but sums, products and factors lies between δ and the bias."""
    update = update_of(judge, index)
    if update is None:
        return False
    return not any(
        judge.network.graph.events[at].op in SOLVING | {"sqrt", "clip", "sign", "where", "maximum", "minimum", "norm"}
        for at in judge.network.graph.ancestors(update, judge.start - 1)
        if at > judge.start
    )


def _never_updated(judge: Judgement, index: int, deltas: Arrays) -> None:
    """A bias that stays what it was. Drawn or zero, it was meant to be learned."""
    if _is_lost_sum(judge, index, deltas, None):
        return
    part = judge.network.passes[0].layers[index]
    assert part.bias is not None
    base, _ = judge.network.graph.base(part.bias, part.summed)
    if base not in judge.network.graph.made_at_random and judge.network.graph.maker(base) is None:
        return
    if base in {layer.input_value for layer in judge.network.passes[0].layers}:
        return  # a path past the layer
    nothing = step_of_nothing(judge.network.graph, part.bias, judge.start, judge.network.steps[-1].end)
    if nothing is not None:
        add_nothing(judge, f"b{index + 1}", nothing)
        return
    later = judge.network.graph.users_after(part.bias, judge.start)
    computed = next(
        (
            e.index
            for e in later
            if e.op in ("Sub", "Add", "subtract", "add")
            and e.operands[0] == part.bias
            and e.index > part.summed + 2
            and e.place != judge.network.graph.events[part.summed].place
        ),
        None,
    )
    if computed is not None:
        result = judge.network.graph.size(judge.network.graph.events[computed].result)
        if result != judge.network.graph.size(part.bias):
            judge.findings.append(
                Finding(
                    f"db{index + 1}",
                    "bias-shape",
                    sum_before(judge, index, computed),
                    index,
                    {"size": result, "units": judge.steps[0].layers[index].z.shape[1]},
                )
            )
            return
    if computed is None and _is_fixed(judge, index):
        judge.notes.append(f"b{index + 1} was not changed in the steps that were seen")
        return
    if computed is not None:
        _one_number_for_all(judge, index, computed, deltas)
    event, kept = (part.summed, "") if computed is None else (computed, NOT_KEPT)
    judge.findings.append(Finding(f"b{index + 1}", "never-updated", event, index, {"kept": kept}))


def _is_fixed(judge: Judgement, index: int) -> bool:
    """Whether a bias that stays may be meant to: that of a layer whose weights stay as well, or ones."""
    bias, place = judge.steps[0].layers[index].b, judge.network.passes[0].layers[index]
    maker = judge.network.graph.maker(judge.network.graph.base(place.bias or 0, place.summed)[0])
    is_of_ones = maker is not None and maker.op in ("ones", "full", "ones_like", "full_like")
    return not judge.network.chain[index].is_updated or (is_of_ones and bias is not None and bool(bias.all()))


def _one_number_for_all(judge: Judgement, index: int, computed: int, deltas: Arrays) -> None:
    """The gradient of a bias that never changes may be wrong as well: a sum over everything."""
    graph = judge.network.graph
    if judge.steps[0].layers[index].z.shape[1] < 2 or graph.size(graph.events[computed].operands[-1]) != 1:
        return
    total = sum_before(judge, index, computed)
    if total is None or graph.size(graph.events[total].result) != 1 or not graph.events[total].operands:
        return
    source = graph.sources[total][0]
    first = judge.steps[0].sizes[0]
    if source >= 0 and judge.locator.first([deltas[0][:first], deltas[0]], source, source) is not None:
        judge.findings.append(Finding(f"db{index + 1}", "one-number", total, index))
