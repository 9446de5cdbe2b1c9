"""Targets of which some are of no class: rows of zeros among one-hot ones, as of labels from 1 with columns from 0."""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement


def judge_labels(judgement: Judgement) -> None:
    """Add a finding where softmax and cross-entropy learn from rows of zeros.

    δ = a − y belongs to targets that add up to 1; of zeros the cross-entropy is 0, and so is its gradient.
    """
    network = judgement.network
    top = network.depth
    if network.activation(top - 1).name != "softmax" or f"δ{top}" not in judgement.right:
        return
    y = np.vstack([step.y for step in judgement.steps])
    if not np.isin(y, (0.0, 1.0)).all():
        return
    classes = y.sum(1)
    without = int((classes == 0).sum())
    if 0 < without < len(classes) and (classes[classes != 0] == 1).all():
        value = network.passes[0].y_value
        maker = None if value is None else network.graph.maker(value)
        facts: dict[str, float | int | str] = {"count": without, "n": len(classes)}
        judgement.findings.append(Finding("y", "of-no-class", None if maker is None else maker.index, 0, facts))
