"""Whether δ of the output belongs to the cost that is computed."""

from typing import Literal

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.activations import BIPOLAR, TANH
from grader.reading.structure.cost import ABSOLUTE, BINARY, part_turned

Asked = Literal["squared error", "cross-entropy"]
_OF_TWO_KINDS = ("sigmoid", TANH.name, BIPOLAR.name)  # (1 + a) / 2 of the latter is a probability
_UNBOUNDED = ("ReLU", "leaky ReLU", "ELU", "softplus")  # whose output is no probability: a − y is no cost's gradient
ALIKE = 1e-6  # by no more outputs differ that are one number
ALIKE_IN_STEPS = 1e-3  # and by no more in different steps


def judge_cost(judgement: Judgement, asked: str | None) -> bool:
    """Add what the cost tells; gives whether the person should be asked which cost is meant.

    A squared error that is only printed beside a cross-entropy gradient is a choice; one with its ½, from which
    δ is derived, or one that the person names, is the cost.
    """
    network = judgement.network
    last = network.depth - 1
    output = network.activation(last).name
    used = judgement.used_cost
    cost = network.cost
    at = judgement.right.get(f"δ{last + 1}")
    if used is None or output == "identity":
        return False
    if asked is not None:
        if asked == "squared error" and used == "cross-entropy":
            judgement.findings.append(_finding(judgement, "no-output-slope", at))
        if asked == "cross-entropy" and used == "squared error":
            judgement.findings.append(_finding(judgement, "slope-of-output-too", at))
        return False
    if output == "sigmoid" and used == "cross-entropy" and (cost is None or cost.event is None):
        turned = part_turned(network.graph, network.steps)
        if turned is not None:
            judgement.findings.append(Finding("cost", "cost-part-sign", turned, last))
            return False
    if cost is None and used == "cross-entropy" and output.startswith(_UNBOUNDED):
        judgement.findings.append(_finding(judgement, "output-slope-left-out", at))
        return False
    if cost is None:
        return output in _OF_TWO_KINDS and used == "cross-entropy"
    if used == ABSOLUTE != cost.name and _has_one_sign(judgement):
        _leave_open(judgement)
    is_entropy = "cross-entropy" in cost.name
    # with two outputs that add up to 1 it is twice the cross-entropy
    is_another = network.layers[last].units > 2
    if cost.name == "binary cross-entropy" and output == "softmax" and cost.event is not None and is_another:
        judgement.findings.insert(0, Finding("cost", "binary-cost-on-softmax", cost.event, last))
    elif cost.name == BINARY and output == TANH.name and cost.event is not None and "cross-entropy" in used:
        judgement.findings.append(_finding(judgement, "binary-cost-on-tanh", at))
    elif is_entropy and used == "squared error":
        if cost.event is not None:
            judgement.findings.append(_finding(judgement, "slope-of-output-too", at))
        else:
            judgement.notes.append(f"δ{last + 1} is that of the squared error, the text has the {cost.name}")
    elif cost.name == "squared error" and used == "cross-entropy":
        if output in ("tanh", "ReLU") or (output == "sigmoid" and cost.is_half):
            judgement.findings.append(_finding(judgement, "no-output-slope", at))
        elif _is_one_number(judgement):
            # where all outputs are one number, any slope is a factor: it is not known whether there is one
            _leave_open(judgement)
        else:
            judgement.notes.append(
                f"the squared error is computed, but δ{last + 1} = a − y is the gradient of the cross-entropy: "
                "a choice, no fault"
            )
    return False


def _is_one_number(judgement: Judgement) -> bool:
    """Whether the outputs are one number throughout, in all steps: of single samples, each step has one of its own."""
    outputs = [step.out for step in judgement.steps]
    return all(np.ptp(out) < ALIKE for out in outputs) and bool(np.ptp(np.vstack(outputs)) < ALIKE_IN_STEPS)


def is_slope_one_number(judgement: Judgement) -> bool:
    """Whether σ' of the output is one number in all steps, as of outputs near ½: the costs differ by a rate only."""
    out = np.vstack([step.out for step in judgement.steps])
    is_sigmoid = judgement.network.activations[-1] is not None and judgement.network.activations[-1].name == "sigmoid"
    return is_sigmoid and bool(np.ptp(out * (1 - out)) < ALIKE_IN_STEPS)


def _has_one_sign(judgement: Judgement) -> bool:
    """Whether all outputs are too small, or all too large: the sign of an error is a factor then, and tells nothing."""
    errors = [step.out - step.y for step in judgement.steps]
    return all((error > 0).all() for error in errors) or all((error < 0).all() for error in errors)


def _leave_open(judgement: Judgement) -> None:
    """Nothing is said of δ of the output and of what is computed with it."""
    for quantity in ("δ", "dW", "db"):
        judgement.right.pop(f"{quantity}{judgement.network.depth}", None)


def _finding(judgement: Judgement, code: str, at: int | None) -> Finding:
    last = judgement.network.depth - 1
    judgement.right.pop(f"δ{last + 1}", None)
    output = judgement.network.activation(last).name
    return Finding(f"δ{last + 1}", code, at, last, {"activation": output})
