"""The rate of the steps: the number by which the file multiplies its gradient, else what the gradient of its cost says.

A step is −c·G, where G is the gradient of half the squared error, or of the cross-entropy, of all samples together. How
much of c is the rate and how much a mean or a ½, only the file can tell: the rate is a number that is multiplied in
between the gradient and the parameter, and the rest of c must be one of the usual factors.
"""

from collections.abc import Iterator
from itertools import combinations, product

from grader.reading.judging.fits import Fit
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizers import Optimizer
from grader.reading.recorded.graph import OUTER, PRODUCTS, SCALING, VIEWS
from grader.reading.structure.cost import SQUARED

ALIKE = 1e-5
ALIKE_OF_OPTIMIZERS = 2e-3  # which are recognised up to their ε
REACH = 60  # events before an update
_OF_SCALINGS = {  # what the cost has of the sum over the samples, and over all entries
    "mean over the samples": (1.0, True, False),
    "mean over all entries": (1.0, True, True),
    "half the mean": (0.5, True, False),
    "half the sum": (0.5, False, False),
    "sum": (1.0, False, False),
    "half the mean of all entries": (0.5, True, True),
}


def rate_of(judgement: Judgement, index: int, fit: Fit | None, optimizer: Optimizer | None) -> float | None:
    """The rate of the steps, as the file has it, from the update of one layer; None if it is not known, or has none."""
    if optimizer is not None:
        size = abs(optimizer.rate)  # uphill it is negative
        near = (r for r in multiplied_numbers(judgement, index) if abs(r / size - 1) < ALIKE_OF_OPTIMIZERS)
        return next(near, _shortened(size))
    if fit is None:
        return None
    c = abs(fit.c) * _shortening(judgement)
    shares = _usual_shares(judgement, fit)
    numbers = list(dict.fromkeys(multiplied_numbers(judgement, index)))
    if any(finding.code == "divided-by-features" for finding in judgement.findings):
        return numbers[0] if numbers else None
    for rate, other in combinations(numbers, 2):  # `rate * (1 / m * …)`, whatever m is
        if 1.0 not in (rate, other) and abs(abs(fit.c) / (rate * other) - 1) < ALIKE:
            return rate
    for rate in numbers:
        if any(abs(c / rate / share - 1) < ALIKE for share in shares):
            return rate
    if any(abs(c / share - 1) < ALIKE for share in shares):
        return None  # the gradient is taken as it is
    for rate in written_rates(judgement):  # where parameters are single numbers, the update leads back to none
        if abs(rate) not in (1.0, 2.0, 0.5) and any(abs(c / abs(rate) / share - 1) < ALIKE for share in shares):
            return abs(rate)
    factor = _of_cost(judgement)
    return None if factor is None else _shortened(c * factor)


def _shortening(judgement: Judgement) -> float:
    """How many times shorter than their rate the steps are, by another number that they are divided by than n."""
    for finding in judgement.findings:
        if finding.code == "divided-by-all-samples":
            return float(finding.facts["total"]) / float(finding.facts["n"])
        if finding.code == "mean-of-means":
            return float(finding.facts["n"])
    return 1.0


def is_of_multiplied(judgement: Judgement, index: int, fit: Fit) -> bool:
    """Whether c is a number that the file multiplies with, times the usual factors, or these alone."""
    c, shares = abs(fit.c), _usual_shares(judgement, fit)
    rates = [1.0, *multiplied_numbers(judgement, index)]
    if judgement.network.is_of_units:  # whose steps are put together of single numbers
        rates += [abs(number) for number in written_rates(judgement)]
    return any(abs(c / rate / share - 1) < ALIKE for rate in rates for share in shares)


def _usual_shares(judgement: Judgement, fit: Fit) -> list[float]:
    n, units = judgement.steps[0].n, judgement.network.layers[-1].units
    decayed = (1.0, 1 - fit.momentum) if 0 < fit.momentum < 0.9999 else (1.0,)
    return [a * b * c * d for a, b, c, d in product((1.0, 2.0, 0.5), (1.0, 1 / n), (1.0, 1 / units), decayed)]


def _of_cost(judgement: Judgement) -> float | None:
    """By what c must be multiplied to be the rate of the gradient of the cost that is computed; None without one."""
    cost, n = judgement.network.cost, judgement.steps[0].n
    is_own = cost is not None and (cost.name == judgement.used_cost or judgement.used_cost is None)
    if cost is None or cost.scaling not in _OF_SCALINGS or not (is_own or "entropy" in cost.name):
        return None
    half, is_mean, is_of_entries = _OF_SCALINGS[cost.scaling]
    share = half * (2.0 if cost.name == SQUARED else 1.0)
    share /= (n if is_mean else 1) * (judgement.network.layers[-1].units if is_of_entries else 1)
    return 1 / share


def multiplied_numbers(judgement: Judgement, index: int) -> Iterator[float]:
    """The numbers by which what becomes the change of a weight is multiplied, from the update back to its gradient."""
    graph = judgement.network.graph
    made = judgement.ancestors(index)
    update = max(made, default=None)
    if update is None:
        return
    pending, seen = [update], {update}
    while pending and len(seen) < REACH:
        at = pending.pop(0)
        event = graph.events[at]
        if event.op in SCALING and len(event.operands) == 2:
            yield from _numbers(judgement, at)
        is_product = event.op in PRODUCTS | OUTER
        for source, operand in zip(graph.sources[at], event.operands, strict=True):
            if source in seen or source not in made or graph.shape(operand) == ():
                continue
            # a factor may stand before the product, as in `rate * delta @ x.T`; what is behind it is of δ itself
            if not is_product or graph.events[source].op in SCALING | VIEWS:
                seen.add(source)
                pending.append(source)
            if is_product and graph.events[source].op in SCALING:
                yield from (rate for rate in _numbers(judgement, source) if rate not in (2.0, 0.5, 1.0))
                pending.remove(source)


def _numbers(judgement: Judgement, at: int) -> Iterator[float]:
    """The number that an event multiplies an array by, and those that it is made of: `rate / m`."""
    graph = judgement.network.graph
    event = graph.events[at]
    is_times = event.op in ("Mult", "multiply")
    for source, operand in zip(graph.sources[at], event.operands, strict=True):
        number = graph.values.scalar(operand)
        if number is None or not number or not is_times:
            continue
        if source >= 0 and graph.events[source].op in SCALING:
            for inner in graph.events[source].operands[:1]:
                part = graph.values.scalar(inner)
                if part and abs(part) != 1:  # the 1 of `1 / m` is no rate
                    yield abs(part)
        yield abs(number)


def _shortened(rate: float) -> float:
    """Without the digits that a fit is not sure of."""
    return float(f"{rate:.4g}")


def written_rates(judgement: Judgement) -> dict[float, int]:
    """The numbers of the script itself by which something is multiplied in the step, and where."""
    graph = judgement.network.graph
    found: dict[float, int] = {}
    for at in range(judgement.start, judgement.end + 1):
        event = graph.events[at]
        if event.op in ("Mult", "multiply") and len(event.operands) == 2:
            for operand in event.operands:
                value, maker = graph.values.scalar(operand), graph.maker(operand, at)
                if maker is not None and maker.op == "USub":  # −rate
                    maker = graph.maker(maker.operands[0], maker.index)
                if value and maker is None:
                    found.setdefault(value, at)
    return found
