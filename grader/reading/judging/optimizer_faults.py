"""A mistake in the rule of the step, at the line where it is made."""

from dataclasses import replace

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizers import MOST_PARAMETERS, Optimizer
from grader.reading.structure.parameters import Parameter

NOTICED = 0.05  # by which the first steps must be longer or shorter than Adam's


def with_largest(judge: Judgement, index: int, optimizer: Optimizer) -> Optimizer:
    """AMSGrad for an Adam that keeps the largest mean of squares: while these grow, both make the same steps."""
    graph, parameter = judge.network.graph, judge.network.chain[index]
    if not optimizer.name.startswith("Adam") or optimizer.code or len(judge.steps) < 2 or len(parameter.updates) < 2:
        return optimizer
    size = graph.size(parameter.first)
    later = [graph.events[at] for at in graph.ancestors(parameter.updates[1], judge.network.passes[1].last)]
    is_kept = size > 1 and any(
        event.op in ("maximum", "fmax") and [graph.size(operand) for operand in event.operands[:2]] == [size, size]
        for event in later
    )
    return replace(optimizer, name="AMSGrad") if is_kept else optimizer


def report_optimizer(judge: Judgement, index: int, optimizer: Optimizer, parameter: Parameter) -> None:
    """A mistake in the rule of the step. Adam without correction may have that of the first step for ever."""
    graph = judge.network.graph
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
    if optimizer.name.startswith("Adam without correction") and len(judge.steps) > 1 and len(parameter.updates) > 1:
        later = divisions(parameter.updates[1], judge.steps[1].start)
        counted = [
            1 - optimizer.constants["beta1"] ** t for t in range(1, MOST_PARAMETERS + 1)
        ]  # one of them, for ever
        is_first = any(abs(by - one) < 1e-12 for by in later.values() for one in counted)
        code = "adam-step-never-counted" if is_first else ""
        if not code:
            shares = optimizer.constants
            times = (1 - shares["beta1"]) / float(np.sqrt(1 - shares["beta2"]))
            long = f": as they begin at 0, the first steps are {times:.2g} times as long as Adam's"
            judge.notes.append(f"Adam's averages are not divided by 1 − βᵗ{long if abs(times - 1) > NOTICED else ''}")
    if code and all(one.quantity != "step" for one in judge.findings):
        first = divisions(parameter.updates[0], judge.start)  # there a right correction and a wrong one are the same
        own = [at for at, by in first.items() if abs(by - (1 - optimizer.constants["beta1"])) < 1e-12]
        if code == "adam-second-corrected-with-first-share":
            own = [max(own)] if own else []
        if code == "adam-first-corrected-with-second-share":
            own = [at for at, by in sorted(first.items()) if abs(by - (1 - optimizer.constants["beta2"])) < 1e-12]
        at = own[0] if own and code != "adam-without-root" else max(first, default=parameter.updates[0])
        if code in ("adam-rates-exchanged", "adam-second-with-first-share"):
            at = _averaging(judge, parameter, optimizer.constants["beta1"], code) or at
        if code == "adam-absolute-for-squares":
            at = _averaging(judge, parameter, optimizer.constants["beta2"], code) or at
        judge.findings.append(Finding("step", code, at, index))


def _averaging(judge: Judgement, parameter: Parameter, share: float, code: str) -> int | None:
    """Where an average of Adam is multiplied by a share: the first one, or the second."""
    graph, size = judge.network.graph, judge.network.graph.size(parameter.first)
    found = [
        at
        for at in sorted(graph.ancestors(parameter.updates[0], judge.start - 1))
        if graph.events[at].op in ("Mult", "multiply")
        and graph.size(graph.events[at].result) == size
        and any(graph.values.scalar(operand) == share for operand in graph.events[at].operands)
    ]
    return None if not found else found[-1] if code == "adam-second-with-first-share" else found[0]
