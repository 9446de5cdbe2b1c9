"""A network that was read, all that is judged of it, and the explanation of that."""

from dataclasses import replace

from grader.reading.costs import CostOption
from grader.reading.judging.begun_again import judge_memory
from grader.reading.judging.behaviour import find_saturated_outputs, judge_behaviour
from grader.reading.judging.chosen_cost import is_slope_one_number, judge_cost
from grader.reading.judging.chosen_functions import settle_chosen
from grader.reading.judging.constant_outputs import judge_changed_output
from grader.reading.judging.divergence import judge_divergence
from grader.reading.judging.drawn_targets import judge_drawn_targets
from grader.reading.judging.finding import Finding
from grader.reading.judging.forward_faults import (
    find_broadcast,
    judge_forward,
)
from grader.reading.judging.guessing import judge_guessing
from grader.reading.judging.in_vain import find_in_vain
from grader.reading.judging.judge import judge_network
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.labels import judge_labels
from grader.reading.judging.later_updates import has_later_updates
from grader.reading.judging.left_out_of_loop import find_last_batch
from grader.reading.judging.needs_hidden import judge_reach
from grader.reading.judging.on_trial import leave_trials_open
from grader.reading.judging.one_array import judge_one_array
from grader.reading.judging.pairing import judge_pairing
from grader.reading.judging.reshaped import judge_reshaped
from grader.reading.judging.scales import judge_scales
from grader.reading.judging.shared_biases import judge_shared_biases
from grader.reading.judging.unjudged import find_drawn_behind, find_unjudged
from grader.reading.measured import as_measured
from grader.reading.probed.prober import Again
from grader.reading.probed.probing import judge_by_probing
from grader.reading.structure.network_read import Network
from grader.reading.told.explanation import Explanation
from grader.reading.told.growing import grown, with_growth_left_open
from grader.reading.told.tell import Teller
from grader.submissions import Submission

QUESTION = "Is your cost the squared error or the cross-entropy? δ = a − y is right for the cross-entropy only."
_OF_DATA_AND_RATE = frozenset([
    "saturated", "targets-beyond-reach", "no-hidden-function", "one-layer-for-xor", "inputs-cut",
    "of-no-class", "of-several-classes",
])  # fmt: skip
_OF_LONG_STEPS = ("rate-too-high", "inputs-not-scaled", "weights-explode", "steps-lead-away")
RESTS = "was not changed in the steps that were seen"
_START = frozenset(["zero-weights", "equal-weights"])


def judged(
    network: Network,
    submission: Submission,
    cost: CostOption | None,
    again: Again,
    *,
    is_driven: bool = False,
    is_final: bool = True,
    is_known: bool = True,
    is_loaded: bool = False,
) -> Explanation:
    """The explanation of a network that was read; `again` runs its file once more.

    Without `is_known`, nothing is known of the data but their form: what comes of them is no fault. With `is_loaded`,
    there are data of others among them.
    """
    of_all = Judged(
        network,
        cost,
        again,
        is_driven=is_driven,
        is_final=is_final,
        is_known=is_known,
        is_loaded=is_loaded,
        changes_later=has_later_updates(one.source for one in (*submission.modules.values(), *submission.units)),
    )
    return of_all.told(submission)


def _add_lost_updates(judgement: Judgement) -> None:
    """A parameter whose update is lost is none that was read, or what was read is not all of it."""
    lost = find_in_vain(judgement.network.graph)
    if lost is None or any(finding.code == "never-updated" for finding in judgement.findings):
        return
    for index, parameter in enumerate(judgement.network.chain):
        if lost.facts["value"] in parameter.versions:
            lost = replace(lost, quantity=f"W{index + 1}", layer=index)
    judgement.findings.append(lost)


def _leave_unchanged_open(judgement: Judgement) -> None:
    """What rests in the steps that were seen may be changed in later ones."""
    left = [one for one in judgement.findings if one.code == "never-updated"]
    judgement.findings = [one for one in judgement.findings if one.code != "never-updated"]
    judgement.notes += [f"{one.quantity} {RESTS}" for one in left]


