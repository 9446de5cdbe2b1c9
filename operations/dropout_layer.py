"""Inverted dropout as a layer that draws its mask: judged by what it keeps, whatever it draws."""

import re

import numpy as np

from grader.assignments import Operation
from grader.checks import expect, fail, remark
from grader.checks.compare import as_array
from operations.conventions import PROBABILITY_OF
from operations.layer_calls import demand_implemented, output
from operations.lessons import dropout as lessons
from reference import dropout_layer as formula


def words(*, p):
    keep = p == "keep"
    return {
        "kept": "p" if keep else "1 − p",
        "not_kept": "1 − p" if keep else "p",
        "factor": "1/p" if keep else "1/(1 − p)",
        "said": "kept" if keep else "dropped",
        "other": "dropped" if keep else "kept",
        "part": "a fifth" if keep else "four fifths",
    }


dropout_layer = Operation(formula, words=words, values={"p": PROBABILITY_OF})

SHAPES = ((60, 50), (50, 70))
_KEPT = (
    "p is the probability with which a unit is <said>; what is kept is divided by <kept>, so that the mean stays the "
    "same."
)
_USE = "After training nothing is switched off and nothing is scaled: that is done in training already."
_SAYS_KEPT = re.compile(r"keep\w*\W+each\W+(?:neuron|unit)|probability\W+(?:of|to)\W+keep", re.IGNORECASE)


def training(p, **more):
    return {"p": p, "mode": "train", **more}


def ratio_of(out, x, label):
    """By what each unit was multiplied; None when out is no such array."""
    values = as_array(out)
    if values is None or values.shape != x.shape:
        fail(f"{label} has not the shape {x.shape} of the input")
        return None
    return values / x


def far_from_0(rng, shape):
    return rng.choice([-1.0, 1.0], size=shape) * (1 + rng.random(shape))


def takes_p_for_the_dropped(student):
    """Whether the submission may do so: the course of earlier years said it, and its files say which they mean."""
    loaded = getattr(student, "loaded", None)
    submission = getattr(loaded, "submission", None)
    if submission is None:
        return False
    units = [*submission.units, *submission.modules.values()]
    return not any(_SAYS_KEPT.search(unit.source) for unit in units)


def kept_as_meant(student, ratio, p, meaning):
    """The probability of being kept that p stands for, as the share of kept units shows.

    What is divided by p is kept with it: then it is the mask that is the wrong way round.
    """
    meant = meant_by_p(student, ratio, p, meaning)
    if meant != p and meaning == "keep":
        remark(
            "p is taken for the probability of being dropped, as the course had it until 2017; since then it is that "
            "of being kept"
        )
    return meant


def meant_by_p(student, ratio, p, meaning):
    if meaning == "drop":
        return 1 - p
    share, kept = float(np.mean(ratio != 0)), ratio[ratio != 0]
    is_divided_by_p = kept.size > 0 and np.allclose(kept, 1 / p)
    is_of_earlier_years = abs(share - (1 - p)) < 0.1 and not is_divided_by_p and takes_p_for_the_dropped(student)
    return 1 - p if is_of_earlier_years else p


@dropout_layer.check("dropout_forward", share=4, title="In training a unit is kept with probability <kept>, else 0")
def dropout_forward_shares(student, rng, *, p):
    meaning = p
    for p, shape in zip((0.3, 0.8), SHAPES, strict=True):
        x = far_from_0(rng, shape)
        ratio = ratio_of(output(student.dropout_forward, x, training(p)), x, "out in training")
        if ratio is None:
            return
        share = float(np.mean(ratio != 0))
        if not abs(share - kept_as_meant(student, ratio, p, meaning)) <= 0.06:
            fail(f"with p = {p:g} the share of units that are not 0 is {share:.2f}")


