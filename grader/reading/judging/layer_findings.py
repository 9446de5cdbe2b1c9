"""The findings that a verdict on a layer amounts to: δ, dW, the rule of the step, right or where a mistake is made."""

from grader.reading.judging.adam_shares import with_own_rate
from grader.reading.judging.finding import Finding, Verdict
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizer_faults import report_optimizer, with_largest
from grader.reading.judging.stray_factors import OF_STEPS, where_multiplied
from grader.reading.judging.updates import is_left_over
from grader.reading.judging.where_made import (
    delta_event,
    in_later_step,
    made_of_targets,
    own_delta_event,
    part_event,
    weight_event,
    wrong_weight_event,
)
from grader.reading.recorded.activations import OWN

_SLOPES = ("slope-of-ReLU", "slope-of-sigmoid", "slope-of-tanh")


def report_layer(judge: Judgement, index: int, verdict: Verdict) -> None:
    number = index + 1
    at = delta_event(judge, index, verdict.deltas[0])
    above = judge.verdicts.get(index + 1)
    if verdict.fit is not None:
        judge.fits[f"dW{number}"] = verdict.fit
    if verdict.optimizer is not None:
        optimizer, share_at = with_own_rate(judge, index, with_largest(judge, index, verdict.optimizer))
        judge.optimizers[f"dW{number}"] = optimizer
        if share_at is None:
            report_optimizer(judge, index, optimizer, judge.network.chain[index])
        elif all(one.quantity != "step" for one in judge.findings):
            judge.findings.append(Finding("step", optimizer.code, share_at, index))
    if index == judge.network.depth - 1:
        judge.used_cost = verdict.delta.cost or None
    if verdict.is_loose and verdict.fit is None:
        return  # lost in rounding: nothing was judged
    if verdict.delta.is_right and _is_nearly_right(judge, verdict, above):
        judge.unread += [f"δ{number}", f"dW{number}"]
        if judge.activation(index).name != OWN:  # whose slope was measured
            judge.notes.append(f"δ{number} is right to a few digits only, though what it is made of is exact")
        return
    if verdict.delta.is_right:
        judge.right[f"δ{number}"] = at
        if "added" in verdict.delta.facts:
            judge.notes.append(
                f"δ{number}: {verdict.delta.facts['added']} is added to the slope, so that it never is 0"
            )
    elif above is not None and above.gradient.code == "activation-left-out" and verdict.delta.code in _SLOPES:
        pass  # the slope of the function that the forward pass leaves out
    else:
        event = part_event(judge, index, verdict.delta)
        if verdict.delta.code in OF_STEPS:
            event = where_multiplied(judge, verdict.delta.code)
        if verdict.delta.code == "error-squared":  # the slope alone is a multiple of it, if the cost is one number
            event = made_of_targets(judge, index, verdict.deltas[0])
        if verdict.delta.code in ("outputs-averaged", "error-averaged"):
            step = judge.steps[0]
            event = judge.locator.scalar(float((step.out - step.y)[: step.sizes[0]].mean()), judge.start, judge.end)
        if verdict.delta.code == "output-without-target":  # a copy of the output, rather than the output
            output, events = judge.network.passes[0].layers[-1].a_value, judge.network.graph.events
            event = max((e for e in judge.ancestors(index) if events[e].result == output), default=event)
        if event is None:
            at = own_delta_event(judge, index, verdict.deltas) or at
            at = in_later_step(judge, index, verdict.deltas) if at is None else at
            event = at if at is not None else weight_event(judge, index, verdict)
            updates = judge.network.chain[index].updates
            event = updates[0] if event is None and updates else event
        judge.findings.append(Finding(f"δ{number}", verdict.delta.code, event, index, verdict.delta.facts))
    if verdict.gradient.is_right:
        judge.right[f"dW{number}"] = weight_event(judge, index, verdict)
    else:
        judge.findings.append(
            Finding(f"dW{number}", verdict.gradient.code, wrong_weight_event(judge, index, verdict), index)
        )
    if verdict.is_piled or (verdict.fit is not None and abs(verdict.fit.momentum - 1) < 1e-4):
        judge.pile_up(index)
    elif verdict.fit is not None and is_left_over(judge, index, verdict.fit.momentum):
        judge.pile_up(index, share=judge.steps[0].n)


def _is_nearly_right(judge: Judgement, verdict: Verdict, above: Verdict | None) -> bool:
    """Whether a hidden δ is not exact where the one above is: another slope that is alike near 0, or a measured one."""
    is_exact = above is not None and not above.is_loose and above.optimizer is None
    return verdict.is_loose and is_exact and judge.network.tolerance < 1e-6 and verdict.fit is not None
