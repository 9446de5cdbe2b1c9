"""Judges the change of every parameter: which δ, dW and db explain it, and which mistake a wrong one is.

From the output down. The right formulas are tried first, strictly; then the wrong ones, strictly; then the right ones
up to what does no harm (an ε inside a logarithm). A layer whose right gradient stands among what its update was made
of, but whose update is of no known form, is let be: the gradient is right, and the rest is not understood.
"""

import numpy as np

from grader.reading.judging.biases import judge_bias
from grader.reading.judging.finding import Finding
from grader.reading.judging.hypotheses import Arrays
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.layer_deltas import deltas_of_layer
from grader.reading.judging.layer_findings import report_layer
from grader.reading.judging.sent_back import sent_back_right
from grader.reading.judging.unexplained import deltas_of_file, unexplained
from grader.reading.judging.weights import judge_weights
from grader.reading.recorded.activations import OWN, STEPS
from grader.reading.structure.network_read import Network


def judge_network(network: Network, cost: str | None) -> Judgement:
    """Judge the way back of a network; `cost` is the one that is meant, if it is known."""
    judge = Judgement(network, cost)
    above: Arrays | None = None
    if network.depth > 1 and network.activations[-1] in STEPS:  # no slope, so that no formula tells what may be
        judge.unread += [f"δ{index + 1}" for index in range(network.depth)]
        return judge
    for index in range(judge.network.depth - 1, -1, -1):
        if above is not None and _has_steps(judge, index):  # what is taken for its slope is a choice
            judge.unread += [f"δ{lower + 1}" for lower in range(index + 1)]
            break
        hypotheses = deltas_of_layer(judge, index, above)
        verdict = judge_weights(judge, index, hypotheses)
        verdict = sent_back_right(judge, index, verdict) or verdict
        with np.errstate(all="ignore"):
            judge.right_deltas[index] = next(h for h in hypotheses if h.is_right).arrays()
        if verdict is None:
            deltas = unexplained(judge, index, hypotheses)
        else:
            report_layer(judge, index, verdict)
            deltas = verdict.deltas
        judge.used[index] = deltas
        if verdict is not None:
            judge.verdicts[index] = verdict
        if verdict is not None or not judge.network.chain[index].is_updated:
            judge_bias(judge, index, deltas, above, verdict)
        above = deltas
        if verdict is None and judge.network.chain[index].is_updated:
            # what stands below an unexplained layer is made of what stands in the file
            with np.errstate(all="ignore"):
                is_made = f"δ{index + 1}" in judge.right  # and dW is made of something else
                actual = deltas if is_made else deltas_of_file(judge, index) if judge.findings else None
            if actual is None:
                judge.unread += [f"δ{lower + 1}" for lower in range(index)]
                break
            judge.used[index] = above = actual
            judge_bias(judge, index, actual, judge.used.get(index + 1), None)
    _let_be_below_unknown(judge)
    return judge


def _has_steps(judge: Judgement, index: int) -> bool:
    activation = judge.network.activations[index]
    is_own = activation is not None and activation.name == OWN
    return activation in STEPS or (is_own and np.unique(judge.steps[0].layers[index].a).size == 2)  # as of a step


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
        if index in unknown and index not in judge.network.wrong_activations:  # nor which slope would be wrong
            kept = [one for one in judge.findings if not _is_of_slope(one, f"δ{index + 1}")]
            judge.unread += [f"δ{index + 1}"] * (len(kept) < len(judge.findings))
            judge.findings[:] = kept


def _is_of_slope(finding: Finding, quantity: str) -> bool:
    return finding.quantity == quantity and finding.code.startswith("slope-of-")
