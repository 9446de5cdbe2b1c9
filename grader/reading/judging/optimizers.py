"""Optimizers that no linear fit explains, replayed on the gradients: Nesterov, AdaGrad, RMSProp, Adam.

Δ is −rate times a direction that the rule makes of G₁ … G_k; the rate is found by least squares.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations_with_replacement, count

import numpy as np

from grader.reading.judging.fits import Change
from grader.reading.recorded.recording import Array

TOLERANCE = 2e-3
TOLERANCE_OF_WRONG = 1e-5
LONG, SHORT = 0.99, 0.95  # shares that Adam keeps of its second average, and of its first
MOST_PARAMETERS = 8  # that may be counted as steps
ENTRIES = 400  # of a parameter, that are looked at
MAX_REPLAYS = 40  # of all rules, on gradients that are wrong


@dataclass(frozen=True)
class Optimizer:
    """A rule that was recognised, with its constants; `code` is the mistake in it, if there is one."""

    name: str
    rate: float
    constants: dict[str, float]
    code: str = ""


class Replays:
    """How often all rules are replayed on gradients that are wrong, for all weights of a network together."""

    def __init__(self) -> None:
        self._left = MAX_REPLAYS

    def take(self) -> bool:
        """Whether one more is left."""
        self._left -= 1
        return self._left >= 0


def recognise_optimizer(
    change: Change,
    gradients: Sequence[Array],
    constants: Sequence[float],
    *,
    has_root: bool,
    replays: Replays | None = None,
    only: str = "",
) -> Optimizer | None:
    """The rule that makes the changes of the gradients; `constants` are numbers that the script uses.

    In the first step alone, all that divide by a root go by the sign of the gradient. With `replays`, nothing is
    looked for when none is left. With `only`, which names a rule, no other is right.
    """
    if len(gradients) < 2 or any(g.shape != d.shape for g, d in zip(gradients, change.changes, strict=True)):
        return None
    usable = [c for c in constants if 0.3 <= c <= 0.9999]
    if change.changes[0].size > ENTRIES:
        weight = np.abs(gradients[0]).ravel()
        part = np.argsort(-weight)[:: max(1, np.count_nonzero(weight) // ENTRIES)][:ENTRIES]
        change = Change(
            [b.ravel()[part] for b in change.before], [d.ravel()[part] for d in change.changes], change.noise
        )
        gradients = [g.ravel()[part] for g in gradients]
    share = 0.0
    if has_root:
        change, share = without_decay(change, gradients[0], constants)
    fit = _Fit(change)
    if _is_against(change.changes[0], gradients[0]) > fit.allowed(TOLERANCE):
        return None
    if replays is not None and not replays.take():
        return None
    nearly: Optimizer | None = None  # with another constant, say, where the gradients hardly change
    for name, settings, directions in _rules(gradients, usable, constants, has_root):
        if only and name != only:
            continue
        rate, rest = fit.of(directions)
        if rest <= fit.allowed(TOLERANCE_OF_WRONG):
            return Optimizer(_with_decay(name, share), rate, settings, _exchanged(settings, usable))
        if nearly is None and rest <= fit.allowed(TOLERANCE):
            nearly = Optimizer(_with_decay(name, share), rate, settings)
    if nearly is not None:
        return nearly
    for code, settings, directions in _wrong_rules(gradients, usable, constants, has_root):
        rate, rest = fit.of(directions)
        if rest <= fit.allowed(TOLERANCE_OF_WRONG):
            return Optimizer("Adam", rate, settings, code)
    return None


def _with_decay(name: str, share: float) -> str:
    return name if not share else "AdamW" if name == "Adam" else f"{name}, with weights that decay"


def _is_against(change: Array, gradient: Array) -> float:
    """The norm of what is changed in the first step against its gradient, or along it, whichever is less.

    There every rule goes by the sign of the gradient: what goes another way is left over, whatever the constants are.
    """
    with np.errstate(all="ignore"):
        along = np.sign(gradient) * change
    ways = [float(np.linalg.norm(along[along * way > 0])) for way in (1, -1)]
    still = float(np.linalg.norm(change[gradient == 0]))
    return max(min(ways), still)


def _exchanged(settings: Mapping[str, float], written: Sequence[float]) -> str:
    """The mistake of an Adam that averages the gradients as long as it should their squares, and these shortly."""
    first, second = settings.get("beta1", 0.0), settings.get("beta2", 1.0)
    is_exchanged = first >= LONG and second <= SHORT and {first, second} <= set(written)
    return "adam-rates-exchanged" if is_exchanged else ""


class _Fit:
    """Whether the changes are directions times one number; what is asked of the changes alone is found once."""

    def __init__(self, change: Change) -> None:
        self._changes = np.concatenate([one.ravel() for one in change.changes])
        self._is_usable = self._changes.size >= 4 and bool(np.isfinite(self._changes).all())
        self._norm = float(np.linalg.norm(self._changes)) if self._is_usable else 0.0
        self._noise = float(4 * change.noise * np.sqrt(self._changes.size))

    def of(self, directions: Sequence[Array]) -> tuple[float, float]:
        """The rate by least squares, and the norm of what it leaves; infinite where there is none."""
        v = np.concatenate([one.ravel() for one in directions])
        with np.errstate(all="ignore"):
            norm = float(v @ v)
        if not self._is_usable or not np.isfinite(norm) or norm == 0:
            return 0.0, np.inf
        c = float(v @ self._changes) / norm
        return -c, float(np.linalg.norm(self._changes - c * v))

    def allowed(self, tolerance: float) -> float:
        """How large what is left may be."""
        return tolerance * self._norm + self._noise


def _rules(
    gradients: Sequence[Array], decays: Sequence[float], constants: Sequence[float], has_root: bool
) -> Iterator[tuple[str, dict[str, float], list[Array]]]:
    epsilons = [c for c in constants if 1e-12 <= c <= 1e-4] or [c for c in constants if c <= 1e-2] or [1e-8]
    near_one = sorted({*[c for c in decays if c >= 0.9], 0.999, 0.9, 0.99})
    anywhere = sorted({*decays, 0.9})[-6:]
    for mu in anywhere:
        yield "Nesterov momentum", {"momentum": mu}, _nesterov(gradients, mu)
    for b1 in anywhere[-4:]:
        for b2 in near_one[-4:]:
            settings = {"beta1": b1, "beta2": b2}
            for epsilon in (*epsilons[:2], 0.0):
                yield "Adamax", settings, _adamax(gradients, b1, b2, epsilon)
    if not has_root:
        return
    for epsilon in epsilons[:3]:
        for rho in near_one[-4:]:
            for inside in (False, True):
                yield "RMSProp", {"decay": rho, "epsilon": epsilon}, _rmsprop(gradients, rho, epsilon, inside)
        for inside in (False, True):
            yield "AdaGrad", {"epsilon": epsilon}, _adagrad(gradients, epsilon, inside)
        for b1 in anywhere[-4:]:
            for b2 in near_one[-4:]:
                for start, inside in ((1, False), (2, False), (0, False), (1, True), (0, True)):
                    settings = {"beta1": b1, "beta2": b2, "epsilon": epsilon}
                    name = "Adam" if start == 1 else "Adam (t begins at 2)" if start == 2 else "Adam without correction"
                    counts = range(start, start + len(gradients))
                    made = _adam(gradients, b1, b2, epsilon, counts, inside=inside, is_corrected=start > 0)
                    yield name, settings, made
    for epsilon in epsilons[:3]:
        for rho in near_one[-4:]:
            yield "Adadelta", {"decay": rho, "epsilon": epsilon}, _adadelta(gradients, rho, epsilon)
            for mu in anywhere[-4:]:
                settings = {"decay": rho, "momentum": mu, "epsilon": epsilon}
                yield "RMSProp with momentum", settings, _piled(_rmsprop(gradients, rho, epsilon, False), mu)
        for b1 in anywhere[-4:]:
            for b2 in near_one[-4:]:
                settings = {"beta1": b1, "beta2": b2, "epsilon": epsilon}
                for is_corrected in (True, False):
                    yield "AMSGrad", settings, _amsgrad(gradients, b1, b2, epsilon, is_corrected)
                yield "NAdam", settings, _nadam(gradients, b1, b2, epsilon)
                for inner in (0.0, epsilon):
                    yield "AdaBelief", settings, _adabelief(gradients, b1, b2, epsilon, inner)


def _averages(values: Iterable[Array], share: float) -> list[Array]:
    """Running means that begin at 0 and keep a share of what they were."""
    mean: Array = np.zeros(())
    return [mean := share * mean + (1 - share) * value for value in values]


def _piled(directions: Iterable[Array], mu: float) -> list[Array]:
    """A momentum of directions that another rule gives."""
    pile: Array = np.zeros(())
    return [pile := mu * pile + direction for direction in directions]


def _corrected(averages: Sequence[Array], share: float, counts: Iterable[int] | None = None) -> list[Array]:
    """Averages without what they lack as they begin at 0; `counts` are the numbers t of the steps, 1, 2, … for None."""
    return [one / (1 - share**t) for one, t in zip(averages, counts or count(1), strict=False)]


def _over_roots(
    directions: Sequence[Array], squares: Iterable[Array], epsilon: float, inside: bool = False
) -> list[Array]:
    return [
        up / (np.sqrt(down + epsilon) if inside else np.sqrt(down) + epsilon)
        for up, down in zip(directions, squares, strict=True)
    ]


def _squares(arrays: Iterable[Array]) -> list[Array]:
    return [one * one for one in arrays]


def _nesterov(gradients: Sequence[Array], mu: float) -> list[Array]:
    piles = _piled(gradients, mu)
    return [(1 + mu) * pile - mu * before for before, pile in zip([0 * piles[0], *piles], piles, strict=False)]


def _adagrad(gradients: Sequence[Array], epsilon: float, inside: bool) -> list[Array]:
    return _over_roots(gradients, accumulate(_squares(gradients)), epsilon, inside)


def _rmsprop(gradients: Sequence[Array], rho: float, epsilon: float, inside: bool) -> list[Array]:
    return _over_roots(gradients, _averages(_squares(gradients), rho), epsilon, inside)


def _adam(
    gradients: Sequence[Array],
    b1: float,
    b2: float,
    epsilon: float,
    counts: Sequence[int] | None = None,
    *,
    inside: bool = False,
    is_corrected: bool = True,
) -> list[Array]:
    m, v = _averages(gradients, b1), _averages(_squares(gradients), b2)
    if is_corrected:
        m, v = _corrected(m, b1, counts), _corrected(v, b2, counts)
    return _over_roots(m, v, epsilon, inside)


def _adamax(gradients: Sequence[Array], b1: float, b2: float, epsilon: float) -> list[Array]:
    """Kingma and Ba (2015), algorithm 2: the largest gradient so far in the place of the root."""
    largest = accumulate(map(np.abs, gradients), lambda u, size: np.maximum(b2 * u, size))
    with np.errstate(all="ignore"):
        pairs = zip(_corrected(_averages(gradients, b1), b1), largest, strict=True)
        return [np.nan_to_num(m / (u + epsilon)) for m, u in pairs]


def _adadelta(gradients: Sequence[Array], rho: float, epsilon: float) -> list[Array]:
    """Zeiler (2012)."""
    steps, found = np.zeros_like(gradients[0]), []
    for g, s in zip(gradients, _averages(_squares(gradients), rho), strict=True):
        step = np.sqrt(steps + epsilon) / np.sqrt(s + epsilon) * g
        steps = rho * steps + (1 - rho) * step * step
        found.append(step)
    return found


def _amsgrad(gradients: Sequence[Array], b1: float, b2: float, epsilon: float, is_corrected: bool) -> list[Array]:
    """Reddi, Kale and Kumar (2018): the largest mean of squares so far."""
    m, v = _averages(gradients, b1), _averages(_squares(gradients), b2)
    if is_corrected:
        m, v = _corrected(m, b1), _corrected(v, b2)
    return _over_roots(m, accumulate(v, np.maximum), epsilon)


def _nadam(gradients: Sequence[Array], b1: float, b2: float, epsilon: float) -> list[Array]:
    """Dozat (2016), with one β₁ for all steps."""
    m, v = _averages(gradients, b1), _averages(_squares(gradients), b2)
    ahead = [b1 * one + (1 - b1) * g for one, g in zip(m, gradients, strict=True)]
    return _over_roots(_corrected(ahead, b1), _corrected(v, b2), epsilon)


def _adabelief(gradients: Sequence[Array], b1: float, b2: float, epsilon: float, inner: float) -> list[Array]:
    """Zhuang and others (2020): how far the gradient is from what was expected."""
    m = _averages(gradients, b1)
    off = [(g - one) ** 2 + inner / (1 - b2) for g, one in zip(gradients, m, strict=True)]
    return _over_roots(_corrected(m, b1), _corrected(_averages(off, b2), b2), epsilon)


def _wrong_rules(
    gradients: Sequence[Array], decays: Sequence[float], constants: Sequence[float], has_root: bool
) -> Iterator[tuple[str, dict[str, float], list[Array]]]:
    """Adam with a mistake, where three steps or more tell it from what is right."""
    if len(gradients) < 3:
        return
    near = sorted((c for c in constants if 1e-12 <= c <= 1e-3), key=lambda c: c > 1e-4)  # 0.001 is 1 − β₂ rather
    epsilons = near or [1e-8]
    for b1 in sorted({*[c for c in decays if c <= 0.99], 0.9})[-5:]:
        for b2 in sorted({*[c for c in decays if c >= 0.99], 0.999})[-4:]:
            settings = {"beta1": b1, "beta2": b2, "epsilon": epsilons[0]}
            for inside in (False, True):
                for code, directions in _wrong_adams(gradients, b1, b2, epsilons[0], inside).items():
                    if has_root != (code == "adam-without-root"):
                        yield code, settings, directions
    first = 0.9 if 0.9 in decays else max((c for c in decays if c <= LONG), default=0.0)
    second = 0.999 if 0.999 in decays else max((c for c in decays if c >= LONG), default=0.0)
    if not has_root or not first or not second:
        return
    settings = {"beta1": first, "beta2": second, "epsilon": epsilons[0]}
    for parameters in range(2, MOST_PARAMETERS + 1):
        for start in range(1, parameters + 1):
            counted = [start + parameters * k for k in range(len(gradients))]
            yield "adam-parameters-counted", settings, _adam(gradients, first, second, epsilons[0], counted)


def _wrong_adams(
    gradients: Sequence[Array], b1: float, b2: float, epsilon: float, inside: bool
) -> dict[str, list[Array]]:
    squares = _squares(gradients)
    m, v = _averages(gradients, b1), _averages(squares, b2)
    up, down = _corrected(m, b1), _corrected(v, b2)
    with np.errstate(all="ignore"):
        kept_up, kept_down = _corrected_in_place(gradients, b1), _corrected_in_place(squares, b2)
        parts = {
            "adam-corrected-in-place": (kept_up, kept_down),
            "adam-first-corrected-in-place": (kept_up, down),
            "adam-second-corrected-in-place": (up, kept_down),
            "adam-first-of-one-step": ([one / (1 - b1) for one in m], down),
            "adam-second-of-one-step": (up, [one / (1 - b2) for one in v]),
            "adam-second-corrected-with-first-share": (up, _corrected(v, b1)),
            "adam-first-corrected-with-second-share": (_corrected(m, b2), down),
            "adam-correction-not-a-power": ([one / (1 - b1 * t) for t, one in enumerate(m, 1)], down),
            "adam-second-with-first-share": (up, _corrected(_averages(squares, b1), b2)),
            "adam-squares-missing": (up, _corrected(_averages(gradients, b2), b2)),
            "adam-absolute-for-squares": (up, _corrected(_averages(map(np.abs, gradients), b2), b2)),
        }
        found = {code: _over_roots(*pair, epsilon, inside) for code, pair in parts.items()}
        found["adam-without-root"] = [one / (other + epsilon) for one, other in zip(up, down, strict=True)]
    return found


def _corrected_in_place(values: Iterable[Array], share: float) -> list[Array]:
    """Running means of which each is corrected, and goes on so."""
    mean: Array = np.zeros(())
    return [
        mean := np.asarray((share * mean + (1 - share) * value) / (1 - share**t)) for t, value in enumerate(values, 1)
    ]


# Weights that decay beside the step of an optimizer that goes by a root, as in AdamW.
#
# Loshchilov and Hutter (2019): W ← W − rate·(direction + λ·W), where the penalty is no part of the gradient that the
# rule averages. In the first step the direction is the sign of the gradient, so what is left of it tells the share.

NEAR = 0.05  # of a share that the script's numbers give
LEAST = 1e-4  # of the change, that the decay must be
FEW = 8  # numbers, at least


def without_decay(change: Change, gradient: Array, constants: Sequence[float]) -> tuple[Change, float]:
    """The changes without what weights decay by, and the share of them that does so in each step; 0 if none does.

    Args:
        gradient: of the first step, in the form of the change.
        constants: numbers that the script uses: the share is one of them, or the product of two.
    """
    step, weights = change.changes[0].ravel(), change.before[0].ravel()
    sign = np.sign(gradient.ravel())
    if step.size < FEW or sign.size != step.size or not np.any(weights):
        return change, 0.0
    large = np.abs(gradient.ravel()) >= np.median(np.abs(gradient))  # of small ones ε is a part
    terms = np.array([sign[large], weights[large]]).T
    found = np.linalg.lstsq(terms, step[large], rcond=None)[0]
    share = -float(found[1])
    if share <= 0 or share * np.linalg.norm(weights) < LEAST * np.linalg.norm(step):
        return change, 0.0
    written = {*constants, *[one * other for one, other in combinations_with_replacement(constants, 2)]}
    nearest = min(written, key=lambda one: abs(one / share - 1), default=0.0)
    if not nearest or abs(nearest / share - 1) > NEAR:
        return change, 0.0
    changes = [d + nearest * b for d, b in zip(change.changes, change.before, strict=True)]
    return replace(change, changes=changes), nearest
