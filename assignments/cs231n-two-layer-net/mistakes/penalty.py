"""The penalty, in both accepted forms: what is left out, what has another factor, what should not be in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.assignments import Mistake, Place, convention

_PENALTY = (
    "The penalty $reg \\, (\\sum W_1^2 + \\sum W_2^2)$ has the gradients $2 \\, reg \\, W_l$; with ½ in front it "
    "has $reg \\, W_l$. Either is accepted, each with its own gradient; biases are in neither."
)


@dataclass(frozen=True)
class PenaltyMistake:
    """A wrong penalty: `terms(params, reg, n, a, b)` gives what is added to the loss, and to the gradients by key.

    `factors` maps the beginning of a code to (a, b), which are (1, 2) for reg·ΣW² and (½, 1) for ½·reg·ΣW².
    """

    name: str
    title: str
    explain: str
    hints: tuple[str, ...]
    terms: Callable[..., tuple[float, dict[str, object]]]
    factors: tuple[tuple[str, float, float], ...] = (("", 1, 2), ("half-", 0.5, 1))
    place: Place | None = None

    def declarations(self) -> Iterator[Mistake]:
        for prefix, a, b in self.factors:
            code = f"loss.{prefix}{self.name}"
            replacement = self._replacement(a, b)
            yield Mistake(code, "penalty_terms", self.title, self.explain, self.hints, replacement, self.place)

    def _replacement(self, a: float, b: float) -> Callable[..., tuple[float, dict[str, object]]]:
        return lambda params, reg, n: self.terms(params, reg, n, a, b)


def squares(params, *keys):
    return sum(float(np.sum(params[key] ** 2)) for key in keys)


def scaled(params, factor, *keys):
    return {key: factor * params[key] for key in keys}


WEIGHTS = ("W1", "W2")


@convention("loss.half-penalty", step="penalty_terms")
def half_penalty(params, reg, n):
    return reg / 2 * squares(params, *WEIGHTS), scaled(params, reg, *WEIGHTS)


_BELONG = ("Derive the penalty of your loss: which factor comes down?", "Compare the factors of the two lines.")
_WHICH_TERM = ("What changes in your loss, and what in your gradients, when `reg` doubles?", "Look for each `reg`.")
_BY_N = ("What should the penalty be when every sample is in the batch twice?", "What stands before the division by n?")
_WHICH_LAYER = (
    "Does the penalty change when W2 does? And when W1 does?",
    "Look for each `reg`: which weights are beside it?",
)
_BIASES = ("Does anything of the penalty change when b1 does?", "Over which parameters does it run?")

# The statements in which a penalty shows. In the gradient there may be one for each layer, all alike.
_IN_THE_LOSS = Place(looks=r"^(?!d[A-Zw]|grad).*\breg\w*\b")
_IN_THE_GRADIENT = Place(looks=r"^(d[A-Zw]|grad|return).*\breg\w*\b", first=True)
_IN_A_BIAS = Place(looks=r"^(db|grad\w*\[.b|return).*\breg\w*\b", first=True)

PENALTIES = (
    PenaltyMistake(
        "penalty-missing",
        "The penalty is missing from the loss and from the gradients",
        f"{_PENALTY} Yours does not depend on `reg`.",
        _WHICH_TERM,
        lambda params, reg, n, a, b: (0.0, {}),
        (("", 0, 0),),
    ),
    PenaltyMistake(
        "penalty-missing-in-the-gradient",
        "The penalty is in the loss, but not in the gradients",
        f"{_PENALTY} Without it the weights never feel the penalty.",
        _WHICH_TERM,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), {}),
    ),
    PenaltyMistake(
        "penalty-missing-in-the-loss",
        "The penalty is in the gradients, but not in the loss",
        f"{_PENALTY} The loss that you return is not the one that you descend on.",
        _WHICH_TERM,
        lambda params, reg, n, a, b: (0.0, scaled(params, b * reg, *WEIGHTS)),
    ),
    PenaltyMistake(
        "penalty-gradient-without-factor-2",
        "The loss has reg·ΣW², the gradients reg·W: the factor 2 of the derivative is missing",
        f"{_PENALTY} Your loss has the first, your gradients the second.",
        _BELONG,
        lambda params, reg, n, a, b: (reg * squares(params, *WEIGHTS), scaled(params, reg, *WEIGHTS)),
        (("", 1, 1),),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-doubled",
        "The loss has ½·reg·ΣW², the gradients 2·reg·W: the ½ is missing there",
        f"{_PENALTY} Your loss has the second, your gradients the first.",
        _BELONG,
        lambda params, reg, n, a, b: (reg / 2 * squares(params, *WEIGHTS), scaled(params, 2 * reg, *WEIGHTS)),
        (("", 0.5, 2),),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-sign",
        "The penalty's gradient has the wrong sign",
        f"{_PENALTY} With a minus sign the weights grow without bound.",
        ("Should the penalty make the weights smaller or larger?", "`+=` or `-=`?"),
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, -b * reg, *WEIGHTS)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-is-one-number",
        "The sum of all weights of a layer is added to every entry of its gradient",
        f"{_PENALTY} Each weight has its own derivative; nothing is summed in the gradient.",
        ("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the gradient's line."),
        lambda params, reg, n, a, b: (
            a * reg * squares(params, *WEIGHTS),
            {key: b * reg * np.sum(params[key]) for key in WEIGHTS},
        ),
        (("", 1, 2), ("half-", 0.5, 1), ("unmatched-", 1, 1)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-divided-by-n",
        "The penalty is divided by the number of samples, in the loss and in the gradients",
        f"{_PENALTY} It is about the weights, which do not come with the samples: only the data's part is a mean.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS) / n, scaled(params, b * reg / n, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-gradient-divided-by-n",
        "The penalty's gradient is divided by the number of samples",
        f"{_PENALTY} In the loss it stands by itself; in the gradients it was added before the division by n.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg / n, *WEIGHTS)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-loss-divided-by-n",
        "The penalty is divided by the number of samples in the loss",
        f"{_PENALTY} In the gradients it stands by itself; in the loss it was added before the division by n.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS) / n, scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone",
        "The output layer's weights are left out of the penalty",
        f"{_PENALTY} Yours has W1 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, "W1")),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone",
        "The hidden layer's weights are left out of the penalty",
        f"{_PENALTY} Yours has W2 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg, "W2")),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone-in-the-loss",
        "The output layer's weights are left out of the penalty in the loss; the gradients have both",
        f"{_PENALTY} Your loss has W1 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone-in-the-loss",
        "The hidden layer's weights are left out of the penalty in the loss; the gradients have both",
        f"{_PENALTY} Your loss has W2 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-without-reg-on-the-second-layer",
        "`reg` multiplies the first layer's weights alone: parentheses are missing",
        f"{_PENALTY} In `reg * np.sum(W1 * W1) + np.sum(W2 * W2)` the second sum is not multiplied.",
        ("Does your loss have a penalty when `reg` is 0?", "What does `reg` multiply?"),
        lambda params, reg, n, a, b: (
            a * reg * squares(params, "W1") + squares(params, "W2"),
            scaled(params, b * reg, *WEIGHTS),
        ),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-the-norm",
        "The penalty in the loss has the norms of the weights, not their squares",
        f"{_PENALTY} `np.linalg.norm` takes the square root of the sum.",
        ("By how much should the penalty grow when all weights double?", "Is there a root in it?"),
        lambda params, reg, n, a, b: (
            a * reg * sum(np.linalg.norm(params[key]) for key in WEIGHTS),
            scaled(params, b * reg, *WEIGHTS),
        ),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-not-squared",
        "The weights are added up without being squared",
        f"{_PENALTY} In a plain sum positive and negative weights cancel.",
        ("Can a penalty be negative?", "What should a weight of −2 add?"),
        lambda params, reg, n, a, b: (
            a * reg * sum(np.sum(params[key]) for key in WEIGHTS),
            scaled(params, b * reg, *WEIGHTS),
        ),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone-in-the-gradient",
        "The output layer's weights are left out of the penalty in the gradients; the loss has both",
        f"{_PENALTY} Only your gradient of W1 changes with `reg`.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, "W1")),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone-in-the-gradient",
        "The hidden layer's weights are left out of the penalty in the gradients; the loss has both",
        f"{_PENALTY} Only your gradient of W2 changes with `reg`.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, "W2")),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "biases-penalised",
        "The biases are in the penalty",
        f"{_PENALTY} Yours has all four parameters, in the loss and in the gradients.",
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *params)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "biases-penalised-in-the-loss",
        "The biases are in the penalty of the loss; the gradients have the weights alone",
        _PENALTY,
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "biases-penalised-in-the-gradient",
        "The biases are in the penalty's gradients; the loss has the weights alone",
        _PENALTY,
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, *params)),
        place=_IN_A_BIAS,
    ),
)

MISTAKES = tuple(entry for wrong in PENALTIES for entry in wrong.declarations())
