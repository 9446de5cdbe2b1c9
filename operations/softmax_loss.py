"""Mean cross-entropy of the softmax of scores, and its gradient in the scores; inside, rows are samples.

What goes wrong in its gradient once the labels are one-hot is known to `output_error`.
"""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.knowledge import number
from grader.checks import expect, leaves_arguments_alone
from operations.conventions import LABELS, LAYOUT, labelled
from operations.costs import mistakes_of_a_mean
from operations.layer_calls import demand_implemented
from operations.lessons import costs as cost_lessons
from operations.lessons import softmax as softmax_lessons
from operations.softmax import GLOBAL_MAXIMUM, NOT_NORMALISED, OVER_EVERYTHING, OVER_THE_BATCH, OVERFLOW, TWICE, words
from reference import softmax_loss as formula
from reference.one_hot import one_hot

# `guarded`: whether scores that overflow lose points; else they earn a remark.


def _words(*, layout):
    columns = layout == "columns"
    return {
        **words(axis=0 if columns else 1),
        "pairs": "[y, :]" if columns else "[:, y]",
        "one_each": "[y, np.arange(m)]" if columns else "[np.arange(n), y]",
    }


softmax_loss = Operation(
    formula, words=_words, conventions={"guarded": True}, values={"layout": LAYOUT, "labels": LABELS}
)

BATCHES = ((7, 4), (5, 5), (1, 6), (4, 9))  # samples and classes


def given(rng, n, k, layout, labels):
    return labelled(3 * rng.normal(size=(n, k)), rng.integers(k, size=n), layout, labels)


def answer(function, scores, y):
    """Cost and gradient; the zeros of a function that is not written yet are no answer."""
    cost, gradient = function(scores, y)
    demand_implemented(function, cost, gradient)
    return cost, gradient


@softmax_loss.check("softmax_loss", share=5, title="The mean cross-entropy of random scores")
def softmax_loss_values(student, solution, rng, *, layout, labels):
    for n, k in BATCHES:
        arguments = given(rng, n, k, layout, labels)
        cost, _ = answer(student.softmax_loss, *arguments)
        right, _ = solution.softmax_loss(*arguments)
        expect(cost, f"the cost of {n} {'sample' if n == 1 else 'samples'}").close_to(right)


@softmax_loss.check("softmax_loss", share=5, title="Its gradient in the scores")
def softmax_loss_gradient(student, solution, rng, *, layout, labels):
    for n, k in BATCHES:
        arguments = given(rng, n, k, layout, labels)
        _, gradient = answer(student.softmax_loss, *arguments)
        _, right = solution.softmax_loss(*arguments)
        expect(gradient, f"the gradient of {n} {'sample' if n == 1 else 'samples'}").close_to(right)


@softmax_loss.check("softmax_loss", share=2, title="The first and the last class do not occur")
def softmax_loss_absent_classes(student, solution, rng, *, layout, labels):
    arguments = labelled(rng.normal(size=(6, 7)), rng.permutation([1, 3, 4, 4, 1, 3]), layout, labels)
    expect(answer(student.softmax_loss, *arguments), "cost and gradient").close_to(solution.softmax_loss(*arguments))


@softmax_loss.check("softmax_loss", share=2, title="Scores of ±1000", only={"guarded": True})
def softmax_loss_large_scores(student, solution, *, layout, labels):
    scores = np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1001.0, -1000.5]])
    arguments = labelled(scores, np.array([1, 0]), layout, labels)
    expect(answer(student.softmax_loss, *arguments), "cost and gradient").close_to(solution.softmax_loss(*arguments))


@softmax_loss.check("softmax_loss", share=1, title="The arguments are left as they were")
def softmax_loss_arguments(student, rng, *, layout, labels):
    leaves_arguments_alone(student.softmax_loss, *given(rng, 4, 3, layout, labels))


_COST = "The cost is $-\\frac{1}{<n>} \\sum_n \\log p_{n, y_n}$."
_GRADIENT = "The gradient in the scores is $\\frac{p - y}{n}$, with the labels as one-hot <lines>."
_COLUMNS = (
    "There is a <cross> for each class, and the number of classes is that of the scores, `scores.shape[<unit_axis>]`."
)
_PAIRS = r"(\[:, y\w*\]|\[y\w*, :\])"
_READ, _CHANGED = Place(looks=rf"{_PAIRS}(?! *[-+]?= )", first=True), Place(looks=rf"{_PAIRS} *[-+]?= ", first=True)
_HINTS = (
    "How many <crosses> do your one-hot labels have, and how many have the scores?",
    "Where does the number come from?",
)


