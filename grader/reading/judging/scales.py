"""Factors: uphill, sum against mean, a second 1/n."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.reading.judging.bias_places import sum_before
from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_factors import coefficient, factor_of_delta, find_own_factor
from grader.reading.judging.own_rate import written_rates
from grader.reading.judging.penalties import judge_penalties
from grader.reading.judging.summed import (
    judge_divided_by_all,
    judge_divided_by_features,
    judge_mean_of_means,
    judge_sum,
)
from grader.reading.judging.unseen_factors import judge_unseen_factors
from grader.reading.judging.updates import has_memory
from grader.reading.judging.uphill import judge_uphill
from grader.reading.recorded.graph import ADDING, SCALING
from grader.reading.recorded.recording import Array
from grader.reading.structure.parameters import Parameter

MANY = 20  # samples, at least, if a number that is written is to be their count
#: What is sent back has a sign of its own, or none: which way a step goes is not told by that of its rate.
_OF_ANOTHER_SIGN = ("times-mean-error", "error-squared", "error-absolute")
NOTHING_LEFT = 1e-3  # of the weights: what their share in the change may differ from all of them
UPWARDS = 0.5  # cosine of a step to the gradient


def judge_scales(judgement: Judgement) -> None:
    """Add what the factors tell to the findings and notes of a judgement."""
    rates = {quantity: fit.c for quantity, fit in judgement.fits.items()}
    if _are_replaced(judgement):
        return  # which way a step goes is told by what is added to weights
    if rates:
        if all(rate < 0 for rate in rates.values()):
            if all(finding.code not in _OF_ANOTHER_SIGN for finding in judgement.findings):
                judge_uphill(judgement)
                _odd_factors(judgement, {quantity: -rate for quantity, rate in rates.items()})
        else:
            _odd_factors(judgement, rates)
            _own_factor(judgement)
    cosines = [cosine for found in judgement.directions.values() for cosine in found]
    if not rates and cosines and min(cosines) > UPWARDS:
        judge_uphill(judgement, is_sure=False)
    _turned_optimizers(judgement)
    judge_divided_by_features(judgement, rates)
    judge_divided_by_all(judgement)
    judge_sum(judgement, written_rates(judgement))
    judge_mean_of_means(judgement)
    judge_penalties(judgement)
    judge_unseen_factors(judgement)


def _are_replaced(judgement: Judgement) -> bool:
    """Whether an update leaves nothing of the weights but the step, in all layers; it is told."""
    kept = [fit.kappa for quantity, fit in judgement.fits.items() if quantity.startswith("dW")]
    top = judgement.network.depth - 1
    updates = judgement.network.chain[top].updates
    if not kept or not updates or any(abs(kappa - 1) > NOTHING_LEFT for kappa in kept):
        return False
    judgement.findings.append(Finding("step", "weights-replaced", updates[0], top))
    return True


def _turned_optimizers(judgement: Judgement) -> None:
    """Adam, or a rule like it, that goes up the gradient, in all layers or in some."""
    rates = {quantity: optimizer.rate for quantity, optimizer in judgement.optimizers.items()}
    turned = [quantity for quantity, rate in rates.items() if rate < 0]
    if not turned:
        return
    if len(turned) == len(rates):
        judge_uphill(judgement)
        return
    for index in range(judgement.network.depth - 1, -1, -1):
        own = [quantity for quantity in rates if int(quantity[2:]) == index + 1]
        at = _event(judgement, f"δ{index + 1}", index) if own and set(own) <= set(turned) else None
        made = None if at is None else judgement.network.graph.events[at].result
        if made is not None and (coefficient(judgement, judgement.used[index][0], made) or 0.0) < 0:
            judgement.findings.append(Finding(f"δ{index + 1}", "sign-turned", at, index))
            return  # what is below is made of it
        judgement.findings += [
            Finding(quantity, "sign-turned", next(iter(_owner(judgement, quantity).updates), None), index)
            for quantity in own
            if quantity in turned
        ]


def _odd_factors(judgement: Judgement, rates: dict[str, float]) -> None:
    """A factor that one quantity has and the others have not."""
    network = judgement.network
    values = sorted(rates.values(), key=abs)
    n = judgement.steps[0].n
    literals = written_rates(judgement)

    summed = _by_delta(judgement, rates)
    written = [abs(literal) for literal in literals if abs(literal) not in (1.0, float(n), 1.0 / n)]
    own_rates = any(abs(a / b / n - 1) < 1e-6 for a in written for b in written)  # two rates that n lies between

    def weight(rate: float) -> tuple[bool, bool, bool, int, bool]:
        """What goes downhill comes first, then what the δ of the script gives when it is summed over the samples,
        then a mean gradient times the rate that is written, then what most have."""
        is_mean = any(abs(abs(rate) * n / abs(literal) - 1) < 1e-6 for literal in literals)
        is_summed = summed is not None and abs(rate / summed - 1) < 1e-3
        is_top = rate == rates.get(f"dW{network.depth}")
        return rate > 0, is_summed, is_mean, sum(abs(x / rate - 1) < 1e-3 for x in values), is_top

    reference = max(values, key=weight)
    faulty_above = False
    for index in range(network.depth - 1, -1, -1):
        number = index + 1
        weights, bias = rates.get(f"dW{number}"), rates.get(f"db{number}")
        expected, is_of_delta = reference, False  # what the bias should have, if the δ of its layer is to blame
        for quantity, rate in ((f"dW{number}", weights), (f"db{number}", bias)):
            if rate is None or abs(rate / expected - 1) < 1e-3 or faulty_above:
                continue
            ratio = rate / expected
            both = weights is not None and bias is not None and abs(weights / bias - 1) < 1e-3
            alone = bias is None and quantity.startswith("dW")
            alone = alone or (quantity.startswith("dW") and _is_factor_of_delta(judgement, index, ratio))
            name = f"δ{number}" if (both or alone) and index < network.depth - 1 else quantity
            if any(f.layer == index and f.quantity in (name, quantity) for f in judgement.findings):
                faulty_above = True
                continue
            count = None if own_rates else _count_between(judgement, ratio)
            is_one = all(layer.units == 1 for layer in network.layers[index : index + 2])
            if ratio < 0 and is_one and name[0] == "δ" and count is None and abs(ratio + 1) > 1e-3:
                # a number is a multiple of any other: another weight may stand there, of the other sign
                judgement.findings.append(Finding(name, "unexplained", None, index))
                faulty_above = True
            elif ratio < 0:
                at = _where_sign_turns(judgement, quantity, name, index)
                if at is not None and at in _updates(judgement, index):
                    name = quantity
                judgement.findings.append(Finding(name, "sign-turned", at, index))
                if name == quantity and quantity.startswith("dW") and bias is not None and bias / expected < 0:
                    own = _where_sign_turns(judgement, f"db{number}", f"db{number}", index)
                    judgement.findings.append(Finding(f"db{number}", "sign-turned", own, index))
                faulty_above = faulty_above or name[0] == "δ"
            elif count is not None:
                code = "divided-twice" if ratio < 1 else "not-divided"
                if code == "not-divided" or _really_divides(judgement, count):
                    means = sorted(one for one, of_mean in rates.items() if abs(of_mean / reference - 1) < 1e-3)
                    others = f"{' and '.join(means[:3])} {'is a mean' if len(means) == 1 else 'are means'}"
                    facts: dict[str, float | int | str] = {"n": count, "others": others}
                    judgement.findings.append(Finding(name, code, _event(judgement, name, index), index, facts))
                    is_of_delta = is_of_delta or name.startswith("δ") or both
                    expected = rate if quantity.startswith("dW") and is_of_delta else expected
            elif name.startswith("δ") and (share := _share_between(judgement, index, ratio, written)) is not None:
                code = "dropout-share-missing" if ratio < 1 else "dropout-share-twice"
                at = _event(judgement, name, index)
                judgement.findings.append(Finding(name, code, at, index, {"share": share}))
                faulty_above = True
            elif n > 1 and abs(ratio / n**2 - 1) < 1e-6 and (owner := _owner(judgement, quantity)).updates:
                made = judgement.network.graph.sources[owner.updates[0]][1:]
                at = max(made, default=owner.updates[0])
                facts = {"n": n, "times": f"{n**2:,}"}
                judgement.findings.append(Finding(quantity, "multiplied-by-samples", at, index, facts))
            elif not (_is_by_written_size(judgement, ratio) or _is_blurred(judgement, index)):
                other = next(one for one, rate in rates.items() if rate == reference).lstrip("d")
                what = f"W{number} and b{number} are" if both else f"{quantity.lstrip('d')} is"
                if both and f"δ{number}" in judgement.unread:  # of a slope that is measured: the factor may be δ's
                    judgement.right.pop(f"db{number}", None)
                    judgement.notes = [one for one in judgement.notes if not one.startswith(f"δ{number} is right to")]
                judgement.notes.append(f"{what} changed at {ratio:.3g} times the rate of {other}")
        faulty_above = faulty_above or is_of_delta


def _is_blurred(judgement: Judgement, index: int) -> bool:
    """Whether a rate of each step is what rounding leaves to be seen of a momentum."""
    return any(fit.rates for fit in judgement.fits.values()) and has_memory(judgement, index)


def _owner(judgement: Judgement, quantity: str) -> Parameter:
    index = int(quantity[2:]) - 1
    bias = judgement.network.biases[index]
    return bias if quantity.startswith("db") and bias is not None else judgement.network.chain[index]


def _own_factor(judgement: Judgement) -> None:
    """A δ with a factor of its own, where no other factor is told already."""
    finding = find_own_factor(judgement, [abs(number) for number in written_rates(judgement)])
    if finding is not None:
        judgement.findings.append(finding)
        told = ("times the rate of", "to a few digits only")
        judgement.notes = [note for note in judgement.notes if not any(one in note for one in told)]


def _share_between(judgement: Judgement, index: int, ratio: float, written: Sequence[float]) -> float | None:
    """The share that dropout keeps of a layer's units, if it, or what it is divided by, lies between two rates.

    Not where it lies between two rates that are written.
    """
    share = judgement.network.layers[index].dropout
    if any(abs(a / b / ratio - 1) < 1e-6 for a in written for b in written):
        return None
    near = share is not None and any(abs(ratio / factor - 1) < 1e-3 for factor in (share, 1 / share))
    return share if near else None


def _count_between(judgement: Judgement, ratio: float) -> int | None:
    """The number of samples, if it is what lies between two rates: the batch's own, or the one that is written.

    A script may have the size of its data as a number, and samples in their place are fewer.
    """
    n, count = judgement.steps[0].n, max(abs(ratio), 1 / abs(ratio))
    if n > 1 and abs(count / n - 1) < 1e-3:
        return n
    written = round(count)
    is_size = written >= MANY and abs(count / written - 1) < 1e-6
    return written if is_size and _is_divided_by(judgement, written) else None


def _is_by_written_size(judgement: Judgement, ratio: float) -> bool:
    """Whether two rates differ as the samples of the run and a number that stands for the person's do."""
    n = judgement.steps[0].n
    sizes = [
        size for size in (n * abs(ratio), n / abs(ratio)) if size >= MANY and abs(size - round(size)) < 1e-6 * size
    ]
    return any(_is_divided_by(judgement, round(size)) for size in sizes)


