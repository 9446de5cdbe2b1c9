"""What is told of places that a result comes of: how windows move, what is left out, what a step leaves to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.diagnosis.numbers.reach import Places, Reach, Windows, windows_of

STEPS = 3  # of a sequence, at least, to tell it from a window


@dataclass(frozen=True)
class Told:
    """What is told of one axis: what is the matter, in words and in an example, and of which kind it is."""

    kind: str
    title: str
    example: str
    why: str
    names: "Names"

    @property
    def reach(self) -> Reach:
        return self.names.reach

    @property
    def argument(self) -> str:
        return self.names.argument


def told_of_reach(reach: Reach, argument: str, part: str) -> Told | None:
    """What shows of one axis; None where it is nothing plain. Names are as a sentence has them, without backticks."""
    if not reach.found.any():
        return None  # it is nothing at all, which is told elsewhere
    names = Names(reach, argument, part)
    right = reach.right
    size = len(right)
    if right.shape == (size, size) and size >= STEPS:
        for later, triangle in ((False, np.triu(right)), (True, np.tril(right))):
            if np.array_equal(triangle, right) and np.count_nonzero(right) == size * (size + 1) // 2:
                return _carried(names, comes_of_later=later)
    if reach.is_everywhere:
        return _everywhere(names)
    if np.array_equal(right, np.eye(*right.shape, dtype=bool)):
        return _own_place(names)
    return _in_windows(names)


@dataclass(frozen=True)
class Names:
    reach: Reach
    argument: str
    part: str

    def given(self, first: int, last: int | None = None) -> str:
        return _indexed(self.argument, self.reach.axis, first, last)

    def made(self, first: int, last: int | None = None) -> str:
        return _indexed(self.part, self.reach.part_axis, first, last)


def _indexed(name: str, axis: int, first: int, last: int | None = None) -> str:
    """`Z[:, 1]`, `x[:, 1:4]`."""
    index = str(first) if last is None or last == first else f"{first}:{last + 1}"
    return f"`{name}[{', '.join([':'] * axis + [index])}]`"


def _carried(names: Names, *, comes_of_later: bool) -> Told | None:
    """Of steps of which each goes into all that follow."""
    reach = names.reach
    size, found = len(reach.right), reach.found
    own = np.eye(size, dtype=bool)
    at, other = (0, size - 1) if comes_of_later else (size - 1, 0)
    which = "later" if comes_of_later else "earlier"
    if (found & ~own).any() or np.count_nonzero(found) < 2:
        reached = int(np.count_nonzero(found[:, at]))
        is_short = all(found[i, i] for i in range(size)) and not (found & ~reach.right).any() and not found[other, at]
        if not is_short:
            return None
        example = (
            f"{names.made(at)} comes of {reached} of the {size} steps of `{names.argument}`, and should come of all."
        )
        return Told(
            "carried-no-further", f"What comes of {which} steps is not carried on far enough", example, "", names
        )
    last = [i for i in range(size) if found[i, i]][0 if comes_of_later else -1]
    meant = names.given(last, size - 1) if comes_of_later else names.given(0, last)
    example = f"{names.made(last)} comes of {names.given(last)} alone, and should come of {meant}."
    why = "What a step gives has to be what the next one takes: look at what is handed on at the end of each pass."
    return Told(
        "nothing-carried", f"Nothing is carried from one step to the next in `{names.part}`", example, why, names
    )


def _everywhere(names: Names) -> Told | None:
    """Of what all should go into everything."""
    found, argument = names.reach.found, names.argument
    unread = [i for i in range(len(found)) if not found[i].any()]
    taken = [np.nonzero(column)[0] for column in found.T]
    if all(len(one) == 1 for one in taken):
        places = [int(one[0]) for one in taken]
        if len({*places}) == 1:
            title = f"`{names.part}` comes of {names.given(places[0])} alone"
            return Told("one-place", title, f"All of `{argument}` belongs into it.", "", names)
        is_one_of_its_own = found.shape[0] == found.shape[1]
        if is_one_of_its_own and names.reach.axis != names.reach.part_axis:
            return None  # what mixes them may be what one step leaves to the next
        title = f"{names.made(0)} comes of {names.given(places[0])} alone, where all of `{argument}` belongs into it"
        why = f"The index that picks a part of `{argument}` counts what lies along axis {names.reach.part_axis} of "
        why += f"`{names.part}`."
        if is_one_of_its_own:  # of each sample its own, say
            why = "So what all of them go into, a sum or a mean along that axis, is missing in it."
        return Told("own-part", title, "", why, names)
    if unread and all(row.all() for i, row in enumerate(found) if i not in unread):
        last = unread[-1] if unread == [*range(unread[0], unread[-1] + 1)] else None
        title = f"Nothing in `{names.part}` comes of {names.given(unread[0], last)}"
        return Told("left-out", title, f"All of `{argument}` belongs into it.", "", names)
    return None


def _own_place(names: Names) -> Told | None:
    """Of what each place has one of its own."""
    for place, column in enumerate(names.reach.found.T):
        others = [int(i) for i in np.nonzero(column)[0] if i != place]
        if others:
            is_own = bool(column[place])
            title = f"{names.made(place)} comes of {names.given(others[0])}{' as well' if is_own else ''}"
            example = f"Only {names.given(place)} belongs into it."
            return Told("of-another-place", title, example, "", names)
    left_out = [place for place, column in enumerate(names.reach.found.T) if not column.any()]
    if left_out:
        title = f"{names.made(left_out[0])} comes of nothing in `{names.argument}`"
        example = f"{names.given(left_out[0])} belongs into it."
        return Told("place-left-out", title, example, "", names)
    return None


def _in_windows(names: Names) -> Told | None:
    reach = names.reach
    for is_turned in _ways(reach.right):
        found, right = (reach.found.T, reach.right.T) if is_turned else (reach.found, reach.right)
        meant = windows_of(right)
        if meant is not None and meant.are_regular and meant.size > max(meant.lengths):
            return _windows(found, meant, names, is_turned=is_turned)
    return None


def _ways(right: Places) -> tuple[bool, ...]:
    """Whether windows are along the result, for each place of the argument: they are where there are more places."""
    return (False, True) if right.shape[0] >= right.shape[1] else (True, False)


def _windows(found: Places, meant: Windows, names: Names, *, is_turned: bool) -> Told | None:
    place, window = (names.given, names.made) if is_turned else (names.made, names.given)
    verbs = ("goes into", "should go into") if is_turned else ("comes of", "should come of")
    whole = names.part if is_turned else names.argument
    left_out = [j for j in range(found.shape[1]) if not found[:, j].any()]
    kept = [j for j in range(found.shape[1]) if j not in left_out]
    own = windows_of(found[:, kept])
    if own is None:
        return None
    there = replace(meant, first=tuple(meant.first[j] for j in kept), last=tuple(meant.last[j] for j in kept))
    example = _example(own, there, kept, place, window, verbs)
    if left_out:
        nothing = f"{place(left_out[0])} {'goes nowhere' if is_turned else f'comes of nothing in `{whole}`'}"
        why, step = "", meant.step
        are_side_by_side = kept == [*range(kept[0], kept[-1] + 1)]
        if are_side_by_side and own.step is not None and step is not None and own.step != step:
            why = f"The windows move by {own.step} from one place to the next, and should move by {step}."
        if step is not None and step > 1 and kept == [j for j in range(found.shape[1]) if j % step == 0]:
            why = (
                f"A loop that counts by {step} leaves the places between out: places are counted one by one, and a "
                f"window begins at the count times the stride."
            )
        return Told("places-left-out", f"{nothing}: places are left out", example, why, names)
    if own.step is not None and meant.step is not None and own.step != meant.step:
        title = (
            f"The windows in `{whole}` move by {own.step} from one place to the next, and should move by {meant.step}"
        )
        why = "The window of place k begins at k times the stride."
        return Told("windows-move", title, example, why, names)
    (needed,), lengths = meant.lengths, sorted(own.lengths)
    if len(lengths) > 1:
        title = f"The windows in `{whole}` are {lengths[0]} to {lengths[-1]} long, and should all be {needed} long"
        why = "Where a window ends is where it begins, and its length."
        return Told("windows-length", title, example, why, names)
    if lengths != [needed]:
        title = f"The windows in `{whole}` are {lengths[0]} long, and should be {needed} long"
        return Told("windows-length", title, example, "", names)
    if own.step is not None and own.step == meant.step:
        by = {a - b for a, b in zip(own.last, there.last, strict=True) if a < own.size - 1 and b < own.size - 1}
        if len(by) == 1 and (shift := by.pop()):
            title = f"The windows in `{whole}` begin {abs(shift)} too {'far on' if shift > 0 else 'early'}"
            why = "Padding moves where a window begins in the image as it was given."
            return Told("windows-begin", title, example, why, names)
    if not example:
        return None
    is_so, _, should = example.rstrip(".").partition(", and ")
    return Told("another-window", f"{is_so}, where it {should}", "", "", names)


def _example(
    own: Windows,
    meant: Windows,
    places: Sequence[int],
    place: Callable[[int], str],
    window: Callable[[int, int], str],
    verbs: tuple[str, str],
) -> str:
    for number, j in enumerate(places):
        pair = (own.first[number], own.last[number]), (meant.first[number], meant.last[number])
        if pair[0] != pair[1]:
            return f"{place(j)} {verbs[0]} {window(*pair[0])}, and {verbs[1]} {window(*pair[1])}."
    return ""
