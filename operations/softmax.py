"""Softmax."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import one_of
from grader.assignments.knowledge import number
from grader.checks import expect, is_independent_of_batch, remark
from grader.checks.compare import as_array
from operations.lessons import softmax as lessons
from operations.texts import layout_words
from reference import softmax as formula


def words(*, axis):
    columns, single = axis == 0, axis is None
    line = "column" if columns else "row"
    return {
        "maximum": "largest logit" if single else f"{line} maximum",
        "of_one": "" if single else f" of a {line}",
        "of_each": "" if single else f" of each {line}",
        "summed": "entries" if single else f"{line}s",
        "dot": "np.dot(Y.T, np.log(probs))" if columns else "np.dot(Y, np.log(probs).T)",
        "taken": "probs[labels]" if columns else "probs[:, labels]",
        "picked": "probs[labels, np.arange(m)]" if columns else "probs[np.arange(n), labels]",
        **layout_words("columns" if columns else "rows"),
        "axis": str(axis),
        "other_axis": str(1 - (axis or 0)),
        "chance": "log k for k classes (2.30 for ten)",
    }


# `guarded`: whether logits that overflow lose points; else they earn a remark.
softmax = Operation(formula, words=words, conventions={"guarded": True}, values={"axis": one_of(1, 0, None)})

_RULE = "For each sample, $p_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}}$, where the sum runs over the classes of that sample."


def laid_out(z, axis):
    """Samples that are written as rows, as the contract has them."""
    return z.T if axis == 0 else z


@softmax.check("softmax", share=4, title="Probabilities of random logits")
def random_logits(student, solution, rng, *, axis, called):
    z = laid_out(2 * rng.normal(size=(7, 4)), axis)
    expect(student.softmax(z), f"{called('softmax')}(z)").close_to(solution.softmax(z))


@softmax.check("softmax", share=2, title="As many samples as classes", only={"axis": (0, 1)})
def square(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 5))
    expect(student.softmax(z), f"{called('softmax')}(z)").close_to(solution.softmax(z))


@softmax.check("softmax", share=1, title="A single sample", only={"axis": (0, 1)})
def one_sample(student, solution, rng, *, axis, called):
    z = laid_out(rng.normal(size=(1, 6)), axis)
    expect(student.softmax(z), f"{called('softmax')}(z)").close_to(solution.softmax(z))


def extremes(axis):
    return laid_out(np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]]), axis)


@softmax.check("softmax", share=3, title="Logits of ±1000 do not overflow", only={"guarded": True})
def extreme_logits(student, solution, *, axis, called):
    z = extremes(axis)
    expect(student.softmax(z), f"{called('softmax')}(z)").close_to(solution.softmax(z))


@softmax.check(
    "softmax", share=0, title="Logits of ±1000: an overflow is told, and costs nothing", only={"guarded": False}
)
def overflow_is_told(student, *, axis):
    found = as_array(student.softmax(extremes(axis)))
    if found is not None and not np.isfinite(found).all():
        remark("`exp` overflows for large logits; subtract each sample's largest first. It costs no points")


@softmax.check("softmax", share=2, title="Each sample is treated by itself", only={"axis": (0, 1), "guarded": True})
def rows_apart(student, solution, rng, *, axis, called):
    if axis == 1:
        is_independent_of_batch(student.softmax, rng.normal(size=(4, 3)))
    z = laid_out(np.array([[900.0, 901.0, 899.0], [-900.0, -902.0, -901.0]]), axis)
    expect(student.softmax(z), f"{called('softmax')} of samples far apart").close_to(solution.softmax(z))


@softmax.by_hand("softmax")
def softmax_by_hand(arguments, path, index, *, axis):
    """One class of one sample, as the formula has it."""
    z = arguments[0]
    logits = z[index[0]] if axis == 1 else z[:, index[1]] if axis == 0 else z.ravel()
    return f"exp({number(z[index])}) / ({' + '.join(f'exp({number(one)})' for one in logits)})"


OVER_THE_BATCH = {
    "title": "The softmax divides by sums over the samples instead of the classes",
    "explain": f"{_RULE} <Lines> are samples, so the sum must run along each <line> (`axis=<axis>`). With "
    "`axis=<other_axis>` it runs along each <cross>: the <crosses> sum to 1 and the <lines> do not, and every "
    "sample's result depends on the whole batch.",
    "hints": (
        "Sum your result once along each <line> and once down each <cross>. Which sums should be 1?",
        "Look at the `axis` of the sum that you divide by.",
    ),
}

NOT_NORMALISED = {
    "title": "The exponentials are not divided by their sum",
    "explain": f"{_RULE} Your values are the numerators alone. They are positive, but no probabilities.",
    "hints": ("What do the <summed> of your result sum to?", "What is left to do after `exp`?"),
}

OVER_EVERYTHING = {
    "title": "The softmax divides by one sum over the whole batch",
    "explain": f"{_RULE} A sum without `axis` adds up the whole matrix, so that all entries together sum to 1, not "
    "each <line>. It is right for a single sample, which hides it in a small trial.",
    "hints": (
        "What do the <summed> of your result sum to, for one sample and for two?",
        "The sum that you divide by needs an `axis`, and `keepdims=True`.",
    ),
}

OVERFLOW = {
    "title": "The softmax overflows for large logits: the <maximum> is not subtracted",
    "explain": "$e^{1000}$ is larger than any floating-point number, so it becomes `inf`, and `inf/inf` is `nan`. "
    "Since $\\frac{e^{z_k - c}}{\\sum_j e^{z_j - c}}$ is the same for every $c$, subtract the largest logit<of_each> "
    "first: the largest exponent is then 0.",
    "hints": (
        "What is `np.exp(1000)`?",
        "Adding a number to all logits<of_one> does not change the probabilities. Which number helps?",
    ),
}

GLOBAL_MAXIMUM = {
    "title": "The softmax subtracts the maximum of the whole batch, not of each <line>",
    "explain": "One maximum for all <lines> prevents overflow, but a <line> that lies far below it becomes `exp` of "
    "large negative numbers: all zeros, and 0/0 is `nan`. The maximum must be that of the <line>, "
    "`z.max(axis=<axis>, keepdims=True)`.",
    "hints": (
        "What happens to a sample whose logits are all 1000 below those of another one?",
        "Look at the `axis` of the maximum.",
    ),
}

TWICE = {
    "title": "The softmax is applied twice",
    "explain": "The result is the softmax of probabilities. Those lie between 0 and 1, so the second softmax makes "
    "them nearly equal: with $k$ classes no entry can exceed $\\frac{e}{e + k - 1}$, and a cost that is made of "
    "them can never come near 0 (1.461 is the least for ten classes).",
    "hints": (
        "How large can your largest probability become?",
        "Is the function given logits, or something that is a probability already?",
    ),
}


@softmax.mistake(
    "softmax.normalised-over-the-batch",
    step="normalised",
    **OVER_THE_BATCH,
    place=Place(calls="sum"),
    only={"axis": (0, 1)},
)
def normalised_over_the_batch(exponentials, *, axis):
    return exponentials / exponentials.sum(axis=1 - axis, keepdims=True)


@softmax.mistake(
    "softmax.over-the-batch",
    step="softmax",
    title="The softmax runs along the <crosses>: over the samples instead of the classes",
    explain=f"{_RULE} <Lines> are samples and <crosses> are classes, so maximum and sum belong along each <line> "
    "(`axis=<axis>`). Yours run along `axis=<other_axis>`: the <crosses> sum to 1 and the <lines> do not, and a "
    "single sample gives nothing but ones.",
    hints=(
        "What does your function return for a single sample?",
        "Look at the `axis` of the maximum and of the sum.",
    ),
    place=Place(calls="sum"),
    only={"axis": (0, 1)},
)
def over_the_batch(right, z):
    return right(z.T).T


@softmax.mistake(
    "softmax.normalised-over-everything",
    step="normalised",
    **OVER_EVERYTHING,
    place=Place(calls="sum"),
    only={"axis": (0, 1)},
)
def normalised_over_everything(exponentials):
    return exponentials / exponentials.sum()


@softmax.mistake(
    "softmax.keepdims-missing",
    step="normalised",
    title="The sums of the softmax line up with the columns: `keepdims=True` is missing",
    explain=f"{_RULE} `sum(axis=1)` has shape (n,). In a division by it numpy lines it up with the *last* axis, the "
    "classes: an error for most shapes, and for n = k silently the wrong sum for each entry. `keepdims=True` keeps "
    "the shape (n, 1), one sum beside each <line>.",
    hints=(
        "Which shapes do numerator and denominator have, and how does numpy line them up?",
        "Try it with as many samples as classes: it runs, and the rows do not sum to 1.",
    ),
    place=Place(calls="sum"),
    only={"axis": 1},
)
def keepdims_missing(exponentials, *, axis):
    return exponentials / exponentials.sum(axis=axis)


@softmax.mistake(
    "softmax.shift-keepdims-missing",
    step="shifted",
    title="The <line> maxima are subtracted from the wrong entries: `keepdims=True` is missing",
    explain="`z.max(axis=<axis>)` has shape (n,), and numpy lines it up with the columns of `z`: an error for most "
    "shapes, and for n = k the maximum of row j is silently subtracted from column j. Only one and the same number "
    "for a whole row cancels in the softmax. `keepdims=True` keeps the shape (n, 1).",
    hints=(
        "Which shape does the maximum have, and how does numpy line it up with `z`?",
        "Look at the line that subtracts the maximum.",
    ),
    place=Place(calls="max|amax"),
    only={"axis": 1},
)
def shift_keepdims_missing(z, *, axis):
    return z - z.max(axis=axis)


@softmax.mistake(
    "softmax.overflow",
    step="shifted",
    **OVERFLOW,
    place=Place(calls="exp"),
    only={"guarded": True},
)
def overflow(z):
    return z


@softmax.mistake(
    "softmax.shifted-by-the-global-maximum",
    step="shifted",
    **GLOBAL_MAXIMUM,
    place=Place(calls="max|amax"),
    only={"axis": (0, 1), "guarded": True},
)
def shifted_by_the_global_maximum(z):
    return z - z.max()


@softmax.mistake(
    "softmax.shifted-by-column-maxima",
    step="shifted",
    title="The softmax subtracts the maximum of each <cross>, not of each <line>",
    explain="Only a number that is the same for all classes of a sample cancels in the softmax. With "
    "`axis=<other_axis>` every class has its own, so the probabilities change.",
    hints=(
        "Is the same number subtracted from all logits of one sample?",
        "Look at the `axis` of the maximum.",
    ),
    place=Place(calls="max|amax"),
    only={"axis": (0, 1)},
)
def shifted_by_column_maxima(z, *, axis):
    return z - z.max(axis=1 - axis, keepdims=True)


@softmax.mistake(
    "softmax.divided-before-exp",
    step="softmax",
    title="The softmax divides inside the exponential",
    explain=f"{_RULE} Your result is $e^{{z_k / \\sum_j e^{{z_j}}}}$: the division belongs outside. The "
    "<summed> do not sum to 1.",
    hints=("What do the <summed> of your result sum to?", "Which is done first in your line, `exp` or the division?"),
    place=Place(calls="exp"),
)
def divided_before_exp(z, *, axis):
    return np.exp(z / np.exp(z).sum(axis=axis, keepdims=True))


@softmax.mistake(
    "softmax.applied-twice",
    step="softmax",
    **TWICE,
)
def applied_twice(right, z):
    return right(right(z))


@softmax.mistake(
    "softmax.sigmoid-instead",
    step="softmax",
    title="Each output is squashed by itself: a sigmoid in the place of the softmax",
    explain=f"{_RULE} Your values are $\\frac{{1}}{{1 + e^{{-z_k}}}}$: each between 0 and 1, but they do not sum to 1.",
    hints=(
        "What do the <summed> of your result sum to?",
        "The classes compete: each one's value depends on the others.",
    ),
    place=Place(calls="exp"),
)
def sigmoid_instead(z):
    return 1 / (1 + np.exp(-z))


@softmax.mistake(
    "softmax.not-normalised",
    step="normalised",
    **NOT_NORMALISED,
    place=Place(calls="exp"),
)
def not_normalised(exponentials):
    return exponentials


@softmax.mistake(
    "softmax.without-exponential",
    step="softmax",
    title="The logits are divided by their sum without taking the exponential",
    explain=f"{_RULE} Your values are $\\frac{{z_k}}{{\\sum_j z_j}}$. Logits may be negative, and so may these.",
    hints=("Can a probability be negative?", "Which function makes every logit positive before the division?"),
)
def without_exponential(z, *, axis):
    return z / z.sum(axis=axis, keepdims=True)


@softmax.mistake(
    "softmax.logarithm-returned",
    step="softmax",
    title="The logarithms of the probabilities are returned",
    explain="$\\log p$ is what the cost needs, but the task asks for the probabilities $p$ themselves; your values are "
    "right up to the missing `exp`.",
    hints=("Are your values between 0 and 1?", "Look at the last thing that is done before the return."),
    place=Place(calls="log"),
)
def logarithm_returned(right, z):
    return np.log(right(z))


@softmax.mistake(
    "softmax.sign-of-logits",
    step="softmax",
    title="The largest logit gets the smallest probability: the sign of the logits is turned",
    explain=f"{_RULE} Your values are those for $-z$; a minus sign of the sigmoid's formula does not belong here.",
    hints=("Which class gets the largest probability?", "Look at the sign inside `exp`."),
    place=Place(calls="exp"),
)
def sign_of_logits(right, z):
    return right(-z)


@softmax.mistake(
    "softmax.hard-maximum",
    step="softmax",
    title="The largest entry becomes 1 and all others 0: a hard maximum",
    explain=f"{_RULE} A hard choice has no useful derivative, and tells nothing about how sure the network is.",
    hints=("Are your probabilities ever between 0 and 1?", "The choice of a class belongs in `predict`."),
    place=Place(calls="argmax|round"),
)
def hard_maximum(z, *, axis):
    return (z == z.max(axis=axis, keepdims=True)).astype(float)


softmax.teach(
    {
        "softmax.normalised-over-the-batch": lessons.OVER_THE_BATCH,
        "softmax.over-the-batch": lessons.OVER_THE_BATCH,
        "softmax.normalised-over-everything": lessons.OVER_EVERYTHING,
        "softmax.overflow": lessons.OVERFLOW,
        "softmax.shifted-by-the-global-maximum": lessons.GLOBAL_MAXIMUM,
        "softmax.applied-twice": lessons.TWICE,
        "softmax.divided-before-exp": lessons.DIVIDED_INSIDE,
        "softmax.without-exponential": lessons.WITHOUT_EXPONENTIAL,
        "softmax.logarithm-returned": lessons.LOGARITHM_RETURNED,
        "softmax.sign-of-logits": lessons.SIGN_OF_LOGITS,
        "softmax.hard-maximum": lessons.HARD_MAXIMUM,
    }
)