def _by_delta(judgement: Judgement, rates: Mapping[str, float]) -> float | None:
    """Which of the rates of the last layer belongs to a gradient that is the plain sum of the δ of the script.

    Where a weight and its bias differ by n, the δ that they are made of tells which is right: divided by n already,
    it is only summed; not divided, its sum is.
    """
    network, step = judgement.network, judgement.steps[0]
    top, n, units = network.depth, step.n, step.y.shape[1]
    weights, bias = rates.get(f"dW{top}"), rates.get(f"db{top}")
    if weights is None or bias is None or n < 2 or len(step.sizes) > 1 or units == n:
        return None
    low, high = sorted((abs(weights), abs(bias)))
    factor = factor_of_delta(judgement, top - 1)
    if abs(high / low / n - 1) > 1e-3 or factor is None:
        return None
    usual = [x / y for x in (0.5, 1.0, 2.0) for y in (1, units)]
    is_divided = any(abs(abs(factor) * n / x - 1) < 1e-6 for x in usual)
    is_whole = any(abs(abs(factor) / x - 1) < 1e-6 for x in usual)
    if is_divided == is_whole:
        return None
    literals = [abs(literal) for literal in written_rates(judgement)]

    def is_mean(rate: float) -> bool:
        return any(abs(rate * n / abs(factor) / literal - 1) < 1e-6 for literal in literals)

    if is_whole and is_mean(high) and not is_mean(low):  # the mean, and a mean that is divided once more
        return weights if abs(weights) == high else bias
    return weights if (abs(weights) == high) == is_divided else bias


