"""Penalties of the weights: their sign, what they are divided by, whether they are in the gradient at all."""

from collections.abc import Mapping

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import Fit
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, SCALING, VIEWS
from grader.reading.recorded.recording import Event
from grader.reading.runs.samples import SAMPLE_ROWS
from grader.reading.structure.network_read import Network

MNIST_ROWS = 60_000  # of the training set that the samples stand for
SAME_NUMBER = 1e-7
SAME_SHARE = 1e-3
SHRINKING = 0.7  # by which the weights may shrink in one epoch before it is called too much


def judge_penalties(judgement: Judgement) -> None:
    """Add what the penalties tell to the findings and notes of a judgement."""
    network = judgement.network
    weights = {
        index: judgement.fits[f"dW{index + 1}"] for index in range(network.depth) if f"dW{index + 1}" in judgement.fits
    }
    penalised = {index: fit for index, fit in weights.items() if fit.kappa or fit.kappa_sign or fit.total}
    before = len(judgement.findings)
    for index, fit in sorted(penalised.items(), reverse=True):
        code = ""
        if fit.total:
            code = "penalty-sum-of-weights"
        elif fit.c > 0 and min(fit.kappa, fit.kappa_sign) < 0:  # else it is the sign of the error or the step
            code = "penalty-grows"
        if code:
            at = _penalty_event(judgement, index)
            judgement.findings.append(Finding(f"dW{index + 1}", code, at, index))
    if len(judgement.findings) > before:
        return
    if penalised:
        _penalty_over_batch(judgement, penalised)
        _compare_with_cost(judgement, penalised)
    elif (
        weights
        and not judgement.unread
        and not any(_penalty_event(judgement, index) or judgement.verdicts[index].is_loose for index in weights)
    ):
        _penalty_in_cost_alone(judgement)
    missing = sorted(i for i in set(weights) - set(penalised) if _penalty_event(judgement, i) is None)
    if penalised and missing and not judgement.findings:
        names = ", ".join(f"W{index + 1}" for index in missing)
        judgement.notes.append(f"the steps of {names} have no penalty, those of the other weights do")
    shares = {
        index: (fit.kappa or fit.kappa_sign) / fit.c for index, fit in penalised.items() if fit.c and not fit.total
    }
    least, most = min(shares.values(), default=0.0), max(shares.values(), default=0.0)
    if not judgement.findings and abs(most - least) > SAME_SHARE * max(abs(least), abs(most)):
        names = " : ".join(f"W{index + 1}" for index in sorted(shares))
        parts = " : ".join(f"{shares[index] / least:.3g}" for index in sorted(shares))
        judgement.notes.append(f"λ is not the same in all steps: {names} have {parts}")
    biases = [q for q, fit in judgement.fits.items() if q.startswith("db") and (fit.kappa or fit.kappa_sign)]
    if biases and penalised:
        judgement.notes.append("the biases are penalised as well")


def _penalty_event(judgement: Judgement, index: int) -> int | None:
    """Where the weights go into their own gradient: a product of the weights with a number."""
    graph = judgement.network.graph
    parameter = judgement.network.chain[index]
    versions = set(parameter.versions[:2])
    for at in sorted(judgement.ancestors(index)):
        event = graph.events[at]
        if (
            at > judgement.start
            and event.op in (*SCALING, "sum", "sign", "abs", "Pow")
            and any(_of_weights(judgement, operand, at, versions) for operand in event.operands)
        ):
            return at
    return None


