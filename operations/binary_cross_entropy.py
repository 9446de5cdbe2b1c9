"""Mean cross-entropy of sigmoid outputs."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import one_of
from grader.assignments.knowledge import number
from grader.checks import expect
from operations.conventions import LAYOUT
from operations.costs import LOG, mistakes_of_a_mean
from operations.lessons import costs as lessons
from operations.texts import layout_words
from reference import binary_cross_entropy as formula


def words(*, layout, outputs):
    one = outputs == "one"
    cost = "y_i \\ln a_i + (1 - y_i) \\ln(1 - a_i)"
    return {
        **layout_words(layout),
        "rule": f"The cost is $-\\frac{{1}}{{<n>}} \\sum_i [{cost}]$"
        + ("." if one else ": the costs of a sample's outputs are added, the mean is over the samples."),
        "chance": "log 2 = 0.69" if one else "log 2 = 0.69 for each output",
        "one_cost": "samples labelled 0 cost nothing" if one else "outputs that should be 0 cost nothing",
    }


binary_cross_entropy = Operation(
    formula, words=words, conventions={"outputs": "many"}, values={"layout": LAYOUT, "outputs": one_of("many", "one")}
)


def known(what, title, explain, hints, *, step="sample_costs", place=None, only=None):
    return binary_cross_entropy.mistake(
        f"cost.{what}", step=step, title=title, explain=f"<rule> {explain}", hints=hints, place=place, only=only
    )


def drawn(rng, n, k, layout):
    """Outputs strictly between 0 and 1, and labels of 0 and 1."""
    outputs, y = 0.05 + 0.9 * rng.random((n, k)), (rng.random((n, k)) < 0.4).astype(float)
    return (outputs.T, y.T) if layout == "columns" else (outputs, y)


@binary_cross_entropy.check("binary_cross_entropy", share=3, title="The cost of random outputs, for several batches")
def binary_cross_entropy_values(student, solution, rng, *, layout, outputs):
    for n, k in ((7, 4), (5, 5), (1, 3)):
        given = drawn(rng, n, 1 if outputs == "one" else k, layout)
        found, right = student.binary_cross_entropy(*given), solution.binary_cross_entropy(*given)
        expect(found, f"the cost of {n} {'sample' if n == 1 else 'samples'}").close_to(right)


@binary_cross_entropy.check(
    "binary_cross_entropy", share=1, title="Finite when an output is exactly 0 or 1", only={"guarded": True}
)
def binary_cross_entropy_certain(student, *, layout):
    outputs, y = np.array([[1.0], [0.0], [1.0]]), np.array([[1.0], [0.0], [0.0]])
    given = (outputs.T, y.T) if layout == "columns" else (outputs, y)
    cost = student.binary_cross_entropy(*given)
    expect(cost, "the cost of a certain output that is wrong").is_finite()
    expect(cost, "the cost of a certain output that is wrong").is_at_least(3.0, what="a confident mistake is expensive")


@binary_cross_entropy.by_hand("binary_cross_entropy")
def cost_by_hand(arguments, path, index, *, layout):
    """Of each output the logarithm of how sure it was of its label."""
    outputs, y = arguments[:2]
    n = y.shape[1 if layout == "columns" else 0]
    sure = np.where(y == 1, outputs, 1 - outputs)
    return f"-({' + '.join(f'log({number(p)})' for p in sure.ravel())}) / {n}"


mistakes_of_a_mean(binary_cross_entropy, "cost.", "average", "<rule>")


def summed(costs, layout):
    return np.sum(costs, axis=0 if layout == "columns" else 1)


def surprise(right, p, layout):
    """-ln p entry by entry, guarded or not, as the costs that are made of it have it."""
    flat = np.minimum(p, np.nextafter(1, 0)).reshape((1, -1) if layout == "columns" else (-1, 1))
    return right(flat, np.ones_like(flat)).reshape(p.shape)


@known(
    "term-of-negative-labels-missing",
    "The cost lacks its second term: <one_cost>",
    "Yours has $y \\ln a$ alone, which belongs to a softmax. A network that always says 1 would have no cost at all.",
    ("What does your cost say about an output of 0.9 whose label is 0?", "Which term has the factor $1 - y$?"),
    place=LOG,
)
def term_of_negative_labels_missing(right, outputs, y, *, layout):
    return summed(y * surprise(right, outputs, layout), layout)


@known(
    "term-of-positive-labels-missing",
    "The cost lacks its first term: samples labelled 1 cost nothing",
    "Yours has $(1 - y) \\ln(1 - a)$ alone.",
    ("What does your cost say about a sample with the label 1?", "Which term has the factor y?"),
    place=LOG,
)
def term_of_positive_labels_missing(right, outputs, y, *, layout):
    return summed((1 - y) * surprise(right, 1 - outputs, layout), layout)


@known(
    "second-term-with-the-same-logarithm",
    "The second term has $\\ln a$ where $\\ln(1 - a)$ belongs",
    "In yours $y$ and $1 - y$ add up to 1, so that the labels have no part in the cost.",
    ("Does your cost change when the labels do?", "Of what is the second logarithm taken?"),
    place=LOG,
)
def second_term_with_the_same_logarithm(right, outputs, y, *, layout):
    return summed(surprise(right, outputs, layout), layout)


@known(
    "both-terms-with-the-label",
    "Both terms have the factor y: the second has $1 - y$",
    "In yours an output that should be 0 costs nothing, and one that should be 1 is never right.",
    ("What does your cost say about an output of 0.9 whose label is 0?", "By what is the second logarithm multiplied?"),
    place=LOG,
)
def both_terms_with_the_label(right, outputs, y, *, layout):
    both = surprise(right, outputs, layout) + surprise(right, 1 - outputs, layout)
    return summed(y * both, layout)


@known(
    "terms-subtracted",
    "The two terms are subtracted from each other instead of added",
    "Yours is $-[y \\ln a - (1 - y) \\ln(1 - a)]$: samples labelled 0 make the cost smaller the more wrong they are.",
    ("Can your cost be negative?", "Which sign stands between the two terms?"),
    place=LOG,
)
def terms_subtracted(right, outputs, y, *, layout):
    of_ones, of_zeros = surprise(right, outputs, layout), surprise(right, 1 - outputs, layout)
    return summed(y * of_ones - (1 - y) * of_zeros, layout)


@known(
    "labels-reversed",
    "The labels are reversed: $1 - y$ stands where y belongs",
    "Yours rewards an output near 0 for the label 1.",
    ("What is your cost for the label 1 and an output near 1?", "Which label goes with $\\ln a$?"),
    place=LOG,
)
def labels_reversed(right, outputs, y):
    return right(outputs, 1 - y)


@known(
    "labels-and-outputs-swapped",
    "Labels and outputs are swapped in the cross-entropy",
    "The logarithm is of the outputs; of the labels it is minus infinity where they are 0.",
    ("Of which of the two is the logarithm taken?", "In which order does your function take its arguments?"),
    place=LOG,
    only={"guarded": True},
)
def labels_and_outputs_swapped(right, outputs, y):
    return right(y, outputs)


@known(
    "squared-error",
    "The cost is the squared error, not the cross-entropy",
    "Yours is the mean of $(a - y)^2$, which belongs to other gradients.",
    ("Which logarithms are in the formula?", "What does an output of 0.01 cost when the label is 1?"),
)
def squared_error(outputs, y, *, layout):
    return summed((outputs - y) ** 2, layout)


@known(
    "halved-squared-error",
    "The cost is half the squared error, not the cross-entropy",
    "Yours is the mean of $\\frac{1}{2} (a - y)^2$, which belongs to other gradients.",
    ("Which logarithms are in the formula?", "What does an output of 0.01 cost when the label is 1?"),
)
def halved_squared_error(outputs, y, *, layout):
    return summed((outputs - y) ** 2 / 2, layout)


@known(
    "every-output-with-every-label",
    "Every output meets every label: the product has <n>·<n> terms instead of <n>",
    "Sample i's label belongs to sample i's output. `np.dot(Y.T, …)` makes an (<n>, <n>) matrix of all pairs; "
    "`np.dot(Y, ….T)` and `Y * …` pair them as they should be.",
    ("How many terms has the sum for <n> samples?", "Which of the two factors is transposed in the product?"),
    place=Place(calls="dot|matmul|sum"),
    only={"outputs": "one", "layout": "columns"},
)
def every_output_with_every_label(right, outputs, y, *, layout):
    of_ones, of_zeros = surprise(right, outputs, layout), surprise(right, 1 - outputs, layout)
    return (y.T @ of_ones + (1 - y).T @ of_zeros).sum(axis=0)


@known(
    "averaged-over-outputs",
    "The cross-entropy is averaged over the outputs as well: it is k times too small",
    "`np.mean` of the whole matrix divides by both.",
    ("By how many numbers does `np.mean` divide?", "Which axis is the mean to be taken over?"),
    only={"outputs": "many"},
)
def averaged_over_outputs(right, outputs, y, *, layout):
    return right(outputs, y) / y.shape[0 if layout == "columns" else 1]


@known(
    "log-of-zero",
    "log(0) is not guarded against",
    "A sigmoid output can be exactly 0 or 1 in floating point. Then one logarithm is −∞, and 0 · (−∞) is NaN, which "
    "stays in every sum. `np.clip(a, 1e-12, 1 - 1e-12)` keeps it finite.",
    ("What is the cost when an output is exactly 1?", "What does `0 * np.log(0)` give?"),
    step="guarded_log",
    place=LOG,
    only={"guarded": True},
)
def log_of_zero(p):
    return np.log(p)


binary_cross_entropy.teach(
    {
        "cost.log-of-zero": lessons.LOG_OF_ZERO,
        "cost.last-sample-only": lessons.LAST_SAMPLE,
        **{f"cost.{what}": lesson for what, lesson in lessons.OF_A_MEAN.items()},
    }
)
