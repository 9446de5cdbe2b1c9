"""Inverted dropout with a given mask, and its gradient."""

import numpy as np

from grader.assignments import Operation
from grader.assignments.allowed import PROBABILITY
from grader.checks import expect
from operations.conventions import PROBABILITY_OF
from operations.lessons import dropout as lessons
from reference import dropout as formula


def words(*, p):
    keep = p == "keep"
    return {
        "kept": "p" if keep else "1 − p",
        "dropped": "1 − p" if keep else "p",
        "factor": "1/p" if keep else "1/(1 − p)",
        "divided": "p" if keep else "(1 - p)",
        "said": "being kept" if keep else "being dropped",
    }


# `p`: which probability a course calls so, that of being kept or that of being dropped.
dropout = Operation(formula, words=words, conventions={"p": "keep"}, values={"keep": PROBABILITY, "p": PROBABILITY_OF})

_RULE = (
    "Inverted dropout gives $x \\odot mask / <divided>$, p the probability of <said>, so that the mean stays what it "
    "was."
)
_BACK = "What was switched off passes nothing back, and what was kept the same factor <factor>."


def drawn(rng):
    return rng.normal(size=(6, 5)), (rng.random((6, 5)) < 0.7).astype(float)


@dropout.check("dropout", share=1, title="Units that are kept and units that are not")
def dropout_values(student, solution, rng, *, called):
    x, mask = drawn(rng)
    expect(student.dropout(x, mask), f"{called('dropout')}(x, mask)").close_to(solution.dropout(x, mask))


@dropout.check("dropout_backward", share=1, title="The gradient in x")
def dropout_backward_values(student, solution, rng):
    x, mask = drawn(rng)
    expect(student.dropout_backward(x, mask), "dx").close_to(solution.dropout_backward(x, mask))


_SMALL = ": the units are smaller in training than in use"

for _part, _step, _rule, _lacking, _hint in (
    ("dropout", "kept_and_scaled", _RULE, _SMALL, "What is the mean of your output over many masks?"),
    ("dropout_backward", "passed_back", _BACK, "", "By what was a unit multiplied in the forward pass?"),
):
    _way = "" if _part == "dropout" else " on the way back"

    @dropout.mistake(
        f"{_part}.not-scaled",
        step=_step,
        title=f"The kept units are not divided by the probability of being kept{_way}",
        explain=f"{_rule} Yours lacks the factor <factor>{_lacking}.",
        hints=(_hint, "What is done besides multiplying by the mask?"),
    )
    def not_scaled(right, x, mask, keep):
        return right(x, mask, keep) * keep

    @dropout.mistake(
        f"{_part}.scaled-by-the-dropped",
        step=_step,
        title=f"The division is by the probability of being dropped{_way}",
        explain=f"{_rule} Yours divides by <dropped>.",
        hints=(_hint, "Is p the probability of being kept or of being dropped?"),
    )
    def scaled_by_the_dropped(right, x, mask, keep):
        return right(x, mask, keep) * keep / (1 - keep)

    @dropout.mistake(
        f"{_part}.multiplied-by-the-kept",
        step=_step,
        title=f"The kept units are multiplied by the probability of being kept instead of divided{_way}",
        explain=f"{_rule}",
        hints=(_hint, "`*` or `/`?"),
    )
    def multiplied_by_the_kept(right, x, mask, keep):
        return right(x, mask, keep) * keep**2

    @dropout.mistake(
        f"{_part}.mask-inverted",
        step=_step,
        title=f"The mask is inverted: what it keeps is switched off{_way}",
        explain=f"{_rule}",
        hints=("Which units does a 1 in the mask stand for?", "Look at the comparison that makes the mask."),
    )
    def mask_inverted(right, x, mask, keep):
        return right(x, 1 - mask, keep)

    @dropout.mistake(
        f"{_part}.mask-missing",
        step=_step,
        title=f"The mask has no part in it{_way}",
        explain=f"{_rule} Yours is the same for every mask.",
        hints=("Does your result change with the mask?", "Is what you compute what you return?"),
    )
    def mask_missing(right, x, mask, keep):
        return right(x, np.ones_like(mask), keep)

    @dropout.mistake(
        f"{_part}.left-out",
        step=_step,
        title=f"Dropout is left out{_way}",
        explain=f"{_rule} Yours hands on what comes in.",
        hints=("Does your result change with the mask?", "Where is the mask used?"),
    )
    def left_out(x, mask, keep):
        return x


dropout.teach(
    {
        "dropout.not-scaled": lessons.NOT_SCALED,
        "dropout.scaled-by-the-dropped": lessons.SCALED_BY_THE_OTHER,
        "dropout.multiplied-by-the-kept": lessons.MADE_SMALLER,
        "dropout.mask-inverted": lessons.INVERTED,
        "dropout.mask-missing": lessons.NO_MASK,
        "dropout.left-out": lessons.LEFT_OUT,
        "dropout_backward.not-scaled": lessons.BACK_NOT_SCALED,
        "dropout_backward.mask-missing": lessons.BACK_WITHOUT_MASK,
    }
)
