"""Steps that all take the same samples, of data that have more."""

import ast
from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import PARTS, VIEWS
from grader.reading.recorded.recording import Event
from grader.submissions.syntax import parse

_PICKING = frozenset(["choice", "randint", "integers", "random_integers", "permutation"])
_LOOPS = (ast.For, ast.While)
SHOWN = 4  # steps, at least, that take the same sample
SEVERAL = 6  # samples, at least, that there are


def judge_same_samples(judgement: Judgement) -> None:
    """Steps that all take the same samples, of data that have more: one, or those that are picked out in each step."""
    network, graph = judgement.network, judgement.network.graph
    steps = network.steps
    u = steps[0].layers[0].u
    if len(steps) < SHOWN or not all(np.array_equal(step.layers[0].u, u) for step in steps):
        return
    part, is_picked = network.passes[0].layers[0], len(u) == 1
    value, before = part.input_value, part.product
    for _ in range(6):
        maker = graph.maker(value, before)
        if maker is None or not maker.operands or maker.op not in VIEWS | PARTS:
            return
        whole, size = graph.shape(maker.operands[0]), graph.size(maker.operands[0])
        count = size * len(u) // u.size if u.shape[1] in whole else 0
        again = sum(graph.events[at].place == maker.place for at in graph.makers[value])
        is_part = maker.op in PARTS and count > SEVERAL and count >= 2 * len(u)  # else the rest is to test with
        if is_part and (is_picked or again >= len(steps)):
            drawn = graph.maker(maker.operands[-1], maker.index) if maker.op == "Index" else None
            facts: dict[str, float | int | str] = {"steps": len(steps), "n": len(u), "count": count}
            if drawn is not None and _draws_several(judgement, drawn):
                judgement.findings.append(Finding("X", "same-draw", drawn.index, 0, facts))
                return
            name = _number_without_part(judgement, maker)
            if name and not is_picked:
                judgement.findings.append(Finding("X", "same-part", maker.index, 0, {**facts, "name": name}))
                return
            told = "sample" if is_picked else f"{len(u)} samples"
            judgement.notes.append(
                f"all {len(steps)} steps that were seen take the same {told}, of {count} that there are"
            )
            return
        value, before = maker.operands[0], maker.index


def _draws_several(judgement: Judgement, drawn: Event) -> bool:
    """Whether something draws the numbers of several samples, and does so anew for each step."""
    graph, ends = judgement.network.graph, [one.last for one in judgement.network.passes]
    numbers = graph.array(drawn.result)
    if drawn.op not in _PICKING or numbers is None or len(np.unique(numbers)) < SHOWN:
        return False
    at = [event.index for event in graph.events if event.place == drawn.place]
    return all(any(before < one < end for one in at) for before, end in pairwise([-1, *ends]))


def _number_without_part(judgement: Judgement, maker: Event) -> str:
    """The number of the round of a loop over batches in which a part is cut out that does not move with it.

    "" where there is no such loop, or where it may be meant: one batch, to see whether it can be learned by heart.
    """
    network = judgement.network
    place = network.graph.recording.place_of(maker)
    tree = parse("\n".join(network.texts.lines.get(place.filename, []))) or ast.Module([], [])
    around = [
        loop
        for loop in ast.walk(tree)
        if isinstance(loop, _LOOPS) and loop.lineno < place.line <= (loop.end_lineno or 0)
    ]
    inner = max(around, key=lambda loop: loop.lineno, default=None)
    if not isinstance(inner, ast.For) or not isinstance(inner.target, ast.Name) or len(around) < 2:
        return ""
    cuts = [node for statement in inner.body for node in ast.walk(statement) if isinstance(node, ast.Subscript)]
    name, steps = inner.target.id, getattr(inner.iter, "args", ())
    is_used = any(isinstance(one, ast.Name) and one.id == name for cut in cuts for one in ast.walk(cut.slice))
    is_cut = any(cut.lineno == place.line and isinstance(cut.slice, ast.Slice) for cut in cuts)
    return name if is_cut and not is_used and (len(steps) == 3 or "batch" in ast.unparse(inner.iter)) else ""
