"""What the evidence comes to: one assignment, several that it may be, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.recognition.evidence import Evidence, Found

_ENOUGH, _SHARE, _TELLING, _AGREEMENT = 5.0, 0.4, 6.0, 0.5
_RIVAL = 0.95  # of the best evidence; what has as much may be meant as well
_WHOLE = 0.6  # of a contract: a file that fills a small one is meant for it, though a larger one asks for the same
ENOUGH_SHARE = 0.5  # of the assignment that is asked for: it is not misdirected, but to another version of that
_CLEARLY = 1.5  # as much evidence for another assignment
_OF_A_PART, _FILLED = 4.0, 0.5  # marks of one function out of a file, if it is that much of what is there
_LEAD, _ALIKE, _MOST = 7.0, 0.8, 0.6  # a file of a course that is handed in alone: it is like one contract and no other
_SHOWN = 3


@dataclass(frozen=True)
class Match:
    """An assignment that a submission fits."""

    evidence: Evidence

    @property
    def id(self) -> str:
        return self.evidence.outline.id

    @property
    def title(self) -> str:
        return self.evidence.outline.title

    @property
    def reason(self) -> str:
        """Half a sentence: what of the assignment is there."""
        strongest = sorted(self.evidence.found, key=lambda one: (-one.agrees, -one.evidence))
        told = [f"`{one.shown}`" for one in strongest[:_SHOWN]]
        more = len(strongest) - len(told)
        count = f"{len(strongest)} of the {len(self.evidence.outline.contract)} that are asked for there"
        return f"it has {_listed([*told, f'{more} more'] if more else told)}, {count}"


@dataclass(frozen=True)
class Verdict:
    """The evidence for each assignment at hand."""

    evidence: tuple[Evidence, ...]

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The assignment that the submission belongs to; several, the likeliest first, if they cannot be told apart."""
        fits = [one for one in self.evidence if _fits(one) or self._leads(one)]
        fitting = sorted(fits, key=lambda one: (-one.weight, -one.share, one.outline.id))
        if (finished := _finished_instead(fitting)) is not None:
            return (Match(finished),)
        rivals = [one for one in fitting if one.weight >= _RIVAL * fitting[0].weight]
        rivals = [one for one in rivals if not any(_is_the_version(other, one) for other in rivals)]
        rivals.sort(key=lambda one: -one.share)
        is_decided = len(rivals) > 1 and rivals[0].share >= max(_WHOLE, 1.25 * rivals[1].share)
        return tuple(map(Match, rivals[:1] if is_decided else rivals))

    @cached_property
    def besides(self) -> tuple[Match, ...]:
        """Assignments that the submission has all of as well, written, where it is taken for another one alone."""
        if len(self.matches) != 1:
            return ()
        taken = self.matches[0].evidence.names
        whole = [one for one in self.evidence if _is_all_there(one) and not one.names <= taken]
        return tuple(map(Match, sorted(whole, key=lambda one: (-one.weight, one.outline.id))))

    def instead_of(self, id: str) -> Match | None:
        """The other assignment that the submission clearly belongs to, or the other version of this one."""
        asked = self._of(id)
        if asked is None or len(self.matches) != 1 or self.matches[0].evidence is asked:
            return None
        best = self.matches[0].evidence
        if asked.share >= ENOUGH_SHARE:
            return self.matches[0] if _is_the_version(best, asked) else None
        is_clear = best.weight >= _CLEARLY * asked.weight and best.share > asked.share
        return self.matches[0] if is_clear else None

    def is_another_version(self, id: str) -> bool:
        """Whether functions of an assignment are there by name, with the parameters of the match."""
        asked, best = self._of(id), self.matches[0].evidence
        return asked is not None and bool(best.agreeing & (asked.names - asked.agreeing))

    def _leads(self, evidence: Evidence) -> bool:
        """Whether most of a submission is of one assignment and hardly any of another, however little it is of all."""
        is_written = any(one.is_written for one in evidence.found)
        if evidence.weight < _LEAD or not is_written or evidence.agreement < _ALIKE or evidence.fills < _MOST:
            return False
        others = [one.weight for one in self.evidence if one is not evidence and not _is_the_version(evidence, one)]
        return evidence.weight >= _CLEARLY * max(others, default=0.0)

    def _of(self, id: str) -> Evidence | None:
        return next((one for one in self.evidence if one.outline.id == id), None)


def _finished_instead(fitting: Sequence[Evidence]) -> Evidence | None:
    """An assignment that is all written, if nothing else of the likeliest one is: what that leaves open came along.

    One that is all there, begun and not finished, is meant rather than a larger one that is not there as a whole.
    """
    if not fitting or all(one.is_written for one in fitting[0].found):
        return None
    written, is_whole = fitting[0].written, fitting[0].share == 1

    def is_meant(one: Evidence) -> bool:
        return _is_all_there(one) or bool(written and not is_whole and _fits(one) and one.share == 1)

    return next((one for one in fitting if written <= one.written and is_meant(one)), None)


def _is_the_version(evidence: Evidence, other: Evidence) -> bool:
    """Whether all that speaks for another assignment is asked for here, and more of it as it is written."""
    return other.names <= evidence.names and other.fitting < evidence.fitting & other.names


def _is_all_there(evidence: Evidence) -> bool:
    return _fits(evidence) and evidence.share == 1 and all(one.is_written for one in evidence.found)


def _fits(evidence: Evidence) -> bool:
    if evidence.marks >= _OF_A_PART and evidence.fills >= _FILLED and any(map(_is_a_part, evidence.found)):
        return True
    is_enough = evidence.marks >= _ENOUGH and evidence.agreement >= _AGREEMENT
    is_alone = any(one.is_alone and one.is_written for one in evidence.found)
    return is_enough and (evidence.share >= _SHARE or evidence.telling >= _TELLING or is_alone)


def _is_a_part(found: Found) -> bool:
    """Whether it may be one function out of a course's file, handed in by itself."""
    return found.is_unique and found.is_telling and found.is_written


def _listed(parts: Sequence[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
