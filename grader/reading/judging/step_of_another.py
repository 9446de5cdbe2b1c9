"""A parameter whose step takes what was made of the gradient of another one: `b1 -= rate * v_db2 / root`."""

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PARTS, SCALING, VIEWS, Graph
from grader.reading.structure.parameters import Parameter

#: What a rule makes of a gradient, number by number: no sum and no square, as clipping by a norm takes them.
_OF_A_RULE = ADDING | SCALING | VIEWS | PARTS


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
