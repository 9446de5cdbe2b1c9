"""What a file makes of its outputs to see how good they are: the class of a sample, and whether it is the right one."""

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import VIEWS
from grader.reading.recorded.recording import Event

EQUAL = ("Eq", "equal", "eq", "array_equal", "accuracy_score")
MAX_WALK = 6


def judge_predictions(judgement: Judgement) -> None:
    """Add to the findings what is wrong with the way in which outputs are compared with targets."""
    _largest_of_samples(judgement)
    _compared_exactly(judgement)


def _largest_of_samples(judgement: Judgement) -> None:
    """The sample with the largest output, where the output that is the largest of a sample is meant."""
    network, graph = judgement.network, judgement.network.graph
    units, product = network.layers[-1].units, network.passes[0].layers[-1].product
    place = graph.events[product].place
    if units < 2:
        return
    for event in graph.events[product:]:
        if event.op != "argmax" or not event.operands or graph.shape(event.result) != (units,):
            continue
        shape = graph.shape(event.operands[0])
        others = [size for size in shape if size != units]
        if len(shape) != 2 or len(others) != 1 or others[0] < 2:
            continue
        is_row = shape[1] == units
        is_output = any(graph.events[at].place == place for at in graph.ancestors(event.index, product - 1))
        if is_output and is_row != network.is_column and _is_compared(judgement, event):
            judgement.findings.append(Finding("prediction", "argmax-over-samples", event.index, network.depth - 1))
            return


def _is_compared(judgement: Judgement, event: Event) -> bool:
    """Whether what an event makes is compared with something, as predictions are with labels."""
    graph = judgement.network.graph
    pending = [event]
    for _ in range(MAX_WALK):
        if not pending:
            return False
        one = pending.pop()
        for user in graph.users_after(one.result, one.index):
            if user.op in EQUAL:
                return True
            if user.op in VIEWS:
                pending.append(user)
    return False


def _compared_exactly(judgement: Judgement) -> None:
    """Outputs that are any number between 0 and 1, counted as right if they are equal to 0 or 1."""
    network, graph = judgement.network, judgement.network.graph
    if network.activation(network.depth - 1).name not in ("sigmoid", "softmax", "tanh"):
        return
    for one in network.passes:
        last = one.layers[-1].a_value
        targets = {one.y_value, None if one.y_value is None else graph.base(one.y_value)[0]} - {None}
        if last is None:
            continue
        for event in graph.users_after(last, one.last):
            if event.op in EQUAL and len(event.operands) == 2:
                other = next((o for o in event.operands if o != last), last)
                if {other, graph.base(other, event.index)[0]} & targets and not graph.values.is_whole(last):
                    judgement.findings.append(Finding("prediction", "outputs-equal-targets", event.index, 0))
                    return
