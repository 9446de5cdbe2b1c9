"""A layer that adds the bias of another one: `z2 = W2 @ a1 + b1`."""

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, SCALING, VIEWS

MAX_WALK = 8
_TO_A_NUMBER = SCALING | VIEWS | {"sum", "mean"}


def judge_shared_biases(judgement: Judgement) -> None:
    """Tell the layer whose bias is another layer's, and is changed as that one's should be.

    One bias that is meant for both is changed by what both layers give it, and fits neither.
    """
    network = judgement.network
    _judge_shared_numbers(judgement)
    for index, bias in enumerate(network.biases):
        quantity = f"db{index + 1}"
        if bias is None or quantity in judgement.right:
            continue
        owner = next(
            (
                other
                for other, one in enumerate(network.biases)
                if other != index and one is bias and judgement.right.get(f"db{other + 1}") is not None
            ),
            None,
        )
        if owner is None:
            continue
        judgement.findings = [one for one in judgement.findings if one.quantity != quantity]
        if not _add_the_same(judgement, index, owner):
            continue  # both begin as one number, and which of them was followed is not known
        event = network.passes[0].layers[index].summed
        facts: dict[str, float | int | str] = {"other": owner + 1}
        judgement.findings.append(Finding(f"z{index + 1}", "bias-of-another-layer", event, index, facts))


def _add_the_same(judgement: Judgement, *layers: int) -> bool:
    """Whether the lines of two layers add the same values, as long as the run was followed."""
    network, found = judgement.network, list[list[int]]()
    for layer in (network.passes[0].layers[index] for index in layers):
        event = network.graph.events[layer.summed]
        position = event.operands.index(layer.bias) if layer.bias in event.operands else -1
        found.append([one.operands[position] for one in network.graph.events if one.place == event.place])
    return all(a == b for a, b in zip(*found, strict=False))


def _judge_shared_numbers(judgement: Judgement) -> None:
    """The same of biases of one number, where the number that the layer gives its own gradient is not added to it."""
    network = judgement.network
    added = [[one.layers[index].bias for one in network.passes] for index in range(network.depth)]
    for index, values in enumerate(added):
        other = next((k for k, theirs in enumerate(added) if k != index and theirs == values), None)
        numbers = {value for value in values if value is not None and network.graph.size(value) == 1}
        if other is None or len(numbers) < 3 or not _changes_another(judgement, index, numbers):
            continue
        event = network.passes[0].layers[index].summed
        judgement.right.pop(f"z{index + 1}", None)
        facts: dict[str, float | int | str] = {"other": other + 1}
        judgement.findings.append(Finding(f"z{index + 1}", "bias-of-another-layer", event, index, facts))


def _changes_another(judgement: Judgement, index: int, added: set[int]) -> bool:
    """Whether the sum of a layer's δ changes a number that is none of those that are added in the passes."""
    graph, delta = judgement.network.graph, judgement.right.get(f"δ{index + 1}")
    if delta is None:
        return False
    for event in graph.events[delta : judgement.end + 1]:
        if event.op not in ADDING or graph.size(event.result) != 1 or len(event.operands) != 2 or event.result in added:
            continue
        at = graph.sources[event.index][1]
        for _ in range(MAX_WALK):
            if at <= delta or graph.events[at].op not in _TO_A_NUMBER:
                break
            at = max(graph.sources[at], default=-1)
        if at == delta:
            return True
    return False