def _is_factor_of_delta(judgement: Judgement, index: int, ratio: float) -> bool:
    """Whether the δ of a layer has this factor that the δ of the output has not."""
    own, top = factor_of_delta(judgement, index), factor_of_delta(judgement, judgement.network.depth - 1)
    return own is not None and top is not None and top != 0 and abs(own / top / ratio - 1) < 1e-3


def _updates(judgement: Judgement, index: int) -> set[int]:
    bias = judgement.network.biases[index]
    return {*judgement.network.chain[index].updates, *(bias.updates if bias is not None else ())}


def _where_sign_turns(judgement: Judgement, quantity: str, name: str, index: int) -> int | None:
    """The step of a parameter where its gradient has the sign that those of the others have, else the gradient."""
    network, step = judgement.network, judgement.steps[0]
    bias = network.biases[index]
    owner = network.chain[index] if quantity.startswith("dW") else bias
    signs = {}
    for other in range(network.depth):
        at = judgement.right.get(f"dW{other + 1}")
        if at is not None:
            G = step.layers[other].u[: step.sizes[0]].T @ judgement.used[other][0][: step.sizes[0]]
            signs[other] = np.sign(coefficient(judgement, G, network.graph.events[at].result) or 0.0)
    others = {sign for other, sign in signs.items() if other != index}
    at = judgement.right.get(f"db{index + 1}")
    own = None
    if at is not None and index in judgement.used:
        total = judgement.used[index][0][: step.sizes[0]].sum(0)
        own = coefficient(judgement, total, network.graph.events[at].result)
    if not others:  # of a single layer, the gradient of the bias tells, or that it is one: it is to be taken off
        others = {np.sign(own) if own else 1.0}
    is_alike = signs.get(index) in others and len(others) == 1
    if quantity.startswith("db") and name == quantity:
        is_alike = own is not None and np.sign(own) == signs.get(index)
    if is_alike and owner is not None and owner.updates:
        return _turned(judgement, owner.updates[0])
    return _event(judgement, name, index)


