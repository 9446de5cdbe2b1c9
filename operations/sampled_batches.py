"""What goes wrong where batches are drawn at random, and what is told of a training whatever it draws."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import fail
from grader.checks.compare import as_array
from reference import sampled_batches as formula

sampled_batches = Operation(formula)

SAMPLES, CLASSES, SIZE = 120, 3, 12
_RULE = "Each step draws `batch_size` samples at random from all of them, with their own labels."
_HOW = "How is the batch of the second step made?"


def marked_samples():
    """Samples that each have an input of their own, the rows of the identity; label 0 is the first samples' alone."""
    return np.eye(SAMPLES), np.where(np.arange(SAMPLES) < SIZE, 0, 1 + np.arange(SAMPLES) % 2)


def facts_about_batches(trained):
    """What right batches are like; `trained(X, y, W, steps, size)` gives the weights after steps without penalty.

    A sample moves the row of the weights that is its own input's alone, and the score of its label against the others:
    how far is for the optimizer to say.
    """
    X, y = marked_samples()
    before = np.ones((SAMPLES, CLASSES))
    moved = [np.asarray(trained(X, y, before, n, SIZE), dtype=float) - before for n in (1, 2)]
    one, two = map(np.abs, moved)
    seen, both = (np.flatnonzero(change.max(axis=1) > 1e-12) for change in (one, two))
    signs = np.sign(moved[0][seen])
    against = np.sign(-signs.sum(axis=1, keepdims=True))  # the sign that one of three has alone
    labels = (signs * against).argmax(axis=1)
    wrong = {
        "none": len(seen) == 0,
        "elsewhere": (np.abs(signs.sum(axis=1)) != CLASSES - 2).any() or (signs == 0).any(),
        "few": len(seen) <= SIZE // 2,
        "other labels": (labels != y[seen]).any(),
        "all": len(seen) == SAMPLES,
        "the first": len(seen) and seen.max() < SIZE,
        "again": len(both) <= SIZE,
    }
    return {
        "batches": next((what for what, is_so in wrong.items() if is_so), "right"),
        "labels": "the first" if len(seen) > SIZE // 2 and (labels == 0).all() else "others",
        "samples": "all" if len(seen) == SAMPLES else "some",
        "steps": "two" if two.sum() > 1.5 * one.sum() else "one",
    }


def classifier_training(make):
    """`trained` for a classifier that `make` makes, with weights `W` and `train(X, y, rate, reg, steps, size)`."""

    def trained(X, y, W, steps, size):
        net = make()
        net.W = W
        net.train(X, y, 0.7, 0.0, steps, size)
        return as_array(net.W)

    return trained


_WRONG = {
    "none": f"no weight is changed by a step with a batch of {SIZE} of {SAMPLES} samples",
    "elsewhere": "a step changes weights that its samples do not change by their gradients",
    "few": f"of {SAMPLES} samples at most {SIZE // 2} come in a batch with `batch_size = {SIZE}`",
    "other labels": "the labels of a batch are not those of its samples",
    "all": f"a step with `batch_size = {SIZE}` is made with all {SAMPLES} samples",
    "the first": f"the batch is the first {SIZE} samples of {SAMPLES}, not some that are drawn",
    "again": "the second batch has the same samples as the first",
}


def demand_random_batches(trained):
    """Demand batches of random samples with their labels; `trained` as for `facts_about_batches`."""
    if wrong := _WRONG.get(facts_about_batches(trained)["batches"]):
        fail(wrong)


def known(what, step, title, explain, *hints, place=None):
    return sampled_batches.mistake(
        f"batches.{what}", step=step, title=title, explain=f"{_RULE} {explain}", hints=hints, place=place
    )


@known(
    "whole-set",
    "drawn",
    "Every step is made with all samples",
    "With the whole set each step costs as much as hundreds of batches; nothing is drawn.",
    "How many samples has your batch?",
    "Where is `batch_size` used?",
)
def whole_set(count, size):
    return np.arange(count)


@known(
    "first-samples",
    "drawn",
    "The batch is always the first samples of the set",
    "All other samples are never seen.",
    _HOW,
    "Which samples are in `X[:batch_size]`?",
    place=Place(looks=r"\[:\s*batch_size|arange\(batch_size|range\(batch_size"),
)
def first_samples(count, size):
    return np.arange(size)


@known(
    "one-sample",
    "drawn",
    "The batch is a single sample",
    "Yours draws one number, not `batch_size` of them.",
    "Which shape has your batch?",
    "How many numbers does your function draw?",
)
def one_sample(right, count, size):
    return right(count, 1)


@known(
    "drawn-once",
    "drawn_again",
    "The batch is drawn once, before the loop, and used for every step",
    "All other samples are never seen.",
    _HOW,
    "What has to stand inside the loop?",
)
def drawn_once(now, at_first):
    return at_first


@known(
    "labels-of-the-first-samples",
    "beside",
    "The labels of the batch are the first ones of the set, not those of the samples that were drawn",
    "",
    "Which label stands beside the first sample of a batch?",
    "With what is `y` indexed?",
)
def labels_of_the_first_samples(batch):
    return np.arange(len(batch))


@known(
    "labels-drawn-for-themselves",
    "beside",
    "Samples and labels are drawn independently of each other",
    "Once drawn, the same numbers are for both X and y.",
    "Which label stands beside the first sample of a batch?",
    "How often are numbers drawn in a step?",
)
def labels_drawn_for_themselves(batch):
    return np.random.permutation(batch)
