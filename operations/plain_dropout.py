"""Dropout that scales when training is over: judged by what it keeps, whatever it draws.

It is a class everywhere, so a contract has its checks made: `a, b, c, d = dropout_checks("Dropout", (12, 8))`.
"""

import numpy as np

from grader.assignments import Operation, probe
from grader.checks import check, expect, fail
from grader.checks.compare import as_array
from operations.dropout_layer import NEAR_OF_MANY, far_from_0, nearest, ratio_of
from reference import plain_dropout as formula

plain_dropout = Operation(formula, words={"ratio": "dropout_ratio", "flag": "train_flg"})

RATIOS = (0.3, 0.8)
_TRAINING = "In training a number is kept with the probability $1 - r$, r being `<ratio>`, and stays what it is then."
_AFTER = "So that the mean is the same afterwards, all is multiplied by $1 - r$ when training is over."


def trained(implementation, name, rng, ratio, shape=(60, 50)):
    """A layer after a forward pass of training, and by what each number was multiplied; None if by no array."""
    layer, x = getattr(implementation, name)(ratio), far_from_0(rng, shape)
    return layer, ratio_of(layer.forward(x, True), x, "the output in training")


def dropout_checks(name, points):
    """Declare the checks of a class: of its `forward(x, whether it is training)`, and of its `backward(dout)`."""
    share = points[0] / 4

    @check(f"{name}.forward", points=2 * share, title="In training as many numbers become 0 as should, each for itself")
    def shares(student, rng):
        for ratio in RATIOS:
            _, factors = trained(student, name, rng, ratio)
            if factors is None:
                return
            found = float(np.mean(factors == 0))
            if not abs(found - ratio) <= 0.06:
                fail(f"for a ratio of {ratio:g} the share of numbers that become 0 is {found:.2f}")
            elif (factors == factors[:1]).all() or (factors == factors[:, :1]).all():
                fail("whole rows or columns are switched off together")

    @check(f"{name}.forward", points=share, title="What is kept in training stays as it is")
    def kept(student, rng):
        for ratio in RATIOS:
            _, factors = trained(student, name, rng, ratio)
            if factors is not None:
                left = factors[factors != 0]
                expect(left, "what kept numbers are multiplied by").close_to(np.ones(left.shape))

    @check(
        f"{name}.forward", points=share, title="After training everything is multiplied by the share of what is kept"
    )
    def after_training(student, rng):
        for ratio in RATIOS:
            x = far_from_0(rng, (4, 5))
            found = getattr(student, name)(ratio).forward(x, False)
            expect(found, f"the output after training for a ratio of {ratio:g}").close_to(x * (1 - ratio))

    @check(f"{name}.backward", points=points[1], title="What arrives is passed on where x was kept")
    def backward(student, rng):
        for ratio, shape in zip(RATIOS, ((12, 10), (14, 15)), strict=True):
            layer, factors = trained(student, name, rng, ratio, shape)
            dout = far_from_0(rng, shape)
            dx = as_array(layer.backward(dout))
            if factors is not None:
                expect(dx, "dx").close_to(dout * (factors != 0))

    return shares, kept, after_training, backward


def dropout_probes(name):
    """What is measured of a class, so that it does not depend on what is drawn."""

    @probe(f"{name}.forward")
    def what_is_kept(student, rng):
        x = far_from_0(rng, (60, 50))
        layer = getattr(student, name)(RATIOS[0])
        factors = np.asarray(layer.forward(x, True)) / x
        left = factors[factors != 0]
        return {
            "share": nearest(np.mean(factors != 0), NEAR_OF_MANY, 1 - RATIOS[0]),
            "factor": float(left.mean()) if left.size else 0.0,
            "afterwards": float((np.asarray(layer.forward(x, False)) / x).mean()),
        }

    @probe(f"{name}.backward")
    def what_comes_back(student, rng):
        x, dout = far_from_0(rng, (60, 50)), far_from_0(rng, (60, 50))
        layer = getattr(student, name)(RATIOS[0])
        kept = np.asarray(layer.forward(x, True)) != 0
        back = np.asarray(layer.backward(dout)) / dout
        return {"kept": float(back[kept].mean()), "dropped": float(back[~kept].mean())}

    return what_is_kept, what_comes_back


@plain_dropout.mistake(
    "dropout_forward.kept-for-dropped",
    step="mask_of",
    title="The comparison is turned: what should be switched off is kept",
    explain=f"{_TRAINING} Yours keeps as many as it should switch off.",
    hints=("What share of the output is 0 for a ratio of 0.1?", "`>` or `<`?"),
)
def kept_for_dropped(shape, ratio):
    return (np.random.rand(*shape) < ratio).astype(float)


@plain_dropout.mistake(
    "dropout_forward.scaled-in-training",
    step="masked",
    title="What is kept is divided by the probability of being kept, in training already",
    explain=f"{_TRAINING} {_AFTER} The other way is to divide in training, and to do nothing afterwards.",
    hints=("What becomes of a number that is kept?", "Is it scaled in training or afterwards?"),
)
def scaled_in_training(right, x, mask, ratio):
    return right(x, mask, ratio) / (1 - ratio)


@plain_dropout.mistake(
    "dropout_forward.not-scaled-afterwards",
    step="scaled_afterwards",
    title="After training nothing is scaled: x is returned as it is",
    explain=_AFTER,
    hints=("What is the mean of the output in training?", "What does `<flag>` change?"),
)
def not_scaled_afterwards(x, ratio):
    return x


@plain_dropout.mistake(
    "dropout_forward.scaled-by-the-dropped",
    step="scaled_afterwards",
    title="After training everything is multiplied by the share of what is switched off",
    explain=f"{_AFTER} Yours multiplies by r itself.",
    hints=("What should come out for a ratio of 0?", "Which share of the numbers was kept?"),
)
def scaled_by_the_dropped(x, ratio):
    return x * ratio


@plain_dropout.mistake(
    "dropout_backward.mask-missing",
    step="passed_by_mask",
    title="The mask has no part in what goes back",
    explain="What was switched off had no part in the output, so nothing goes back to it.",
    hints=("Which numbers had a part in the output?", "Where is the mask kept?"),
)
def mask_missing(dout, mask, ratio):
    return dout


@plain_dropout.mistake(
    "dropout_backward.scaled",
    step="passed_by_mask",
    title="What goes back is divided by the probability of being kept",
    explain="In training what is kept stays as it is, so what arrives there goes back as it is.",
    hints=("By what was a number multiplied on the way there?", "Is there a factor that the forward pass has not?"),
)
def scaled_back(right, dout, mask, ratio):
    return right(dout, mask, ratio) / (1 - ratio)