class Judged:
    """A network that was read, what is wrong with it, and what could not be judged."""

    def __init__(
        self,
        network: Network,
        cost: CostOption | None,
        again: Again,
        *,
        is_driven: bool,
        is_final: bool = True,
        is_known: bool = True,
        is_loaded: bool = False,
        changes_later: bool = False,
    ) -> None:
        known = network.cost.name if network.cost is not None else None
        meant = cost or (None if known == "absolute error" else known)
        notes = settle_chosen(network, meant)
        judgement = judge_network(network, meant)
        if cost is None and judgement.findings and is_slope_one_number(judgement):
            other = judge_network(
                network, "cross-entropy" if judgement.used_cost == "squared error" else "squared error"
            )
            judgement = judgement if other.findings else other
        judgement.is_driven = is_driven
        judgement.notes += notes
        leave_trials_open(judgement)
        if changes_later:
            _leave_unchanged_open(judgement)
        judge_shared_biases(judgement)
        judge_one_array(judgement)
        judge_forward(judgement)
        self.judgement, self.should_ask = judgement, judge_cost(judgement, cost)
        judge_scales(judgement)
        judge_behaviour(judgement)
        flat = find_saturated_outputs(network)
        if flat is not None:  # of a step of 0, any formula may be told
            judgement.findings = [flat]
            judgement.right = {one: at for one, at in judgement.right.items() if one[0] in "za"}
            judgement.notes = [note for note in judgement.notes if not note.endswith(RESTS)]
        elif not is_driven:
            judge_pairing(judgement)
            judge_reshaped(judgement)
            judge_memory(judgement)
            judge_changed_output(judgement)
            judge_labels(judgement)
            if is_loaded:
                judge_drawn_targets(judgement)
            judge_reach(judgement)
            _add_lost_updates(judgement)
            last = find_last_batch(judgement)
            if last is not None:
                judgement.findings.append(last)
        before = list(judgement.findings)
        are_own = is_known and not is_driven
        self.grown: Finding | None = None  # with data that are not the person's
        if are_own:
            judge_divergence(judgement)
        elif not is_driven and not before:
            judge_divergence(judgement)
            self.grown = next((one for one in judgement.findings if one.code in _OF_LONG_STEPS), None)
            judgement.findings = before
        findings = [one for one in judgement.findings if are_own or one.code not in _OF_DATA_AND_RATE]
        if not findings and not is_driven and f"dW{network.depth}" not in judgement.right:
            broadcast = find_broadcast(network.graph)
            findings = [] if broadcast is None else [broadcast]
        if any(finding.code in _START for finding in findings):
            findings = [finding for finding in findings if finding.code in _START]
        unjudged = find_unjudged(judgement)
        if unjudged and not before and not any(one not in judgement.findings for one in findings):
            judgement.findings = []  # that the cost grows may come of what is looked for now
            unjudged = judge_by_probing(judgement, unjudged, again, is_final=is_final)
            findings = judgement.findings or findings
        if not is_driven:
            judge_guessing(judgement, findings)
        self.findings, self.unjudged, self.again, self.is_driven = findings, unjudged, again, is_driven

    def told(self, submission: Submission) -> Explanation:
        question = QUESTION if self.should_ask else ""
        told = Teller(self.judgement, submission).explanation(self.findings, self.unjudged, question)
        if self.grown is not None and not told.faults:
            told = with_growth_left_open(told, grown(self.grown.facts))
        drawn = find_drawn_behind(self.judgement) if told.status == "right" else []
        if drawn:
            left = Teller(self.judgement, submission).left_open(drawn)
            return told.model_copy(update={"status": "partly", "unjudged": left})
        if self.is_driven or self.judgement.is_aligned:
            return told
        return as_measured(told, self.judgement.network, self.findings, self.unjudged, self.again, submission)