def _turned(judgement: Judgement, update: int) -> int:
    """The update, or, where others are added or taken off alike, what it takes: `v = μ·v + rate·dW`."""
    graph = judgement.network.graph
    others = [_owner(judgement, one).updates[:1] for one, fit in judgement.fits.items() if fit.c > 0]
    taken = next((at for at in graph.sources[update][1:] if at > judgement.start), update)
    is_alike = any(graph.events[at].op == graph.events[update].op for found in others for at in found)
    return taken if is_alike and graph.events[taken].op in ADDING else update


def _really_divides(judgement: Judgement, n: int) -> bool:
    """Whether the step divides by the number of samples at all, or takes means: a rate of 1/n could be meant."""
    events = judgement.network.graph.events[judgement.start : judgement.end + 1]
    return any(event.op in ("mean", "average") for event in events) or _is_divided_by(judgement, n)


def _is_divided_by(judgement: Judgement, number: int) -> bool:
    """Whether something is divided by a number in the step, or multiplied by what it is one part of."""
    graph = judgement.network.graph
    return any(
        graph.values.scalar(operand) in (float(number), 1.0 / number)
        for event in graph.events[judgement.start : judgement.end + 1]
        if event.op in SCALING
        for operand in event.operands
    )


def _event(judgement: Judgement, quantity: str, index: int) -> int | None:
    step, deltas = judgement.steps[0], judgement.used.get(index)
    if deltas is None:
        return None
    first = step.sizes[0]
    if quantity.startswith("δ"):
        arrays = [deltas[0][:first], deltas[0]]
        return _last(judgement, arrays)
    if quantity.startswith("dW"):
        return judgement.right.get(quantity)
    total = sum_before(judgement, index)
    return judgement.right.get(quantity) if total is None else total


def _last(judgement: Judgement, arrays: list[Array]) -> int | None:
    """The last event of the step that holds one of the arrays: where a stray factor has come in."""
    found = None
    at = judgement.start - 1
    while True:
        following = judgement.locator.first(arrays, at + 1, judgement.end)
        if following is None:
            return found
        if found is None or not _takes_rate(judgement, following):
            found = following
        at = following


def _takes_rate(judgement: Judgement, at: int) -> bool:
    """Whether an event multiplies by a number that has nothing to do with that of the samples, as a step does."""
    graph, n = judgement.network.graph, judgement.steps[0].n
    event = graph.events[at]
    if event.op not in ("Mult", "multiply", "USub", "negative"):
        return False
    scalars = [graph.values.scalar(operand) for operand in event.operands]
    numbers = [abs(scalar) for scalar in scalars if scalar]
    is_of_samples = any(abs(x / n - 1) < 1e-6 or abs(x * n - 1) < 1e-6 for x in numbers)
    return len(event.operands) == 1 or (bool(numbers) and not is_of_samples)
