"""What goes wrong in rates that decay with the epochs."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect
from reference import rate_decay as formula

rate_decay = Operation(formula)

_RULE = "The rate is $\\frac{\\eta_0}{1 + k \\, t}$, with k the decay rate and t the number of the epoch."
_STEPS = "The rate is $\\frac{\\eta_0}{1 + k \\lfloor t / T \\rfloor}$: it stays the same for T epochs, then changes."
_BY_HAND = "Compute the rate of epoch 3 by hand, for a first rate of 0.5 and a decay rate of 1."


@rate_decay.check("decayed_rate", share=3, title="The rates of several epochs")
def decayed_rate_values(student, solution, *, called):
    for rate, epoch, decay in ((0.5, 2, 1.0), (0.7, 7, 0.3), (0.13, 41, 0.02), (2.5, 1, 2.7)):
        given = f"{called('decayed_rate')}({rate}, {epoch}, {decay})"
        expect(student.decayed_rate(rate, epoch, decay), given).close_to(solution.decayed_rate(rate, epoch, decay))


@rate_decay.check("decayed_rate", share=1, title="Epoch 0 has the first rate")
def decayed_rate_of_the_first_epoch(student, *, called):
    expect(student.decayed_rate(0.37, 0, 1.3), f"{called('decayed_rate')}(0.37, 0, 1.3)").close_to(0.37)


@rate_decay.check("scheduled_rate", share=3, title="The rates of epochs within and after intervals")
def scheduled_rate_values(student, solution, *, called):
    for given in ((0.5, 1100, 0.3, 100), (0.7, 23, 1.7, 5), (0.13, 59, 0.4, 12), (0.9, 7, 2.3, 4), (0.3, 8, 0.6, 4)):
        label = f"{called('scheduled_rate')}{given}"
        expect(student.scheduled_rate(*given), label).close_to(solution.scheduled_rate(*given))


@rate_decay.check("scheduled_rate", share=1, title="Within the first interval it is the first rate")
def scheduled_rate_at_first(student, *, called):
    for epoch in (0, 3, 9):
        expect(
            student.scheduled_rate(0.37, epoch, 1.3, 10), f"{called('scheduled_rate')}(0.37, {epoch}, 1.3, 10)"
        ).close_to(0.37)


def in_both(what, title, explain, *hints):
    """Declare a mistake in what the first rate is divided by, in either function."""

    def declare(wrong):
        for function, step, rule in (("decayed", "divisor", _RULE), ("scheduled", "divisor_after", _STEPS)):
            rate_decay.mistake(
                f"{function}_rate.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints
            )(wrong)
        return wrong

    return declare


@in_both(
    "one-missing",
    "The 1 is missing in the denominator",
    "Without it the first epoch divides by 0.",
    "What is the rate of epoch 0? It should be the first rate.",
    "What is added in the denominator?",
)
def one_missing(decay, time):
    return decay * time


@in_both(
    "decay-ignored",
    "The decay rate is not used",
    "",
    "What changes when the decay rate does?",
    _BY_HAND,
)
def decay_ignored(decay, time):
    return 1 + time


@in_both(
    "multiplied",
    "The first rate is multiplied by 1 + k·t instead of divided by it",
    "Yours grows with the epochs.",
    "Does your rate become smaller or larger?",
    _BY_HAND,
)
def multiplied(decay, time):
    return 1 / (1 + decay * time)


@in_both(
    "power-of-the-decay-rate",
    "The decay rate is raised to the power of the epoch",
    "That is exponential decay, and another rule.",
    _BY_HAND,
    "Where is the power in the formula?",
)
def power_of_the_decay_rate(decay, time):
    return decay**-time


@in_both(
    "one-plus-the-decay-rate-multiplied",
    "The epochs multiply 1 + k, not k alone",
    "Yours is $(1 + k) \\, t$.",
    "What is the rate of epoch 0? It should be the first rate.",
    "Where do parentheses stand?",
)
def one_plus_the_decay_rate_multiplied(decay, time):
    return (1 + decay) * time


@in_both(
    "subtracted",
    "k·t is subtracted in the denominator instead of added",
    "Yours grows, and becomes negative.",
    "Does your rate become smaller or larger?",
    "Look at the sign in the denominator.",
)
def subtracted(decay, time):
    return 1 - decay * time


def known(function, what, step, title, explain, *hints):
    rule = _RULE if function == "decayed_rate" else _STEPS
    return rate_decay.mistake(
        f"{function}.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints
    )


@known(
    "decayed_rate",
    "denominator-without-parentheses",
    "decayed_rate",
    "The first rate is divided by 1 alone, and k·t is added to it",
    "A division comes before a sum: the denominator needs parentheses.",
    _BY_HAND,
    "Where do parentheses stand?",
)
def denominator_without_parentheses(rate, epoch, decay):
    return rate / 1 + decay * epoch


@known(
    "decayed_rate",
    "epochs-counted-from-one",
    "decayed_rate",
    "The epochs are counted from 1: epoch 0 has a smaller rate already",
    "Epochs are counted from 0 here.",
    "What is the rate of epoch 0? It should be the first rate.",
)
def epochs_counted_from_one(right, rate, epoch, decay):
    return right(rate, epoch + 1, decay)


@known(
    "scheduled_rate",
    "denominator-without-parentheses",
    "scheduled_rate",
    "The first rate is divided by 1 alone, and the rest is added to it",
    "A division comes before a sum: the denominator needs parentheses.",
    _BY_HAND,
    "Where do parentheses stand?",
)
def scheduled_without_parentheses(rate, epoch, decay, interval):
    return rate / 1 + decay * np.floor(epoch / interval)


@known(
    "scheduled_rate",
    "not-rounded-down",
    "intervals_passed",
    "The number of intervals is not rounded down: the rate changes with every epoch",
    "",
    "What is the rate in the middle of the first interval?",
    "Which function of numpy gives the whole number below?",
)
def not_rounded_down(epoch, interval):
    return epoch / interval


@known(
    "scheduled_rate",
    "interval-ignored",
    "intervals_passed",
    "The interval is not used: the rate changes with every epoch",
    "",
    "What is the rate in the middle of the first interval?",
    "By what is the number of the epoch divided?",
)
def interval_ignored(epoch, interval):
    return epoch


@known(
    "scheduled_rate",
    "rounded-up",
    "intervals_passed",
    "The number of intervals is rounded up: the first interval has a smaller rate already",
    "",
    "What is the rate in the middle of the first interval?",
    "`ceil`, or `floor`?",
)
def rounded_up(epoch, interval):
    return np.ceil(epoch / interval)


@known(
    "scheduled_rate",
    "rounded-to-the-nearest",
    "intervals_passed",
    "The number of intervals is rounded to the nearest whole number: the rate changes in the middle of an interval",
    "",
    "What is the rate just before the end of the first interval?",
    "`round`, or `floor`?",
)
def rounded_to_the_nearest(epoch, interval):
    return np.round(epoch / interval)


@known(
    "scheduled_rate",
    "rest-of-the-division",
    "intervals_passed",
    "The rest of the division is taken, not the number of whole intervals",
    "With `%` the rate begins anew with each interval.",
    "What is the rate after 10 intervals?",
    "`%`, or `//`?",
)
def rest_of_the_division(epoch, interval):
    return epoch % interval


@known(
    "scheduled_rate",
    "interval-multiplied",
    "intervals_passed",
    "The number of the epoch is multiplied by the interval",
    "",
    _BY_HAND,
    "By what is the number of the epoch divided?",
)
def interval_multiplied(epoch, interval):
    return epoch * interval


@known(
    "scheduled_rate",
    "whole-product-rounded-down",
    "scheduled_rate",
    "The product with the decay rate is rounded down, not the number of intervals",
    "With a decay rate below 1 the rate then stays the same for several intervals.",
    "What is the rate after one interval, for a decay rate of 0.3?",
    "Of what is the whole number taken?",
)
def whole_product_rounded_down(rate, epoch, decay, interval):
    return rate / (1 + np.floor(decay * epoch / interval))
