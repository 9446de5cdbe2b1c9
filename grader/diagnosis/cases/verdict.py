"""What is known about one function after its failed checks were looked into."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from grader.assignments import Mistake
from grader.diagnosis.cases.leaves import Path
from grader.report import Location

WEAK = frozenset(["wrong-in-some-parts", "not-finite"])  # kinds of what is told for want of something better
Confidence = Literal["certain", "likely", "one-of"]


@dataclass(frozen=True)
class Named:
    """A known mistake that the numbers fit; `alternatives` are others that they fit as well.

    `note` says how much of what is wrong it explains, where that is not all.
    """

    mistake: Mistake
    alternatives: tuple[Mistake, ...] = ()
    confidence: Confidence = "certain"
    checks: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    note: str = ""
    location: Location | None = None  # where it is, if a repair shows it
    again: str = ""  # where else it is, in words
    is_elsewhere: bool = False  # than the statement which looks as if it were there


def confidence_of(mistake: Mistake, alternatives: Sequence[Mistake], otherwise: Confidence = "certain") -> Confidence:
    """How sure it is that a mistake was made, where the numbers fit these as well."""
    return otherwise if all(mistake.is_also(other) for other in alternatives) else "one-of"


@dataclass(frozen=True)
class Described:
    """A mistake that has no name: what the numbers themselves tell."""

    code: str
    title: str
    explanation: str
    hints: tuple[str, ...]
    confidence: Confidence = "certain"
    evidence: dict[str, object] = field(default_factory=dict)
    location: Location | None = None

    @property
    def parts(self) -> frozenset[str]:
        """The parts of a result that it is about, by their names."""
        named = self.evidence.get("parts")
        return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def told_once(described: Sequence[Described]) -> tuple[Described, ...]:
    """Each sentence once: the first of those with one title, with the lines of the others."""
    found: dict[str, Described] = {}
    for one in described:
        first = found.setdefault(one.title, one)
        if one.location is not None and one.location != first.location:
            explanation = f"{first.explanation} The same holds at {one.location}.".strip()
            found[one.title] = replace(first, explanation=explanation)
    return tuple(found.values())


@dataclass(frozen=True)
class Verdict:
    """The outcome for one function; all empty when nothing can be said.

    `is_shown` tells whether the mistakes of the functions that it follows from give every number of this one.
    """

    named: tuple[Named, ...] = ()
    described: tuple[Described, ...] = ()
    follows_from: tuple[str, ...] = ()
    is_shown: bool = False

    def __bool__(self) -> bool:
        return bool(self.named or self.described or self.follows_from)


def says_little(verdict: Verdict) -> bool:
    """Whether nothing is known of a wrong function but where its numbers differ."""
    if verdict.named or verdict.follows_from:
        return False
    return all(one.code.rpartition(".")[2] in WEAK and one.location is None for one in verdict.described)
