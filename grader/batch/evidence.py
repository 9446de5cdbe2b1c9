"""What a class summary needs of one report, in a form that can be kept beside it: reports are large, classes too."""

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from grader.batch.summary import Quantity, Split
from grader.fingerprint import unnamed_fault
from grader.render import curves as drawn
from grader.report import Report

_POINTS_OF_A_CURVE = 60


class CheckOutcome(NamedTuple):
    function: str
    id: str
    title: str
    passed: bool


class NamedMistake(NamedTuple):
    code: str
    title: str
    function: str


class UnnamedFault(NamedTuple):
    """A function's fault that is no known mistake: its fingerprint, and what was said of it."""

    fingerprint: str
    said: str
    function: str


class MeasuredCurve(NamedTuple):
    function: str
    quantity: Quantity
    split: Split
    owner: Literal["yours", "reference"]
    x: tuple[int, ...]
    y: tuple[float | None, ...]


class Evidence(BaseModel):
    """How long the submission took, which checks passed, and which mistakes are named, in the report's order."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="strings")

    seconds: float
    checks: tuple[CheckOutcome, ...]
    mistakes: tuple[NamedMistake, ...]
    unnamed: tuple[UnnamedFault, ...] = ()


class _Curves(BaseModel):
    model_config = ConfigDict(frozen=True, ser_json_inf_nan="strings")

    curves: tuple[MeasuredCurve, ...]


def evidence_of(report: Report) -> Evidence:
    found = [(function.name, diagnosis) for function in report.functions for diagnosis in function.diagnoses]
    found += [(run.function, diagnosis) for run in report.training for diagnosis in run.diagnoses]
    return Evidence(
        seconds=report.timing.submission,
        checks=tuple(
            CheckOutcome(function.name, check.id, check.title, check.status == "passed")
            for function in report.functions
            for check in function.checks
        ),
        mistakes=tuple(NamedMistake(diagnosis.code, diagnosis.title, name) for name, diagnosis in found),
        unnamed=tuple(
            UnnamedFault(*fault, function.name)
            for function in report.functions
            if (fault := unnamed_fault(function)) is not None
        ),
    )


def curves_of(report: Report) -> tuple[MeasuredCurve, ...]:
    """The curves of all training runs, with so many points as can be told apart when a class is drawn."""
    measured = []
    for run in report.training:
        quantities: tuple[tuple[Quantity, list[drawn.Series]], ...] = (
            ("cost", drawn.costs(run)),
            ("accuracy", drawn.accuracies(run)),
            ("cost per step", drawn.steps(run)),
        )
        for quantity, series in quantities:
            for line in (drawn.thinned(line, _POINTS_OF_A_CURVE) for line in series):
                measured.append(MeasuredCurve(run.function, quantity, line.split, line.owner, line.x, line.y))
    return tuple(measured)


def curves_to_json(curves: tuple[MeasuredCurve, ...]) -> str:
    return _Curves(curves=curves).model_dump_json()


def curves_from_json(text: str) -> tuple[MeasuredCurve, ...]:
    return _Curves.model_validate_json(text).curves
