"""The class as a whole, as plain data: the form that `summary.json` and the page are written from."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from grader.batch.gradebook import RowStatus
from grader.report import FunctionStatus

SCHEMA_VERSION: Literal[1] = 1
Quantity = Literal["cost", "accuracy", "cost per step"]
Split = Literal["train", "test", "step"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class StudentSummary(_Record):
    """One row of the gradebook; `points` has the functions in the summary's order, None where there is no grade.

    `carried` is what of the points, before lateness and adjustments, is carried forward; `is_given` says that an
    instructor gave the score to what has no grade.
    """

    key: str
    name: str
    status: RowStatus
    late: bool
    score: float | None
    is_given: bool = False
    carried: float | None = None
    points: tuple[float | None, ...]
    functions: tuple[FunctionStatus | None, ...]
    mistakes: int
    report: str


class Bin(_Record):
    """Scores from `low` up to, and without, `high`; the bin that ends at the maximum holds the maximum."""

    low: float
    high: float
    count: int


class ScoreDistribution(_Record):
    """Of the final scores of what was graded, or judged by an instructor; None where there are none."""

    count: int
    mean: float | None = None
    median: float | None = None
    standard_deviation: float | None = None
    lowest: float | None = None
    highest: float | None = None
    bins: tuple[Bin, ...] = ()


class CheckSummary(_Record):
    """How many of the submissions that ran a check passed it."""

    id: str
    title: str
    passed: int
    count: int

    @property
    def separates(self) -> bool:
        return 0 < self.passed < self.count


class FunctionSummary(_Record):
    """One function over all graded submissions; `success` is the mean share of its points."""

    name: str
    count: int
    statuses: dict[FunctionStatus, int]
    success: float | None
    checks: tuple[CheckSummary, ...]

    @property
    def separates(self) -> bool:
        """Whether any of its checks tells one submission from another; one submission alone leaves that open."""
        return self.count < 2 or any(check.separates for check in self.checks)


class MistakeSummary(_Record):
    """A mistake and the students (keys) whose reports name it."""

    code: str
    title: str
    functions: tuple[str, ...]
    students: tuple[str, ...]


class UnnamedGroup(_Record):
    """Students (keys) whose function fails in the same way, by no known mistake; `said` is what one was told."""

    function: str
    fingerprint: str
    said: str
    students: tuple[str, ...]


class SlowSubmission(_Record):
    """Seconds of wall time that a submission's own code used."""

    student: str
    seconds: float


class Curve(_Record):
    """One student's curve; `student` is "" for the reference."""

    student: str
    x: tuple[int, ...]
    y: tuple[float | None, ...]


class TrainingSummary(_Record):
    """The curves of one quantity of one training run, overlaid."""

    function: str
    quantity: Quantity
    split: Split
    curves: tuple[Curve, ...]
    reference: Curve | None


class SimilarPair(_Record):
    """Two submissions and how much of what is its own each shares with the other.

    Attributes:
        one, other: students (keys); several who handed in together.
        page: both side by side, below the output folder; "" without one.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    share_of_one: float
    share_of_other: float
    page: str = ""


class EqualStructure(_Record):
    """Students whose submissions differ at most in names, literals, comments and layout, or `identical` in nothing."""

    students: tuple[str, ...]
    identical: bool


class SimilaritySummary(_Record):
    """How much structure submissions share; see `grader.similarity.Comparison`."""

    compared: int
    too_short: int
    median: float
    percentile_99: float
    equal: tuple[EqualStructure, ...]
    pairs: tuple[SimilarPair, ...]
    more_pairs: int


class ClassSummary(_Record):
    """What the class got right and wrong.

    Attributes:
        statuses: rows by what became of the submission.
        unreadable: what the policy lets a file count that could not be read.
        mean_carried: of the graded submissions, what of their points is carried forward.
        mistakes: the most frequent first.
        unnamed: faults that several share and that are no known mistake; `grade name` gives them a name.
        curves_of, curves_from: how many submissions the curves are of, and from how many they were drawn, evenly
            by score.
        similarity: None unless it was asked for.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    assignment: str
    title: str
    maximum: float
    statuses: dict[RowStatus, int]
    unreadable: Literal["empty", "zero"] = "empty"
    scores: ScoreDistribution
    mean_carried: float | None = None
    functions: tuple[FunctionSummary, ...]
    mistakes: tuple[MistakeSummary, ...]
    unnamed: tuple[UnnamedGroup, ...] = ()
    slowest: tuple[SlowSubmission, ...]
    median_seconds: float | None
    training: tuple[TrainingSummary, ...]
    curves_of: int
    curves_from: int
    similarity: SimilaritySummary | None = None
    students: tuple[StudentSummary, ...]
