"""Weights that are changed once more from where they were: a trial, as of a line search or of sharpness-aware steps.

Which of the changes is the step is not known, nor which way it goes; gradients are right or wrong all the same.
"""

from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph
from grader.reading.structure.parameters import Parameter


def leave_trials_open(judgement: Judgement) -> None:
    """Say nothing of steps that begin where another one has begun, with nothing learned between them."""
    network = judgement.network
    if not all(_is_on_trial(network.graph, one) for one in network.chain):
        return
    judgement.fits.clear()
    judgement.optimizers.clear()
    for index in range(network.depth):
        judgement.directions.setdefault(index, [])
    judgement.notes.append("the weights are changed on trial, and once more from where they were: how was not judged")


def _is_on_trial(graph: Graph, parameter: Parameter) -> bool:
    """Whether what a weight was is changed once more by what is made with the one that it has become."""
    if not parameter.updates:
        return False
    first, own = parameter.updates[0], {*parameter.versions}
    before = graph.events[first].operands
    until = parameter.updates[1] if len(parameter.updates) > 1 else len(graph.events)
    used = {
        user
        for version in parameter.versions[1:2]
        for user in graph.users.get(version, ())
        if graph.events[user].op in PRODUCTS
    }
    for event in graph.users_after(parameter.first, first):
        if event.index > until:
            return False
        others = [value for value in event.operands if value != parameter.first]
        if event.op not in ADDING or parameter.first not in before or len(others) != 1 or others[0] in own:
            continue
        made = graph.sources[event.index][event.operands.index(others[0])]
        if made > first and not own & {*graph.events[made].operands} and used & graph.ancestors(made, first):
            return True
    return False