def _penalty_over_batch(judgement: Judgement, penalised: Mapping[int, Fit]) -> None:
    """λ over the mini-batch: the weights shrink by the same share in every step, and an epoch has many."""
    network, graph = judgement.network, judgement.network.graph
    n = judgement.steps[0].n
    total = _training_rows(judgement)
    index = max(penalised)
    fit = judgement.fits[f"dW{index + 1}"]
    if total is None or total <= 2 * n or n < 2:
        return
    share = (
        abs(fit.kappa)
        if fit.kappa
        else abs(fit.kappa_sign) / max(1e-12, float(np.abs(network.steps[0].layers[index].W).mean()))
    )
    lost = 1 - (1 - min(share, 0.999)) ** (total / n)
    strength = fit.kappa or fit.kappa_sign
    due = [abs(strength / rate) for rate in (fit.c * n, fit.c, 1.0) if rate]  # what λ/n is, by which the step is made
    divisions = [
        event.index
        for event in graph.events[: judgement.end + 1]
        if event.op == "Div" and len(event.operands) == 2 and graph.values.scalar(event.operands[1]) == n
        and graph.size(event.result) == 1 and graph.values.scalar(event.operands[0]) is not None
        and (graph.values.scalar(event.operands[0]) != 1 or _goes_to_weights(judgement, event, index))
        and any(abs((graph.values.scalar(event.result) or 0.0) / one - 1) < 1e-4 for one in due)
    ]  # fmt: skip
    scaled = [
        event.index
        for event in graph.events[judgement.start : judgement.end + 1]
        if event.op in SCALING and graph.size(event.result) == graph.size(network.chain[index].first)
        and any(graph.values.scalar(o) == n for o in event.operands)
        and _holds_weights(judgement, event.operands[0], event.index, set(network.chain[index].versions))
    ]  # fmt: skip
    candidates = [at for at in divisions if at > judgement.start] or divisions or scaled
    if lost > SHRINKING and candidates:
        facts: dict[str, float | int | str] = {"n": n, "total": total, "share": round(100 * lost)}
        judgement.findings.append(Finding(f"dW{index + 1}", "penalty-over-batch", candidates[0], index, facts))
    elif lost > 0.95:
        judgement.notes.append(f"the penalty shrinks the weights by {100 * lost:.0f} % in one epoch of {total} samples")


def _goes_to_weights(judgement: Judgement, event: Event, index: int, depth: int = 2) -> bool:
    """Whether weights are multiplied by what an event gives: a λ of 1 over n is the factor of a mean as well."""
    graph, versions = judgement.network.graph, set(judgement.network.chain[index].versions)
    users = [user for user in graph.users_after(event.result, event.index) if user.op in SCALING]
    if any(_of_weights(judgement, one, user.index, versions) for user in users for one in user.operands):
        return True
    return depth > 1 and any(
        graph.size(user.result) == 1 and _goes_to_weights(judgement, user, index, depth - 1) for user in users
    )


def _compare_with_cost(judgement: Judgement, penalised: Mapping[int, Fit]) -> None:
    """Note that the penalty of the cost is twice, or half, what the gradients have the derivative of."""
    network, graph, step = judgement.network, judgement.network.graph, judgement.steps[0]
    cost = network.cost
    fit = penalised[max(penalised)]
    if cost is None or cost.event is None or not fit.kappa or fit.kappa_sign or not fit.c or judgement.optimizers:
        return
    share = {"mean over the samples": step.n, "sum": 1.0}.get(cost.scaling)
    if share is None or cost.name not in ("cross-entropy", "binary cross-entropy"):
        return
    strength = fit.kappa / fit.c / share
    squares = [float(np.sum(step.layers[index].W ** 2)) for index in penalised]
    end = judgement.end if len(network.passes) < 2 else max(judgement.end, network.passes[1].first - 1)
    numbers = [graph.values.scalar(event.result) for event in graph.events[network.passes[0].first : end]]
    known = np.abs([number for number in numbers if number])

    def is_computed(factor: float) -> bool:
        wanted = [factor * strength * one for one in (sum(squares), *squares)]
        return any((np.abs(known / one - 1) < SAME_NUMBER).any() for one in wanted if one)

    if is_computed(0.5):
        return
    if step.n > 1 and is_computed(0.5 / step.n):
        judgement.notes.append(
            f"the penalty in the cost is divided by the {step.n} samples, and that in the steps is not: beside the "
            f"mean gradient of this cost, it is {step.n} times too strong"
        )
        return
    for factor, told in ((1.0, "twice"), (0.25, "half")):
        if is_computed(factor):
            judgement.notes.append(
                f"the penalty in the cost is {told} that of which the step takes the derivative: that of ½λ·ΣW² is "
                "λ·W, of λ·ΣW² it is 2λ·W"
            )
            return


def _holds_weights(judgement: Judgement, value: int, before: int, versions: set[int], depth: int = 4) -> bool:
    """Whether a value is the weights, times numbers and with something added: not the gradient of the data alone."""
    if _of_weights(judgement, value, before, versions):
        return True
    maker = judgement.network.graph.maker(value, before)
    if maker is None or depth == 0 or maker.op not in (*SCALING, *ADDING, "sign"):
        return False
    return any(_holds_weights(judgement, o, maker.index, versions, depth - 1) for o in maker.operands)


