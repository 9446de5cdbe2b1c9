"""Mean cross-entropy of probabilities and labels."""

import numpy as np

from grader.assignments import Operation, Place, Quantities
from grader.assignments.allowed import one_of
from grader.assignments.knowledge import number
from grader.checks import expect, one_hot
from operations.conventions import LABELS
from operations.costs import LOG, mistakes_of_a_mean
from operations.lessons import costs as lessons
from operations.softmax import laid_out, words
from reference import cross_entropy as formula
from reference.softmax import softmax

cross_entropy = Operation(formula, words=words, values={"axis": one_of(1, 0), "labels": LABELS})

_RULE = "The cost is $-\\frac{1}{<n>} \\sum_i \\log p_i$, with $p_i$ the probability that sample i's true class got."


def labelled(y, k, axis, labels):
    """Class numbers (n,), as they are or one-hot."""
    return np.asarray(y) if labels == "integers" else laid_out(one_hot(np.asarray(y), k), axis)


def drawn(rng, n, k, axis, labels):
    """Predictions and labels of n samples, in which not every class need occur."""
    Y = labelled(rng.integers(k, size=n), k, axis, labels)
    return laid_out(softmax(rng.normal(size=(n, k))), axis), Y


@cross_entropy.check("cross_entropy", share=5, title="Cost of random predictions")
def random(student, solution, rng, *, axis, labels):
    probs, Y = drawn(rng, 7, 4, axis, labels)
    expect(student.cross_entropy(probs, Y), "the cost").close_to(solution.cross_entropy(probs, Y))


@cross_entropy.check("cross_entropy", share=2, title="Averaged over samples: another batch size, a single sample")
def batch_sizes(student, solution, rng, *, axis, labels):
    for n in (13, 1):
        probs, Y = drawn(rng, n, 3, axis, labels)
        expect(student.cross_entropy(probs, Y), f"the cost of {n} samples").close_to(solution.cross_entropy(probs, Y))


@cross_entropy.check("cross_entropy", share=1, title="Labels in which a class is absent")
def absent_class(student, solution, rng, *, axis, labels):
    Y = labelled([0, 2, 2, 0, 0], 5, axis, labels)
    probs = laid_out(softmax(rng.normal(size=(5, 5))), axis)
    expect(student.cross_entropy(probs, Y), "the cost").close_to(solution.cross_entropy(probs, Y))


@cross_entropy.check("cross_entropy", share=2, title="Finite when a probability is 0")
def zero_probability(student, *, axis, labels):
    probs = laid_out(np.array([[1.0, 0.0, 0.0], [0.2, 0.5, 0.3]]), axis)
    cost = student.cross_entropy(probs, labelled([1, 1], 3, axis, labels))
    what = "the cost of a true class with probability 0"
    expect(cost, what).is_finite()
    expect(cost, what).is_at_least(3.0, what="a confident mistake is expensive")
    certain = student.cross_entropy(np.eye(3), labelled([0, 1, 2], 3, axis, labels))
    expect(certain, "the cost of certain and right predictions").is_at_most(1e-4)


def one_hot_as(Y, probs, axis, labels):
    """Labels in the shape of the probabilities."""
    return laid_out(np.eye(probs.shape[axis])[Y], axis) if labels == "integers" else Y


@cross_entropy.quantities("cross_entropy")
def in_a_cost(solution, probs, Y, *, axis, labels):
    """Sizes of the batch; the predictions' entropy and the squared error, which are other costs."""
    Y = one_hot_as(Y, probs, axis, labels)
    k = Y.shape[axis]
    n = Y.size // k
    terms = {
        "the squared error per sample": np.sum((probs - Y) ** 2) / n,
        "the mean probability of the true class": np.sum(probs * Y) / n,
    }
    return Quantities({"n": float(n), "k": float(k)}, terms)


@cross_entropy.by_hand("cross_entropy")
def cost_by_hand(arguments, path, index, *, axis, labels):
    """The probability of the true class of each sample."""
    probs, Y = arguments
    probs, Y = (laid_out(one, axis) for one in (probs, one_hot_as(Y, probs, axis, labels)))
    terms = " + ".join(f"log({number(p)})" for p in probs[Y == 1])
    return f"-({terms}) / {len(probs)}"


