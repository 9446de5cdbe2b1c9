"""What a grading run tells while it goes on, for progress bars and live pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from grader.checks.record import EpochDone
from grader.report import CheckResult


@dataclass(frozen=True)
class Progress:
    """What a grading run has just done, for progress bars and live pages."""

    stage: Literal["loading", "loaded", "check", "epoch", "diagnosing", "done"]
    done: int = 0
    total: int = 0
    check: CheckResult | None = None
    epoch: EpochDone | None = None


OnProgress = Callable[[Progress], None]