@dropout_layer.check("dropout_forward", share=3, title="What is kept is divided by the probability of being kept")
def dropout_forward_scale(student, rng, *, p):
    meaning = p
    for p, shape in zip((0.3, 0.8), SHAPES, strict=True):
        x = far_from_0(rng, shape)
        ratio = ratio_of(output(student.dropout_forward, x, training(p)), x, "out in training")
        if ratio is None:
            return
        kept = ratio[ratio != 0]
        meant = kept_as_meant(student, ratio, p, meaning)
        expect(kept, f"what kept units are multiplied by, p = {p:g}").close_to(np.full(kept.shape, 1 / meant))


@dropout_layer.check("dropout_forward", share=2, title="Every unit of every sample for itself, another mask each time")
def dropout_forward_independence(student, rng):
    x = far_from_0(rng, (40, 30))
    masks = []
    for _ in range(2):
        ratio = ratio_of(output(student.dropout_forward, x, training(0.5)), x, "out in training")
        if ratio is None:
            return
        masks.append(ratio != 0)
    if (masks[0] == masks[0][:1]).all():
        fail("all samples have the same units switched off")
    elif (masks[0] == masks[0][:, :1]).all():
        fail("a sample is kept whole or switched off whole")
    elif (masks[0] == masks[1]).all():
        fail("without a seed two calls have the same mask")


@dropout_layer.check("dropout_forward", share=4, title="In test mode the output is the input")
def dropout_forward_test_mode(student, rng):
    x = far_from_0(rng, (4, 5))
    for p in (0.3, 0.8):
        out = output(student.dropout_forward, x, {"p": p, "mode": "test"})
        expect(out, f"out in test mode, p = {p:g}").close_to(x)


@dropout_layer.check("dropout_forward", share=1, title="Inputs of more dimensions than two: as many are kept")
def dropout_forward_dimensions(student, rng, *, p):
    x = far_from_0(rng, (20, 5, 30))
    ratio = ratio_of(output(student.dropout_forward, x, training(0.3)), x, "out in training")
    if ratio is None:
        return
    share = float(np.mean(ratio != 0))
    if not abs(share - kept_as_meant(student, ratio, 0.3, p)) <= 0.06:
        fail(f"with p = 0.3 and inputs of shape {x.shape} the share of units that are not 0 is {share:.2f}")


@dropout_layer.check("dropout_forward", share=1, title="The same seed gives the same mask")
def dropout_forward_seed(student, rng):
    x = far_from_0(rng, (8, 9))
    first, second, other = (output(student.dropout_forward, x, training(0.6, seed=seed)) for seed in (5, 5, 6))
    expect(second, "out with the same seed").close_to(first)
    if np.array_equal(as_array(first), as_array(other)):
        fail("another seed gives the same mask")


@dropout_layer.check("dropout_backward", share=5, title="In training dout is multiplied by what x was multiplied by")
def dropout_backward_training(student, rng, *, p):
    meaning = p
    for p, shape in ((0.3, (12, 10)), (0.8, (14, 15))):
        x, dout = far_from_0(rng, shape), far_from_0(rng, shape)
        out, cache = student.dropout_forward(x, training(p, seed=11))
        demand_implemented(student.dropout_forward, out)
        dx = student.dropout_backward(dout, cache)
        demand_implemented(student.dropout_backward, dx)
        ratio = ratio_of(out, x, "out in training")
        if ratio is not None and not is_right_for_the_task(dx, dout, ratio, meant_by_p(student, ratio, p, meaning)):
            expect(dx, f"dx, p = {p:g}").close_to(dout * ratio)


@dropout_layer.check("dropout_backward", share=3, title="In test mode dx is dout")
def dropout_backward_test_mode(student, rng):
    x, dout = far_from_0(rng, (4, 5)), far_from_0(rng, (4, 5))
    for p in (0.3, 0.8):
        _, cache = student.dropout_forward(x, {"p": p, "mode": "test"})
        dx = student.dropout_backward(dout, cache)
        if dx is None:
            demand_implemented(student.dropout_backward, dx)
        expect(dx, f"dx in test mode, p = {p:g}").close_to(dout)


