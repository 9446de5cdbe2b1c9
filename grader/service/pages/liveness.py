"""How far a grading is, from what has been told about it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from grader.assignments import Assignment
from grader.render.charts import curve_chart
from grader.render.cleaning import clipped, printable
from grader.render.curves import Series
from grader.service.data import GradingState
from grader.service.events import News

_TITLE_CHARACTERS = 120


@dataclass
class FunctionSeen:
    """One function while its checks run."""

    name: str
    checks: int
    passed: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.passed + len(self.failed)

    @property
    def status(self) -> str:
        if not self.done:
            return "waiting"
        if self.failed:
            return "failed" if not self.passed else "partial"
        return "passed" if self.done >= self.checks else "running"

    @property
    def symbol(self) -> str:
        return {"waiting": "·", "running": "…", "passed": "✓", "partial": "✗", "failed": "✗"}[self.status]

    @property
    def words(self) -> str:
        if not self.done:
            return "to come"
        return f"{self.passed} of {self.checks} {'passed' if self.done >= self.checks else 'so far'}"


@dataclass
class Run:
    """A training run while it goes on."""

    function: str
    epochs: int
    costs: list[tuple[int, float]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """How far it is, and the cost of the last step."""
        epoch, cost = self.costs[-1]
        of = f" of {self.epochs}" if self.epochs else ""
        return f"epoch {epoch}{of}, cost {cost:.3g}"

    @property
    def chart(self) -> Markup:
        x, y = zip(*self.costs, strict=True) if self.costs else ((), ())
        return Markup(curve_chart("Cost", [Series("yours", "train", x, y)], x_label="epoch"))


class Liveness:
    """What a live page shows; hears news one by one and forgets nothing."""

    def __init__(self, assignment: Assignment | None, state: GradingState) -> None:
        """Without the assignment, whose files may be gone, the stage alone is known."""
        checks = assignment.checks if assignment else ()
        counts = dict.fromkeys(assignment.function_names if assignment else (), 0)
        for check in checks:
            counts[check.function] += 1
        self.functions = {name: FunctionSeen(name, count) for name, count in counts.items() if count}
        self.runs: dict[str, Run] = {}
        self.stage = "queued" if state is GradingState.QUEUED else "loading"
        self.place: int | None = None
        self.done, self.total = 0, len(checks)

    def hear_all(self, news: Iterable[News]) -> None:
        for one in news:
            self.hear(one)

    def hear(self, news: News) -> None:
        data = news.data
        match news.kind:
            case "queued":
                self.stage, self.place = "queued", data.get("place")
            case "loading" | "started":  # also when another worker begins anew
                self._begin_anew()
                self.stage = "loading"
            case "loaded":
                self.stage = "checking"
            case "check":
                self.stage = "checking"
                self._hear_check(data)
            case "epoch":
                self.stage = "training"
                self._hear_epoch(data)
            case "diagnosing" | "graded":
                self.stage = "diagnosing"
            case _:
                pass

    @property
    def words(self) -> str:
        """The stage in one sentence, for the eye and the ear."""
        if self.stage == "queued":
            if self.place is None:
                return "Waiting for a free place."
            return "You are next." if self.place == 1 else f"Waiting: number {self.place} in the queue."
        return {
            "loading": "Running your file from top to bottom.",
            "checking": "Checking your functions.",
            "training": "Training your network.",
            "diagnosing": "Looking for the mistake behind what failed.",
        }[self.stage]

    @property
    def per_mille(self) -> int:
        share = self.done / self.total if self.total else 0.0
        return {"queued": 0, "loading": 30, "diagnosing": 970}.get(self.stage, 50 + round(900 * share))

    def _hear_check(self, data: dict[str, Any]) -> None:
        self.done = int(data.get("done", self.done + 1))
        seen = self.functions.get(str(data.get("function")))
        if seen is None:
            return
        if data.get("status") == "passed":
            seen.passed += 1
        else:
            title = clipped(printable(str(data.get("title", ""))), _TITLE_CHARACTERS)
            seen.failed.append(title)

    def _hear_epoch(self, data: dict[str, Any]) -> None:
        function = str(data.get("function"))
        run = self.runs.setdefault(function, Run(function, int(data.get("epochs") or 0)))
        cost = data.get("cost")
        run.costs.append((int(data.get("epoch", 0)), float(cost) if cost is not None else math.nan))

    def _begin_anew(self) -> None:
        for seen in self.functions.values():
            seen.passed, seen.failed = 0, []
        self.runs, self.done, self.place = {}, 0, None
