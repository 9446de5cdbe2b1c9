"""Judges how a weight changes: which δ and which dW explain it."""

from collections.abc import Sequence

import numpy as np

from grader.reading.judging.added_to_gradient import find_added
from grader.reading.judging.finding import Verdict
from grader.reading.judging.fits import LOOSE, Change, fit_each_step, fit_plain
from grader.reading.judging.gradient_hypotheses import weight_gradients
from grader.reading.judging.hypotheses import Hypothesis
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizers import recognise_optimizer
from grader.reading.judging.own_rate import is_of_multiplied
from grader.reading.judging.updates import constants_of, factors_of, has_root, is_adaptive, update_terms
from grader.reading.recorded import activations as act
from grader.reading.recorded.recording import Array

EACH_STEP = ((), ("W",), ("sign",), ("previous",), ("W", "previous"), ("sign", "previous"))
_BARE = ("raw-error-sent-back", "slope-above-missing")
ALIKE = 1e-3  # by which the rates of two layers may differ
MAX_OTHERS = 4  # formulas that are looked at after one that fits with a rate of its own
OF_THE_SCRIPT = 1e-5  # by which a rate may differ from the number that it is
MAX_STRENGTHS = 6  # of a penalty, that are tried
LEAST_OF_TWO = 5  # different numbers in the gradients of all steps that two mistakes together must explain
FEW = 8  # numbers in all changes of a weight together
MANY_ENTRIES = 4_000  # of a weight; of more, a selection of its inputs is looked at


def judge_weights(judge: Judgement, index: int, hypotheses: Sequence[Hypothesis]) -> Verdict | None:
    rows = rows_looked_at(judge, index)
    change = change_of_weights(judge, index, rows)
    if change is None:
        return None
    if change.is_lost_in_rounding:
        how = "hardly changes: its steps are lost in rounding" if change.norm else "does not change: its steps are 0"
        if len(set(judge.network.chain[index].versions)) < 2 or change.norm:  # else it changes in other steps
            judge.notes.append(f"W{index + 1} {how}")
        first = hypotheses[0]
        return Verdict(first, Hypothesis("right", list), None, None, first.arrays(), is_loose=True)
    right = [h for h in hypotheses if h.is_right]
    if judge.activation(index).name == act.OWN:  # its slope was measured
        found = first_fit(judge, index, change, rows, right, True, LOOSE)
        if found is not None:
            return found
    wrong = [h for h in hypotheses if not h.is_right]
    # of a single output the errors of two costs may differ by little: what needs nothing beside comes first
    found = first_fit(judge, index, change, rows, right, True, judge.strict, alone=True)
    found = found or first_fit(judge, index, change, rows, right, True, judge.strict)
    found = found and (_sent_bare(judge, index, found, change, rows, wrong) or found)
    if found is not None and index == judge.network.depth - 1 and not _is_of_written_rate(judge, index, found):
        found = _of_written_rate(judge, index, change, rows, hypotheses) or found
    adaptive = found is None and is_adaptive(judge, index)
    if found is None and adaptive:
        found = _adaptive_right(judge, index, change, rows, right)
        found = found or first_adaptive(judge, index, change, rows, wrong)
        found = found or first_adaptive(judge, index, change, rows, right, is_piled=True)
        found = found or first_adaptive(judge, index, change, rows, right, of_wrong_inputs=True)
    found = found or _standing(judge, index, right, change, rows, is_added_to=True)
    if found is None:  # in a training that goes smoothly what needs nothing beside is less of a chance
        found = first_fit(judge, index, change, rows, right, False, judge.strict, alone=True)
        found = found or first_fit(judge, index, change, rows, right, False, judge.strict)
    if found is None:
        found = _first_wrong(judge, index, change, rows, wrong)
    if found is None and judge.steps[0].out.size > 2:
        found = first_fit(judge, index, change, rows, right, True, judge.strict, each_step=True)
        for deltas in (right, wrong):
            found = found or first_fit(judge, index, change, rows, deltas, False, judge.strict, each_step=True)
    if found is None:  # a penalty may be added number by number
        found = first_fit(judge, index, change, rows, right, True, judge.strict, given=[("W",), ("sign",)])
        found = found or first_fit(judge, index, change, rows, right, True, LOOSE)
    if found is None:
        found = _standing(judge, index, right, change, rows)
    return found


