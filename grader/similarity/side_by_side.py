"""Where two submissions share what: passages of both, under the same number where they are the same."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.similarity.comparison import own_fingerprints
from grader.similarity.fingerprints import PASSAGE, Fingerprints, Hashes, fingerprints
from grader.similarity.tokens import Word, words


@dataclass(frozen=True)
class Passage:
    """A stretch of a text, by characters; passages of one number are the same in both submissions."""

    number: int
    text: int
    start: int
    end: int


@dataclass(frozen=True)
class Passages:
    """The shared passages of both, each in the order of its texts and without overlap."""

    one: tuple[Passage, ...]
    other: tuple[Passage, ...]


def side_by_side(one: Sequence[str], other: Sequence[str], discounted: Hashes) -> Passages:
    """What the texts of both share beyond what is discounted."""
    left_words, right_words = words(one), words(other)
    left, right = (
        own_fingerprints(fingerprints([word.word for word in found]), discounted) for found in (left_words, right_words)
    )
    both = np.intersect1d(left.hashes, right.hashes)
    shared, copies = _places(left, both), _places(right, both)
    runs = list(_runs(place for _, place in shared))
    begins = [begin for begin, _ in runs]
    number_of = {hash_: bisect_right(begins, place) for hash_, place in reversed(shared)}  # of equal ones the first
    return Passages(
        tuple(_passages(left_words, [(number, *run) for number, run in enumerate(runs, start=1)])),
        tuple(_passages(right_words, _numbered(copies, number_of))),
    )


def _places(found: Fingerprints, wanted: Hashes) -> list[tuple[int, int]]:
    kept = np.isin(found.hashes, wanted)
    return list(zip(found.hashes[kept].tolist(), found.places[kept].tolist(), strict=True))


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Stretches of words that the passages from these places on cover, the first word and the one after the last."""
    begin = end = 0
    for place in places:
        if place > end:
            if end:
                yield begin, end
            begin = place
        end = place + PASSAGE
    if end:
        yield begin, end


def _numbered(places: Iterable[tuple[int, int]], number_of: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Stretches of the second text with the number that each has in the first; where two meet, the former gives way."""
    current: tuple[int, int, int] | None = None
    for hash_, place in places:
        number = number_of[hash_]
        if current and (current[0], True) == (number, place <= current[2]):
            current = number, current[1], place + PASSAGE
            continue
        if current:
            yield current[0], current[1], min(current[2], place)
        current = number, place, place + PASSAGE
    if current:
        yield current


def _passages(found: Sequence[Word], stretches: Iterable[tuple[int, int, int]]) -> Iterator[Passage]:
    """Stretches of words as stretches of text; one that goes on in the next text is two."""
    for number, begin, end in stretches:
        first = begin
        for position in range(begin, end):
            if position + 1 == end or found[position + 1].text != found[first].text:
                yield Passage(number, found[first].text, found[first].start, found[position].end)
                first = position + 1
