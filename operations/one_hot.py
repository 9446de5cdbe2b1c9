"""Labels as rows or columns with a single 1."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import one_of
from grader.checks import expect, leaves_arguments_alone
from operations.conventions import LAYOUT
from operations.texts import layout_words
from reference import one_hot as formula


def words(*, layout, classes):
    found = layout_words(layout)
    n = found["n"]
    return {
        **found,
        "all": "H[labels, :]" if layout == "columns" else "H[:, labels]",
        "shape": f"(k, {n})" if layout == "columns" else f"({n}, k)",
        "number": "an argument" if classes == "given" else "what the largest label says, plus 1",
    }


# Whether the number of classes is an argument, or what the largest label says.
one_hot = Operation(
    formula,
    words=words,
    conventions={"classes": "given"},
    values={"layout": LAYOUT, "classes": one_of("given", "largest")},
)

_RULE = "Each sample has a <line> of k numbers: 1 at the place of its class, counted from 0, and 0 elsewhere."
BOTH = ((4, 9), (3, 3))  # classes and samples; as many of one as of the other hide what is the wrong way round


def arguments(labels, k, classes):
    return (labels, k) if classes == "given" else (labels,)


def every_class(rng, k, n):
    return rng.permutation(np.concatenate([np.arange(k), rng.integers(k, size=n - k)]))


@one_hot.check("one_hot", share=2, title="A single 1 for each label")
def one_hot_values(student, solution, rng, *, classes, called):
    for k, n in BOTH:
        given = arguments(every_class(rng, k, n), k, classes)
        expect(student.one_hot(*given), f"{called('one_hot')} of {n} labels").close_to(solution.one_hot(*given))


@one_hot.check("one_hot", share=1, title="A class that does not occur, a single label")
def one_hot_absent_class(student, solution, *, classes, called):
    for labels, k in (([3, 0, 3], 5 if classes == "given" else 4), ([2], 3)):
        given = arguments(np.array(labels), k, classes)
        expect(student.one_hot(*given), f"{called('one_hot')} of {labels}").close_to(solution.one_hot(*given))


@one_hot.check("one_hot", share=1, title="Labels are left as they are")
def one_hot_arguments(student, rng, *, classes):
    leaves_arguments_alone(student.one_hot, *arguments(every_class(rng, 4, 9), 4, classes))


@one_hot.mistake(
    "one_hot.counted-from-one",
    step="one_hot",
    title="The classes are counted from 1 instead of 0",
    explain=f"{_RULE} Yours puts the 1 one place too early.",
    hints=("At which place is the 1 of class 0?", "Look for a `- 1` at the index."),
)
def counted_from_one(right, labels, *k, layout):
    return np.roll(right(labels, *k), -1, axis=0 if layout == "columns" else 1)


@one_hot.mistake(
    "one_hot.classes-that-occur",
    step="one_hot",
    title="There is a place only for the classes that occur in the batch",
    explain=f"{_RULE} A small batch may lack a class, and has its place all the same. `np.unique` and `set` count "
    "what occurs.",
    hints=("What should come out for the labels 3, 0, 3?", "How do you find the number of classes?"),
    place=Place(calls="unique|set"),
)
def classes_that_occur(labels, *k, layout):
    found = np.unique(labels)
    return formula.one_hot(np.searchsorted(found, labels), len(found), layout=layout)


@one_hot.mistake(
    "one_hot.one-class-short",
    step="one_hot",
    title="There is one class too few: k is the largest label plus 1",
    explain=f"{_RULE} Labels run from 0 to k − 1, so that the largest of them is one less than their number.",
    hints=("How many classes have the labels 0, 1, 2?", "Is a `+ 1` missing?"),
    place=Place(calls="max|amax"),
    only={"classes": "largest"},
)
def one_class_short(labels, *, layout):
    return formula.one_hot(labels, int(labels.max()), layout=layout)


@one_hot.mistake(
    "one_hot.largest-label-in-the-batch",
    step="one_hot",
    title="The number of classes is taken from the largest label of the batch, not from the argument",
    explain=f"{_RULE} A small batch may lack the last class, and its result is then too narrow for the network.",
    hints=("What should come out for the labels 3, 0, 3 of five classes?", "Where does your k come from?"),
    place=Place(calls="max|amax"),
    only={"classes": "given"},
)
def largest_label_in_the_batch(labels, k, *, layout):
    return formula.one_hot(labels, layout=layout)


@one_hot.mistake(
    "one_hot.of-ten-classes",
    step="one_hot",
    title="There are always ten classes",
    explain=f"{_RULE} Here k is <number>; ten is the number of digits.",
    hints=("Does your function work for labels of three classes?", "Which number stands in your code?"),
)
def of_ten_classes(labels, *k, layout):
    return formula.one_hot(labels, 10, layout=layout)


@one_hot.mistake(
    "one_hot.labels-for-ones",
    step="one_hot",
    title="The place of its class holds the label, not 1",
    explain=f"{_RULE} Yours has the label itself there: the <lines> of class 0 are all 0, and the "
    "last class counts most.",
    hints=("What should the result contain besides 0?", "What do you write at the place of the class?"),
)
def labels_for_ones(right, labels, *k, layout):
    return right(labels, *k) * (labels if layout == "columns" else labels[:, np.newaxis])


@one_hot.mistake(
    "one_hot.last-sample-only",
    step="one_hot",
    title="Only the last sample has a 1",
    explain=f"{_RULE} In yours all but one <line> are 0. Something is made anew for every sample, or an index stays.",
    hints=("How many ones must there be for seven labels?", "What is done inside your loop, and what before it?"),
)
def last_sample_only(right, labels, *k, layout):
    whole = right(labels, *k)
    kept = np.zeros_like(whole)
    at = (slice(None), -1) if layout == "columns" else (-1, slice(None))
    kept[at] = whole[at]
    return kept


@one_hot.mistake(
    "one_hot.all-classes-of-the-batch",
    step="one_hot",
    title="Every sample has a 1 for every class of the batch",
    explain=f"{_RULE} An assignment with labels alone, as `<all> = 1`, writes into all <lines>; each sample "
    "needs its own index beside its label.",
    hints=("How many ones has the first <line> of yours?", "What does an assignment to all <lines> at once do?"),
)
def all_classes_of_the_batch(right, labels, *k, layout):
    whole = right(labels, *k)
    return np.broadcast_to(whole.max(axis=1 if layout == "columns" else 0, keepdims=True), whole.shape).copy()