@softmax_loss.by_hand("softmax_loss")
def loss_by_hand(arguments, path, index, *, layout, labels):
    """Of each sample the logarithm of the true class's share; of a gradient, a share less the label, over n."""
    scores, y = (np.asarray(one).T if layout == "columns" else one for one in arguments)
    y = y.argmax(axis=1) if labels == "one-hot" else y
    shares = [" + ".join(f"exp({number(score)})" for score in row) for row in scores]
    if path in ((), (0,)):
        true = [f"exp({number(score)})" for score in scores[np.arange(len(y)), y]]
        terms = [f"log({one} / ({all_}))" for one, all_ in zip(true, shares, strict=True)]
        return f"-({' + '.join(terms)}) / {len(scores)}"
    sample, k = index[::-1] if layout == "columns" else index
    return f"(exp({number(scores[sample, k])}) / ({shares[sample]}) - {int(y[sample] == k)}) / {len(scores)}"


mistakes_of_a_mean(softmax_loss, "softmax_loss.cost-", "average_loss", _COST, Place(assigns="loss|cost"))


@softmax_loss.mistake(
    "softmax_loss.normalised-over-the-batch",
    step="log_normalised",
    **OVER_THE_BATCH,
)
def normalised_over_the_batch(scores):
    return scores - np.log(np.exp(scores).sum(axis=0, keepdims=True))


@softmax_loss.mistake(
    "softmax_loss.normalised-over-everything",
    step="log_normalised",
    **OVER_EVERYTHING,
)
def normalised_over_everything(scores):
    return scores - np.log(np.exp(scores).sum())


@softmax_loss.mistake(
    "softmax_loss.not-normalised",
    step="log_normalised",
    **NOT_NORMALISED,
)
def not_normalised(scores):
    return scores


@softmax_loss.mistake(
    "softmax_loss.overflow",
    step="shifted",
    **OVERFLOW,
    place=Place(calls="a?max|exp"),
    only={"guarded": True},
)
def overflow(scores):
    return scores


@softmax_loss.mistake(
    "softmax_loss.shifted-by-the-global-maximum",
    step="shifted",
    **GLOBAL_MAXIMUM,
    place=Place(calls="a?max|exp"),
    only={"guarded": True},
)
def shifted_by_the_global_maximum(scores):
    return scores - scores.max()


@softmax_loss.mistake(
    "softmax_loss.logarithm-of-zero",
    step="log_probabilities",
    title="The logarithm is taken of a probability that is 0",
    explain="A probability can underflow to 0, and its logarithm is minus infinity. Compute the logarithm directly, "
    "$s_k - \\log \\sum_j e^{s_j}$ of the shifted scores, or keep p above a tiny number.",
    hints=("What is `np.log(0.0)`?", "Can the logarithm be taken before the division?"),
    only={"guarded": True},
)
def logarithm_of_zero(right, scores):
    return np.log(np.exp(right(scores)))


@softmax_loss.mistake(
    "softmax_loss.softmax-applied-twice",
    step="log_probabilities",
    **TWICE,
)
def softmax_applied_twice(right, scores):
    return right(np.exp(right(scores)))


@softmax_loss.mistake(
    "softmax_loss.cost-averaged-over-entries",
    step="average_loss",
    title="The cost is divided by n·k instead of n",
    explain=f"{_COST} A mean over all entries of the matrix divides by the number of classes too.",
    hints=("By which number do you divide, and what does it count?", "Over what does `np.mean` run?"),
    place=Place(assigns="loss|cost"),
)
def cost_averaged_over_entries(right, log_p, y):
    return right(log_p, y) / log_p.shape[1]


@softmax_loss.mistake(
    "softmax_loss.probability-without-logarithm",
    step="average_loss",
    title="The probabilities of the true classes are averaged without a logarithm",
    explain=_COST,
    hints=("What is the cost of a perfect prediction?", "Which function of p is missing?"),
    place=Place(assigns="loss|cost"),
)
def probability_without_logarithm(log_p, y):
    return -np.mean(np.exp(log_p[np.arange(len(y)), y]))


@softmax_loss.mistake(
    "softmax_loss.cost-of-all-classes",
    step="average_loss",
    title="The logarithms of all classes are added to the cost, not that of the true class alone",
    explain=f"{_COST} Inside a loop over classes the cost grows in every round.",
    hints=("How often is something added to the cost for one sample?", "Look at the indentation of that line."),
    place=Place(assigns="loss|cost"),
)
def cost_of_all_classes(log_p, y):
    return -np.mean(np.sum(log_p, axis=1))