def _first_wrong(
    judge: Judgement, index: int, change: Change, rows: Array | None, wrong: Sequence[Hypothesis]
) -> Verdict | None:
    """The first wrong δ that fits, or one after it that does so with the rate of the layer above.

    Where all units are saturated, many slopes are one number, and all formulas fit but for a factor.
    """
    found = first_fit(judge, index, change, rows, wrong, False, judge.strict, alone=True)
    found = found or first_fit(judge, index, change, rows, wrong, False, judge.strict)
    first = found
    for _ in range(MAX_OTHERS):
        if found is None or _is_of_one_rate(judge, index, found):
            break
        delta = found.delta
        later = wrong[next(k for k, one in enumerate(wrong) if one is delta) + 1 :]
        later = [one for one in later if one.code != "slope-of-another-function"]  # which holds with any factor
        found = first_fit(judge, index, change, rows, later, False, judge.strict)
    return found or first


def _is_of_one_rate(judge: Judgement, index: int, verdict: Verdict) -> bool:
    """Whether a layer is changed at the rate of the one above, as far as both are known."""
    fit, above = verdict.fit, judge.fits.get(f"dW{index + 2}")
    return fit is None or above is None or not above.c or abs(abs(fit.c / above.c) - 1) < ALIKE


def _is_of_written_rate(judge: Judgement, index: int, verdict: Verdict) -> bool:
    """Whether the rate of a plain step is a number that the file multiplies with, up to n, units and ½."""
    fit = verdict.fit
    return fit is None or bool(fit.rates) or is_of_multiplied(judge, index, fit)


def _of_written_rate(
    judge: Judgement, index: int, change: Change, rows: Array | None, hypotheses: Sequence[Hypothesis]
) -> Verdict | None:
    """The first δ that fits with a rate of the file, where another one fits with a rate that is none.

    While the output hardly changes, a slope of it is a number, and may be taken for a part of the rate.
    """
    for delta in hypotheses:
        other = first_fit(judge, index, change, rows, [delta], True, judge.strict, alone=True)
        if other is not None and _is_of_written_rate(judge, index, other):
            return other
    return None


def _sent_bare(
    judge: Judgement, index: int, found: Verdict, change: Change, rows: Array | None, wrong: Sequence[Hypothesis]
) -> Verdict | None:
    """δ without the slope of the layer above, if that needs no rate of its own and the right one does.

    Where weights are small, all slopes are nearly one number, 1/4 of a sigmoid.
    """
    if _is_of_one_rate(judge, index, found):
        return None
    other = first_fit(judge, index, change, rows, [h for h in wrong if h.code in _BARE], True, judge.strict)
    return other if other is not None and _is_of_one_rate(judge, index, other) else None


def first_fit(
    judge: Judgement,
    index: int,
    change: Change,
    rows: Array | None,
    deltas: Sequence[Hypothesis],
    only_right: bool,
    tolerance: float,
    *,
    each_step: bool = False,
    alone: bool = False,
    given: Sequence[tuple[str, ...]] | None = None,
) -> Verdict | None:
    """The first δ and dW of which a weight's change is made, with `given` beside it if the graph does not tell.

    `alone`: without penalty, momentum or the like.
    """
    spared = _without_bias(judge, index, change)
    for delta in deltas:
        if each_step and delta.code == "nothing-from-above" and judge.network.is_single:
            continue  # a number of each step may be what comes from above
        with np.errstate(all="ignore"):
            arrays = delta.arrays()
            if not all(np.isfinite(array).all() for array in arrays):
                continue
            gradients = weight_gradients(
                judge.steps, index, arrays, rows, judge.function_below(index), judge.used.get(index + 1)
            )
        for gradient in gradients:
            if only_right and not gradient.is_right:
                continue
            with np.errstate(all="ignore"):
                G = gradient.arrays()
            terms = [()] if alone else list(given or update_terms(judge, index))
            if not (delta.is_right or gradient.is_right):  # two mistakes, and what no rule has: chance
                terms = [t for t in terms if "before" not in t]
            if each_step:
                fit = fit_each_step(change, G, tolerance, [t for t in terms if t in EACH_STEP])
            else:
                fit = fit_plain(change, G, tolerance, terms)
                if fit is None and spared is not None and not alone:
                    fit = fit_plain(spared, G, tolerance, [t for t in terms if {"W", "sign"} & set(t)])
            is_told = gradient.code != "averages-multiplied" or _has_average(judge, index)
            if fit is None or not is_told:
                continue
            is_of_rate = delta.is_right and len(G) > 1 and not fit.before and is_of_multiplied(judge, index, fit)
            if is_of_rate or not _is_degenerate(G, delta, gradient, each_step):
                return Verdict(delta, gradient, fit, None, arrays, tolerance == LOOSE)
    return None


