"""The record of one running check: what was compared, what failed, what was observed.

`expect` and the property helpers write here. Expectations are *soft*: a failed one is noted and the check goes on, so
that a report tells which tensors are right and which are wrong, and the diagnosis has every value to reason with.
Outside a running check (in an instructor's pytest file) a failed expectation raises AssertionError.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.report import Comparison, TrainingReport


@dataclass(frozen=True)
class Observation:
    """A value that a check read from the submission.

    `raised` names the exception type when there is no value, `said` is that exception's message.
    """

    function: str
    value: Any = None
    raised: str | None = None
    said: str = ""


Behaviour = Literal[
    "changes-its-argument",
    "differs-between-calls",
    "depends-on-the-batch",
    "ignores-its-argument",
    "returns-nothing",
    "loses-samples",
    "gives-one-thing-twice",
    "takes-samples-as-columns",
]


@dataclass(frozen=True)
class Finding:
    """Something seen about how a function behaves, whatever its numbers; `argument` names a parameter."""

    behaviour: Behaviour
    function: str
    argument: str = ""


@dataclass(frozen=True)
class EpochDone:
    """Progress of a training run that the grader drives."""

    function: str
    epoch: int
    epochs: int
    cost: float


@dataclass(frozen=True)
class TrainingEvidence:
    """What a training run showed besides its curve: the material of its diagnosis.

    Attributes:
        outputs: what the costs are the cross-entropy of: one softmax, or a sigmoid for each class.
        class_shares: share of each class in the training set, (k,).
        weights_before, weights_after: weight matrices by name, without biases.
        predicted: the classes given to the test images, (n,); None where they could not be found out.
    """

    outputs: Literal["softmax", "sigmoids"]
    class_shares: NDArray[np.float64]
    weights_before: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    weights_after: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    predicted: NDArray[np.int64] | None = None


@dataclass(frozen=True)
class Demand:
    """What a check demands, as far as it can be said without its code: see `grader.bundles.recording`.

    Attributes:
        kind: `value` of a result, `gradient` of a cost, or the name of a property.
        what: the value, or the function that has the property.
        terms: what the demand is made with.
    """

    kind: str
    what: Any
    terms: tuple[Any, ...] = ()


class Failed(BaseException):
    """A check has failed, and nobody wants to know in what else; no error, which a check's own code might catch."""


@dataclass
class CheckRecord:
    on_epoch: Callable[[EpochDone], None] | None = None
    comparisons: list[Comparison] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    outlines: list[str] = field(default_factory=list)  # one for each of `failures`, without what was expected
    remarks: list[str] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    conventions: list[str] = field(default_factory=list)
    training: list[TrainingReport] = field(default_factory=list)
    demands: list[Demand] | None = None  # kept where somebody asks for them
    training_evidence: list[TrainingEvidence | None] = field(default_factory=list)  # one for each of `training`
    is_judged: bool = True  # or only what is called matters, and what that gives
    on_observation: Callable[[Observation], None] | None = None
    on_item: Callable[[int, Any], bool] | None = None  # of each of many results
    is_turned: bool = False  # whether what is observed is not what was given and received, but its transpose
    ends_at_failure: bool = False

    def fail(self, message: str, outline: str | None = None) -> None:
        """Note a failure; see `fail`."""
        message = message[:MESSAGE]
        if message not in self.failures and len(self.failures) < MESSAGES:
            self.failures.append(message)
            self.outlines.append(without_numbers(message) if outline is None else outline[:MESSAGE])
        if self.ends_at_failure:
            raise Failed

    def remark(self, message: str) -> None:
        message = message[:MESSAGE]
        if message not in self.remarks and len(self.remarks) < MESSAGES:
            self.remarks.append(message)


MESSAGES, MESSAGE = 100, 2_000  # failures and remarks of a check, characters of each


_NUMBERS = re.compile(
    r"(?P<kept>\((?:\d+,|\d+(?:, ?\d+)+)\)|\bline \d+)"
    r"|(?<![\w.])[-+−]?(?:\d(?:[\d_]|,(?=\d))*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[jJ]?(?!\w)"
)


def without_numbers(message: str) -> str:
    """The message with `…` for its numbers, among which is what a check's author expected; shapes and lines stay."""
    return _NUMBERS.sub(lambda found: found["kept"] or "…", message)


_current: ContextVar[CheckRecord | None] = ContextVar("current check", default=None)


@contextmanager
def recording(
    on_epoch: Callable[[EpochDone], None] | None = None, *, is_judged: bool = True, ends_at_failure: bool = False
) -> Iterator[CheckRecord]:
    """Let everything inside be noted in a new record; what is only to be observed is not compared with anything.

    With `ends_at_failure` the first failure raises `Failed`.
    """
    record = CheckRecord(on_epoch, is_judged=is_judged, ends_at_failure=ends_at_failure)
    token = _current.set(record)
    try:
        yield record
    finally:
        _current.reset(token)


def fail(message: str, outline: str | None = None) -> None:
    """Note a failure in the running check; raise AssertionError when there is none.

    `outline` is what students are told whom the assignment gives hints only: the message without what was expected.
    Where it is not given, that is the message without its numbers.
    """
    record = _current.get()
    if record is None:
        raise AssertionError(message)
    record.fail(message, outline)


def remark(message: str) -> None:
    """Note something worth telling that costs no points."""
    if record := _current.get():
        record.remark(message)


def follows_convention(code: str) -> None:
    """Note that the submission follows a convention which the assignment declares, for the diagnosis."""
    record = _current.get()
    if record is not None and code not in record.conventions:
        record.conventions.append(code)


def note_turned() -> None:
    """Note that what is observed is the transpose of what the submission was given and gave."""
    if record := _current.get():
        record.is_turned = True


def note_comparisons(comparisons: list[Comparison]) -> None:
    """Note comparisons with their failures and remarks."""
    record = _current.get()
    if record is not None:
        record.comparisons += comparisons
    for comparison in comparisons:
        if comparison.verdict == "wrong":
            fail(comparison.message, comparison.outline)
        elif comparison.verdict == "remark":
            remark(comparison.message)


def is_judged() -> bool:
    """Whether it matters if values are right: expectations stop nothing, so that who observes can do without."""
    record = _current.get()
    return record is None or record.is_judged


def note_demand(demand: Demand) -> None:
    """Note what is demanded, where somebody wants to know."""
    record = _current.get()
    if record is not None and record.demands is not None:
        record.demands.append(demand)


def observe(observation: Observation) -> None:
    if record := _current.get():
        record.observations.append(observation)
        if record.on_observation is not None:
            record.on_observation(observation)


def note_item(number: int, value: Any) -> bool:
    """Note one of many results of a function that is asked for them at once; they are observed together later.

    Returns whether the others are wanted as well.
    """
    record = _current.get()
    return record is None or record.on_item is None or record.on_item(number, value)


def findings_so_far() -> tuple[Finding, ...]:
    """The behaviours noted in the running check."""
    record = _current.get()
    return tuple(record.findings) if record is not None else ()


def note_finding(finding: Finding) -> None:
    """Note a behaviour, for the diagnosis."""
    record = _current.get()
    if record is not None and finding not in record.findings:
        record.findings.append(finding)


def note_training(report: TrainingReport, evidence: TrainingEvidence | None = None) -> None:
    if record := _current.get():
        record.training.append(report)
        record.training_evidence.append(evidence)


def announce_epoch(event: EpochDone) -> None:
    record = _current.get()
    if record is not None and record.on_epoch is not None:
        record.on_epoch(event)