def taken_from(judgement: Judgement) -> int | None:
    """How many samples the array has of which the first batch is a part."""
    network, graph = judgement.network, judgement.network.graph
    features, n = network.steps[0].layers[0].u.shape[1], judgement.steps[0].n
    first = network.passes[0].layers[0]
    value, before = first.input_value, first.product
    for _ in range(8):
        maker = graph.maker(value, before)
        if maker is None or not maker.operands or maker.op not in VIEWS | PARTS:
            return None
        value, before = maker.operands[0], maker.index
        shape = graph.shape(value)
        if maker.op in PARTS and len(shape) == 2 and features in shape and max(shape) > n:
            rows = shape[0] if shape[1] == features else shape[1]
            if rows > n:
                return rows
    return None


def _training_rows(judgement: Judgement) -> int | None:
    """How many samples the script has: the array a batch was taken from, or the longest with the network's inputs."""
    network, graph = judgement.network, judgement.network.graph
    whole = taken_from(judgement)
    if whole is not None:
        return MNIST_ROWS if whole == SAMPLE_ROWS[0] else whole
    features = network.steps[0].layers[0].u.shape[1]
    best = None
    for event in graph.events[: judgement.end]:
        for value in (event.result, *event.operands):
            shape = graph.shape(value)
            if len(shape) == 2 and features in shape:
                other = shape[0] if shape[1] == features else shape[1]
                best = max(best or 0, other)
            elif len(shape) in (3, 4) and int(np.prod(shape[1:])) == features:
                best = max(best or 0, shape[0])
    return MNIST_ROWS if best == SAMPLE_ROWS[0] else best


def _penalty_in_cost_alone(judgement: Judgement) -> None:
    network, graph = judgement.network, judgement.network.graph
    versions = {version for parameter in network.chain for version in parameter.versions}
    end = network.steps[-1].start if len(network.steps) > 1 else None  # where the last step ends is not known
    for event in graph.events[:end]:
        owned = event.operands and _of_weights(judgement, event.operands[0], event.index, versions)
        is_square = event.op in ("square", "norm") or (
            event.op in ("Pow", "power") and graph.values.scalar(event.operands[-1]) == 2
        )
        is_square = is_square or (
            event.op in ("Mult", "multiply") and len(set(event.operands)) == 1 and len(event.operands) == 2
        )
        is_absolute = event.op in ("abs", "absolute")
        if owned and (is_square or is_absolute) and _into_cost(network, event.result, event.index):
            judgement.findings.append(
                Finding(
                    f"dW{network.depth}",
                    "penalty-not-in-gradient",
                    event.index,
                    network.depth - 1,
                    {"kind": "L1" if is_absolute else "L2"},
                )
            )
            return


def _of_weights(judgement: Judgement, value: int, before: int, versions: set[int]) -> bool:
    return value in versions or judgement.network.graph.base(value, before)[0] in versions


def _into_cost(network: Network, value: int, at: int, depth: int = 7) -> bool:
    """Whether a value is summed, scaled and then added to another number, which is made of the outputs of its step."""
    graph = network.graph
    if depth == 0:
        return False
    for event in graph.users_after(value, at):
        if event.index > at + 160:
            return False
        if event.op in ("Add", "add") and graph.size(event.result) == 1 and graph.size(value) == 1:
            others = [operand for operand in event.operands if operand != value]
            if others and all(_is_of_output(network, other, event.index) for other in others):
                return True
        if event.op in (*SCALING, "sum", "mean", "Add", "Pow") and _into_cost(
            network, event.result, event.index, depth - 1
        ):
            return True
    return False


def _is_of_output(network: Network, value: int, before: int) -> bool:
    """Whether a number is made of what a product of its step gave: a norm of weights is of the step before."""
    graph = network.graph
    maker = graph.maker(value, before)
    start = max((step.start for step in network.steps if step.start <= before), default=-1)
    made = graph.ancestors(maker.index, start - 1) if maker is not None else ()  # its first product may begin the step
    return any(graph.events[at].op in PRODUCTS for at in made)