def is_right_for_the_task(dx, dout, ratio, p):
    """Whether it is the gradient of what the forward pass should have done with its mask: then that one is wrong."""
    values, kept = as_array(dx), ratio != 0
    return values is not None and values.shape == dout.shape and np.allclose(values, dout * kept / p, rtol=1e-9)


PROBED = 0.7  # p of the experiments
NEAR = 0.18  # of a share: nearly three times what that of a mask of one sample is off by chance, and less than p² is


NEAR_OF_MANY = 0.04  # of a share of thousands that are drawn each for itself: as of normal numbers none is so near


def nearest(share, near=NEAR, kept=PROBED):
    """The nearest of the shares that have a reason, so that it does not depend on what is drawn; −1 where none is."""
    reasons = (0.0, 1 - kept, kept, 1.0)
    found = min(reasons, key=lambda one: abs(one - share))
    return found if abs(found - share) < near else -1.0


def experiment(student, rng, shape, mode, **more):
    x = far_from_0(rng, shape)
    out, cache = student.dropout_forward(x, {"p": PROBED, "mode": mode, **more})
    return np.asarray(out) / x, cache


@dropout_layer.probe("dropout_forward")
def what_is_kept(student, rng):
    ratio, _ = experiment(student, rng, (60, 50), "train")
    kept = ratio[ratio != 0]
    by_columns, by_rows = (bool(((ratio != 0) == (one != 0)).all()) for one in (ratio[:1], ratio[:, :1]))
    return {
        "share": nearest(np.mean(ratio != 0), NEAR if by_columns or by_rows else NEAR_OF_MANY),
        "factor": float(kept.mean()) if kept.size else 0.0,
        "by columns": float(by_columns),
        "by rows": float(by_rows),
    }


@dropout_layer.probe("dropout_forward")
def what_a_seed_does(student, rng):
    masks = [experiment(student, rng, (8, 9), "train", **seed)[0] != 0 for seed in ({}, {}, {"seed": 3}, {"seed": 3})]
    return {"the same": float((masks[0] == masks[1]).all()), "with a seed": float((masks[2] == masks[3]).all())}


@dropout_layer.probe("dropout_forward")
def what_test_mode_does(student, rng):
    ratio, _ = experiment(student, rng, (60, 50), "test")
    kept = ratio[ratio != 0]
    return {"share": nearest(np.mean(ratio != 0)), "factor": float(kept.mean()) if kept.size else 0.0}


@dropout_layer.probe("dropout_backward")
def what_comes_back(student, rng):
    told = {}
    for mode in ("train", "test"):
        ratio, cache = experiment(student, rng, (60, 50), mode)
        dout = far_from_0(rng, (60, 50))
        back = np.asarray(student.dropout_backward(dout, cache)) / dout
        kept, dropped = ratio != 0, ratio == 0
        told |= {
            f"{mode}: of what was kept": float(np.mean(back[kept] / ratio[kept])) if kept.any() else 0.0,
            f"{mode}: of what was dropped": float(np.mean(back[dropped])) if dropped.any() else 0.0,
        }
    return told


def known(what, step, rule, title, explain, *hints):
    return dropout_layer.mistake(what, step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints)


@known(
    "dropout_forward.dropped-for-kept",
    "probability_of",
    _KEPT,
    "p is taken for the probability of being <other>",
    "With p = 0.8 yours keeps <part> of the units.",
    "How many units are 0 for p = 0.9?",
    "Which side of the comparison is kept?",
)
def dropped_for_kept(right, dropout_param):
    return 1 - right(dropout_param)


@known(
    "dropout_forward.kept-with-the-wrong-probability",
    "drawn_mask",
    _KEPT,
    "The comparison keeps what it should switch off: units are kept with probability <not_kept>",
    "The factor <factor> does not belong to that.",
    "How many units are 0 for p = 0.9?",
    "`<` or `>`?",
)
def kept_with_the_wrong_probability(x, p):
    return (np.random.rand(*x.shape) > p).astype(float)