mistakes_of_a_mean(cross_entropy, "cross_entropy.", "average_loss", _RULE, LOG)


@cross_entropy.mistake(
    "cross_entropy.one-cost-per-sample",
    step="average_loss",
    title="A cost for each sample is returned, not their mean",
    explain=f"{_RULE} Yours is the list of the n costs $-\\log p_i$; the last step, the mean over the samples, is "
    "missing.",
    hints=("How many numbers should come out for 7 samples?", "What is left to do after the sum over the classes?"),
    place=Place(calls="sum|log"),
)
def one_cost_per_sample(log_probabilities, probs, Y):
    return -log_probabilities


@cross_entropy.mistake(
    "cross_entropy.averaged-over-entries",
    step="average_loss",
    title="The cost is averaged over all n·k entries instead of the n samples",
    explain=f"{_RULE} `np.mean` over the whole matrix divides by n·k. Only one entry for each sample counts (the "
    "others are multiplied by 0), so the cost comes out k times too small.",
    hints=("How many numbers are averaged: one per sample, or one per entry?", "Sum over the classes first."),
    place=Place(calls="mean"),
)
def averaged_over_entries(log_probabilities, probs, Y):
    return -np.sum(log_probabilities) / Y.size


@cross_entropy.mistake(
    "cross_entropy.divided-by-classes",
    step="average_loss",
    title="The cost is divided by the number of classes instead of the number of samples",
    explain=f"{_RULE} `Y.shape[<axis>]` is the number of classes k; <lines> are samples, so n is "
    "`Y.shape[<other_axis>]`.",
    hints=("By which number do you divide, and what does it count?", "Which axis of `Y` holds the samples?"),
)
def divided_by_classes(log_probabilities, probs, Y, *, axis):
    return -np.sum(log_probabilities) / Y.shape[axis]


@cross_entropy.mistake(
    "cross_entropy.entropy-of-the-prediction",
    step="average_loss",
    title="The cost weights the logarithms by the predictions, not by the labels",
    explain=f"{_RULE} Yours is $-\\sum p \\log p$, the entropy of the prediction: it does not depend on the labels "
    "at all.",
    hints=("Does your cost change when the labels change?", "What is `log(probs)` multiplied by?"),
    place=Place(calls="log"),
)
def entropy_of_the_prediction(log_probabilities, probs, Y, *, axis):
    return -np.mean(np.sum(probs * np.log(np.maximum(probs, np.finfo(float).tiny)), axis=axis))


@cross_entropy.mistake(
    "cross_entropy.logarithm-missing",
    step="average_loss",
    title="The logarithm is missing from the cost",
    explain=f"{_RULE} Your value is minus the mean probability of the true class. It never punishes a confident "
    "mistake by more than 1.",
    hints=("What should the cost of a probability near 0 be?", "Which function turns 0 into a very large cost?"),
)
def logarithm_missing(log_probabilities, probs, Y, *, axis):
    return -np.mean(np.sum(probs * Y, axis=axis))


@cross_entropy.mistake(
    "cross_entropy.squared-error",
    step="average_loss",
    title="This is the squared error, not the cross-entropy",
    explain=f"{_RULE} Yours is the mean of $(p - y)^2$ over all entries.",
    hints=("Which cost does the task ask for?", "A cross-entropy has a logarithm in it."),
)
def squared_error(log_probabilities, probs, Y):
    return np.mean((probs - Y) ** 2)


@cross_entropy.mistake(
    "cross_entropy.squared-error-per-sample",
    step="average_loss",
    title="This is the squared error per sample, not the cross-entropy",
    explain=f"{_RULE} Yours is $\\frac{{1}}{{2n}} \\sum (p - y)^2$.",
    hints=("Which cost does the task ask for?", "A cross-entropy has a logarithm in it."),
)
def squared_error_per_sample(log_probabilities, probs, Y):
    return np.sum((probs - Y) ** 2) / (2 * len(log_probabilities))


