"""Explanations by shape and place: zeros, right numbers elsewhere or cut off, wrong numbers in some places alone."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.cases.leaves import same
from grader.diagnosis.numbers.draws import NEGLIGIBLE, Array, Draw, Fit, common_terms, term

CUT_NUMBERS = 3  # that are not 0: zeros are what any small number is when it is cut off
SIGNED_PLACES = 24  # so many signs, over all draws, do not agree by chance
LEAST_LINES = 3


def unfilled(draws: Sequence[Draw]) -> Fit | None:
    """Zeros wherever something else is right."""
    if any(draw.found.any() for draw in draws):
        return None
    where = " in every place" if any(draw.found.size > 1 for draw in draws) else ""
    return Fit(
        "zero-result",
        f"{{subject}} {{verb}} 0{where}",
        "So it is in every call that a failed check made. Either it is returned as it was set up, with 0, or all that "
        "goes into it comes to 0.",
        ("Which line of yours puts something into it, and is that line run?",),
        draws=len(draws),
    )


def never_zero(draws: Sequence[Draw]) -> Fit | None:
    """Something else wherever 0 is right."""
    if any(draw.right.any() or not draw.found.any() for draw in draws):
        return None
    return Fit(
        "should-be-zero",
        "{subject} {verb} not 0, as it should be",
        "0 is right in every place of it.",
        ("What puts other numbers into it?",),
        draws=len(draws),
    )


def wrong_shape(draws: Sequence[Draw]) -> Fit | None:
    wrong = [draw for draw in draws if draw.found.shape != draw.right.shape]
    if not any(draw.found.any() or draw.right.any() for draw in wrong):
        return None  # nothing is there yet, in a layout of the submission's own
    hints = ("Write the shape of every factor beside your line, and that of the result.",)
    for holds, kind, what, how in _SHAPES:
        if all(holds(draw.found, draw.right) for draw in wrong):
            return Fit(kind, what, how, hints)
    if len(wrong) < len(draws):
        return None
    found, right = wrong[0].found.shape, wrong[0].right.shape
    wanted = f"of shape {right}" if right else "one number"
    return Fit(
        "another-shape",
        f"{{subject}} {{verb}} {f'of shape {found}' if found else 'one number'} and should be {wanted}",
        "These are the sizes in the first call of a failed check that gives it; the shape is wrong in the others as "
        "well.",
        hints,
    )


def _over_samples(found: Array, right: Array) -> bool:
    return found.ndim == right.ndim + 1 and same(found.sum(axis=0), right)


_SHAPES: tuple[tuple[Callable[[Array, Array], bool], str, str, str], ...] = (
    (
        lambda found, right: found.ndim == 2 and same(found.T, right),
        "transposed",
        "{subject} {verb} transposed",
        "The numbers are right, with rows and columns exchanged: in a product the factors stand in the other order, "
        "$(AB)^T = B^T A^T$, or a `.T` is too much or missing.",
    ),
    (
        _over_samples,
        "not-summed",
        "{subject} {verb} not summed over the samples",
        "Every sample has its own row here; the gradient of a parameter that all samples share is the sum of their "
        "contributions, `sum(axis=0)`.",
    ),
    (
        lambda found, right: right.size > 1 and found.size == 1 and same(found.reshape(()), np.asarray(right.sum())),
        "summed-to-one-number",
        "{subject} {verb} summed to one number",
        "A sum without `axis` runs over everything. `sum(axis=0)` keeps one number per column.",
    ),
    (
        lambda found, right: _has_two_sizes_exchanged(found, right) and same(found.reshape(right.shape), right),
        "reshaped",
        "{subject} {verb} right in its numbers, and two sizes of its shape have changed places",
        "The numbers are right and in the right order, and two sizes, as the height and the width of images, stand the "
        "wrong way round. In which order are they taken out of a `shape`, and put into another one? Where both are "
        "equal there is no difference, which hides it.",
    ),
    (
        lambda found, right: found.size == right.size and same(found.reshape(right.shape), right),
        "reshaped",
        "{subject} {verb} right in its numbers and wrong in its shape",
        "The numbers are right and in the right order, in another shape.",
    ),
)


def _has_two_sizes_exchanged(found: Array, right: Array) -> bool:
    pairs = zip(found.shape, right.shape, strict=False)
    return (
        right.ndim > 2
        and found.ndim == right.ndim
        and sorted(found.shape) == sorted(right.shape)
        and sum(one != other for one, other in pairs) == 2
    )


def rounded(draws: Sequence[Draw]) -> Fit | None:
    wrong = [draw for draw in draws if not draw.is_right]
    if len({number for draw in wrong for number in np.unique(draw.found)[:3] if number}) < 2:
        return None  # shares that are all 1 are whole by themselves
    for operation in (np.trunc, np.round):
        if all(np.array_equal(draw.found, operation(draw.right)) for draw in wrong) and (
            sum(np.count_nonzero(draw.found) for draw in wrong) >= CUT_NUMBERS
        ):
            return Fit(
                "whole-numbers",
                "{subject} {verb} cut to whole numbers",
                "The digits after the point are lost. An array that is made from whole numbers (`np.zeros_like` of an "
                "integer array, `dtype=int`, `//`) stays an array of integers, and cuts off what is put into it.",
                ("What is the `dtype` of the array that holds your result?",),
                draws=len(draws),
            )
    return None


def rearranged(draws: Sequence[Draw]) -> Fit | None:
    wrong = [draw for draw in draws if not draw.is_right]
    for holds, how_it_is in _ARRANGEMENTS:
        if all(holds(draw.found, draw.right) for draw in wrong):
            return Fit(
                "rearranged",
                f"{{subject}} {{verb}} right in its numbers, {how_it_is}",
                "Every number is there, in another place.",
                ("Which index does your loop or slice begin with, and which axis is which?",),
                draws=len(draws),
            )
    return None


def _rolled(shift: int) -> Callable[[Array, Array], bool]:
    def holds(found: Array, right: Array) -> bool:
        return any(same(np.roll(right, shift, axis=axis), found) for axis in range(right.ndim))

    return holds


_ARRANGEMENTS: tuple[tuple[Callable[[Array, Array], bool], str], ...] = (
    (lambda found, right: right.ndim == 2 and found.shape == right.T.shape and same(found, right.T), "but transposed"),
    (_rolled(1), "but shifted by one"),
    (_rolled(-1), "but shifted by one"),
    (lambda found, right: right.ndim > 0 and same(found, right[::-1]), "but in reversed order"),
    (lambda found, right: right.ndim == 2 and same(found, right[:, ::-1]), "but with the columns reversed"),
)


def some_places(draws: Sequence[Draw]) -> Fit | None:
    """Wrong in some rows or columns, or only where an argument is negative."""
    wrong = [draw for draw in draws if not draw.is_right and draw.found.size > 3]
    if not wrong:
        return None
    bad = [np.abs(d.found - d.right) > 1e-6 * (np.abs(d.found) + np.abs(d.right)) + NEGLIGIBLE for d in wrong]
    for name in common_terms(wrong):
        values = [term(draw, name) for draw in wrong]
        if sum(v.size for v in values) < SIGNED_PLACES or not all((v < 0).any() and (v > 0).any() for v in values):
            continue
        if all(np.array_equal(b, v < 0) for b, v in zip(bad, values, strict=True)):
            return _place_fit("wrong-for-negative-values", f"wrong only where {name} is negative", len(draws))
        if all(np.array_equal(b, v > 0) for b, v in zip(bad, values, strict=True)):
            return _place_fit("wrong-for-positive-values", f"wrong only where {name} is positive", len(draws))
    for axis, word in ((0, "row"), (1, "column")):
        if (end := _one_line(bad, axis)) is not None:
            return _place_fit(f"wrong-in-one-{word}", f"wrong only in the {end} {word}", len(draws))
    return None


def _one_line(bad: Sequence[NDArray[np.bool_]], axis: int) -> str | None:
    """first or last, when in every draw that row (axis 0) or column alone has wrong entries."""
    ends = set()
    for places in bad:
        if places.ndim != 2:
            return None
        lines = np.flatnonzero(places.any(axis=1 - axis))
        if len(lines) != 1 or places.shape[axis] < LEAST_LINES:
            return None
        ends.add({0: "first", places.shape[axis] - 1: "last"}.get(int(lines[0])))
    return ends.pop() if len(ends) == 1 else None


def _place_fit(kind: str, where: str, draws: int) -> Fit:
    return Fit(
        kind,
        f"{{subject}} {{verb}} {where}",
        "Everywhere else it is right.",
        ("What does your code do differently there?",),
        draws=draws,
    )