@known(
    "dropout_forward.kept-with-the-other-probability-and-not-scaled",
    "drawn_mask",
    _KEPT,
    "What is kept is not divided by the probability of being kept",
    "Yours keeps units with the probability <not_kept>, whichever is meant, and multiplies them by 1: they are smaller "
    "in training than in use.",
    "What is the mean of your output over many masks?",
    "What is done besides multiplying by the mask?",
)
def kept_with_the_other_probability_and_not_scaled(x, p):
    return p * (np.random.rand(*x.shape) > p)


@known(
    "dropout_forward.one-mask-for-all-samples",
    "drawn_mask",
    "Each unit of each sample is kept or dropped for itself.",
    "One mask is drawn for all samples",
    "The mask has the shape of a sample, and is broadcast.",
    "Are the same units 0 in every row?",
    "Which shape has your mask?",
)
def one_mask_for_all_samples(x, p):
    return np.ones(x.shape) * (np.random.rand(*x.shape[1:]) < p)


@known(
    "dropout_forward.whole-samples",
    "drawn_mask",
    "Each unit of each sample is kept or dropped for itself.",
    "Whole samples are kept or switched off",
    "The mask has one number for each sample, and is broadcast.",
    "Are some rows all 0?",
    "Which shape has your mask?",
)
def whole_samples(x, p):
    return np.ones(x.shape) * (np.random.rand(len(x), *([1] * (x.ndim - 1))) < p)


@known(
    "dropout_forward.same-mask-in-every-call",
    "seed_if_asked",
    "A mask is drawn anew in each call, unless a seed is given.",
    "Every call has the same mask",
    "A seed is set whatever `dropout_param` says.",
    "Which units are 0 in a second call?",
    "Is a seed set outside the `if`?",
)
def same_mask_in_every_call(dropout_param):
    np.random.seed(dropout_param.get("seed", 0))


@known(
    "dropout_forward.seed-ignored",
    "seed_if_asked",
    'With "seed" in `dropout_param` the mask is the same again.',
    "The seed is ignored",
    "",
    "Do two calls with one seed have the same mask?",
    "Where is the seed set?",
)
def seed_ignored(dropout_param):
    return None


@known(
    "dropout_forward.scaled-after-training",
    "after_training",
    _USE,
    "The output of test mode is multiplied by the probability of being kept",
    "That belongs to dropout that does not divide in training.",
    "What is the mean of the output, in training and in test mode?",
    "Is there a p in the branch of test mode?",
)
def scaled_after_training(x, p):
    return x * p


@known(
    "dropout_forward.divided-after-training",
    "after_training",
    _USE,
    "The output of test mode is divided by the probability of being kept",
    "",
    "What is the mean of the output, in training and in test mode?",
    "Is there a p in the branch of test mode?",
)
def divided_after_training(x, p):
    return x / p


@known(
    "dropout_forward.dropped-after-training",
    "after_training",
    _USE,
    "Units are switched off in test mode, too",
    "",
    "Does the output in test mode change from call to call?",
    "Does the branch of test mode use the mask?",
)
def dropped_after_training(x, p):
    return x * (np.random.rand(*x.shape) < p) / p


@known(
    "dropout_backward.scaled-after-training",
    "back_after_training",
    _USE,
    "The gradient is multiplied by the probability of being kept in test mode",
    "",
    "By what was x multiplied in test mode?",
    "Look at the branch of test mode.",
)
def gradient_scaled_after_training(dout, p):
    return dout * p


@known(
    "dropout_backward.nothing-after-training",
    "back_after_training",
    _USE,
    "The gradient is 0 in test mode",
    "",
    "By what was x multiplied in test mode?",
    "Look at the branch of test mode.",
)
def nothing_after_training(dout, p):
    return 0 * dout


dropout_layer.teach({"dropout_forward.dropped-after-training": lessons.STILL_DROPPED})
