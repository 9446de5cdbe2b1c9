"""The running averages of a class that normalises batches: how they are kept, and that evaluations use them."""

import numpy as np

from grader.assignments import Operation
from reference import running_averages as formula

running_averages = Operation(formula)

_RUNNING = "Each batch of a training changes it to $\\alpha \\cdot old + (1 - \\alpha) \\cdot new$."


def known(code, step, title, explain, *hints):
    return running_averages.mistake(f"batch_norm.{code}", step=step, title=title, explain=explain, hints=hints)


@known(
    "running-weights-exchanged",
    "running_average",
    "The weights of old and new are exchanged in the running averages",
    _RUNNING,
    "How far does one batch move an average for alpha = 0.9?",
    "What is multiplied by alpha?",
)
def running_weights_exchanged(right, old, new, alpha):
    return right(new, old, alpha)


@known(
    "running-forgotten",
    "running_average",
    "The running averages are those of the last batch",
    f"{_RUNNING} In yours the old value has no part.",
    "Does the average change with an earlier batch?",
    "Where does the old value come in?",
)
def running_forgotten(old, new, alpha):
    return new


@known(
    "running-never-changed",
    "running_average",
    "The running averages stay as they were at first",
    _RUNNING,
    "What are they after a batch?",
    "Where are they stored?",
)
def running_never_changed(old, new, alpha):
    return old


@known(
    "evaluation-by-the-batch",
    "statistics",
    "An evaluation normalises by the batch, not by the running averages",
    "In an evaluation a sample's output must not depend on which others are there.",
    "What comes out for a single sample?",
    "What does `eval` change?",
)
def evaluation_by_the_batch(batch, running):
    return batch.mean(axis=0), batch.var(axis=0)


@known(
    "evaluation-not-normalised",
    "statistics",
    "An evaluation scales and shifts its inputs as they come: nothing is normalised",
    "An evaluation normalises as a training does, by the averages that were kept.",
    "Does the output of an evaluation change with the running averages?",
    "What is multiplied by the scale?",
)
def evaluation_not_normalised(batch, running):
    return np.zeros(batch.shape[1]), np.ones(batch.shape[1])
