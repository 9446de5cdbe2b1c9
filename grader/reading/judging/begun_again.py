"""What is kept of the steps before, as momentum does: made anew for each step, or added whole."""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import length
from grader.reading.judging.gradient_hypotheses import weight_gradients
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.weights import change_of_weights, rows_looked_at

WHOLE = 1e-6
LEAST = 0.3  # of a factor that keeps something of the step before


def judge_memory(judgement: Judgement) -> None:
    """Add what is wrong with the memory of the steps."""
    _judge_added_whole(judgement)
    _judge_begun_again(judgement)
    _judge_turned(judgement)


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
    """Tell zeros that are made anew for each step and multiplied by what should keep the step before."""
    network, graph = judgement.network, judgement.network.graph
    if len(network.steps) < 3:
        return
    for index, parameter in enumerate(network.chain):
        found: list[int] = []
        for before, step in zip(network.steps, network.steps[1:3], strict=False):
            update = next((at for at in parameter.updates if at > step.start), None)
            ended = next((at for at in reversed(parameter.updates) if at < step.start), before.end)
            if update is None:
                return
            for at in sorted(graph.ancestors(update, ended)):
                event = graph.events[at]
                if event.op not in ("Mult", "multiply") or len(event.operands) != 2:
                    continue
                numbers = [graph.values.scalar(operand) for operand in event.operands]
                kept = next((number for number in numbers if number is not None and LEAST <= number < 1), None)
                place = 0 if numbers[0] is None else 1
                memory, made = event.operands[place], graph.sources[at][place]
                array = graph.array(memory) if graph.size(memory) == graph.size(parameter.first) > 1 else None
                is_new = made > ended and graph.events[made].op in ("zeros", "zeros_like")
                if kept is not None and array is not None and not array.any() and is_new:
                    found.append(made)
                    break
        if len(found) == 2 and graph.events[found[0]].place == graph.events[found[1]].place:
            judgement.findings.append(Finding("step", "memory-begun-again", found[0], index))
            return
