"""What goes wrong where an epoch is made of mini-batches."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect, fail
from grader.checks.compare import as_array
from reference import mini_batches as formula

mini_batches = Operation(formula)


def sizes_and_samples(found):
    """How many samples each batch has, and the numbers of all in their order; None where these are no batches."""
    arrays = [as_array(batch) for batch in found] if isinstance(found, list | tuple) else [None]
    if any(array is None or array.ndim != 1 for array in arrays):
        fail("an epoch is a list of batches, and each batch an array of the numbers of its samples")
        return None
    return [len(array) for array in arrays], np.concatenate([*arrays, np.zeros(0)])


def expect_batches(found, samples, batch_size):
    """Demand that every sample is in them once, `batch_size` at a time."""
    if (told := sizes_and_samples(found)) is None:
        return
    sizes, numbers = told
    full, rest = divmod(samples, batch_size)
    what = f"of {samples} samples, {batch_size} at a time"
    expect(np.array(sizes), f"the sizes of the batches {what}").equals(
        np.array([batch_size] * full + [rest] * (rest > 0))
    )
    expect(np.sort(numbers), f"the samples {what}, sorted").equals(np.arange(samples))


@mini_batches.check("epoch", share=3, title="Every sample once, the last batch smaller where something is left over")
def epoch_batches(student):
    for samples, batch_size in ((12, 4), (11, 4), (7, 3), (5, 8)):
        expect_batches(student.epoch(samples, batch_size, 1), samples, batch_size)


@mini_batches.check("epoch", share=2, title="Another order for another seed, the same for the same")
def epoch_orders(student):
    told = [sizes_and_samples(student.epoch(50, 8, seed)) for seed in (3, 4, 3)]
    if any(one is None for one in told):
        return
    first, other, again = (numbers for _, numbers in told)
    expect(again, "the order for the same seed").equals(first)
    if np.array_equal(first, np.arange(len(first))):
        fail("the samples come in their own order: they are not shuffled")
    elif np.array_equal(first, other):
        fail("two seeds give the same order")


@mini_batches.probe("epoch")
def facts_about_an_epoch(implementation, rng):
    """What is the same whatever order is drawn."""
    facts = {}
    for samples, batch_size in ((12, 4), (11, 4), (7, 3)):
        found = [np.asarray(batch) for batch in implementation.epoch(samples, batch_size, 5)]
        numbers = np.concatenate([*found, np.zeros(0)])
        what = f"{samples} by {batch_size}"
        facts |= {
            f"sizes of {what}": np.array([len(batch) for batch in found]),
            f"shuffled {what}": float(not np.array_equal(numbers, np.arange(len(numbers))))
            if len(numbers) > 9
            else 0.0,
            f"distinct of {what}": float(len(set(numbers.tolist()))),
        }
    return facts


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
    "batches-overlap",
    "Each mini-batch begins one sample after the last one, not `batch_size` samples after it",
    "Yours overlap: an epoch goes through the first few samples again and again, and never comes to the others.",
    "At which sample does the second mini-batch begin?",
    "What does your loop count: samples, or mini-batches?",
    place=Place(calls="range"),
)
def batches_overlap(order, batch_size):
    return [order[start : start + batch_size] for start in range(len(order) // batch_size)]


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
