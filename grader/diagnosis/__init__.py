"""From failed checks to the mistakes behind them.

    findings = Diagnoser(assignment).diagnose(runs, setting, source=submission, student=student)
    findings.diagnoses["backward"][0].title

Known mistakes are planted in the solution and the failed calls made again (`search`); what none of them gives is
explained numerically (`explain`); how a function behaves is told by the property checks (`behaviour`).
"""

from grader.diagnosis.diagnose import Diagnoser, Findings

__all__ = ["Diagnoser", "Findings"]
