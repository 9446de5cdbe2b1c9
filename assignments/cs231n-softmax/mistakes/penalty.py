"""The penalty, of both functions and in both accepted forms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.assignments import Mistake, Place, convention

_PENALTY = (
    "The penalty $reg \\sum W^2$ has the gradient $2 \\, reg \\, W$; $\\frac{1}{2} reg \\sum W^2$ has $reg \\, W$. "
    "Either is accepted, each with its own gradient."
)


@dataclass(frozen=True)
class PenaltyMistake:
    """A wrong penalty: `terms(W, reg, n, a, b)` gives what is added to the loss and to the gradient.

    `factors` maps the beginning of a code to (a, b), which are (1, 2) for reg·ΣW² and (½, 1) for ½·reg·ΣW².
    """

    name: str
    title: str
    explain: str
    hints: tuple[str, ...]
    terms: Callable[..., tuple[object, object]]
    factors: tuple[tuple[str, float, float], ...] = (("", 1, 2), ("half-", 0.5, 1))
    place: Place | None = None

    def of(self, side: str) -> Iterator[Mistake]:
        for prefix, a, b in self.factors:
            yield Mistake(
                f"softmax_loss_{side}.{prefix}{self.name}",
                f"{side}_penalty",
                self.title,
                self.explain,
                self.hints,
                self._replacement(a, b),
                self.place,
            )

    def _replacement(self, a: float, b: float) -> Callable[..., tuple[object, object]]:
        return lambda W, reg, n: self.terms(W, reg, n, a, b)


@convention("softmax_loss_naive.half-penalty", step="naive_penalty")
def naive_half_penalty(W, reg, n):
    return reg / 2 * np.sum(W**2), reg * W


@convention("softmax_loss_vectorized.half-penalty", step="vectorized_penalty")
def vectorized_half_penalty(W, reg, n):
    return reg / 2 * np.sum(W**2), reg * W


_BELONG = ("Derive the penalty of your loss: which factor comes down?", "Compare the factors of the two lines.")
_WHICH_TERM = ("What changes in your loss, and what in your gradient, when `reg` doubles?", "Look for each `reg`.")
_BY_N = ("What should the penalty be when every sample is in the batch twice?", "What stands before the division by n?")

# The statements in which a penalty shows. In the gradient there may be one for each layer, all alike.
_IN_THE_LOSS = Place(looks=r"^(?!d[A-Zw]|grad).*\breg\w*\b")
_IN_THE_GRADIENT = Place(looks=r"^(d[A-Zw]|grad|return).*\breg\w*\b", first=True)

PENALTIES = (
    PenaltyMistake(
        "penalty-missing",
        "The penalty is missing from the loss and from the gradient",
        f"{_PENALTY} Yours does not depend on `reg`.",
        _WHICH_TERM,
        lambda W, reg, n, a, b: (0.0, np.zeros_like(W)),
        (("", 0, 0),),
    ),
    PenaltyMistake(
        "penalty-missing-in-the-gradient",
        "The penalty is in the loss, but not in the gradient",
        f"{_PENALTY} Without it the weights never feel the penalty.",
        _WHICH_TERM,
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2), np.zeros_like(W)),
    ),
    PenaltyMistake(
        "penalty-missing-in-the-loss",
        "The penalty is in the gradient, but not in the loss",
        f"{_PENALTY} The loss that you return is not the one that you descend on.",
        _WHICH_TERM,
        lambda W, reg, n, a, b: (0.0, b * reg * W),
    ),
    PenaltyMistake(
        "penalty-gradient-without-factor-2",
        "The loss has reg·ΣW², the gradient reg·W: the factor 2 of the derivative is missing",
        f"{_PENALTY} Your loss has the first, your gradient the second.",
        _BELONG,
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2), b * reg * W),
        (("", 1, 1),),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-doubled",
        "The loss has ½·reg·ΣW², the gradient 2·reg·W: the ½ is missing there",
        f"{_PENALTY} Your loss has the second, your gradient the first.",
        _BELONG,
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2), b * reg * W),
        (("", 0.5, 2),),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-sign",
        "The penalty's gradient has the wrong sign",
        f"{_PENALTY} With a minus sign the weights grow without bound.",
        ("Should the penalty make the weights smaller or larger?", "`+=` or `-=`?"),
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2), -b * reg * W),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-is-one-number",
        "The sum of all weights is added to every entry of the gradient",
        f"{_PENALTY} Each weight has its own derivative; nothing is summed in the gradient.",
        ("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the gradient's line."),
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2), np.full_like(W, b * reg * np.sum(W))),
        (("", 1, 2), ("half-", 0.5, 1), ("unmatched-", 1, 1)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-divided-by-n",
        "The penalty is divided by the number of samples, in the loss and in the gradient",
        f"{_PENALTY} It is about the weights, which do not come with the samples: only the data's part is a mean.",
        _BY_N,
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2) / n, b * reg * W / n),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-gradient-divided-by-n",
        "The penalty's gradient is divided by the number of samples",
        f"{_PENALTY} In the loss it stands by itself; in the gradient it was added before the division by n.",
        _BY_N,
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2), b * reg * W / n),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-loss-divided-by-n",
        "The penalty is divided by the number of samples in the loss",
        f"{_PENALTY} In the gradient it stands by itself; in the loss it was added before the division by n.",
        _BY_N,
        lambda W, reg, n, a, b: (a * reg * np.sum(W**2) / n, b * reg * W),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-the-norm",
        "The penalty in the loss is the norm of W, not its square",
        f"{_PENALTY} `np.linalg.norm` takes the square root of the sum.",
        ("By how much should the penalty grow when all weights double?", "Is there a root in it?"),
        lambda W, reg, n, a, b: (a * reg * np.linalg.norm(W), b * reg * W),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-not-squared",
        "The weights are added up without being squared",
        f"{_PENALTY} In a plain sum positive and negative weights cancel.",
        ("Can a penalty be negative?", "What should a weight of −2 add?"),
        lambda W, reg, n, a, b: (a * reg * np.sum(W), b * reg * W),
        place=_IN_THE_LOSS,
    ),
)

MISTAKES = tuple(entry for wrong in PENALTIES for side in ("naive", "vectorized") for entry in wrong.of(side))
