"""What is kept of the steps before, as momentum does: made anew for each step, or added whole."""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import length
from grader.reading.judging.gradient_hypotheses import weight_gradients
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.weights import change_of_weights, rows_looked_at
from grader.reading.recorded.graph import ADDING, PARTS, SCALING, VIEWS, Graph
from grader.reading.structure.parameters import Parameter

WHOLE = 1e-6
_EMPTY = frozenset(["zeros", "zeros_like"])
LEAST = 0.3  # of a factor that keeps something of the step before
#: What a rule makes of a gradient, number by number: no sum and no square, as clipping by a norm takes them.
_OF_A_RULE = ADDING | SCALING | VIEWS | PARTS


def judge_memory(judgement: Judgement) -> None:
    """Add what is wrong with the memory of the steps."""
    _judge_added_whole(judgement)
    _judge_begun_again(judgement)
    _judge_turned(judgement)
    judge_steps_of_another(judgement)


def _judge_turned(judgement: Judgement) -> None:
    """Tell a step of −rate · G minus a share of the step before: a momentum adds it."""
    for index in sorted(judgement.directions, reverse=True):
        rows = rows_looked_at(judgement, index)
        change = change_of_weights(judgement, index, rows)
        if change is None or len(change.changes) < 3 or index not in judgement.used:
            continue
        G = weight_gradients(judgement.steps, index, judgement.used[index], rows)[0].arrays()
        previous = [np.zeros_like(change.changes[0]), *change.changes[:-1]]
        table = np.stack([np.concatenate([one.ravel() for one in parts]) for parts in (G, previous)], axis=1)
        moved = np.concatenate([one.ravel() for one in change.changes])
        if not np.isfinite(table).all() or not np.isfinite(moved).all():
            continue
        rate, kept = np.linalg.lstsq(table, moved, rcond=None)[0]
        is_exact = length(table @ [rate, kept] - moved) < judgement.strict * length(moved)
        updates = judgement.network.chain[index].updates
        if is_exact and rate < 0 and -1 < kept < -LEAST and updates:
            facts: dict[str, float | int | str] = {"kept": f"{-kept:.4g}"}
            judgement.findings.append(
                Finding("step", "momentum-turned", updates[min(1, len(updates) - 1)], index, facts)
            )
            return


def _judge_added_whole(judgement: Judgement) -> None:
    """Tell a step of rate · G and all of the gradient before it: a momentum has a factor."""
    network = judgement.network
    for index in range(network.depth - 1, -1, -1):
        fit, updates = judgement.fits.get(f"dW{index + 1}"), network.chain[index].updates
        if fit is None or not updates or not 0 < 2 * fit.c < 1 or abs(fit.before - 1) > WHOLE:
            continue
        at = updates[min(1, len(updates) - 1)]
        facts: dict[str, float | int | str] = {"ratio": f"{fit.before / fit.c:.4g}"}
        judgement.findings.append(Finding("step", "gradient-before-whole", at, index, facts))
        return


def _judge_begun_again(judgement: Judgement) -> None:
    """Tell a memory of the steps before that is 0 in each of them, beside a factor that should keep it.

    Zeros that are made anew for each step, or a new one that nobody keeps: `v = β·v + …`, of a name of its own.
    """
    network, graph = judgement.network, judgement.network.graph
    for index, parameter in enumerate(network.chain):
        found: list[tuple[int, int]] = []
        for before, step in zip(network.steps, network.steps[1:4], strict=False):
            update = next((at for at in parameter.updates if at > step.start), None)
            ended = next((at for at in reversed(parameter.updates) if at < step.start), before.end)
            if update is not None:
                found += _empty_memories(graph, graph.size(parameter.first), update, ended)[:1]
        places = {graph.events[at].place for at, _ in found}
        if not found or len(places) > 1 or len(found) < min(3, len(network.steps) - 1):
            continue
        at, made = found[0]
        is_new = made >= 0 and graph.events[made].op in _EMPTY
        if is_new and sum(event.place == graph.events[made].place for event in graph.events[made:]) > 1:
            judgement.findings.append(Finding("step", "memory-begun-again", made, index))
            return
        if len(found) > 2:
            judgement.findings.append(Finding("step", "memory-never-kept", at, index))
            return


