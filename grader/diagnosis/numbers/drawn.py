"""What can be told of numbers that are to be drawn at random: their shape, and whether they are drawn at all.

No value is right or wrong there, and a check may only ask for a shape, or a spread. Told is what holds in every call
of checks that failed though all that can be compared is right.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader.assignments import ContractFunction
from grader.diagnosis.cases.case import Case, Cell
from grader.diagnosis.cases.leaves import Array, leaves_of
from grader.diagnosis.cases.parts import Part, Parts, listed
from grader.diagnosis.cases.phrases import begun
from grader.diagnosis.cases.verdict import Described

ENOUGH = 20  # numbers, of which none is negative by chance
MANY = 200  # numbers whose spread tells something
LISTED = 20  # numbers of a list that may be sizes
FACTOR = 1.5  # by which it must be off
OF_SHAPES = ("turned", "sized")

Pairs = Sequence[tuple[Array, Array]]  # what was found and what a right function drew, in every call


def describe_drawn(case: Case, contract: Sequence[ContractFunction]) -> tuple[Described, ...]:
    """What is wrong with what a function draws from sizes alone; only of its shapes where something else is wrong."""
    if not all(_is_of_sizes(case, one.cell) for one in case.drawn):
        return ()
    parts = Parts(case, contract)
    pairs: dict[Part, list[tuple[Array, Array]]] = {}
    for one in case.drawn:
        if not isinstance(one.found, np.ndarray) or not isinstance(one.right, np.ndarray):
            return ()
        pairs.setdefault(parts.of(one.cell), []).append((one.found, one.right))
    if not case.wrong and (unlike := _unlike(case, pairs)):
        return (unlike,)
    told: dict[str, list[Part]] = {}
    for part, both in pairs.items():
        if (kind := _kind(both)) and (kind in OF_SHAPES or not case.wrong):
            told.setdefault(kind, []).append(part)
    return tuple(as_told(case.function, kind, wrong, pairs) for kind, wrong in told.items())


def _is_of_sizes(case: Case, cell: Cell) -> bool:
    """Whether what is drawn comes from a call without data, or is what an object began with."""
    calls, call = case.traces[cell.trace].calls, case.call(cell)
    if any(isinstance(one, np.ndarray) for given in call.arguments for one in given):
        return False
    before = (other for other in calls[: cell.call] if other.instance == call.instance)
    return call.instance is None or not any(other.kind in ("call", "many") for other in before)


def _unlike(case: Case, pairs: Mapping[Part, Pairs]) -> Described | None:
    """Of sizes that no call gives, and that are a right function's own to choose: two that should be the same."""
    given = {size for one in case.drawn for size in _given(case, one.cell)}
    first = {part: both[0] for part, both in pairs.items()}
    places: dict[int, list[tuple[Part, tuple[int, ...], int]]] = {}
    for part, (found, right) in first.items():
        own = [size for size in right.shape if size > 1 and size not in given]
        if found.ndim != right.ndim or len({*own}) < len(own):
            return None  # between layers of one size it is not known which of them a number belongs to
        for own, size in zip(found.shape, right.shape, strict=True):
            if size > 1 and size not in given:
                places.setdefault(size, []).append((part, found.shape, own))
    for belong_together in places.values():
        (one, shape, size), *others = belong_together
        for other, other_shape, other_size in others:
            if other_size != size:
                return Described(
                    code=f"{case.function}.drawn-unlike",
                    title=begun(f"{listed([one, other])} do not fit one another"),
                    explanation=f"In a check {one.name} is of shape {shape}, and {other.name} of shape {other_shape}: "
                    f"the {size} and the {other_size} are to be the same number, which is how many units a layer has.",
                    hints=("Give the number of units of this layer a name, and use that name in both places.",),
                    evidence={"parts": [part.name.strip("`") for part in (one, other)]},
                )
    return None


def _given(case: Case, cell: Cell) -> Iterator[int]:
    """The numbers, and the sizes of arrays, that are given to a call or to the constructor of its object."""
    call = case.call(cell)
    calls = [call, *([case.traces[cell.trace].calls[call.instance.call]] if call.instance else [])]
    for given in (given for one in calls for given in (*one.arguments, tuple(one.named.values()))):
        for leaf in (leaf for value in given for leaf in leaves_of(value).values()):
            if isinstance(leaf, np.ndarray):
                yield from leaf.shape
                yield from (int(one) for one in leaf.ravel()[:LISTED] if one == int(one))


