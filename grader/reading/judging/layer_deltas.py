"""The δ that a layer may have: from the cost, or from what the layer above was judged to have used."""

import numpy as np

from grader.reading.judging.delta_hypotheses import hidden_deltas, output_deltas
from grader.reading.judging.hypotheses import Arrays, Hypothesis, errors, without_ones
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.stray_factors import with_number_of_step
from grader.reading.judging.written_slopes import written_slope

_SENT_BARE = ("raw-error-sent-back", "slope-above-missing")


def deltas_of_layer(judge: Judgement, index: int, above: Arrays | None) -> list[Hypothesis]:
    network = judge.network
    if above is None:
        E = errors(judge.steps)
        known = [*output_deltas(judge.steps, network.output_activation, judge.cost), *with_number_of_step(judge)]
        return [*known, *written_slope(judge, index, E)]
    unsloped = _unsloped(judge, index + 1)
    if unsloped is not None and all(np.allclose(e, d) for e, d in zip(unsloped, above, strict=True)):
        unsloped = None
    higher = [judge.used[other] for other in range(index + 2, network.depth) if other in judge.used]
    known = hidden_deltas(
        judge.steps, index, judge.activation(index), above, higher=higher, unsloped=unsloped, ones=network.ones
    )
    sent = next((h.arrays() for h in known if h.code == "no-slope"), None)
    return [*known, *(written_slope(judge, index, sent) if sent is not None else [])]


def _unsloped(judge: Judgement, index: int) -> Arrays | None:
    """What a layer got from above before its slope was multiplied in."""
    if index == judge.network.depth - 1:
        return [step.out - step.y for step in judge.steps]
    verdict = judge.verdicts.get(index)
    if verdict is not None and verdict.delta.code in _SENT_BARE and verdict.delta.part is not None:
        return verdict.delta.part()  # the bare error came here, and may be sent on
    above = judge.used.get(index + 1)
    if above is None:
        return None
    found = []
    for step, delta in zip(judge.steps, above, strict=True):
        W = step.layers[index + 1].W
        found.append(delta @ without_ones(W, judge.network.ones, W.shape[0] - step.layers[index].z.shape[1]).T)
    return found