def _empty_memories(graph: Graph, size: int, update: int, ended: int) -> list[tuple[int, int]]:
    """Where a factor is multiplied with zeros to which something is added then, and what made these."""
    found = []
    made_of = graph.ancestors(update, ended)
    for at in sorted(made_of):
        event = graph.events[at]
        of_whole = graph.size(event.result) in (size, 1) and size > 1  # zeros, or the number 0
        if event.op not in ("Mult", "multiply") or len(event.operands) != 2 or not of_whole:
            continue
        numbers = [graph.values.scalar(operand) for operand in event.operands]
        kept = next((number for number in numbers if number is not None and LEAST <= number < 1), None)
        place = 0 if numbers[0] in (None, 0.0) else 1
        array = graph.array(event.operands[place])
        if kept is None or array is None or array.any():
            continue
        sums = [user for user in graph.users_after(event.result, at) if user.op in ADDING and user.index in made_of]
        sums = [user for user in sums if graph.size(user.result) == size]
        filled = graph.array(sums[0].result) if sums and sums[0].index != update else None
        made = graph.sources[at][place]
        while made > ended and graph.events[made].op in PARTS | VIEWS:
            made = graph.sources[made][0]
        is_kept = made <= ended or graph.events[made].op in _EMPTY  # and no gradient that is 0
        if is_kept and filled is not None and filled.any():
            found.append((at, made))
    return found


def judge_steps_of_another(judgement: Judgement) -> None:
    """Add the first parameter, from above, in whose step the gradient of another one has a part."""
    graph, network = judgement.network.graph, judgement.network
    if any(finding.code == "one-array-for-all" for finding in judgement.findings):
        return
    own: dict[str, tuple[int, int, int]] = {}  # name -> its gradient, its update, its layer
    for index in range(network.depth - 1, -1, -1):
        for name, parameter in ((f"W{index + 1}", network.chain[index]), (f"b{index + 1}", network.biases[index])):
            gradient, update = judgement.right.get(f"d{name}"), _first_update(judgement, parameter)
            if gradient is None and name[0] == "b" and index in judgement.used:
                total = judgement.used[index][0].sum(0)  # made, perhaps, and taken by nobody
                gradient = judgement.locator.first([total], judgement.start, judgement.end)
            if gradient is not None and update is not None:
                own[name] = gradient, update, index
    for name, (gradient, update, index) in own.items():
        open_one = _unexplained(judgement, f"d{name}")
        if any(finding.quantity in (name, f"d{name}") for finding in judgement.findings if finding is not open_one):
            continue
        reached = _reached(graph, update, judgement.start)
        weights = judgement.right.get(f"dW{index + 1}")  # where δ is multiplied by single numbers, what it is made of
        made_of = graph.ancestors(gradient, judgement.start - 1)
        made_of |= set() if weights is None else graph.ancestors(weights, judgement.start - 1)
        for other, (theirs, their_update, _) in own.items():
            is_apart = theirs not in made_of and gradient not in graph.ancestors(theirs, judgement.start - 1)
            if theirs in reached and weights is not None and is_apart and their_update != update:
                apart = reached - graph.ancestors(their_update, judgement.start - 1)
                at = min((one for one in apart if theirs in graph.ancestors(one, judgement.start - 1)), default=update)
                facts: dict[str, float | int | str] = {"what": name, "other": other}
                judgement.findings = [finding for finding in judgement.findings if finding is not open_one]
                judgement.findings.append(Finding(name, "step-of-another", at, index, facts))
                return


def _unexplained(judgement: Judgement, quantity: str) -> Finding | None:
    return next((one for one in judgement.findings if (one.quantity, one.code) == (quantity, "unexplained")), None)


def _first_update(judgement: Judgement, parameter: Parameter | None) -> int | None:
    updates = parameter.updates if parameter is not None else []
    return next((at for at in updates if judgement.start <= at <= judgement.end), None)


def _reached(graph: Graph, update: int, start: int) -> set[int]:
    """The events that are met on the way back from an update through what a rule does."""
    seen, pending = {update}, [update]
    while pending:
        at = pending.pop()
        if graph.events[at].op not in _OF_A_RULE:
            continue
        new = [source for source in graph.sources[at] if source > start and source not in seen]
        seen |= set(new)
        pending += new
    return seen
