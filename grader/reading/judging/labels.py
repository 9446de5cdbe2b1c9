"""Targets that the outputs cannot be: of no class, numbers of classes, or beyond what the last function gives."""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.activations import BIPOLAR, CENTRED, RELU, SIGMOID, SOFTMAX, TANH
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array, Event
from grader.reading.structure.network import Pass

_RANGES = {
    SIGMOID.name: (0.0, 1.0),
    SOFTMAX.name: (0.0, 1.0),
    TANH.name: (-1.0, 1.0),
    BIPOLAR.name: (-1.0, 1.0),
    CENTRED.name: (-0.5, 0.5),
    RELU.name: (0.0, np.inf),
}
BEYOND = 0.05  # by which a target lies outside
SHARE = 0.05  # of the targets that must
OFF = 0.01  # by which the sum of a sample's targets is none of 1
MANY = 30  # samples, one after another, that are looked at
SEVERAL_SAMPLES = 4
SEVERAL = 2  # different labels among them


def judge_labels(judgement: Judgement) -> None:
    """Add what is wrong with the targets to the findings."""
    _of_one_input(judgement)
    _numbers_of_classes(judgement)
    if _of_one_sample(judgement):
        return
    if all(step.y.size for step in judgement.steps):
        _of_no_class(judgement)
        if not any(one.code in ("targets-scaled", "labels-not-one-hot") for one in judgement.findings):
            _beyond_reach(judgement)


def _of_one_input(judgement: Judgement) -> None:
    """Inputs that are the same for all samples of all steps, whose targets are not."""
    part, steps = judgement.network.passes[0].layers[0], judgement.network.steps
    u, y = np.vstack([step.layers[0].u for step in steps]), np.vstack([step.y for step in steps])
    kinds = len(np.unique(y, axis=0))
    is_of_a_bias = bool(np.isin(u[0], (0.0, 1.0)).all() and (u[0] == u[0, 0]).all())
    if len(u) > SEVERAL_SAMPLES and u.shape[1] > 1 and kinds > 1 and (u == u[0]).all() and not is_of_a_bias:
        distinct = {step.y.tobytes(): len(step.y) for step in steps}  # the same samples may come in each step
        facts: dict[str, float | int | str] = {"n": sum(distinct.values()), "kinds": kinds}
        maker = judgement.network.graph.maker(part.input_value, part.product)
        at = part.product if maker is None else maker.index
        judgement.findings.append(Finding("X", "one-input", at, 0, facts))


def _of_one_sample(judgement: Judgement) -> bool:
    """One row of targets, taken from the outputs of all samples; of labels, as many as units, it is none."""
    graph, first = judgement.network.graph, judgement.network.passes[0]
    row, z = first.y_value, first.layers[-1].z
    n, units = z.shape
    if units == 1:
        return n == 1 and _of_all_samples(judgement)
    is_row = not judgement.network.is_column and row is not None and graph.shape(row) == (1, units)
    if row is None or n == 1 or (n == units and not is_row) or graph.size(row) != units:
        return False
    for event in graph.users_after(row, first.last):
        if event.op in ("Sub", "subtract") and graph.size(event.result) == n * units:
            facts: dict[str, float | int | str] = {"units": units, "n": n}
            judgement.findings.append(Finding("y", "target-of-one", event.index, 0, facts))
            return True
    return False


def _of_all_samples(judgement: Judgement) -> bool:
    """The one output of a single sample, taken from the targets of many, of which the step is made."""
    network, graph = judgement.network, judgement.network.graph
    last = network.passes[0].layers[-1]
    outputs = {value for value in (last.a_value, last.z_value) if value is not None}
    for at in sorted(judgement.ancestors(network.depth - 1)):
        event = graph.events[at]
        if event.op not in ("Sub", "subtract") or at < judgement.start or len(event.operands) != 2:
            continue
        for one, other in (event.operands, event.operands[::-1]):
            is_output = graph.size(one) == 1 and bool({one, graph.base(one, at)[0]} & outputs)
            maker = graph.maker(other)
            is_given = maker is None or maker.index < network.passes[0].first
            if is_output and is_given and graph.size(other) == graph.size(event.result) > 1:
                facts: dict[str, float | int | str] = {"n": graph.size(other)}
                judgement.findings.append(Finding("y", "target-of-all", at, 0, facts))
                return True
    return False


