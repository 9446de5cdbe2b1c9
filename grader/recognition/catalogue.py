"""The assignments that a submission may belong to: those of the library, and those beside the one at hand."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Self

from grader.assignments import Assignment, AssignmentError, library_folders
from grader.assignments.outline import Outline, read_outline
from grader.recognition.evidence import Rarity, evidence_for
from grader.recognition.recognise import ENOUGH_SHARE, Verdict
from grader.recognition.traits import traits_of
from grader.report import Report
from grader.submissions import Submission

_MAX_NEIGHBOURS = 200


class Catalogue:
    """Assignments by what they ask for; no two have the same id."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self.outlines = tuple(outlines)
        self._rarity = Rarity(self.outlines)

    @classmethod
    def of(cls, folders: Mapping[str, Path]) -> Self:
        """Those of the folders that can be read; what is wrong with others is not a submission's business."""
        return cls(filter(None, (_outline(folder, _stamp(folder)) for folder in folders.values())))

    @classmethod
    def of_library(cls) -> Self:
        """Empty where no library is installed."""
        return cls.of(library_folders())

    @classmethod
    def around(cls, folder: Path) -> Self:
        """The library's, and those in the folder that an assignment is in, which go before the library's."""
        near = sorted(path.parent for path in folder.parent.glob("*/assignment.toml"))[:_MAX_NEIGHBOURS]
        return cls.of(library_folders() | {path.name: path for path in [*near, folder]})

    @property
    def names(self) -> frozenset[str]:
        """Everything that is asked for anywhere."""
        return frozenset(function.name for outline in self.outlines for function in outline.contract)

    def compare(self, submission: Submission) -> Verdict:
        """What a submission shows of each."""
        traits = traits_of(submission)
        return Verdict(tuple(evidence_for(outline, traits, self._rarity) for outline in self.outlines))


def _stamp(folder: Path) -> tuple[object, ...]:
    """Changes whenever a file that says what is asked for does."""
    files = (folder / name for name in ("assignment.toml", "contract.py", "assignment.ipynb"))
    found = [path.stat() if path.is_file() else None for path in files]
    return tuple((status.st_mtime_ns, status.st_size) if status else None for status in found)


@lru_cache(maxsize=500)
def _outline(folder: Path, stamp: tuple[object, ...]) -> Outline | None:
    try:
        return read_outline(folder)
    except (AssignmentError, OSError):
        return None


def remark_on_another(assignment: Assignment, submission: Submission) -> str:
    """A remark where the submission clearly belongs to another assignment, or to another version of this; else ""."""
    if _has_its_share(assignment, submission):
        return ""
    verdict = Catalogue.around(assignment.folder).compare(submission)
    match = verdict.instead_of(assignment.id)
    if match is None:
        return ""
    kind = "another version of this assignment" if verdict.is_another_version(assignment.id) else "another assignment"
    return (
        f"this looks like work for {kind}, {match.title} ({match.id}): {match.reason}. "
        f"It was graded as {assignment.metadata.title}"
    )


def refusal(assignment: Assignment, submission: Submission, report: Report) -> str:
    """Why a submission is not graded at all: nothing of the assignment is in it, and it belongs to another; else ""."""
    if not report.functions or any(function.status != "missing" for function in report.functions):
        return ""
    match = Catalogue.around(assignment.folder).compare(submission).instead_of(assignment.id)
    if match is None:
        return ""
    title = assignment.metadata.title
    return f"nothing of {title} is in it; it looks like work for {match.title} ({match.id}): {match.reason}"


def _has_its_share(assignment: Assignment, submission: Submission) -> bool:
    """Whether enough of the assignment is there, as it asks for it, to look no further: others need not be read."""
    outline = Outline(assignment.id, assignment.metadata.title, assignment.contract, frozenset())
    (evidence,) = Catalogue([outline]).compare(submission).evidence
    return evidence.share >= ENOUGH_SHARE and evidence.fitting == evidence.names
