"""The report: what a grading run found, in the one form that every renderer, export and test reads.

A report is plain data (JSON with a `schema_version`): made once by `grader.grade`, never changed afterwards.
Text from a submission (names, messages, output) is in it as it was: whoever shows a report escapes it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION: Literal[2] = 2

ReportStatus = Literal["graded", "rejected", "internal_error"]
Fault = Literal["grader", "assignment"]
FunctionStatus = Literal["passed", "carried", "partial", "failed", "missing", "error", "timeout"]
CheckStatus = Literal["passed", "carried", "failed", "error", "timeout", "skipped"]
HintPolicy = Literal["nudge", "pointer", "explanation"]
#: What a check earns that fails only because of other functions: all its points, half of them, none.
CarriedForwardTerms = Literal["full", "half", "none"]
SubmissionKind = Literal["notebook", "module", "package"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _encodable(cls, data: Any) -> Any:
        """Half a surrogate pair, which a submission can put into any text, cannot be written as JSON."""
        if not isinstance(data, dict):
            return data
        changed = {name: _whole(value) for name, value in data.items() if type(value) not in _WHOLE}
        return data | changed if changed else data


_WHOLE = frozenset([type(None), bool, int, float])


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple | list) and any(isinstance(item, str) for item in value):
        return tuple(item.encode("utf-8", "replace").decode() if isinstance(item, str) else item for item in value)
    return value


class Location(_Record):
    """A place in the student's own file: `cell` counts code cells from 1 and is None in a module."""

    file: str
    cell: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.cell is not None:
            parts.append(f"cell {self.cell}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        return ", ".join(parts)


class StackFrame(_Record):
    """One frame of the student's traceback; frames of the grader and of libraries are left out."""

    location: Location
    function: str
    text: str = Field(description="the source line, stripped")


class StudentError(_Record):
    """An exception raised by the student's code."""

    type: str
    message: str
    frames: tuple[StackFrame, ...] = ()


class Comparison(_Record):
    """One value of the submission beside the expected one: the evidence behind a failed check."""

    label: str = Field(description="what was compared, e.g. `dW1`")
    verdict: Literal["right", "remark", "wrong"]
    message: str = ""
    outline: str = Field("", description="the message without what was expected")
    found: Any = Field(None, description="small arrays as nested lists, larger ones as a description")
    expected: Any = None
    shape: tuple[int, ...] | None = None
    expected_shape: tuple[int, ...] | None = None
    relative_error: float | None = Field(None, description="‖found − expected‖ / (‖found‖ + ‖expected‖)")
    worst_index: tuple[int, ...] | None = None
    error_picture: tuple[tuple[float, ...], ...] | None = Field(
        None, description="absolute errors, block maxima on a grid of at most 24 x 24, for a heat map"
    )

    def without_answers(self) -> "Comparison":
        """Without the expected value, and without the errors, which tell it to whoever knows what was found."""
        hidden = {"message": self.outline, "expected": None, "error_picture": None}
        return self.model_copy(update=hidden | ({"relative_error": None} if self.verdict == "wrong" else {}))


class Experiment(_Record):
    """A few lines to run oneself: what they give in the submission, where they were run, and what they should give."""

    lines: tuple[str, ...] = Field(description="Python; the last is an expression, and needs `np` and the submission")
    found: str = Field(description="what the submission gives")
    expected: str
    by_hand: str = Field("", description="how the first number that is wrong is worked out")


_LONGEST_WORD = 300  # a name may be as long as a file, and is quoted in sentences
_TOO_LONG = re.compile(rf"(\S{{{_LONGEST_WORD - 60}}})\S{{59,}}?([`'\".,:;)]*)(?!\S)")

#: A text that quotes a submission: no word of it is longer than a reader reads.
Told = Annotated[str, AfterValidator(lambda text: _TOO_LONG.sub(r"\1…\2", text))]


class Diagnosis(_Record):
    """A mistake by its name."""

    code: str = Field(description="stable, e.g. `softmax.normalised-over-the-batch`")
    title: Told
    explanation: Told = ""
    symptom: str = Field("", description="what it does to the network, and where that shows")
    why: str = Field("", description="what lies behind it")
    experiment: Experiment | None = Field(None, description="what shows it")
    hints: tuple[Told, ...] = Field((), description="from a nudge to the whole explanation")
    confidence: Literal["certain", "likely", "one-of"] = "certain"
    alternatives: tuple[str, ...] = Field(
        (), description="codes that the same numbers fit; not other mistakes, unless `one-of`"
    )
    evidence: dict[str, Any] = Field(default_factory=dict)
    location: Location | None = None
    url: str | None = None


class CheckResult(_Record):
    """One thing verified about one function."""

    id: str
    title: str
    status: CheckStatus = Field(description="`carried`: it failed, and passes with right functions in place of others")
    score: float
    max_score: float
    carried: float = Field(0.0, description="of the score, what is carried forward: earned with right helpers")
    given: tuple[str, ...] = Field((), description="of a `carried` check: the functions that are right in it")
    message: str = ""
    outline: str = Field("", description="the message without what was expected")
    comparisons: tuple[Comparison, ...] = ()
    error: StudentError | None = None
    seconds: float = Field(0.0, description="wall time of the submission's own calls")

    def without_answers(self) -> "CheckResult":
        comparisons = tuple(comparison.without_answers() for comparison in self.comparisons)
        return self.model_copy(update={"message": self.outline, "comparisons": comparisons})


class FunctionReport(_Record):
    """What is right and what is wrong about one function of the contract."""

    name: str
    signature: str = ""
    summary: str = ""
    status: FunctionStatus = Field(description="`carried`: right, given right functions in the place of wrong ones")
    score: float
    max_score: float
    carried: float = Field(0.0, description="of the score, what is carried forward")
    location: Location | None = None
    checks: tuple[CheckResult, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    smallest: Experiment | None = Field(None, description="the smallest input found on which it fails")
    follows_from: tuple[str, ...] = Field((), description="functions whose fault explains this failure")
    remarks: tuple[str, ...] = ()
    fingerprint: str = Field("", description="of a fault that is no known mistake: the same for all who made it")


class EpochRecord(_Record):
    """Cost and accuracy (a share, 0 to 1) after one epoch; what was not measured is None."""

    epoch: int
    train_cost: float | None = None
    test_cost: float | None = None
    train_accuracy: float | None = None
    test_accuracy: float | None = None


class TrainingReport(_Record):
    """The short training run, beside the same run of the reference."""

    function: str
    dataset: str
    dataset_is_stand_in: bool = False
    history: tuple[EpochRecord, ...] = ()
    reference_history: tuple[EpochRecord, ...] = ()
    step_costs: tuple[float, ...] = Field((), description="cost per update step of the grader-driven run")
    reference_step_costs: tuple[float, ...] = ()
    first_divergent_step: int | None = Field(None, description="0-based; None when the curves coincide")
    diagnoses: tuple[Diagnosis, ...] = ()
    remarks: tuple[str, ...] = ()


class WrittenAnswer(_Record):
    """An answer for a person to read: it has no points until somebody has given them."""

    question: str
    max_score: float
    score: float | None = Field(None, description="given by a person; None while it waits")
    prompt: str = Field("", description="what was asked, Markdown")
    answer: str = Field("", description="what the submission has there, cut where it is long; empty: nothing")
    is_code: bool = False
    location: Location | None = None


class CellRun(_Record):
    """How one notebook cell or module ran when the submission was loaded."""

    location: Location
    status: Literal["ran", "error", "timeout", "skipped"]
    error: StudentError | None = None
    message: str = ""


class CapturedOutput(_Record):
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False


class Environment(_Record):
    grader: str
    python: str
    numpy: str
    sandbox: tuple[str, ...]
    seed: int | None = Field(None, description="of the random inputs; None where students must not know it")
    stand_ins: tuple[str, ...] = Field((), description="modules replaced by harmless stand-ins")
    run_as: Literal["today", "old stack", "Python 2"] = Field(
        "today", description="whether an older Python and numpy were imitated for what these alone run"
    )


class Timing(_Record):
    """Seconds of wall time; `submission` is what the submission's own code used."""

    total: float = 0.0
    start: float = 0.0
    load: float = 0.0
    checks: float = 0.0
    diagnosis: float = 0.0
    submission: float = 0.0


class AssignmentInfo(_Record):
    id: str
    title: str
    version: str
    hints: HintPolicy = Field("explanation", description="how far students see a diagnosis")
    carried_forward: CarriedForwardTerms | None = Field(
        None, description="what a check earns that fails only because of other functions; None in version 1: nothing"
    )


class SubmissionInfo(_Record):
    name: str
    sha256: str
    kind: SubmissionKind | None = None


def _to_try(experiment: Experiment | None) -> tuple[str, ...]:
    """An experiment as a hint: what it should give is for whoever makes it to say."""
    if experiment is None or len(experiment.lines) != 1:
        return ()
    return (f"Run `{experiment.lines[0]}`. What should it give?",)


class Report(_Record):
    """The outcome of grading one submission."""

    schema_version: Literal[1, 2] = SCHEMA_VERSION
    assignment: AssignmentInfo
    submission: SubmissionInfo
    status: ReportStatus
    reason: str = Field("", description="why it was rejected, or which fault, not its own, stopped it")
    fault: Fault = Field("grader", description="whose fault an `internal_error` is: an `assignment`'s check may fail")
    score: float = 0.0
    max_score: float
    carried: float = Field(0.0, description="of the score, what is carried forward; 0 in reports of version 1")
    functions: tuple[FunctionReport, ...] = ()
    training: tuple[TrainingReport, ...] = ()
    written: tuple[WrittenAnswer, ...] = Field((), description="read by a person; not among the points above")
    cells: tuple[CellRun, ...] = ()
    remarks: tuple[str, ...] = ()
    output: CapturedOutput = CapturedOutput()
    environment: Environment | None = None
    timing: Timing = Timing()

    def with_answers(self, given: Mapping[str, float]) -> "Report":
        """The report with the points that a person has given for answers, by question; others wait."""
        read = tuple(answer.model_copy(update={"score": given.get(answer.question)}) for answer in self.written)
        return self.model_copy(update={"written": read})

    def for_student(self) -> "Report":
        """The report as far as the assignment's hint policy lets students see it; instructors see all.

        Below the explanation there is no expected value in it, nothing that one follows from, and no seed: whoever
        collects such reports has no table of answers. Every door shows students this view and no other.
        """
        if self.assignment.hints == "explanation":
            return self
        functions = tuple(
            function.model_copy(
                update={
                    "diagnoses": self._hints_of(function.diagnoses),
                    "checks": tuple(check.without_answers() for check in function.checks),
                    "smallest": None,
                    "fingerprint": "",
                }
            )
            for function in self.functions
        )
        training = tuple(
            run.model_copy(
                update={"diagnoses": self._hints_of(run.diagnoses), "reference_history": (), "reference_step_costs": ()}
            )
            for run in self.training
        )
        hidden: dict[str, Any] = {"functions": functions, "training": training}
        if self.environment is not None:
            hidden["environment"] = self.environment.model_copy(update={"seed": None})
        if self.status == "internal_error":
            hidden["reason"] = ""  # the words of an exception of ours, with whatever numbers it tripped over
        return self.model_copy(update=hidden)

    def _hints_of(self, diagnoses: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
        """The lower rungs of each diagnosis: a nudge, or all hints and the place; what has none is left out."""
        pointed = self.assignment.hints == "pointer"
        return tuple(
            Diagnosis(
                code="",
                title="A hint",
                hints=(*diagnosis.hints, *_to_try(diagnosis.experiment)) if pointed else diagnosis.hints[:1],
                location=diagnosis.location if pointed else None,
            )
            for diagnosis in diagnoses
            if diagnosis.hints
        )

    def diagnoses(self) -> Iterator[Diagnosis]:
        """Every diagnosis, functions first, in the order in which a reader meets them."""
        for function in self.functions:
            yield from function.diagnoses
        for run in self.training:
            yield from run.diagnoses

    def function(self, name: str) -> FunctionReport:
        """The report of one function; KeyError names those there are."""
        for function in self.functions:
            if function.name == name:
                return function
        raise KeyError(f"no function {name!r} in this report, only {[f.name for f in self.functions]}")

    def without_timing(self) -> "Report":
        """The same report without measured durations: two gradings of one submission compare equal."""
        functions = tuple(
            f.model_copy(update={"checks": tuple(c.model_copy(update={"seconds": 0.0}) for c in f.checks)})
            for f in self.functions
        )
        return self.model_copy(update={"functions": functions, "timing": Timing()})

    def to_json(self, *, indent: int | None = 2) -> str:
        return self.model_dump_json(indent=indent, exclude_none=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Report":
        return cls.model_validate_json(text)


def complete_models() -> None:
    """Build now what is built of the models when the first of each is made: for whoever has time to spare."""
    for model in (CellRun, CheckResult, FunctionReport, TrainingReport, Report):
        model.model_rebuild()