def _without_bias(judge: Judgement, index: int, change: Change) -> Change | None:
    """The change as a penalty sees it that spares the bias, where that is a row of the weights."""
    ones = judge.network.ones
    if ones is None or not (judge.steps[0].layers[index].u[:, ones] == 1).all():
        return None
    before = [weights.copy() for weights in change.before]
    for weights in before:
        weights[ones] = 0.0
    return Change(before, change.changes, change.noise)


def _has_average(judge: Judgement, index: int) -> bool:
    """Whether what goes into a layer is averaged: of inputs whose sums are alike in all steps, that is a factor."""
    layers = [step.layers[index] for step in judge.steps]
    sums = [layer.u.sum(0) for layer in layers]
    if any(np.ptp(one) > 0 for one in sums) or any(not np.array_equal(one, sums[0]) for one in sums):
        return True
    if layers[0].u.shape[1] > 1:
        averages = [sums[0], sums[0] / len(layers[0].u)]
        return judge.locator.first(averages, judge.start, judge.end) is not None
    total = float(sums[0][0])
    numbers = (total, total / len(layers[0].u))
    return any(judge.locator.scalar(one, judge.start, judge.end) is not None for one in numbers)


def _is_degenerate(G: Sequence[Array], delta: Hypothesis, gradient: Hypothesis, each_step: bool) -> bool:
    """Whether a wrong formula would fit anything: a gradient of a single number says little.

    With a rate for each step it says nothing, and of two mistakes together there are many.
    """
    if delta.is_right and gradient.is_right:
        return False
    if not (delta.is_right or gradient.is_right):
        numbers = np.concatenate([g.ravel() for g in G])
        scale = float(np.abs(numbers).max()) or 1.0
        if not np.isfinite(scale) or np.unique((numbers / scale).round(9)).size < LEAST_OF_TWO:
            return True
    sizes = [np.unique(g).size for g in G]
    return min(sizes) < 3 if each_step else sum(sizes) < 3


def _adaptive_right(
    judge: Judgement, index: int, change: Change, rows: Array | None, right: Sequence[Hypothesis]
) -> Verdict | None:
    """The right δ of which Adam, or a rule like it, makes the change: with a rate that the script has, if one does.

    Such a rule hardly sees a factor, so that two costs may do nearly as well where all slopes are alike.
    """
    graph = judge.network.graph
    scalars = {graph.values.scalar(o) for at in judge.ancestors(index) for o in graph.events[at].operands}
    written = [abs(number) for number in scalars if number]
    found: Verdict | None = None
    for delta in right:
        verdict = first_adaptive(judge, index, change, rows, [delta])
        rate = abs(verdict.optimizer.rate) if verdict is not None and verdict.optimizer is not None else 0.0
        if verdict is not None and any(abs(rate / number - 1) < OF_THE_SCRIPT for number in written):
            return verdict
        found = found or verdict
    return found


def _with_penalty(judge: Judgement, index: int, change: Change, scaled: list[Array]) -> list[list[Array]]:
    """A gradient, and with each number of the script for λ as well where the weights go into their own step."""
    if not any("W" in terms for terms in update_terms(judge, index)):
        return [scaled]
    strengths = [number for number in constants_of(judge, index) if 1e-7 < number <= 0.5][:MAX_STRENGTHS]
    return [scaled, *[[g + s * w for g, w in zip(scaled, change.before, strict=True)] for s in strengths]]


def first_adaptive(
    judge: Judgement,
    index: int,
    change: Change,
    rows: Array | None,
    deltas: Sequence[Hypothesis],
    *,
    is_piled: bool = False,
    of_wrong_inputs: bool = False,
) -> Verdict | None:
    """The first δ of which Adam, or a rule like it, makes the change.

    `is_piled`: of gradients added up; `of_wrong_inputs`: of gradients whose other factor is a wrong one.
    """
    constants = constants_of(judge, index)
    for delta in deltas:
        with np.errstate(all="ignore"):
            arrays = delta.arrays()
            if not all(np.isfinite(array).all() for array in arrays):
                continue
            gradients = weight_gradients(judge.steps, index, arrays, rows, judge.function_below(index))
            for gradient in gradients[1:] if of_wrong_inputs else gradients[:1]:
                if change.size <= FEW and not (delta.is_right and gradient.is_right):
                    continue  # such a rule has constants enough to make a few numbers of any others
                G = gradient.arrays()
                if is_piled:
                    G = list(np.cumsum(G, axis=0))
                is_rooted = has_root(judge, index)
                whole = weight_gradients([judge.steps[0]], index, arrays[:1], None, judge.function_below(index))
                first = next((one.arrays()[0] for one in whole if one.code == gradient.code), None)
                if first is None:
                    continue  # of one step alone it is not told apart
                for factor in factors_of(judge, first, judge.ancestors(index)):
                    several = _by_batch(judge, [g * factor for g in G])
                    for scaled in [one for each in several for one in _with_penalty(judge, index, change, each)]:
                        bound = None if delta.is_right and gradient.is_right else judge.replays
                        optimizer = recognise_optimizer(change, scaled, constants, has_root=is_rooted, replays=bound)
                        if optimizer is not None and not (of_wrong_inputs and optimizer.code):
                            return Verdict(delta, gradient, None, optimizer, arrays, is_piled=is_piled)
    return None


