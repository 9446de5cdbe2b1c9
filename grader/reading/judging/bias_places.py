"""Where the gradient of a bias is made: the sum over the samples, a wrong one, or what the update takes."""

from collections.abc import Collection

from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, SCALING, VIEWS
from grader.reading.recorded.recording import Array

SUMS = ("sum", "mean", "average")


def update_of(judge: Judgement, index: int) -> int | None:
    bias = judge.network.biases[index]
    return bias.updates[0] if bias is not None and bias.updates else None


def sum_before(judge: Judgement, index: int, update: int | None = None) -> int | None:
    """The sum from which a bias' gradient was made."""
    graph = judge.network.graph
    update = update_of(judge, index) if update is None else update
    if update is None:
        part = judge.network.passes[0].layers[index]
        following = [e.index for e in graph.users_after(part.bias or 0, judge.start) if e.op in ("Sub", "Add")]
        update = following[0] if following else None
    if update is None:
        return None
    sums = [at for at in graph.ancestors(update, judge.start - 1) if graph.events[at].op in SUMS]
    delta = judge.used[index][0] if len(sums) > 1 and index in judge.used else None  # of all layers, in one vector
    sources = {at: [one for one in graph.sources[at] if one >= 0] for at in sums}
    own = [at for at in sums if delta is not None and judge.locator.among([delta], sources[at]) is not None]
    return max(own or sums, default=update)


def behind_scaling(judge: Judgement, at: int | None) -> int | None:
    """What an update takes, behind the numbers that it is multiplied by, if it is not a sum itself."""
    graph, start = judge.network.graph, judge.start
    while at is not None and graph.events[at].op in ADDING | SCALING | VIEWS:
        sources = [one for one in graph.sources[at] if one > start and graph.size(graph.events[one].result) > 1]
        if len(sources) != 1:
            break
        at = sources[0]
    return at


def wrong_event(judge: Judgement, index: int, G: Array, code: str) -> int | None:
    if code.startswith("one-number"):
        at = judge.locator.scalar(float(G[0]), judge.start, judge.end)
        return at if at is not None else sum_before(judge, index)
    graph, update = judge.network.graph, update_of(judge, index)
    made = graph.ancestors(update, judge.start - 1) if update is not None else set()
    at = _computed(judge, G, made)
    at = at if at is not None else judge.locator.first([G], judge.start, judge.end)
    return at if at is not None else sum_before(judge, index) or update


def right_event(judge: Judgement, index: int, G: Array) -> int | None:
    of_one = judge.right.get(f"δ{index + 1}") if judge.steps[0].n == 1 else None  # δ itself, of a single sample
    bias = judge.network.biases[index]
    update = next((at for at in bias.updates if at >= judge.start), None) if bias is not None else None
    if of_one is not None and update is not None:  # or what is worth the same, and was made for the bias alone
        ancestors = {at for at in judge.network.graph.ancestors(update, judge.start - 1) if at >= judge.start}
        own = judge.locator.among([G], ancestors) if of_one not in ancestors else None
        return of_one if own is None else own
    if of_one is not None:
        return of_one
    at = None if update is None else _computed(judge, G, judge.network.graph.ancestors(update, judge.start - 1))
    return at if at is not None else judge.locator.first([G], judge.start, judge.end)


def _computed(judge: Judgement, G: Array, made: Collection[int]) -> int | None:
    """The first of some events that computes an array; a view of weights, as `W.T`, may be a multiple of it."""
    return judge.locator.among([G], (at for at in made if judge.network.graph.events[at].op not in VIEWS))
