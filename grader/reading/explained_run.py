"""What is told of one recorded run: its network read and judged, or what can be told without one."""

import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from grader.reading.costs import CostOption
from grader.reading.judged import judged
from grader.reading.judging.constant_outputs import find_constant_output
from grader.reading.judging.finding import Finding
from grader.reading.judging.forward_faults import (
    find_broadcast,
    find_broadcast_before_stop,
    find_cost_broadcast,
    find_numbers_for_outputs,
)
from grader.reading.judging.in_vain import find_growing, find_in_vain
from grader.reading.judging.left_out_of_loop import find_left_out, find_loop_without_update
from grader.reading.judging.never_used import find_gradient_not_taken, find_never_changed, find_never_used
from grader.reading.judging.put_for_taken import find_put_for_taken
from grader.reading.judging.right_at_once import is_right_at_once
from grader.reading.judging.seldom import find_seldom
from grader.reading.judging.standing_still import find_standing_still, is_of_chance
from grader.reading.judging.steps_of_nothing import find_steps_of_nothing
from grader.reading.judging.without_layers import find_cost_in_step, find_explosion
from grader.reading.measured import units_as_measured
from grader.reading.perceptrons import by_decisions, find_perceptron, perceptron_of_sums
from grader.reading.probed.by_cost import judge_by_cost
from grader.reading.probed.growing_cost import growth
from grader.reading.probed.probed_places import PROBED
from grader.reading.probed.two_steps_of_cost import ByCost
from grader.reading.recorded.graph import Graph
from grader.reading.runs.asked_columns import says_digits
from grader.reading.runs.run import Run, again, never, noisy
from grader.reading.structure.loop_products import with_loop_products
from grader.reading.structure.negated import without_negated
from grader.reading.structure.network_read import Network
from grader.reading.structure.one_by_one import network_of_single_weights, network_of_unit_products, network_of_units
from grader.reading.structure.passes import NoNetwork
from grader.reading.structure.reader import read_network
from grader.reading.structure.single_weights import with_scaled_vectors
from grader.reading.structure.summed_products import with_products
from grader.reading.told.explanation import Explanation
from grader.reading.told.growing import grown, with_growth_left_open
from grader.reading.told.rates_tried import with_tried_rates_left_open
from grader.reading.told.tell_by_cost import told_by_cost
from grader.reading.told.unread import Reason, reason_of, unread
from grader.reading.told.without_network import ended_at_once, with_unused, without_network
from grader.sandbox.inside.sample_data.samples import UNKNOWN
from grader.submissions import Submission

ONE_STEP = "one step of training was followed; what the next ones do with it was not judged"
MORE_BELOW = "what enters layer 1 is made of other units that learn: these were not read, and not judged"
MANY_EVENTS = 12_000
RIGHT_AT_ONCE = (
    "the error is 0 in all steps that were seen, so nothing is changed, and there is no step to be read: every sample "
    "may be right with the weights that it starts from"
)
_ARRAYS = (".npy", ".npz", ".pkl", ".pickle", ".h5", ".mat")
_TABLES = (".csv", ".txt", ".tsv", ".data", ".dat", ".xlsx", ".xls")


def explain_run(run: Run, submission: Submission, cost: CostOption | None, *, is_driven: bool = False) -> Explanation:
    """Read and judge what was recorded. A run that the reader did not expect is told as one that it could not read.

    With `is_driven`, data, rate and number of samples are not the person's: what comes of them is no fault.
    """
    try:
        return with_tried_rates_left_open(_explained(run, submission, cost, is_driven), submission)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        told = f"{type(error).__name__}: {str(error)[:200]} ({where})"
        return unread(submission, Reason("fault-of-grader", f"a fault of the grader while reading it: {told}"))


