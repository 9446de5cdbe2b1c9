"""What the diagnosis found, for whoever writes the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.report import Diagnosis, Experiment


@dataclass(frozen=True)
class Findings:
    """What the diagnosis found.

    Attributes:
        diagnoses: by function.
        follow_ons: the functions whose faults are explained by others'.
        proved: failed checks (by id) of functions that are right, as far as these tell, and what they fail for.
        repaired: those of them that pass with the text of these repaired, of which no right function was asked.
        fingerprints: of faults that are no known mistakes, by function.
        smallest: the smallest inputs found on which functions fail.
        beside: of functions of which nothing is known, the wrong ones that their checks call as well.
        errors: what ended steps of the diagnosis; they are faults in here.
    """

    diagnoses: Mapping[str, tuple[Diagnosis, ...]] = field(default_factory=dict)
    follow_ons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repaired: frozenset[str] = frozenset()
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    smallest: Mapping[str, Experiment] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Sequence[Exception] = ()