@softmax_loss.mistake(
    "softmax_loss.every-pair-of-row-and-label",
    step="average_loss",
    title="`<pairs>` picks <n>×<n> entries instead of one for each sample",
    explain=f"{_COST} `<pairs>` gives every <line> the entries of all labels; `<one_each>` pairs <line> i with label "
    "i.",
    hints=("Which shape has what `<pairs>` picks?", "How do you pick one entry from each <line>?"),
    place=_READ,
)
def every_pair_of_row_and_label(log_p, y):
    return -np.mean(log_p[:, y])


@softmax_loss.mistake(
    "softmax_loss.every-pair-of-row-and-label-summed",
    step="average_loss",
    title="`<pairs>` picks <n>×<n> entries instead of one for each sample",
    explain=f"{_COST} `<pairs>` gives every <line> the entries of all labels; `<one_each>` pairs <line> i with label "
    "i.",
    hints=("Which shape has what `<pairs>` picks?", "How do you pick one entry from each <line>?"),
    place=_READ,
)
def every_pair_of_row_and_label_summed(log_p, y):
    return -np.sum(log_p[:, y]) / len(y)


@softmax_loss.mistake(
    "softmax_loss.entropy-of-the-prediction",
    step="average_loss",
    title="This is the entropy of the prediction: the labels are not used",
    explain=f"{_COST} Yours is $-\\sum_k p_k \\log p_k$; it does not know which class is right.",
    hints=("Does your cost change with the labels?", "Where are the labels in your formula?"),
    place=Place(assigns="loss|cost"),
)
def entropy_of_the_prediction(log_p, y):
    return -np.mean(np.sum(np.exp(log_p) * log_p, axis=1))


@softmax_loss.mistake(
    "softmax_loss.gradient-of-true-class-alone",
    step="score_gradient",
    title="Only the true class has a gradient",
    explain=f"{_GRADIENT} The scores of the other classes are in the sum of the softmax, so they have the gradient "
    "$p_k$.",
    hints=(
        "What does the softmax's sum contribute?",
        "What do the <lines> of your gradient sum to? They should give 0.",
    ),
    place=Place(assigns="dscores"),
)
def gradient_of_true_class_alone(right, p, y):
    return right(p, y) * one_hot(y, p.shape[1])


@softmax_loss.mistake(
    "softmax_loss.one-probability-in-the-gradient",
    step="score_gradient",
    title="Every class has the probability of the true class in the gradient",
    explain=f"{_GRADIENT} Each class has its own probability there; that of the true class is all that the loss needs.",
    hints=(
        "What is the gradient in the score of a class that is not the true one?",
        "What do the <lines> of your gradient sum to? They should give 0.",
    ),
    place=Place(assigns="dscores"),
)
def one_probability_in_the_gradient(right, p, y):
    return right(0 * p + p[np.arange(len(y)), y][:, np.newaxis], y)


@softmax_loss.mistake(
    "softmax_loss.true-class-missing-in-gradient",
    step="score_gradient",
    title="The true class has no gradient",
    explain=f"{_GRADIENT} Yours skips the true class, where it is $\\frac{{p_y - 1}}{{n}}$.",
    hints=("Does the cost change with the true class's score?", "What happens for `j == y[i]`?"),
    place=Place(assigns="dscores"),
)
def true_class_missing_in_gradient(right, p, y):
    return right(p, y) * (1 - one_hot(y, p.shape[1]))


@softmax_loss.mistake(
    "softmax_loss.true-class-without-probability",
    step="score_gradient",
    title="The true class's gradient lacks the probability: $-1$ instead of $p - 1$",
    explain=f"{_GRADIENT} The true class's score is in the denominator too.",
    hints=("How often does the true class's score appear in the cost?", "What happens for `j == y[i]`?"),
    place=Place(assigns="dscores"),
)
def true_class_without_probability(right, p, y):
    return right(p * (1 - one_hot(y, p.shape[1])), y)


@softmax_loss.mistake(
    "softmax_loss.gradient-at-every-pair-of-row-and-label",
    step="score_gradient",
    title="`<pairs> -= 1` changes whole <crosses>",
    explain=f"{_GRADIENT} `<pairs>` subtracts 1 in every <line> for every class that occurs; `<one_each>` does it "
    "once for each sample.",
    hints=("Which entries does `<pairs>` address?", "How do you address one entry of each <line>?"),
    place=_CHANGED,
    only={"labels": "integers"},
)
def gradient_at_every_pair_of_row_and_label(p, y):
    gradient = p.copy()
    gradient[:, y] -= 1
    return gradient / len(p)