def _of_no_class(judgement: Judgement) -> None:
    """Rows of zeros, or of several ones, among one-hot ones, that softmax learns from.

    δ = a − y belongs to targets that add up to 1; of zeros, as of labels from 1 with columns from 0, the
    cross-entropy is 0, and so is its gradient.
    """
    network = judgement.network
    top = network.depth
    is_softmax = "softmax" in network.wrong_activations.get(top - 1, network.activation(top - 1).name)
    if not is_softmax or f"δ{top}" not in judgement.right:
        return
    y = np.vstack([step.y for step in judgement.steps])
    if not np.isin(y, (0.0, 1.0)).all():
        _of_a_share(judgement, y)
        return
    classes = y.sum(1)
    without = int((classes == 0).sum())
    several = int((classes > 1).sum())
    if several:
        advice = "With several classes at once, each output wants a sigmoid."
        if (y == 1).all():
            advice = "They are 1 for every class, whatever the label: each row wants its 1 in the column of its label."
        facts: dict[str, float | int | str] = {"count": several, "n": len(classes), "advice": advice}
        judgement.findings.append(Finding("y", "of-several-classes", _made(judgement), 0, facts))
    elif 0 < without < len(classes) and (classes[classes != 0] == 1).all():
        facts = {"count": without, "n": len(classes)}
        judgement.findings.append(Finding("y", "of-no-class", _made(judgement), 0, facts))


def _of_a_share(judgement: Judgement, y: Array) -> None:
    """Shares of the classes that do not add up to 1: one-hot targets times a number, or smoothed by too much."""
    sums = y.sum(1)
    if y.shape[1] < 2 or (y < 0).any() or not (np.abs(sums - 1) > OFF).all():
        return
    at = _made(judgement)
    is_divided = at is not None and judgement.network.graph.events[at].op in ("Div", "divide", "true_divide")
    advice = "Only the targets are divided: is it their difference from the outputs, in brackets, that is meant?"
    least, most = float(sums.min()), float(sums.max())
    share = f"{least:.4g}" if most - least < OFF * most else f"{least:.3g} to {most:.3g}"
    if not is_divided:
        advice = f"Smoothed ones are y·(1 − ε) + ε/{y.shape[1]}." if (y > 0).all() else ""
    facts: dict[str, float | int | str] = {"share": share, "advice": advice}
    judgement.findings.append(Finding(f"δ{judgement.network.depth}", "targets-scaled", at, 0, facts))
    judgement.notes = [note for note in judgement.notes if not note.endswith("not their mean")]


def _made(judgement: Judgement) -> int | None:
    """Where the targets are made."""
    value = judgement.network.passes[0].y_value
    maker = None if value is None else judgement.network.graph.maker(value)
    return None if maker is None else maker.index


def _numbers_of_classes(judgement: Judgement) -> None:
    """One number of a class for each sample, subtracted from all the outputs of that sample."""
    network, graph = judgement.network, judgement.network.graph
    units, last = network.layers[-1].units, network.passes[0].layers[-1]
    outputs = {value for value in (last.a_value, last.z_value) if value is not None}
    n = network.passes[0].n
    if n == 1:
        _number_of_each(judgement)
    if units < 2 or n < 3 or n == units:
        return
    for at in sorted(judgement.ancestors(network.depth - 1)):
        event = graph.events[at]
        if event.op not in ("Sub", "subtract") or at < judgement.start or len(event.operands) != 2:
            continue
        if graph.size(event.result) != n * units:
            continue
        for one, other in (event.operands, event.operands[::-1]):
            labels = graph.array(other) if graph.size(other) == n else None
            is_output = bool({one, graph.base(one, at)[0]} & outputs)
            if is_output and labels is not None and _are_classes(labels, units):
                judgement.findings.append(Finding(f"δ{network.depth}", "labels-not-one-hot", at, network.depth - 1))
                return


