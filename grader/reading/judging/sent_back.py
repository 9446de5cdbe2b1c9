"""Whether a wrong δ went into its dW alone, and the right one was sent back: then dW is wrong, not δ."""

from dataclasses import replace

import numpy as np

from grader.reading.judging.biases import judge_bias
from grader.reading.judging.delta_hypotheses import output_deltas
from grader.reading.judging.finding import Finding, Verdict
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.layer_deltas import deltas_of_layer
from grader.reading.judging.updates import is_adaptive
from grader.reading.judging.weights import change_of_weights, first_adaptive, first_fit, rows_looked_at
from grader.reading.judging.where_made import delta_event


def sent_back_right(judge: Judgement, index: int, verdict: Verdict | None) -> Verdict | None:
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
    hypotheses = [h for h in deltas_of_layer(judge, index, judge.right_deltas[up]) if h.is_right]
    found = first_fit(judge, index, change, rows, hypotheses, True, judge.strict)
    if found is None and is_adaptive(judge, index):
        found = first_adaptive(judge, index, change, rows, hypotheses)
    if found is not None:
        judge.findings[number] = replace(judge.findings[number], quantity=f"dW{up + 1}")
        judge.right.pop(f"dW{up + 1}", None)
        judge.right[f"δ{up + 1}"] = delta_event(judge, up, judge.right_deltas[up][0])
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
    hypotheses = [h for h in deltas_of_layer(judge, index, deltas) if h.is_right]
    found = first_fit(judge, index, change, rows, hypotheses, True, judge.strict)
    if found is not None:
        event = judge.right.pop(f"dW{up + 1}", None)
        judge.right[f"δ{up + 1}"] = delta_event(judge, up, deltas[0])
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