@cross_entropy.mistake(
    "cross_entropy.binary",
    step="average_loss",
    title="This is the binary cross-entropy: the classes that are not true add to it as well",
    explain=f"{_RULE} Yours adds $(1 - y) \\log(1 - p)$ for every other class. That is the cost of independent sigmoid "
    "outputs; with a softmax the other classes are in the true one's probability already.",
    hints=("Which probabilities should the cost of a sample depend on?", "Look at the term with `1 - Y`."),
    place=Place(calls="log"),
)
def binary(log_probabilities, probs, Y, *, axis):
    tiny = np.finfo(float).tiny
    others = np.sum((1 - Y) * np.log(np.maximum(1 - probs, tiny)), axis=axis)
    return -np.mean(log_probabilities + others)


@cross_entropy.mistake(
    "cross_entropy.all-pairs",
    step="average_loss",
    title="Every sample's label is paired with every sample's prediction",
    explain=f"{_RULE} `<dot>` is a matrix of all pairs: an entry off its diagonal pairs "
    "the label of one sample with the prediction for another. Only its diagonal is meant; multiply entry by entry, "
    "`Y * np.log(probs)`.",
    hints=(
        "How many numbers are added up: n, or n times n?",
        "Is `@` or `np.dot` what you need between labels and logs?",
    ),
    place=Place(calls="dot|matmul"),
)
def all_pairs(log_probabilities, probs, Y, *, axis):
    pairs = Y @ np.log(probs).T if axis == 1 else Y.T @ np.log(probs)
    return -np.sum(pairs) / len(log_probabilities)


@cross_entropy.mistake(
    "cross_entropy.columns-of-all-samples",
    step="average_loss",
    title="The probabilities of all samples are looked up for each label",
    explain=f"{_RULE} `<taken>` takes a whole <cross> for each label: a square matrix. One entry per sample is "
    "`<picked>`.",
    hints=("What is the shape of what you index out of `probs`?", "How many entries belong to one sample?"),
)
def columns_of_all_samples(log_probabilities, probs, Y, *, axis):
    return -np.mean(np.take(np.log(probs), np.argmax(Y, axis=axis), axis=axis))


@cross_entropy.mistake(
    "cross_entropy.log-of-zero",
    step="true_class_log_probability",
    title="The logarithm of a probability of 0 is not guarded",
    explain="A softmax can round to exactly 0, and $\\log 0 = -\\infty$: one such sample makes the cost infinite. Keep "
    "the argument away from 0, for example with `np.log(np.maximum(p, 1e-300))` or `np.clip`.",
    hints=("What is `np.log(0.0)`?", "Bound what goes into the logarithm from below."),
    place=Place(calls="log"),
)
def log_of_zero(probs, Y, *, axis):
    return np.log(np.sum(probs * Y, axis=axis))


@cross_entropy.mistake(
    "cross_entropy.zero-times-infinity",
    step="true_class_log_probability",
    title="A probability of 0 makes the cost NaN, even for a class that does not count",
    explain="`Y * np.log(probs)` takes every logarithm before it multiplies. Where a probability is exactly 0, that is "
    "$0 \\cdot (-\\infty)$, which is not a number, even if the label there is 0. Keep the argument of the logarithm "
    "away "
    "from 0, for example with `np.clip(probs, 1e-300, 1)`.",
    hints=("What is `0 * np.log(0.0)`?", "Bound what goes into the logarithm from below."),
    place=Place(calls="log"),
)
def zero_times_infinity(probs, Y, *, axis):
    return np.sum(Y * np.log(probs), axis=axis)


cross_entropy.teach(
    {
        "cross_entropy.averaged-over-entries": lessons.AVERAGED_OVER_ENTRIES,
        "cross_entropy.entropy-of-the-prediction": lessons.ENTROPY,
        "cross_entropy.logarithm-missing": lessons.WITHOUT_LOGARITHM,
        "cross_entropy.squared-error": lessons.SQUARED,
        "cross_entropy.last-sample-only": lessons.LAST_SAMPLE,
        "cross_entropy.log-of-zero": lessons.LOG_OF_ZERO,
        **{f"cross_entropy.{what}": lesson for what, lesson in lessons.OF_A_MEAN.items()},
    }
)
