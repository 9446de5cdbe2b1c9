"""What goes wrong with any cost that is a mean over samples of minus a logarithm: said once for all of them."""

import numpy as np

from grader.assignments import Place
from operations.texts import COST_SUMMED

LOG = Place(calls="log")
_LAST = "A variable that is assigned in a loop (`=` instead of `+=`) holds the last sample's value at its end."
_LAST_HINTS = (
    "Does the cost change when the first sample does?",
    "Look at what your loop does with its running total: `=` or `+=`?",
)


def mistakes_of_a_mean(operation, prefix, step, rule, place=None):
    """Declare them for a step whose first argument has an entry (or row) for each sample, and whose result is the cost.

    Args:
        prefix: of the codes: `"cross_entropy."`, or `"softmax_loss.cost-"`.
        rule: the formula, in words that explanations begin with.
    """

    def known(what, title, explain, hints, place=place):
        return operation.mistake(
            prefix + what, step=step, title=title, explain=f"{rule} {explain}", hints=hints, place=place
        )

    @known(
        "summed",
        COST_SUMMED["title"],
        "Yours is <n> times that: it grows with the batch size, and so would a gradient derived from it. The learning "
        "rate then means something else for every batch size.",
        COST_SUMMED["hints"],
    )
    def summed(right, *arguments):
        return right(*arguments) * len(arguments[0])

    @known(
        "averaged-twice",
        "The cost is divided by the number of samples twice",
        "A mean has one division by <n>. Where `np.mean` or another line has made it, a second one is too much.",
        ("What should the cost of a batch be that holds the same sample twice?", "Is there a `1/<n>` beside a `mean`?"),
    )
    def averaged_twice(right, *arguments):
        return right(*arguments) / len(arguments[0])

    @known(
        "minus-missing",
        "The minus sign of the cost is missing, or there is one too many",
        "The logarithm of a probability is negative; with the minus sign the cost is positive, and smaller is better. "
        "Without it, descending makes the predictions worse. So it does where the logarithm is that of $1/p$.",
        ("Can a cross-entropy be negative?", "What is the sign of `log` of a number below 1?"),
    )
    def minus_missing(right, *arguments):
        return -right(*arguments)

    @known(
        "logarithm-base-2",
        "The cost uses the logarithm to base 2",
        "$\\log$ is the natural logarithm, `np.log`: only its derivative is $1/p$. `np.log2` makes the cost 1.4427 "
        "times larger, and the gradient that belongs to it as well.",
        ("Which logarithm has the derivative $1/p$?", "Look at the name of the function that you call."),
        Place(calls="log2"),
    )
    def logarithm_base_2(right, *arguments):
        return right(*arguments) / np.log(2)

    @known(
        "logarithm-base-10",
        "The cost uses the logarithm to base 10",
        "$\\log$ is the natural logarithm, `np.log`: only its derivative is $1/p$. `np.log10` makes the cost 0.4343 "
        "times what it is.",
        ("Which logarithm has the derivative $1/p$?", "Look at the name of the function that you call."),
        Place(calls="log10"),
    )
    def logarithm_base_10(right, *arguments):
        return right(*arguments) / np.log(10)

    @known(
        "halved",
        "The cost is half of what it should be",
        "The factor ½ belongs to the squared error and to the L2 penalty, where it cancels the 2 of the derivative; "
        "the cross-entropy has none.",
        ("Where does the 2 in your formula come from?", "Compare your factor in front of the sum."),
    )
    def halved(right, *arguments):
        return right(*arguments) / 2

    @known(
        "last-sample-only",
        "Only the last sample counts",
        _LAST,
        _LAST_HINTS,
    )
    def last_sample_only(right, *arguments):
        return _of_the_last(right, arguments)

    @known(
        "last-sample-divided",
        "Only the last sample counts, divided by the number of samples",
        _LAST,
        _LAST_HINTS,
    )
    def last_sample_divided(right, *arguments):
        return _of_the_last(right, arguments) / len(arguments[0])


def _of_the_last(right, arguments):
    """The step for the last sample alone: of each argument its entry, of the number of samples 1."""
    n = len(arguments[0])

    def its_part(argument):
        if np.ndim(argument) == 0:
            return 1 if argument == n else argument
        return argument[-1:] if len(argument) == n else argument

    return right(*map(its_part, arguments))
