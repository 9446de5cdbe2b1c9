"""A class of submissions compared: what the handout gives and what many share is left out, the rest is compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.similarity.fingerprints import Fingerprints, Hashes, digest, fingerprints
from grader.similarity.tokens import words

# A passage is common when more submissions have it than this share of the class, and than so many.
COMMON_SHARE, COMMON_AT_LEAST = 0.05, 5
# A submission with fewer fingerprints of its own (four make some twenty words) is too short for a statement.
TOO_FEW = 15
# A pair is listed when so much of one of both is shared.
NOTABLE_SHARE = 0.5
MAX_PAIRS = 1000
_PERCENTILES = (50, 99)


@dataclass(frozen=True)
class Document:
    """What was handed in: by whom (several, where they did it together), and its texts, in order."""

    authors: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two submissions, by their authors, and how much of what is its own each shares with the other."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    share_of_one: float
    share_of_other: float


@dataclass(frozen=True)
class EqualGroup:
    """Submissions that differ at most in names, literals, comments and layout; `identical`: not even in these."""

    authors: tuple[str, ...]
    identical: bool


@dataclass(frozen=True)
class Comparison:
    """What a class shares.

    Attributes:
        compared: submissions that were compared; of equal ones the first stands for all.
        too_short: the others, with too little of their own.
        pairs: the notable ones, the most alike first, MAX_PAIRS at most.
        more_pairs: notable ones beyond these.
        median, percentile_99: of all pairs, how much of either's own the more alike of both shares.
        discounted: fingerprints that the handout gives or that many have, sorted.
    """

    compared: int = 0
    too_short: int = 0
    equal: tuple[EqualGroup, ...] = ()
    pairs: tuple[Pair, ...] = ()
    more_pairs: int = 0
    median: float = 0.0
    percentile_99: float = 0.0
    discounted: Hashes = field(default_factory=lambda: np.empty(0, np.uint64), repr=False)


@dataclass(frozen=True)
class _Handed:
    """What is remembered of a document: its authors, and the digest of its texts."""

    authors: tuple[str, ...]
    text: bytes


def compare(documents: Iterable[Document], handout: Iterable[str] = ()) -> Comparison:
    """Compare every submission with every other. Of one text at a time more than its fingerprints is in memory.

    Args:
        handout: texts that everyone was given; what comes from them is nobody's own.
    """
    equal: dict[bytes, list[_Handed]] = defaultdict(list)
    prints: list[Hashes] = []
    for document in documents:
        sequence = [word.word for word in words(document.texts)]
        known = equal[digest(sequence)]
        if not known:
            prints.append(np.unique(fingerprints(sequence).hashes))
        known.append(_Handed(document.authors, digest(document.texts)))
    groups = list(equal.values())
    discounted = _discounted(prints, handout)
    own = [hashes[~np.isin(hashes, discounted, assume_unique=True)] for hashes in prints]
    chosen = [i for i, hashes in enumerate(own) if len(hashes) >= TOO_FEW]
    pairs, shares = _pairs([groups[i][0].authors for i in chosen], [own[i] for i in chosen])
    median, percentile = np.percentile(shares, _PERCENTILES) if len(shares) else (0.0, 0.0)
    return Comparison(
        compared=sum(len(groups[i]) for i in chosen),
        too_short=sum(map(len, groups)) - sum(len(groups[i]) for i in chosen),
        equal=tuple(_equal(groups[i]) for i in chosen if len(groups[i]) > 1),
        pairs=tuple(pairs[:MAX_PAIRS]),
        more_pairs=max(0, len(pairs) - MAX_PAIRS),
        median=float(median),
        percentile_99=float(percentile),
        discounted=discounted,
    )


def own_fingerprints(found: Fingerprints, discounted: Hashes) -> Fingerprints:
    """Without those that are discounted."""
    kept = ~np.isin(found.hashes, discounted)
    return Fingerprints(found.hashes[kept], found.places[kept])


def _discounted(prints: Sequence[Hashes], handout: Iterable[str]) -> Hashes:
    given = [fingerprints([word.word for word in words((text,))]).hashes for text in handout]
    hashes, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *prints]), return_counts=True)
    common = hashes[counts > max(COMMON_AT_LEAST, COMMON_SHARE * len(prints))]
    return np.unique(np.concatenate([common, *given]))


def _equal(group: Sequence[_Handed]) -> EqualGroup:
    authors = tuple(author for handed in group for author in handed.authors)
    return EqualGroup(authors, identical=len({handed.text for handed in group}) == 1)


def _pairs(authors: Sequence[tuple[str, ...]], own: Sequence[Hashes]) -> tuple[list[Pair], NDArray[np.float64]]:
    """The notable pairs, the most alike first, and of every pair the larger of both shares."""
    sizes = np.array([len(hashes) for hashes in own], np.int64)
    pairs: list[Pair] = []
    larger = [np.empty(0)]
    for i, shared in enumerate(_shared_with_later(own)):
        share_of_one, share_of_other = shared / sizes[i], shared / sizes[i + 1 :]
        larger.append(np.maximum(share_of_one, share_of_other))
        for j in np.flatnonzero(larger[-1] >= NOTABLE_SHARE).tolist():
            pairs.append(Pair(authors[i], authors[i + 1 + j], float(share_of_one[j]), float(share_of_other[j])))
    pairs.sort(key=lambda pair: (-(pair.share_of_one + pair.share_of_other), pair.one, pair.other))
    return pairs, np.concatenate(larger)


def _shared_with_later(own: Sequence[Hashes]) -> Iterator[NDArray[np.int64]]:
    """For each submission the number of fingerprints that it shares with each one after it.

    Common passages are gone, so that the owners of a fingerprint are few, and all of a submission's are looked up in
    one go.
    """
    if not own:
        return
    _, which, counts = np.unique(np.concatenate(own), return_inverse=True, return_counts=True)
    owners = np.repeat(np.arange(len(own), dtype=np.int32), [len(hashes) for hashes in own])[
        np.argsort(which, kind="stable")
    ]
    starts = np.cumsum(counts) - counts
    begin = 0
    for i, hashes in enumerate(own):
        mine = which[begin : begin + len(hashes)]
        begin += len(hashes)
        lengths = counts[mine]
        steps = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        found = owners[np.repeat(starts[mine], lengths) + steps]
        yield np.bincount(found, minlength=len(own))[i + 1 :]
