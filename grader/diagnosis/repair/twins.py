"""The same slip at several places: two edits of one kind that change the same, each where its own names are.

Whoever forgets the stride for the rows forgets it for the columns as well, and alone neither puts anything right. In
another function of a submission, what was found in one before is what is most likely.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from grader.diagnosis.repair.other_sizes import OTHER_SIZE
from grader.diagnosis.repair.written import Edit

Signature = tuple[str, tuple[str, ...], tuple[str, ...]]

TOGETHER = 5  # places of one signature of which every two are tried together; of more, neighbours only
MOST = 300  # that are tried
LONGEST = 24  # tokens that such a slip is about

_TOKEN = re.compile(r"\w+|\S")
_PLACE = re.compile(
    r"(?<![a-z])[a-z]?[hw](?![a-z])|(?<![a-z])[a-z](?![a-z])|\d+|vert|horiz|height|width|rows?|col(umn)?s?",
    re.IGNORECASE,
)


def signature(edit: Edit) -> Signature:
    """What an edit takes away and what it puts there, whichever layer or direction it is in, however it is told."""
    before, after = (_TOKEN.findall(text.replace('"', "'")) for text in (edit.before, edit.after))
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    kind = "name" if edit.kind.startswith(OTHER_SIZE) else edit.kind
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    if {*old, *new} == {"0", "1"}:  # one axis for another
        return kind, tuple(old), tuple(new)
    return kind, _alike(old), _alike(new)


def twins(edits: Iterable[Edit], dropping: Iterable[str]) -> Iterator[Edit]:
    """Edits of several places at once; none of a kind that is only `dropping` something."""
    groups: dict[Signature, list[Edit]] = {}
    left_out = {*dropping}
    for edit in edits:
        if edit.kind in left_out or edit.shift:
            continue
        key = signature(edit)
        if len(key[1]) + len(key[2]) <= LONGEST:
            groups.setdefault(key, []).append(edit)
    # What can be meant at two places alone has one pair; of what is everywhere there are more than can be tried.
    yield from itertools.islice(_together(sorted(groups.values(), key=len)), MOST)


def _together(groups: Iterable[Sequence[Edit]]) -> Iterator[Edit]:
    for group in groups:
        ordered = sorted(group, key=lambda edit: _ends(edit)[0])
        pairs = [*itertools.combinations(ordered, 2)] if len(group) <= TOGETHER else [*itertools.pairwise(ordered)]
        for one, other in pairs:
            if _ends(one)[1] <= _ends(other)[0]:
                yield replace(other, beside=(one,))


def _ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    first, last = edit.span
    return (first.lineno, first.col_offset), (last.end_lineno or 0, last.end_col_offset or 0)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _alike(tokens: Sequence[str]) -> tuple[str, ...]:
    """Tokens without what tells layers and directions apart: `n_H` is as `n_W`, `W1` as `W2`, `l` as `L`."""
    return tuple(_PLACE.sub("~", token.replace("_", " _ ")) for token in tokens)