def _number_of_each(judgement: Judgement) -> None:
    """The same where the samples come one after another: one number, and another one for the next, for all outputs."""
    network, graph = judgement.network, judgement.network.graph
    units, made, places = network.layers[-1].units, judgement.ancestors(network.depth - 1), list[int]()
    numbers: set[float] = set()
    for one in network.passes[:MANY]:
        last = one.layers[-1]
        outputs = {value for value in (last.a_value, last.z_value) if value is not None}
        events = (event for value in outputs for event in graph.users_after(value, last.product))
        compared = min((e for e in events if e.op in ("Sub", "subtract")), key=lambda e: e.index, default=None)
        if compared is None or graph.size(compared.result) != units:
            return
        places.append(compared.index)
        others = [graph.values.scalar(operand) for operand in compared.operands if operand not in outputs]
        if len(others) != 1 or others[0] is None:
            return
        numbers.add(others[0])
    is_whole = all(number % 1 == 0 and 0 <= number <= units for number in numbers)
    is_made = any(at in made or graph.events[at].result in graph.events[at].operands for at in places[:1])  # minus 0
    if units > 2 and is_whole and len(numbers) >= SEVERAL and is_made:
        judgement.findings.append(Finding(f"δ{network.depth}", "labels-not-one-hot", places[0], network.depth - 1))


def _are_classes(labels: Array, units: int) -> bool:
    numbers = np.unique(labels)
    is_whole = bool((numbers % 1 == 0).all())
    return is_whole and len(numbers) > 1 and numbers[0] in (0, 1) and numbers[-1] in (units - 1, units)


def _beyond_reach(judgement: Judgement) -> None:
    """Targets that the function of the output never gives."""
    network = judgement.network
    output = network.activations[-1]
    if output is None or output.name not in _RANGES or f"δ{network.depth}" not in judgement.right:
        return
    low, high = _RANGES[output.name]
    if not _is_compared_as_it_is(judgement):
        return
    y = np.vstack([step.y for step in judgement.steps])
    if not np.isfinite(y).all() or float(np.mean((y < low - BEYOND) | (y > high + BEYOND))) < SHARE:
        return
    least, most = (f"{number:.4g}" for number in (float(y.min()), float(y.max())))
    gives = "no number below 0" if np.isinf(high) else f"numbers between {low:g} and {high:g} only"
    is_class = y.shape[1] == 1 and bool((y % 1 == 0).all()) and 2 < len(np.unique(y)) <= 20
    advice = "leave the output linear, or bring the targets into that range"
    if is_class:
        advice = "numbers of classes need one output for each class, and one-hot targets"
    facts: dict[str, float | int | str] = {"least": least, "most": most, "gives": gives, "advice": advice}
    judgement.findings.append(Finding("y", "targets-beyond-reach", _made(judgement), 0, facts))


def _is_of_pass(graph: Graph, event: Event, one: Pass) -> bool:
    """Whether something that a pass gave is taken from something: 1 − y is no comparison."""
    return any(source >= one.first for source in graph.sources[event.index])


def _is_compared_as_it_is(judgement: Judgement) -> bool:
    """Whether what the last function gives meets the targets with nothing, a bias, added behind it.

    A bias may begin at 0 and change nothing at first.
    """
    graph = judgement.network.graph
    for one in judgement.network.passes:
        last = one.layers[-1]
        used = [] if one.y_value is None else graph.users_after(one.y_value, one.last - 1)
        met = next(
            (event for event in used if event.op in ("Sub", "subtract") and _is_of_pass(graph, event, one)), None
        )
        bases = [] if met is None else [graph.base(value, met.index)[0] for value in met.operands]
        if met is not None and not {last.a_value, last.z_value} & {*bases, *met.operands}:
            return False
    return True
