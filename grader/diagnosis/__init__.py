"""From failed checks to the mistakes behind them.

    findings = Diagnoser(assignment).diagnose(runs, setting, source=submission, student=student)
    findings.diagnoses["backward"][0].title

Known mistakes are planted in the solution and the failed calls made again (`search`); what none of them gives is
explained numerically (`explain`); how a function behaves is told by the property checks (`behaviour`).

A right submission needs none of this, so the `Diagnoser` is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from grader.diagnosis.findings import Findings

if TYPE_CHECKING:
    from grader.diagnosis.diagnoser import Diagnoser

__all__ = ["Diagnoser", "Findings"]


def __getattr__(name: str) -> Any:
    if name == "Diagnoser":
        from grader.diagnosis.diagnoser import Diagnoser

        return Diagnoser
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
