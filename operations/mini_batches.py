"""What goes wrong where an epoch is made of mini-batches."""

import numpy as np

from grader.assignments import Operation, Place
from reference import mini_batches as formula

mini_batches = Operation(formula)

_EPOCH = "In one epoch every sample is used once: ⌈n / batch_size⌉ steps, each on the next `batch_size` samples."
_STEPS = "How many steps does one epoch make?"


def known(what, title, explain, *hints, step="batches", place=None):
    return mini_batches.mistake(
        f"train.{what}", step=step, title=title, explain=f"{_EPOCH} {explain}", hints=hints, place=place
    )


@known(
    "last-batch-lost",
    "The samples left over at the end of an epoch are not used",
    "When the batch size does not divide the number of samples, the last mini-batch is smaller. `n // batch_size` "
    "mini-batches leave it out.",
    "How many mini-batches are there for 7 samples and a batch size of 3?",
    "Look at the range of your loop.",
    place=Place(calls="range"),
)
def last_batch_lost(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order) - batch_size + 1, batch_size)]


@known(
    "one-batch-per-epoch",
    "Each epoch makes one step, on one mini-batch",
    "Yours makes one step on one batch: most of the data is never seen in an epoch.",
    _STEPS,
    "Where does the loop over batches end: is there a `return` or `break` in it?",
)
def one_batch_per_epoch(right, order, batch_size):
    return right(order, batch_size)[:1]


@known(
    "batch-size-ignored",
    "The batch size is ignored: each step uses the whole training set",
    "Yours makes one step per epoch, on all samples.",
    _STEPS,
    "Where does `batch_size` appear?",
)
def batch_size_ignored(order, batch_size):
    return [order]


@known(
    "one-sample-per-step",
    "Each step uses a single sample, whatever the batch size",
    "Yours makes n steps in an epoch, on one sample each.",
    _STEPS,
    "Where does `batch_size` appear in your slices?",
)
def one_sample_per_step(right, order, batch_size):
    return right(order, 1)


@known(
    "not-shuffled",
    "The samples are never shuffled",
    "In a fixed order every epoch makes the same mini-batches, and sorted data are learnt class by class.",
    "In which order do the samples come in the second epoch?",
    "Where is the shuffling?",
    step="shuffled_order",
)
def not_shuffled(samples, rng):
    return np.arange(samples)
