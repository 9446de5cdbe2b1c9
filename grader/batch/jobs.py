"""What travels between the batch and the processes that grade for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.batch.work import Work
from grader.grading import SandboxMode
from grader.report import CarriedForwardTerms, Report


@dataclass(frozen=True)
class Setup:
    """What every process needs once; the random inputs of each submission follow from the key `draws`."""

    assignment: Path
    submissions: Path
    sandbox: SandboxMode
    draws: bytes
    carried_forward: CarriedForwardTerms | None = None


@dataclass(frozen=True)
class Copy:
    """One student's copy of a report: its file name, and remarks for this student alone."""

    name: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """A piece of work to grade once, and everyone who handed it in."""

    number: int
    work: Work
    copies: tuple[Copy, ...]


@dataclass(frozen=True)
class Outcome:
    """A graded job.

    Attributes:
        report: without the remarks of the copies.
        documents: for each copy, path below the output folder -> text.
    """

    job: Job
    report: Report
    documents: tuple[Mapping[str, str], ...]