def _explained(run: Run, submission: Submission, cost: CostOption | None, is_driven: bool) -> Explanation:
    if run.recording is None:
        return unread(submission, reason_of(run, NoNetwork("nothing was seen of its run", "no-step"), submission))
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    is_known = _is_known(run, sources)
    found = network_of_units(run.recording, sources)
    if found is not None:
        stepped = _of_steps(Graph(run.recording), found, submission, is_driven)
        if stepped is not None:
            return stepped
        of_units = judged(found, submission, cost, never, is_driven=is_driven, is_known=is_known)
        if len(found.steps) == 1 and of_units.status == "right":  # gradients that pile up are right at first
            of_units = of_units.model_copy(update={"status": "partly", "notes": (*of_units.notes, ONE_STEP)})
        if found.has_more_below and of_units.status == "right":
            of_units = of_units.model_copy(update={"status": "partly", "notes": (*of_units.notes, MORE_BELOW)})
        if is_driven:
            return of_units
        return units_as_measured(of_units, found, run.recording, partial(again, run), submission)
    try:
        network = read_network(without_negated(with_scaled_vectors(with_loop_products(run.recording))), sources)
    except NoNetwork as error:
        graph = Graph(run.recording)
        single = network_of_unit_products(run.recording, sources) or network_of_single_weights(run.recording, sources)
        stepped = _of_steps(graph, single, submission, is_driven) if single is not None else None
        if stepped is not None:
            return stepped
        if single is not None:
            told = judged(single, submission, cost, never, is_driven=is_driven, is_known=is_known)
            if told.faults or any(one.name[:1] in "δd" and one.status == "right" for one in told.chain):
                return told  # else it may be a part of what the single numbers are
        ended = None if is_driven else ended_at_once(graph, sources, submission)
        if ended is not None and (ended.faults or run.failure is None):
            left_out = None if ended.faults else find_left_out(graph)
            return ended if left_out is None else without_network(left_out, run.recording, submission)
        fault = None
        if not is_driven:
            checks = (
                find_broadcast,
                find_growing,
                find_left_out,
                find_in_vain,
                find_put_for_taken,
                find_gradient_not_taken,
            )
            fault = fault or next((one for check in checks if (one := check(graph)) is not None), None)
            fault = fault or find_loop_without_update(graph, sources) or find_constant_output(graph)
            fault = fault or (find_explosion(graph) if is_known else None)
        if fault is None and run.failure is not None and not is_driven:
            stop = str(run.failure)
            fault = find_broadcast_before_stop(graph, stop) or find_numbers_for_outputs(graph, stop)
            fault = fault or find_cost_in_step(graph)
        if fault is not None:
            return without_network(fault, run.recording, submission)
        perceptron = find_perceptron(Graph(with_products(run.recording)), submission, is_driven=is_driven)
        perceptron = perceptron or perceptron_of_sums(graph, submission, is_driven=is_driven)
        if perceptron is not None:
            return perceptron
        if is_right_at_once(graph):
            return unread(submission, Reason("right-at-once", RIGHT_AT_ONCE))
        still = None if is_driven else find_standing_still(graph)
        if still is not None and not is_of_chance(still, graph, sources):
            return without_network(still, run.recording, submission)
        is_long = is_driven and len(run.recording.events) > MANY_EVENTS  # other lines may give more to read
        by_cost = None if is_long else judge_by_cost(run.recording, partial(again, run))
        if by_cost is not None:
            told = _of_cost(by_cost, submission, is_known and not is_driven)
            unused = find_never_used(graph) or find_never_changed(graph) if not told.faults else None
            return told if unused is None else with_unused(told, unused, run.recording, submission)
        return unread(submission, reason_of(run, error, submission))
    if len(network.steps) == 1 and not is_driven:
        ended = ended_at_once(network.graph, sources, submission)
        if ended is not None and ended.faults:
            return ended
        left_out = find_left_out(network.graph)
        if left_out is not None:
            return without_network(left_out, run.recording, submission)
    stepped = _of_steps(network.graph, network, submission, is_driven)
    if stepped is not None:
        return stepped
    is_final = not run.served  # else it is looked at once more
    explanation = judged(
        network,
        submission,
        cost,
        partial(again, run),
        is_driven=is_driven,
        is_final=is_final,
        is_known=is_known,
        is_loaded=bool(run.served),
    )
    if explanation.status == "right" and len(network.steps) == 1 and not network.steps[0].layers[-1].z.any():
        # of outputs of 0, many a cost has the same gradient
        explanation = explanation.model_copy(update={"status": "partly", "notes": (*explanation.notes, ONE_STEP)})
    if explanation.status == "partly" and not explanation.has_gradient and network.depth == 1:
        perceptron = find_perceptron(network.graph, submission, is_driven=is_driven)  # a step has no slope
        explanation = explanation if perceptron is None else perceptron
    if not is_final and any(fault.code == PROBED for fault in explanation.faults):
        return _confirmed(explanation, run, submission, cost, is_driven)
    if explanation.status not in ("right", "partly") or is_driven:
        return explanation
    beside = find_never_used(network.graph) or find_steps_of_nothing(network.graph)
    beside = beside or find_never_changed(network.graph) or find_constant_output(network.graph)
    is_of_form = all(asked.endswith(_TABLES) or not given.startswith(UNKNOWN) for asked, given in run.served)
    beside = beside or (find_cost_broadcast(network) if is_of_form else None)
    return explanation if beside is None else with_unused(explanation, beside, run.recording, submission)


