"""A layer that adds the bias of another one: `z2 = W2 @ a1 + b1`."""

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement


def judge_shared_biases(judgement: Judgement) -> None:
    """Tell the layer whose bias is another layer's, and is changed as that one's should be.

    One bias that is meant for both is changed by what both layers give it, and fits neither.
    """
    network = judgement.network
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
        event = network.passes[0].layers[index].summed
        facts: dict[str, float | int | str] = {"other": owner + 1}
        judgement.findings.append(Finding(f"z{index + 1}", "bias-of-another-layer", event, index, facts))
