"""The number of features, or of all samples, where that of the batch should be."""

from collections.abc import Mapping

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_rate import written_rates
from grader.reading.judging.penalties import taken_from
from grader.reading.recorded.graph import SCALING

MANY_TIMES = 5  # as many samples as a batch has, from which on dividing by all of them is told


def judge_divided_by_features(judgement: Judgement, rates: Mapping[str, float]) -> None:
    """The number of inputs where that of the samples should be.

    A small number may be divided by for many reasons, but not where two rates differ by what lies between the two.
    """
    network = judgement.network
    features, n = network.steps[0].layers[0].u.shape[1], judgement.steps[0].n
    is_between = any(abs(abs(a / b) * features / n - 1) < 1e-3 for a in rates.values() for b in rates.values())
    sizes = {n, 1, network.steps[0].y.shape[1], sum(network.steps[0].sizes)}
    if features in (1, n) or (not is_between and (features in sizes or features <= 4)):
        return
    before = len(judgement.findings)
    _find_division_by_features(judgement, features, n)
    if len(judgement.findings) > before:  # each layer has its own number of inputs
        judgement.notes = [note for note in judgement.notes if "times the rate of" not in note]


def _find_division_by_features(judgement: Judgement, features: int, n: int) -> None:
    network, graph = judgement.network, judgement.network.graph
    ancestors = set().union(*[judgement.ancestors(index) for index in range(network.depth)])
    for at in sorted(ancestors):
        event = graph.events[at]
        is_division = event.op in ("Div", "divide", "true_divide") and at > judgement.start and len(event.operands) == 2
        if is_division and graph.values.scalar(event.operands[1]) == features:
            facts: dict[str, float | int | str] = {"features": features, "n": n}
            judgement.findings.append(Finding("step", "divided-by-features", at, network.depth - 1, facts))
            return
    for event in graph.events[: judgement.start]:  # 1 / m, made before
        if event.op == "Div" and graph.values.scalar(event.operands[-1]) == features and graph.size(event.result) == 1:
            users = [u for u in graph.users.get(event.result, ()) if u in ancestors and u > judgement.start]
            if users:
                facts = {"features": features, "n": n}
                judgement.findings.append(Finding("step", "divided-by-features", event.index, network.depth - 1, facts))
                return


def judge_divided_by_all(judgement: Judgement) -> None:
    """The number of all samples where that of the batch should be: a mean of a few is taken for that of many."""
    network, n = judgement.network, judgement.steps[0].n
    total = taken_from(judgement)
    fit = judgement.fits.get(f"dW{network.depth}")
    is_told = any(finding.quantity == "step" for finding in judgement.findings)
    if total is None or fit is None or n < 2 or total < MANY_TIMES * n or is_told:
        return
    written = [abs(literal) for literal in written_rates(judgement)]

    def is_divided(by: float) -> bool:
        return any(abs(abs(fit.c) * by / literal - 1) < 1e-6 for literal in written)

    is_mean_of_all, is_other = is_divided(total), any(is_divided(by) for by in (1, n, 0.5, n / 2))
    at = _division(judgement, total)
    if at is not None and is_mean_of_all and not is_other:
        facts: dict[str, float | int | str] = {"total": total, "n": n, "times": round(total / n)}
        judgement.findings.append(Finding("step", "divided-by-all-samples", at, network.depth - 1, facts))


def _division(judgement: Judgement, number: int) -> int | None:
    """Where the way back is divided by a number, or multiplied by what it is one part of."""
    graph = judgement.network.graph
    ancestors = set().union(*[judgement.ancestors(index) for index in range(judgement.network.depth)])
    for at in sorted(ancestors):
        event = graph.events[at]
        scalars = [graph.values.scalar(operand) for operand in event.operands] if event.op in SCALING else []
        if at > judgement.start and graph.size(event.result) > 1 and {float(number), 1.0 / number} & set(scalars):
            return at
    return None