def _of_steps(graph: Graph, network: Network, submission: Submission, is_driven: bool) -> Explanation | None:
    """What is told of a single unit with a step, whose z was taken for what it gives."""
    return by_decisions(graph, submission, is_driven=is_driven) if network.depth == 1 else None


def _is_known(run: Run, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether the data are what the file says: a table that is only called `train.csv` may be anything."""
    texts, files = [text for _, text in sources], (*_TABLES, *_ARRAYS)
    return not any(
        given.startswith(UNKNOWN)
        or (asked.endswith(files) and "images of" in given and not says_digits([*texts, asked]))
        for asked, given in run.served
    )


def _of_cost(found: ByCost, submission: Submission, is_known: bool) -> Explanation:
    """What is told of a cost that was measured; that it grows in each step, if nothing but their length is wrong."""
    if found.finding is None and found.right:
        graph, places = found.graph, _places_of_updates(found)
        updates = [event.index for event in graph.events if event.place in places]
        uses = (graph.events[one.first].place for one, _ in found.right)
        seldom = next((one for place in uses if (one := find_seldom(graph, place, updates)) is not None), None)
        if seldom is not None:
            return told_by_cost(replace(found, finding=seldom), submission)
    facts = growth(found) if found.finding is None and found.right else None
    if facts is None:
        return told_by_cost(found, submission)
    if not is_known:
        return with_growth_left_open(told_by_cost(found, submission), grown(facts))
    finding = Finding("step", "rate-too-high", found.right[-1][0].update, facts=facts)
    return told_by_cost(replace(found, finding=finding), submission)


def _places_of_updates(found: ByCost) -> set[int]:
    return {found.graph.events[one.update].place for one in (*(one for one, _ in found.right), *found.unsure)}


def _confirmed(
    explanation: Explanation, run: Run, submission: Submission, cost: CostOption | None, is_driven: bool
) -> Explanation:
    """What was found by probing must be so as well where no two pieces of an image are alike."""
    second = noisy(run)
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    try:
        if second is not None and second.recording is not None:
            network = read_network(without_negated(second.recording), sources)
            is_known = _is_known(run, sources)
            return judged(network, submission, cost, partial(again, second), is_driven=is_driven, is_known=is_known)
    except NoNetwork:
        pass
    faults = tuple(fault for fault in explanation.faults if fault.code != PROBED)
    return explanation.model_copy(update={"status": "fault" if faults else "partly", "faults": faults})
