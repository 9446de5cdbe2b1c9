"""Whether what was read holds when the cost is measured: of a chain of layers whose gradients nothing explains.

A cost that is none of those that are known (a weighted one, Huber's, a hinge), or a path past a layer, gives gradients
that no formula of the reader's gives. They are right if they are those of the cost that the file computes.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.reading.judging.finding import Finding
from grader.reading.judging.stray_factors import CODES
from grader.reading.judging.unjudged import Unjudged
from grader.reading.probed.by_cost import judge_by_cost
from grader.reading.probed.prober import Again
from grader.reading.recorded.recording import Recording
from grader.reading.structure.network_read import Network
from grader.reading.told.explanation import Explanation
from grader.reading.told.tell_by_cost import told_by_cost
from grader.submissions import Submission

_BACKWARD = ("δ", "dW", "db")


def as_measured(
    explanation: Explanation,
    network: Network,
    findings: Sequence[Finding],
    unjudged: Sequence[Unjudged],
    again: Again,
    submission: Submission,
) -> Explanation:
    """What was read of a network, or what measuring tells, where that contradicts it or it leaves something open."""
    unexplained = [finding for finding in findings if finding.code == "unexplained" or finding.code in CODES]
    if not unexplained and explanation.status != "partly":
        return explanation
    outside = [(one.value, one.event) for one in unjudged if not one.quantity and one.event is not None]
    found = judge_by_cost(network.graph.recording, again, least=1, also=outside)
    if found is None:
        return explanation
    # a number is known by what the first step has made of it: many begin as 0
    later = {p.versions[1]: p.first for p in (*network.chain, *network.biases) if p is not None and p.is_updated}
    right = {later.get(one.origin, one.origin) for one, _ in found.right}
    if unexplained:
        is_contradicted = any(right & _parameters(network, finding) for finding in unexplained)
        if not is_contradicted:
            return explanation
        measuring = told_by_cost(found, submission)
        others = {finding.quantity for finding in findings if finding not in unexplained}
        kept = tuple(fault for fault in explanation.faults if fault.quantity in others)
        if not kept:
            return measuring
        return measuring.model_copy(update={"status": "fault", "faults": (*kept, *measuring.faults)})
    measured = right | {later.get(one.origin, one.origin) for one in found.unsure}
    read = {p.first for p in (*network.chain, *network.biases) if p is not None}
    if measured - read and not _is_followed(explanation):  # the picture lacks something
        return told_by_cost(found, submission)
    # of a step that is not understood the gradient may be right all the same
    is_left = [one.value not in right or one.quantity.startswith("W") for one in unjudged]
    asked = {one.value for one, stays in zip(unjudged, is_left, strict=True) if not stays}
    if found.finding is None and (not asked or any("times the rate of" in note for note in explanation.notes)):
        return explanation
    left = [
        quantity
        for quantity, stays in zip(explanation.unjudged, is_left, strict=True)
        if stays and found.finding is None
    ]
    told = [(one, at) for one, at in found.right if later.get(one.origin, one.origin) in asked]
    found = replace(found, right=told, unsure=[])
    return told_by_cost(found, submission, explanation, left)


def units_as_measured(
    explanation: Explanation, network: Network, recording: Recording, again: Again, submission: Submission
) -> Explanation:
    """What was read of units, or what measuring the numbers of the run tells, where that leaves something open.

    Weights that several units share, and units that give nothing, are lost where units are put together to layers.
    """
    is_open = explanation.status == "partly" or any(fault.code == "unexplained" for fault in explanation.faults)
    found = judge_by_cost(recording, again) if is_open else None
    if found is None:
        return explanation
    read = sum(layer.W.size + (0 if layer.b is None else layer.b.size) for layer in network.steps[0].layers)
    measured = len(found.right) + len(found.unsure)
    piles_up = found.finding is not None and found.finding.code == "pile-up"
    if measured > read or piles_up or (found.finding is None and not found.unsure):
        return told_by_cost(found, submission, explanation if measured == read or piles_up else None)
    return explanation


def _is_followed(explanation: Explanation) -> bool:
    """Whether anything was found about the way back."""
    return any(one.name.startswith(_BACKWARD) and one.status == "right" for one in explanation.chain)


def _parameters(network: Network, finding: Finding) -> set[int]:
    """The weights, or the bias, of whose gradient a wrong quantity is a part."""
    one = network.biases[finding.layer] if finding.quantity.startswith("db") else network.chain[finding.layer]
    return {one.first} if one is not None else set()