@softmax_loss.mistake(
    "softmax_loss.gradient-at-shifted-labels",
    step="score_gradient",
    title="The labels are off by one in the gradient",
    explain=f"{_GRADIENT} Labels begin at 0; yours are treated as if they began at 1.",
    hints=("Which entry is changed for label 0?", "Look for `y - 1` or `y + 1`."),
    place=Place(looks=r"y\w* [+-] 1"),
    only={"labels": "integers"},
    unless_beside="one_hot",
)
def gradient_at_shifted_labels(p, y):
    return (p - one_hot(y - 1, p.shape[1])) / len(p)


@softmax_loss.mistake(
    "softmax_loss.one-hot-of-the-classes-that-occur",
    step="score_gradient",
    title="The one-hot labels have as many <crosses> as the largest label asks for, not one for each class",
    explain=f"{_COLUMNS} A batch need not have a sample of the last class: `np.max(y) + 1`, `np.bincount(y)` and "
    "`np.unique(y)` only tell what occurs.",
    hints=("What happens in a batch without the last class?", _HINTS[1]),
    place=Place(looks=r"max\(y|y\w*\.max\(|bincount|unique"),
    only={"labels": "integers"},
    unless_beside="one_hot",
)
def one_hot_of_the_classes_that_occur(p, y):
    return (p - np.eye(y.max() + 1)[y]) / len(y)


@softmax_loss.mistake(
    "softmax_loss.one-hot-of-distinct-labels",
    step="score_gradient",
    title="The one-hot labels have a <cross> for each class that occurs in the batch only",
    explain=f"{_COLUMNS} `np.unique(y)` holds the labels of this batch, in which some classes may be missing.",
    hints=("What happens in a batch in which a class is missing?", _HINTS[1]),
    place=Place(looks=r"unique"),
    only={"labels": "integers"},
    unless_beside="one_hot",
)
def one_hot_of_distinct_labels(p, y):
    return (p - (y[:, np.newaxis] == np.unique(y))) / len(y)


def of_a_fixed_size(name, columns):
    """Declare one-hot labels with a number of columns that is written into the code, as in a course's example."""
    declare = softmax_loss.mistake(
        f"softmax_loss.one-hot-of-{name}-classes",
        step="score_gradient",
        title=f"The one-hot labels always have {columns} <crosses>, whatever the number of classes",
        explain=f"{_COLUMNS} It is {columns} in the example that you tried it with, and another number elsewhere.",
        hints=_HINTS,
        place=Place(looks=rf"tile|\b{columns}\b"),
        only={"labels": "integers"},
        unless_beside="one_hot" if columns == 10 else "",
    )
    return declare(lambda p, y: (p - (y[:, np.newaxis] == np.arange(columns))) / len(y))


one_hot_of_ten_classes = of_a_fixed_size("ten", 10)
one_hot_of_three_classes = of_a_fixed_size("three", 3)


@softmax_loss.mistake(
    "softmax_loss.denominator-without-true-class",
    step="class_log_probabilities",
    title="The softmax's denominator leaves the true class out",
    explain="The loss of a sample is $-\\log p_y$ with $p_k = \\frac{e^{s_k}}{\\sum_j e^{s_j}}$, the sum over all "
    "classes. Without the true class's own term the loss can be negative, and the probabilities of a sample do not sum "
    "to 1.",
    hints=(
        "What do the probabilities of one sample sum to?",
        "Which classes does the sum in the denominator run over?",
    ),
)
def denominator_without_true_class(right, scores, y):
    log_p = right(scores, y)
    true = log_p[np.arange(len(y)), y]
    return log_p - np.log1p(-np.exp(true))[:, np.newaxis]


softmax_loss.teach(
    {
        "softmax_loss.normalised-over-the-batch": softmax_lessons.OVER_THE_BATCH,
        "softmax_loss.normalised-over-everything": softmax_lessons.OVER_EVERYTHING,
        "softmax_loss.overflow": softmax_lessons.OVERFLOW,
        "softmax_loss.shifted-by-the-global-maximum": softmax_lessons.GLOBAL_MAXIMUM,
        "softmax_loss.softmax-applied-twice": softmax_lessons.TWICE,
        "softmax_loss.logarithm-of-zero": cost_lessons.LOG_OF_ZERO,
        "softmax_loss.cost-averaged-over-entries": cost_lessons.AVERAGED_OVER_ENTRIES,
        "softmax_loss.probability-without-logarithm": cost_lessons.WITHOUT_LOGARITHM,
        "softmax_loss.entropy-of-the-prediction": cost_lessons.ENTROPY,
        **{f"softmax_loss.cost-{what}": lesson for what, lesson in cost_lessons.OF_A_MEAN.items()},
    }
)