def _kind(both: Pairs) -> str:
    """What is wrong with a part; nothing if that is not certain."""
    if any(found.shape != right.shape for found, right in both):
        is_turned = all(found.ndim == 2 and found.shape == right.shape[::-1] for found, right in both)
        is_sized = all(found.ndim == right.ndim and found.size != right.size for found, right in both)
        return "turned" if is_turned else "sized" if is_sized else ""
    large = [(found, right) for found, right in both if found.size > 1]
    if large and all(np.ptp(found) == 0 for found, _ in large):
        return "alike"
    found = np.concatenate([found.ravel() for found, _ in both])
    right = np.concatenate([right.ravel() for _, right in both])
    if not np.isfinite(found).all():
        return ""
    if found.size >= ENOUGH and right.min() < 0 < right.max() and (found.min() >= 0 or found.max() <= 0):
        return "one-sided"
    spread = [(float(np.std(a)), float(np.std(b))) for a, b in large if a.size >= MANY]
    if spread and all(a > FACTOR * b for a, b in spread):
        return "too-wide"
    if spread and all(b > FACTOR * a for a, b in spread):
        return "too-narrow"
    return ""


_ELSE = {
    False: "`np.random.rand` draws from 0 to 1, `np.random.randn` normal numbers around 0",
    True: "Of what is drawn evenly from 0 on, half of its width has to be taken away to have both sides of 0",
}


def _is_uniform(right: np.ndarray) -> bool:
    """Whether numbers lie as close together as evenly spread ones: to no more than √3 standard deviations from 0."""
    return float(np.abs(right).max()) < 1.85 * float(np.std(right))


def as_told(function: str, kind: str, wrong: Sequence[Part], pairs: Mapping[Part, Pairs]) -> Described:
    """What is told of the parts of which the same is wrong; `pairs` has all parts that are drawn."""
    names = listed(wrong)
    is_one = len(wrong) == 1
    found, right = max(pairs[wrong[0]], key=lambda both: both[0].size)
    are, have, they, begin = ("is", "has", "it", "begins") if is_one else ("are", "have", "they", "begin")
    if kind == "turned":
        title = f"{names} {have} rows and columns exchanged"
        explanation = (
            f"In a check {wrong[0].name} has the shape {found.shape}, and {right.shape} is needed: the right sizes, "
            "the wrong way round."
        )
        hint = f"Which of its two sizes counts the inputs of a layer, and which its units? Print the shape of {names}."
    elif kind == "sized":
        title = f"{names} {have} another shape than the task asks for"
        shapes = (max(pairs[part], key=lambda both: both[0].size) for part in wrong)
        explanation = "; ".join(
            f"{part.name} {'is of' if i == 0 else 'of'} shape {found.shape}, and {right.shape} is asked for"
            for i, (part, (found, right)) in enumerate(zip(wrong, shapes, strict=True))
        )
        explanation = f"In a check {explanation}. Each size is that of the inputs, or the number of units of a layer."
        hint = "How many units does each layer have in the task, and how many here?"
    elif kind == "alike":
        title = f"{names} {begin} with equal numbers, and should be drawn at random"
        explanation = (
            f"In a check all its numbers are {found.flat[0]:.3g}. " if is_one else "In each all numbers are the same. "
        ) + (
            "Units of a layer that begin with equal weights get equal gradients, and stay equal whatever is learnt: "
            "a layer of them can do no more than one unit."
            if len(wrong) == len(pairs)  # else the layer behind tells them apart
            else "Units of a layer with equal weights and biases give equal numbers for every sample: at the beginning "
            "it is as if there were one unit."
        )
        hint = "In what would two units of this layer differ, at the beginning and after a step of training?"
    elif kind == "one-sided":
        title = f"{names} {have} numbers of one sign alone"
        explanation = (
            f"What is drawn should lie around 0, and {they} {are} never "
            f"{'negative' if found.min() >= 0 else 'positive'}. "
            f"{_ELSE[_is_uniform(right)]}."
        )
        hint = f"What are the smallest and the largest number in {names}, and what should they be about?"
    else:
        title = f"{names} {'spreads' if is_one else 'spread'} too {'far' if kind == 'too-wide' else 'little'}"
        explanation = (
            f"In a check the standard deviation of {wrong[0].name} is {np.std(found):.2g}, "
            f"and about {np.std(right):.2g} is needed."
        )
        hint = f"By what are the random numbers multiplied, and what does that give for {names} of this size?"
    return Described(
        code=f"{function}.drawn-{kind}",
        title=begun(title),
        explanation=explanation,
        hints=(hint,),
        evidence={"parts": [part.name.strip("`") for part in wrong]},
    )
