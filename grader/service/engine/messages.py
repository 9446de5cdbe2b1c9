"""What travels between a worker and the process that grades for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.batch.work import Work
from grader.report import CarriedForwardTerms, Fault, HintPolicy, ReportStatus

if TYPE_CHECKING:  # a process that grades needs neither
    from grader.batch.journal import FunctionGrade
    from grader.service.settings import Settings


@dataclass(frozen=True)
class Task:
    """A submission to grade.

    Attributes:
        assignment: its folder.
        title: of the assignment, as the course calls it.
        draws: the key that its random inputs follow from.
        path: the uploaded file; the whole ZIP of a batch.
        name: of the uploaded file, as the student knows it.
        work: which files of the ZIP; None for an upload.
        remarks: to be put before those of the report.
        hints, carried_forward: override the assignment's own.
    """

    assignment: Path
    title: str
    draws: bytes
    path: Path
    name: str
    work: Work | None
    remarks: tuple[str, ...]
    hints: HintPolicy | None
    carried_forward: CarriedForwardTerms | None = None


@dataclass(frozen=True)
class ExplainTask:
    """A file to explain: a network of somebody's own.

    Attributes:
        path: the uploaded file.
        name: of it, as whoever sent it knows it.
        cost: as `grade explain --cost` has it, or empty.
    """

    path: Path
    name: str
    cost: str


@dataclass(frozen=True)
class Explained:
    """A finished `ExplainTask`; the document and the page are compressed as they are stored."""

    status: str
    document: bytes
    page: bytes
    is_tired: bool = False


@dataclass(frozen=True)
class PackOrder:
    """An archive to be packed, by its id, into a file."""

    settings: "Settings"
    archive: str
    target: Path


@dataclass(frozen=True)
class Packed:
    """A finished `PackOrder`; `reason` tells why nothing came of it, if nothing did."""

    reason: str = ""


@dataclass(frozen=True)
class Begun:
    """The grading goes on now; it may take so long before it counts as hanging."""

    seconds: float


@dataclass(frozen=True)
class Told:
    """Something happened while it grades: an `Event` to be."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Graded:
    """A finished task.

    Attributes:
        mistakes: code -> title of all that are named.
        remarks, evidence, curves: as `data.Grading` has them.
        documents: the report and its forms, compressed as they are stored, by the columns that tell where they are.
        fault: whose it is that there is no grade.
        is_by_file: the grader failed on the text of this submission, not for want of something around it.
        is_tired: the process has grown too large, and ends after this.
    """

    status: ReportStatus
    reason: str
    score: float
    max_score: float
    functions: "tuple[FunctionGrade, ...]"
    mistakes: Mapping[str, str]
    remarks: tuple[str, ...]
    evidence: str
    curves: str
    documents: Mapping[str, bytes]
    fault: Fault = "grader"
    is_tired: bool = False
    is_by_file: bool = False
