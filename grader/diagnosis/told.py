"""A verdict as what a report tells."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from grader.diagnosis.cases.verdict import Confidence, Described, Named, Verdict, told_once
from grader.diagnosis.own_names import OwnNames
from grader.report import Diagnosis, Location

CERTAINTY: Sequence[Confidence] = ("certain", "one-of", "likely")
DIAGNOSES_PER_FUNCTION = 4
STOPS = {"exception", "misspelt", "self-missing", "numpy-missing", "size-undefined"}  # what ends a call


def diagnoses_of(
    verdict: Verdict, locations: Sequence[Location | None], names: OwnNames | None = None
) -> tuple[Diagnosis, ...]:
    """The most certain diagnoses of a function, each at its place, in the submission's `names`, if these are known."""
    places = iter(locations) if locations else itertools.repeat(None)
    named = [_from_catalogue(_without_what_follows(entry, verdict), next(places), names) for entry in verdict.named]
    told = told_once([replace(entry, location=next(places)) for entry in verdict.described])
    described = [_from_numbers(entry, entry.location) for entry in told]
    named.sort(key=lambda diagnosis: CERTAINTY.index(diagnosis.confidence))
    # What is named is judged with that put right which ends a call.
    stops = [one for one in described if named and one.code.rpartition(".")[2] in STOPS]
    found = (*stops, *named, *(one for one in described if one not in stops))
    return found[:DIAGNOSES_PER_FUNCTION]


def _without_what_follows(entry: Named, verdict: Verdict) -> Named:
    """A mistake without the note that others are wrong for reasons unknown, where these are told just after it."""
    told = [part for one in verdict.described for part in one.parts]
    return replace(entry, note="") if any(f"`{part}`" in entry.note for part in told) else entry


def _from_catalogue(entry: Named, location: Location | None, names: OwnNames | None) -> Diagnosis:
    mistake = entry.mistake
    explain = names.told(mistake.explain) if names else mistake.explain
    lesson = mistake.lesson if entry.confidence != "one-of" else None  # of another mistake it may not be true
    return Diagnosis(
        code=mistake.code,
        title=mistake.title,
        explanation="\n\n".join(filter(None, [explain, " ".join(filter(None, [entry.again, entry.note]))])),
        symptom=lesson.symptom if lesson else "",
        why=lesson.why if lesson else "",
        hints=names.hints(mistake.hints) if names else mistake.hints,
        confidence=entry.confidence,
        alternatives=tuple(other.code for other in entry.alternatives),
        evidence={
            "checks": list(entry.checks),
            "parts": ["".join(f"[{step!r}]" for step in path) for path in entry.paths if path],
        },
        location=location,
    )


def _from_numbers(entry: Described, location: Location | None) -> Diagnosis:
    return Diagnosis(
        code=entry.code,
        title=entry.title,
        explanation=entry.explanation,
        hints=entry.hints,
        confidence=entry.confidence,
        evidence=dict(entry.evidence),
        location=location,
    )