def _by_batch(judge: Judgement, G: list[Array]) -> list[list[Array]]:
    """Gradients as sums, and as means where the batches have several sizes; the factor is that of the first."""
    counts = [step.n for step in judge.steps]
    if len(set(counts)) == 1:
        return [G]
    return [G, [g * (counts[0] / n) for g, n in zip(G, counts, strict=True)]]


def _standing(
    judge: Judgement,
    index: int,
    right: Sequence[Hypothesis],
    change: Change,
    rows: Array | None,
    *,
    is_added_to: bool = False,
) -> Verdict | None:
    """The right gradient stands among what the update was made of: it is right, whatever comes after.

    With `is_added_to`, only if it is known what does: nothing else has to be tried then.
    """
    ancestors = judge.ancestors(index)
    if not ancestors or judge.steps[0].layers[index].u.shape[1] < 2:  # of one input it may be δ itself
        return None
    sizes = judge.steps[0].sizes
    cost = judge.network.cost
    for delta in right:
        if delta.cost == "absolute error" and (cost is None or cost.name != delta.cost):
            continue  # of errors of one sign it is the slope alone
        with np.errstate(all="ignore"):
            arrays = delta.arrays()
        layer = judge.steps[0].layers[index]
        whole = layer.u.T @ arrays[0]
        one = layer.u[: sizes[0]].T @ arrays[0][: sizes[0]]
        # that of one sample and one unit is its input, whatever δ is
        looked_for = [whole] if len(sizes) > 1 and arrays[0][: sizes[0]].size == 1 else [whole, one]
        if whole.size > 3 and judge.locator.among(looked_for, ancestors) is not None:
            G = weight_gradients(judge.steps, index, arrays, rows)[0].arrays()
            directions = [_cosine(one, g) for one, g in zip(change.changes, G, strict=True)]
            if directions[0] > 0:
                continue  # it may be what stands there with another sign, and the step goes up
            added = find_added(judge, index, change, G, whole)
            if added is not None:
                judge.findings.append(added)
            elif is_added_to:
                continue
            else:
                judge.notes.append(f"how W{index + 1} is changed by dW{index + 1} was not understood")
            judge.directions[index] = directions
            return Verdict(delta, Hypothesis("right", list), None, None, arrays)
    return None


def _cosine(one: Array, other: Array) -> float:
    norms = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.sum(one * other)) / norms if norms else 0.0


def rows_looked_at(judge: Judgement, index: int) -> Array | None:
    """Which inputs are looked at: all, or of many those that vary most and a few others."""
    u = judge.steps[0].layers[index].u
    units = judge.steps[0].layers[index].z.shape[1]
    few = max(24, MANY_ENTRIES // units)
    if u.shape[1] <= few:
        return None
    spread = u.std(0) if len(u) > 1 else np.abs(u[0])
    rng = np.random.default_rng(0)
    chosen = {*np.argsort(-spread)[: few * 2 // 3].tolist(), *rng.permutation(u.shape[1])[: few // 3].tolist()}
    if judge.network.ones is not None:
        chosen.add(0 if judge.network.ones == 0 else u.shape[1] - 1)
    return np.array(sorted(chosen))


def change_of_weights(judge: Judgement, index: int, rows: Array | None) -> Change | None:
    before, changes = [], []
    for step in judge.steps:
        layer = step.layers[index]
        if layer.dW is None:
            break
        part = slice(None) if rows is None else rows
        before.append(layer.W[part])
        changes.append(layer.dW[part])
    if len(changes) < len(judge.steps):
        return None
    return Change(before, changes, judge.noise_of(before))
